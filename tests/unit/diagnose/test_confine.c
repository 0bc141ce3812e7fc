/* What a rule of a stranger may try. */
#include "diagnose/confine.h"

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

struct probe {
    const char *sql;
    const char *refusal; /* part of it */
};

static const struct probe forbidden[] = {
    { "VACUUM INTO 'planted.db'", "is not a SELECT" },
    { "VACUUM", "is not a SELECT" },
    { "ATTACH 'planted.db' AS x", "attach a database planted.db" },
    { "DETACH main", "detach a database main" },
    { "PRAGMA table_list", "the pragma table_list" },
    { "PRAGMA query_only = OFF", "the pragma query_only" },
    { "SELECT * FROM pragma_table_info('evidence')", "not authorized" },
    { "SELECT * FROM pragma_database_list", "not authorized" },
    { "SELECT sql FROM sqlite_schema", "may not read sqlite_" },
    { "SELECT 1 FROM sqlite_master", "may not read sqlite_" },
    { "SELECT * FROM main.sqlite_schema", "may not read sqlite_" },
    { "SELECT * FROM sqlite_temp_schema", "may not read" },
    { "SELECT * FROM sqlite_stat1", "sqlite_stat1" },
    { "SELECT * FROM dbstat", "" },
    { "SELECT 1 FROM v_evidence WHERE EXISTS (SELECT 1 FROM sqlite_schema)",
      "may not read sqlite_" },
    { "SELECT * FROM secret", "may not read secret" },
    { "SELECT count(*) FROM secret", "may not read secret" },
    { "SELECT 1 FROM sqlite_schema", "may not read sqlite_" },
    { "SELECT count(*) FROM pragma_database_list", "not authorized" },
    { "SELECT load_extension('x')", "load_extension" },
    { "SELECT readfile('/etc/passwd')", "no such function" },
    { "SELECT writefile('planted.db', 'x')", "no such function" },
    { "SELECT random()", "may not call random" },
    { "SELECT randomblob(9)", "may not call randomblob" },
    { "SELECT zeroblob(900000000)", "may not call zeroblob" },
    { "SELECT datetime('now')", "may not call datetime" },
    { "SELECT strftime('%s', 'now')", "may not call strftime" },
    { "SELECT current_timestamp", "may not call current_timestamp" },
    { "SELECT sqlite_version()", "may not call sqlite_version" },
    { "SELECT last_insert_rowid()", "may not call last_insert_rowid" },
    { "INSERT INTO evidence (id) VALUES (1)", "write to evidence" },
    { "INSERT INTO evidence (id) VALUES (1) RETURNING id", "write to" },
    { "UPDATE evidence SET path = ''", "write to evidence" },
    { "DELETE FROM evidence", "write to evidence" },
    { "WITH x AS (SELECT 1) DELETE FROM evidence", "write to evidence" },
    { "DROP TABLE evidence", "not authorized" },
    { "CREATE TABLE planted (x)", "not authorized" },
    { "CREATE TEMP TABLE planted (x)", "not authorized" },
    { "CREATE TEMP VIEW v AS SELECT 1", "not authorized" },
    { "CREATE VIRTUAL TABLE planted USING fts5(x)", "not authorized" },
    { "ALTER TABLE evidence RENAME TO x", "not authorized" },
    { "BEGIN", "a transaction" },
    { "COMMIT", "a transaction" },
    { "SAVEPOINT x", "a savepoint" },
    { "REINDEX", "is not a SELECT" },
    { "ANALYZE", "not authorized" },
    { "EXPLAIN SELECT 1", "is not a SELECT" },
    { "EXPLAIN QUERY PLAN SELECT 1", "is not a SELECT" },
    { "SELECT 1; SELECT 2", "more than one statement" },
    { "SELECT 1; DROP TABLE evidence", "more than one statement" },
    { "SELECT 1;;;; VACUUM INTO 'planted.db'", "more than one statement" },
    { "SELECT 1; nonsense", "more than one statement" },
    { "", "holds no SELECT" },
    { "-- nothing", "holds no SELECT" },
    { ";", "holds no SELECT" },
    { "SELECT", "incomplete input" },
    { "SELECT * FROM nowhere", "no such table" },
    { "SELECT \"text\"", "no such column" },
};

