/* ref() and times without a date. */
#include "base/clock.h"
#include "store/functions.h"

#include <sqlite3.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void references_lead_into_files_and_documents(void **state)
{
    static const struct {
        const char *call;
        const char *expected;
    } cases[] = {
        { "ref('a.pcap', 7, NULL)", "a.pcap#7" },
        { "ref('a.log', NULL, 7)", "a.log:7" },
        { "ref('a.log', NULL, NULL)", "a.log" },
        { "ref('node1.txt', 1099511627776 + 12, NULL)", "node1.txt:12" },
        { "ref('issue.md#L10', NULL, 12)", "issue.md:12" },
        { "ref('issue.md#L10', 1099511627776 + 12, NULL)", "issue.md:12" },
        { "ref('issue.md#L10', NULL, NULL)", "issue.md:10" },
        { "ref('a#L', NULL, 3)", "a#L:3" },
        { "ref('a#LX1', NULL, 3)", "a#LX1:3" },
        { "ref('L1', NULL, 3)", "L1:3" },
        { "ref('1', NULL, 3)", "1:3" },
        { "time_text(-3600000000000)", "23:00:00" },
        { "time_text(0)", "1970-01-01T00:00:00Z" },
    };
    struct failure failure = { "" };
    struct sqlite3 *database = NULL;

    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    assert_true(functions_register(database, &failure));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *sql = sqlite3_mprintf("SELECT %s", cases[i].call);
        struct sqlite3_stmt *statement = NULL;

        assert_int_equal(
            sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(statement, 0),
                            cases[i].expected);
        sqlite3_finalize(statement);
        sqlite3_free(sql);
    }
    sqlite3_close(database);
}

static void days_without_a_date_are_apart(void **state)
{
    (void)state;
    for (int64_t i = 1; i < 5000; i++) {
        int64_t day_ns = clock_undated(i);

        assert_true(day_ns < 0);
        assert_int_equal(day_ns % (86400 * NS_PER_SECOND), 0);
        assert_int_not_equal(day_ns, clock_undated(i - 1));
    }
    assert_true(clock_undated(INT64_MAX) < 0);
    assert_true(clock_undated(INT64_MIN) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_lead_into_files_and_documents),
        cmocka_unit_test(days_without_a_date_are_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
