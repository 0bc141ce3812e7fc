/* The case file: schema and row structs agree, foreign files are refused, a
 * killed writer leaves a sound file. */
#include "store/record.h"
#include "store/schema.h"
#include "store/store.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* After our headers: its fail() is a macro. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[] = "/tmp/wirecause-store-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "%s/case.db", mkdtemp(folder));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder);
}

static struct store *open_store(enum store_mode mode)
{
    struct failure failure = { "" };
    struct store *store =
        store_open(mode == STORE_TEMPORARY ? NULL : path, mode, &failure);

    if (store == NULL)
        fail_msg("%s", failure.text);
    return store;
}

static int64_t number(struct store *store, const char *sql)
{
    struct failure failure = { "" };
    int64_t value = -1;

    if (!store_integer(store, sql, -1, &value, &failure))
        fail_msg("%s", failure.text);
    return value;
}

static void must(bool ok, const struct failure *failure)
{
    if (!ok)
        fail_msg("%s", failure->text);
}

static const char *const type_names[] = {
    [COLUMN_INTEGER] = "INTEGER",
    [COLUMN_REAL] = "REAL",
    [COLUMN_TEXT] = "TEXT",
    [COLUMN_ADDRESS] = "BLOB",
};

static void compare_table(struct store *store, const struct table *table)
{
    sqlite3_stmt *info = NULL;
    char sql[128];
    size_t at = 0;

    snprintf(sql, sizeof sql, "PRAGMA table_info(%s)", table->name);
    assert_int_equal(
        sqlite3_prepare_v2(store_database(store), sql, -1, &info, NULL),
        SQLITE_OK);
    for (; sqlite3_step(info) == SQLITE_ROW; at++) {
        const char *name = (const char *)sqlite3_column_text(info, 1);

        if (at == table->column_count)
            fail_msg("%s.%s has no field", table->name, name);
        assert_string_equal(table->columns[at].name, name);
        assert_string_equal(type_names[table->columns[at].type],
                            (const char *)sqlite3_column_text(info, 2));
    }
    if (at != table->column_count)
        fail_msg("%s.%s has no column", table->name, table->columns[at].name);
    sqlite3_finalize(info);
}

static void structs_are_tables(void **state)
{
    struct store *store = open_store(STORE_TEMPORARY);

    (void)state;
    for (size_t i = 0; i < TABLE_COUNT; i++)
        compare_table(store, &tables[i]);
    assert_int_equal(number(store, "PRAGMA application_id"),
                     SCHEMA_APPLICATION_ID);
    assert_int_equal(number(store, "PRAGMA user_version"), SCHEMA_VERSION);
    store_close(store);
}

static void views_run(void **state)
{
    struct store *store = open_store(STORE_TEMPORARY);
    sqlite3 *database = store_database(store);
    sqlite3_stmt *names = NULL;

    (void)state;
    assert_int_equal(sqlite3_prepare_v2(database,
                                        "SELECT name FROM sqlite_schema"
                                        " WHERE type = 'view'",
                                        -1, &names, NULL),
                     SQLITE_OK);
    while (sqlite3_step(names) == SQLITE_ROW) {
        char sql[128];

        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s",
                 (const char *)sqlite3_column_text(names, 0));
        assert_true(number(store, sql) >= 0);
    }
    sqlite3_finalize(names);
    store_close(store);
}

static void put_evidence(struct store *store, int64_t id)
{
    struct evidence_row row = EVIDENCE_ROW_NONE;
    struct failure failure = { "" };

    row.id = id;
    row.path = "a/b";
    row.kind = "log";
    row.status = "read";
    must(store_insert(store, TABLE_EVIDENCE, &row, &failure), &failure);
}

static void put_clue(struct store *store, int64_t id, int64_t line)
{
    struct clue_row row = CLUE_ROW_NONE;
    uint8_t bytes[256];
    struct reader in;
    struct reader columns;
    enum table_id table;
    uint64_t nulls;
    struct failure failure = { "" };

    row.evidence_id = id;
    row.line = line;
    row.name = "hostname";
    in =
        reader_over(bytes, record_write(bytes, sizeof bytes, TABLE_CLUE, &row));
    reader_skip(&in, 4);
    assert_true(record_check(in, &table, &columns, &nulls));
    assert_true(store_takes_record(store, table, nulls));
    must(store_insert_record(store, table, columns, &failure), &failure);
}

static void records_gather(void **state)
{
    struct store *store = open_store(STORE_TEMPORARY);
    struct failure failure = { "" };

    (void)state;
    must(store_begin(store, &failure), &failure);
    put_evidence(store, 1);
    for (int64_t line = 1; line <= 53; line++)
        put_clue(store, 1, line);
    must(store_flush(store, &failure), &failure);
    assert_int_equal(number(store, "SELECT count(*) FROM clue"), 53);
    assert_int_equal(number(store, "SELECT sum(line) FROM clue"), 53 * 27);
    assert_int_equal(
        number(store, "SELECT count(*) FROM clue WHERE value IS NULL"), 53);
    store_rollback(store);
    assert_int_equal(number(store, "SELECT count(*) FROM clue"), 0);
    store_close(store);
}

