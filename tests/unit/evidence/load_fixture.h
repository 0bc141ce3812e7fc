/* A folder to make bundles in, and a case to load them into. */
#pragma once

#include "evidence/load.h"
#include "store/store.h"

/* After our headers: cmocka's fail() is a macro. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char folder[64]; /* emptied by fixture_close() */
    char bundle[80];
    struct store *store;
    struct load_options options;
    struct load_totals totals;
};

static inline struct fixture *fixture_open(const struct kind *kinds)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct failure failure = { "" };

    assert_non_null(fixture);
    strcpy(fixture->folder, "/tmp/wirecause-load-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->bundle, sizeof fixture->bundle, "%s/bundle",
             fixture->folder);
    assert_int_equal(mkdir(fixture->bundle, 0700), 0);
    fixture->store = store_open(NULL, STORE_TEMPORARY, &failure);
    assert_non_null(fixture->store);
    fixture->options.kinds = kinds;
    fixture->options.threads = 2;
    fixture->options.spool_folder = fixture->folder;
    return fixture;
}

static inline void fixture_close(struct fixture *fixture)
{
    char command[128];

    store_close(fixture->store);
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    assert_int_equal(system(command), 0);
    free(fixture);
}

/* Path of a file in the bundle. */
static inline const char *fixture_path(const struct fixture *fixture,
                                       const char *name)
{
    static char path[512];

    snprintf(path, sizeof path, "%s/%s", fixture->bundle, name);
    return path;
}

static inline void fixture_bytes(const struct fixture *fixture,
                                 const char *name, const void *bytes,
                                 size_t length)
{
    FILE *file = fopen(fixture_path(fixture, name), "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static inline void fixture_text(const struct fixture *fixture, const char *name,
                                const char *text)
{
    fixture_bytes(fixture, name, text, strlen(text));
}

static inline bool fixture_load_path(struct fixture *fixture, const char *path,
                                     struct failure *failure)
{
    const char *const paths[] = { path, NULL };

    fixture->options.totals = &fixture->totals;
    return evidence_load(fixture->store, &fixture->options, paths, failure);
}

static inline void fixture_load(struct fixture *fixture)
{
    struct failure failure = { "" };

    if (!fixture_load_path(fixture, fixture->bundle, &failure))
        fail_msg("%s", failure.text);
}

static inline int64_t fixture_number(struct fixture *fixture, const char *sql)
{
    struct failure failure = { "" };
    int64_t value;

    if (!store_integer(fixture->store, sql, -1, &value, &failure))
        fail_msg("%s", failure.text);
    return value;
}

/* "status: why" of a path; "" if there is no row. The caller frees nothing. */
static inline const char *fixture_status(struct fixture *fixture,
                                         const char *path)
{
    static char text[512];
    sqlite3_stmt *statement = NULL;

    text[0] = '\0';
    assert_int_equal(
        sqlite3_prepare_v2(store_database(fixture->store),
                           "SELECT status || coalesce(': ' || why, '')"
                           " FROM evidence WHERE path = ?",
                           -1, &statement, NULL),
        SQLITE_OK);
    sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
    if (sqlite3_step(statement) == SQLITE_ROW)
        snprintf(text, sizeof text, "%s",
                 (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return text;
}

static inline void assert_status(struct fixture *fixture, const char *path,
                                 const char *expected)
{
    const char *status = fixture_status(fixture, path);

    if (strcmp(status, expected) != 0)
        fail_msg("%s is '%s', expected '%s'", path, status, expected);
}
