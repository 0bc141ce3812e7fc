#include "store/schema.h"

#include "base/embedded.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

extern const struct embedded store_sql[];

const char *schema_text(const char *path)
{
    const struct embedded *file = store_sql;

    while (file->path != NULL && strcmp(file->path, path) != 0)
        file++;
    assert(file->path != NULL);
    return file->text;
}

static bool read_number(sqlite3 *database, const char *sql, int64_t *number,
                        struct failure *failure)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);

    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    *number = result == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    (void)sqlite3_finalize(statement);
    if (result == SQLITE_NOTADB)
        return fail(failure, "not a case file");
    if (result == SQLITE_BUSY)
        return fail(failure, "the case file is in use by another process");
    if (result != SQLITE_ROW)
        return fail(failure, "%s", sqlite3_errmsg(database));
    return true;
}

static bool run_file(sqlite3 *database, const char *text,
                     struct failure *failure)
{
    if (sqlite3_exec(database, text, NULL, NULL, NULL) != SQLITE_OK)
        return fail(failure, "schema: %s", sqlite3_errmsg(database));
    return true;
}

/* The tables, then the views in files of one idea each. */
static bool run_files(sqlite3 *database, struct failure *failure)
{
    static const char views[] = "analyzer/store/views_";
    bool ok =
        run_file(database, schema_text("analyzer/store/schema.sql"), failure);

    for (const struct embedded *file = store_sql; ok && file->path != NULL;
         file++)
        if (strncmp(file->path, views, sizeof views - 1) == 0)
            ok = run_file(database, file->text, failure);
    return ok;
}

static bool create(sqlite3 *database, struct failure *failure)
{
    bool ok;

    if (sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL) !=
        SQLITE_OK)
        return fail(failure, "%s", sqlite3_errmsg(database));
    ok = run_files(database, failure);
    if (ok && sqlite3_exec(database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        ok = fail(failure, "%s", sqlite3_errmsg(database));
    if (!ok)
        (void)sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
    return ok;
}

/* True if the database has this object with this very text. */
static bool has_object(sqlite3_stmt *lookup, sqlite3_stmt *object)
{
    bool found;

    for (int i = 0; i < 3; i++)
        (void)sqlite3_bind_value(lookup, i + 1,
                                 sqlite3_column_value(object, i));
    found = sqlite3_step(lookup) == SQLITE_ROW;
    (void)sqlite3_reset(lookup);
    return found;
}

/* Compares with a database in memory that has the schema as it should be. */
static bool compare(sqlite3 *database, sqlite3 *model, struct failure *failure)
{
    sqlite3_stmt *lookup = NULL;
    sqlite3_stmt *objects = NULL;
    bool ok = true;

    if (sqlite3_prepare_v2(model,
                           "SELECT type, name, sql FROM sqlite_schema "
                           "WHERE sql IS NOT NULL",
                           -1, &objects, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(database,
                           "SELECT 1 FROM sqlite_schema "
                           "WHERE type = ? AND name = ? AND sql = ?",
                           -1, &lookup, NULL) != SQLITE_OK)
        ok = fail(failure, "schema: %s", sqlite3_errmsg(database));
    while (ok && sqlite3_step(objects) == SQLITE_ROW)
        if (!has_object(lookup, objects))
            ok = fail(failure,
                      "%s '%s' is not as this version of wirecause makes it: "
                      "load the evidence into a new case file",
                      (const char *)sqlite3_column_text(objects, 0),
                      (const char *)sqlite3_column_text(objects, 1));
    (void)sqlite3_finalize(lookup);
    (void)sqlite3_finalize(objects);
    return ok;
}

static bool check_objects(sqlite3 *database, struct failure *failure)
{
    sqlite3 *model = NULL;
    bool ok;

    if (sqlite3_open(":memory:", &model) != SQLITE_OK)
        ok = fail(failure, "schema: %s", sqlite3_errmsg(model));
    else
        ok = run_files(model, failure) && compare(database, model, failure);
    (void)sqlite3_close(model);
    return ok;
}

static bool check(sqlite3 *database, struct failure *failure)
{
    int64_t version;
    int64_t triggers;

    if (!read_number(database, "PRAGMA user_version", &version, failure))
        return false;
    if (version != SCHEMA_VERSION)
        return fail(failure, "case file of version %lld, this program knows %d",
                    (long long)version, SCHEMA_VERSION);
    if (!read_number(database,
                     "SELECT count(*) FROM sqlite_schema "
                     "WHERE type = 'trigger'",
                     &triggers, failure))
        return false;
    if (triggers > 0)
        return fail(failure, "not a case file: it has triggers");
    return check_objects(database, failure);
}

bool schema_prepare(struct sqlite3 *database, bool may_create,
                    struct failure *failure)
{
    int64_t application_id;
    int64_t objects;

    if (!read_number(database, "PRAGMA application_id", &application_id,
                     failure) ||
        !read_number(database, "SELECT count(*) FROM sqlite_schema", &objects,
                     failure))
        return false;
    if (may_create && application_id == 0 && objects == 0)
        return create(database, failure);
    if (application_id != SCHEMA_APPLICATION_ID)
        return fail(failure, "not a case file");
    return check(database, failure);
}