static const char *const allowed[] = {
    "SELECT 1",
    "SELECT 1;",
    "-- a comment\nSELECT 1; -- and one after\n  /* and another */ ;\n",
    "SELECT path, count(*) FROM evidence GROUP BY path ORDER BY 1",
    "SELECT * FROM v_evidence",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 5) SELECT i FROM n",
    "WITH n(i) AS (SELECT 1 UNION SELECT 2) SELECT 'x' FROM n, n AS m",
    "SELECT value FROM json_each('[1, 2]')",
    "SELECT row_number() OVER (ORDER BY path) FROM evidence",
    "SELECT address_text(x'0a000001'), time_text(0), ref('a', 1, NULL),"
    " 'abc' REGEXP 'b', same_subnet(x'0a000001', x'0a000002', 24)",
    "SELECT printf('%d', 1), upper('x'), json_extract('{\"a\":1}', '$.a'),"
    " CASE WHEN 1 THEN 2 END, 'x' LIKE 'X', 'x' GLOB 'x'",
};

struct bench {
    struct store *store;
    struct confinement confinement;
};

static int open_bench(void **state)
{
    static struct bench bench;
    struct failure failure = { "" };

    bench.store = store_open(NULL, STORE_TEMPORARY, &failure);
    if (bench.store == NULL ||
        !store_execute(bench.store, "ANALYZE; CREATE TEMP TABLE secret (key)",
                       &failure) ||
        !confine_begin(&bench.confinement, store_database(bench.store),
                       &confine_default_budget, &failure))
        fail_msg("%s", failure.text);
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;

    confine_end(&bench->confinement);
    store_close(bench->store);
    return 0;
}

static void forbidden_statements_are_refused(void **state)
{
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        struct sqlite3_stmt *statement = NULL;
        struct refusal refusal = { "", 0 };

        if (confine_prepare(&bench->confinement, forbidden[i].sql, &statement,
                            &refusal))
            fail_msg("got through: %s", forbidden[i].sql);
        assert_null(statement);
        if (strstr(refusal.text, forbidden[i].refusal) == NULL)
            fail_msg("%s: '%s', not '%s'", forbidden[i].sql, refusal.text,
                     forbidden[i].refusal);
    }
    assert_int_equal(access("planted.db", F_OK), -1);
}

static void allowed_statements_run(void **state)
{
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        struct sqlite3_stmt *statement = NULL;
        struct refusal refusal = { "", 0 };
        enum confine_step step;

        if (!confine_prepare(&bench->confinement, allowed[i], &statement,
                             &refusal))
            fail_msg("%s: %s", allowed[i], refusal.text);
        confine_start(&bench->confinement);
        do {
            step = confine_step(&bench->confinement, statement);
        } while (step == CONFINE_ROW);
        assert_int_equal(step, CONFINE_DONE);
        sqlite3_finalize(statement);
    }
}

/* What store/functions.c adds to SQLite must be callable from rules. */
static void functions_of_ours_are_allowed(void **state)
{
    struct bench *bench = *state;
    struct sqlite3_stmt *list = NULL;
    char sql[16][128];
    size_t count = 0;

    confine_end(&bench->confinement);
    assert_int_equal(
        sqlite3_prepare_v2(store_database(bench->store),
                           "SELECT 'SELECT ' || name || '(' ||"
                           " substr('1, 1, 1, 1', 1, 3 * narg - 2) || ')'"
                           " FROM pragma_function_list WHERE builtin = 0"
                           /* deterministic and innocuous, as ours are */
                           " AND flags & 0x200800 = 0x200800",
                           -1, &list, NULL),
        SQLITE_OK);
    while (sqlite3_step(list) == SQLITE_ROW && count < 16)
        snprintf(sql[count++], sizeof sql[0], "%s",
                 (const char *)sqlite3_column_text(list, 0));
    sqlite3_finalize(list);
    assert_true(count >= 5 && count < 16);
    assert_true(confine_begin(&bench->confinement, store_database(bench->store),
                              &confine_default_budget,
                              &(struct failure){ "" }));
    for (size_t i = 0; i < count; i++) {
        struct sqlite3_stmt *statement = NULL;
        struct refusal refusal = { "", 0 };

        if (!confine_prepare(&bench->confinement, sql[i], &statement, &refusal))
            fail_msg("%s: %s", sql[i], refusal.text);
        sqlite3_finalize(statement);
    }
}