static void fact_needs_evidence(void **state)
{
    struct store *store = open_store(STORE_TEMPORARY);
    struct failure failure = { "" };
    struct clue_row row = CLUE_ROW_NONE;

    (void)state;
    row.evidence_id = 7;
    assert_false(store_insert(store, TABLE_CLUE, &row, &failure));
    assert_non_null(strstr(failure.text, "FOREIGN KEY"));
    /* Bit 2: clue.name, which is NOT NULL. */
    assert_false(store_takes_record(store, TABLE_CLUE, UINT64_C(1) << 2));
    assert_true(store_takes_record(store, TABLE_CLUE, UINT64_C(1) << 3));
    store_close(store);
}

static void check_text(struct store *store, const char *sql,
                       const char *expected)
{
    sqlite3_stmt *statement = NULL;

    assert_int_equal(
        sqlite3_prepare_v2(store_database(store), sql, -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    if (expected == NULL)
        assert_int_equal(sqlite3_column_type(statement, 0), SQLITE_NULL);
    else
        assert_string_equal((const char *)sqlite3_column_text(statement, 0),
                            expected);
    sqlite3_finalize(statement);
}

static void functions_answer(void **state)
{
    static const struct {
        const char *sql;
        const char *result;
    } cases[] = {
        { "SELECT address_text(x'0a010203')", "10.1.2.3" },
        { "SELECT address_text(x'20010db8000000000000000000000001')",
          "2001:db8::1" },
        { "SELECT address_text(x'0a0102')", NULL },
        { "SELECT address_text('abcd')", NULL },
        { "SELECT time_text(0)", "1970-01-01T00:00:00Z" },
        { "SELECT time_text(1500000000)", "1970-01-01T00:00:01.500Z" },
        { "SELECT time_text(NULL)", NULL },
        { "SELECT ref('a/b.pcap', 12, NULL)", "a/b.pcap#12" },
        { "SELECT ref('a/b.log', NULL, 3)", "a/b.log:3" },
        { "SELECT ref('a/b', NULL, NULL)", "a/b" },
        { "SELECT ref(NULL, 1, NULL)", NULL },
        { "SELECT 'coredns-abc' REGEXP '^coredns-[a-z]+$'", "1" },
        { "SELECT 'coredns' REGEXP '^dns'", "0" },
        { "SELECT NULL REGEXP 'a'", NULL },
        { "SELECT same_subnet(x'0a000001', x'0a0000ff', 24)", "1" },
        { "SELECT same_subnet(x'0a000001', x'0a0001ff', 24)", "0" },
        { "SELECT same_subnet(x'0a000001', x'0a0001ff', 23)", "1" },
        { "SELECT same_subnet(x'0a000001', x'0a000001', 32)", "1" },
        { "SELECT same_subnet(x'0a000001', x'0b000001', 0)", "1" },
        { "SELECT same_subnet(x'0a000001', x'0a000001', 33)", "0" },
        { "SELECT same_subnet(x'0a000001', NULL, 24)", NULL },
    };
    struct store *store = open_store(STORE_TEMPORARY);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_text(store, cases[i].sql, cases[i].result);
    store_close(store);
}

static void check_error(struct store *store, const char *sql,
                        const char *expected)
{
    struct failure failure = { "" };
    int64_t value;

    assert_false(store_integer(store, sql, 0, &value, &failure));
    assert_non_null(strstr(failure.text, expected));
}

/* A limit that was hit is an error, never "no match". */
static void patterns_fail_loudly(void **state)
{
    struct store *store = open_store(STORE_TEMPORARY);

    (void)state;
    check_error(store, "SELECT 'a' REGEXP '('", "pattern at offset");
    check_error(store,
                "SELECT printf('%.*c', 5000, 'a') || 'b'"
                " REGEXP '^(a+)+$'",
                "match limit");
    store_close(store);
}

static void reading_cannot_write(void **state)
{
    struct failure failure = { "" };
    struct store *store = open_store(STORE_WRITE);

    (void)state;
    put_evidence(store, 1);
    must(store_index(store, &failure) && store_index(store, &failure),
         &failure);
    store_close(store);
    store = open_store(STORE_READ);
    assert_int_equal(number(store, "SELECT count(*) FROM evidence"), 1);
    assert_false(store_execute(store, "DELETE FROM evidence", &failure));
    assert_false(store_execute(store, "ATTACH '/tmp/x.db' AS other", &failure));
    store_close(store);
    assert_int_equal(unlink(path), 0);
}

static void one_writer_only(void **state)
{
    struct failure failure = { "" };
    struct store *store = open_store(STORE_WRITE);

    (void)state;
    assert_null(store_open(path, STORE_WRITE, &failure));
    assert_non_null(strstr(failure.text, "in use"));
    assert_null(store_open(path, STORE_READ, &failure));
    assert_non_null(strstr(failure.text, "in use"));
    store_close(store);
    assert_int_equal(unlink(path), 0);
}

static void run_sql(const char *sql)
{
    sqlite3 *database = NULL;

    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static void refused(const char *expected)
{
    static const enum store_mode modes[] = { STORE_READ, STORE_UPDATE,
                                             STORE_WRITE };

    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        struct failure failure = { "" };

        assert_null(store_open(path, modes[i], &failure));
        if (strstr(failure.text, expected) == NULL)
            fail_msg("'%s' does not say '%s'", failure.text, expected);
    }
    assert_int_equal(unlink(path), 0);
}

static void foreign_files_are_refused(void **state)
{
    FILE *file = fopen(path, "w");
    struct failure failure = { "" };

    (void)state;
    assert_non_null(file);
    for (int i = 0; i < 1000; i++)
        fputs("this is no database\n", file);
    fclose(file);
    refused("not a case file");
    run_sql("CREATE TABLE evidence (id)");
    refused("not a case file");
    assert_null(store_open(path, STORE_READ, &failure));
    assert_null(store_open("/nonexistent/case", STORE_WRITE, &failure));
    assert_non_null(strstr(failure.text, "/nonexistent/case"));
}

static void changed_cases_are_refused(void **state)
{
    static const struct {
        const char *sql;
        const char *says;
    } cases[] = {
        { "PRAGMA user_version = 99", "version 99" },
        { "DROP VIEW v_evidence", "v_evidence" },
        { "ALTER TABLE clue ADD COLUMN more TEXT", "clue" },
        { "CREATE TRIGGER t AFTER INSERT ON clue BEGIN SELECT 1; END",
          "triggers" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        store_close(open_store(STORE_WRITE));
        run_sql(cases[i].sql);
        refused(cases[i].says);
    }
}

static void an_update_makes_nothing(void **state)
{
    struct failure failure = { "" };

    (void)state;
    assert_null(store_open(path, STORE_UPDATE, &failure));
    assert_non_null(strstr(failure.text, path));
    assert_int_equal(access(path, F_OK), -1);
    store_close(open_store(STORE_WRITE));
    store_close(open_store(STORE_UPDATE));
    assert_int_equal(unlink(path), 0);
}

enum {
    ROWS_A_COMMIT = 500,
};

static void write_for_ever(int ready)
{
    struct store *store = open_store(STORE_WRITE);
    struct failure failure;

    for (int64_t id = 1;; id++) {
        if (!store_begin(store, &failure))
            _exit(1);
        put_evidence(store, id);
        for (int64_t line = 0; line < ROWS_A_COMMIT; line++)
            put_clue(store, id, line);
        if (!store_commit(store, &failure))
            _exit(1);
        if (write(ready, "x", 1) != 1)
            _exit(1);
    }
}

/* Whatever the moment: the file is sound and ends at a commit. */
static void kill_leaves_whole_files(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 8; round++) {
        struct store *store;
        int ends[2];
        char byte;
        pid_t writer;

        assert_int_equal(pipe(ends), 0);
        writer = fork();
        if (writer == 0)
            write_for_ever(ends[1]);
        assert_int_equal(read(ends[0], &byte, 1), 1);
        (void)usleep(1000 + round * 1777);
        assert_int_equal(kill(writer, SIGKILL), 0);
        assert_int_equal(waitpid(writer, NULL, 0), writer);
        close(ends[0]);
        close(ends[1]);
        store = open_store(STORE_WRITE);
        check_text(store, "PRAGMA integrity_check", "ok");
        assert_int_equal(number(store,
                                "SELECT (SELECT count(*) FROM clue)"
                                " - 500 * (SELECT count(*) FROM evidence)"),
                         0);
        store_close(store);
        assert_int_equal(unlink(path), 0);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(structs_are_tables),
        cmocka_unit_test(views_run),
        cmocka_unit_test(records_gather),
        cmocka_unit_test(fact_needs_evidence),
        cmocka_unit_test(functions_answer),
        cmocka_unit_test(patterns_fail_loudly),
        cmocka_unit_test(reading_cannot_write),
        cmocka_unit_test(one_writer_only),
        cmocka_unit_test(foreign_files_are_refused),
        cmocka_unit_test(changed_cases_are_refused),
        cmocka_unit_test(an_update_makes_nothing),
        cmocka_unit_test(kill_leaves_whole_files),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