static void refusals_have_a_place(void **state)
{
    static const char sql[] = "-- sign: x\n-- sqlite_schema\n"
                              "SELECT path,\n  (SELECT 1 FROM SQLITE_SCHEMA)\n"
                              "FROM evidence";
    static const char renamed[] = "SELECT sql\nFROM sqlite_schema";
    static const char wrong[] = "-- x\nSELECT path,\n  nothing FROM evidence";
    struct bench *bench = *state;
    struct sqlite3_stmt *statement;
    struct refusal refusal;

    assert_false(
        confine_prepare(&bench->confinement, sql, &statement, &refusal));
    assert_ptr_equal(sql + refusal.offset, strstr(sql, "SQLITE_SCHEMA"));
    assert_false(
        confine_prepare(&bench->confinement, renamed, &statement, &refusal));
    assert_ptr_equal(renamed + refusal.offset,
                     strstr(renamed, "sqlite_schema"));
    assert_false(
        confine_prepare(&bench->confinement, wrong, &statement, &refusal));
#if SQLITE_VERSION_NUMBER >= 3038000
    assert_ptr_equal(wrong + refusal.offset, strstr(wrong, "nothing"));
#endif
}

/* Each runs for ever, or would fill the memory. */
static const struct probe runaways[] = {
    { "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
      " SELECT max(i) FROM n",
      "stopped after 3000000 steps" },
    { "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
      " WHERE i < 3000) SELECT count(*) FROM n AS a, n AS b, n AS c"
      " WHERE a.i + b.i + c.i < 0",
      "stopped after 3000000 steps" },
    { "WITH RECURSIVE s(t) AS (SELECT 'xxxxxxxx' UNION ALL SELECT t || t"
      " FROM s) SELECT max(length(t)) FROM s",
      "string or blob too big" },
    { "SELECT printf('%900000000d', 1)", "" },
    { "SELECT length(printf('%.*c', 900000, 'x') || printf('%.*c', 900000,"
      " 'x'))",
      "string or blob too big" },
    { "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
      " SELECT group_concat(printf('%.*c', 1000, 'x')) FROM n",
      "stopped after 3000000 steps" },
    { "SELECT sum(9223372036854775807) FROM json_each('[1, 2]')",
      "integer overflow" },
};

static void runaways_are_stopped_at_the_same_place(void **state)
{
    static const struct confine_budget small = { .steps = 3000000,
                                                 .rows = 100 };
    struct bench *bench = *state;

    bench->confinement.budget = small;
    for (size_t i = 0; i < sizeof runaways / sizeof runaways[0]; i++) {
        struct sqlite3_stmt *statement = NULL;
        struct refusal refusal = { "", 0 };
        enum confine_step step;

        if (!confine_prepare(&bench->confinement, runaways[i].sql, &statement,
                             &refusal))
            fail_msg("%s: %s", runaways[i].sql, refusal.text);
        confine_start(&bench->confinement);
        do {
            step = confine_step(&bench->confinement, statement);
        } while (step == CONFINE_ROW);
        if (runaways[i].refusal[0] != '\0')
            assert_int_equal(step, CONFINE_STOPPED);
        if (step == CONFINE_STOPPED &&
            strstr(confine_reason(&bench->confinement), runaways[i].refusal) ==
                NULL)
            fail_msg("%s: '%s'", runaways[i].sql,
                     confine_reason(&bench->confinement));
        sqlite3_finalize(statement);
    }
    assert_true(sqlite3_memory_highwater(0) < 256 * 1024 * 1024);
}

/* Afterwards the connection is what it was. */
static void the_end_gives_everything_back(void **state)
{
    struct failure failure = { "" };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);
    struct sqlite3 *database = store_database(store);
    int length = sqlite3_limit(database, SQLITE_LIMIT_LENGTH, -1);
    struct confinement confinement;

    (void)state;
    assert_true(confine_begin(&confinement, database, &confine_default_budget,
                              &failure));
    assert_false(store_execute(store, "DELETE FROM evidence", &failure));
    assert_int_not_equal(sqlite3_limit(database, SQLITE_LIMIT_LENGTH, -1),
                         length);
    confine_end(&confinement);
    confine_end(&confinement);
    assert_int_equal(sqlite3_limit(database, SQLITE_LIMIT_LENGTH, -1), length);
    assert_int_equal(sqlite3_hard_heap_limit64(-1), 0);
    assert_true(store_execute(store, "DELETE FROM evidence", &failure));
    assert_true(store_execute(store, "SELECT random()", &failure));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(forbidden_statements_are_refused,
                                        open_bench, close_bench),
        cmocka_unit_test_setup_teardown(allowed_statements_run, open_bench,
                                        close_bench),
        cmocka_unit_test_setup_teardown(functions_of_ours_are_allowed,
                                        open_bench, close_bench),
        cmocka_unit_test_setup_teardown(refusals_have_a_place, open_bench,
                                        close_bench),
        cmocka_unit_test_setup_teardown(runaways_are_stopped_at_the_same_place,
                                        open_bench, close_bench),
        cmocka_unit_test(the_end_gives_everything_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
