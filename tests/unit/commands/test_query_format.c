/* Rows of a query reach terminals and spreadsheets as data only. */
#include "commands/query_format.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What the format writes to standard output for this query. */
static const char *printed(const char *format, const char *sql)
{
    static char text[4096];
    FILE *file = tmpfile();
    int saved = dup(STDOUT_FILENO);
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;

    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL),
                     SQLITE_OK);
    fflush(stdout);
    dup2(fileno(file), STDOUT_FILENO);
    assert_int_equal(query_format_find(format)->print(statement), SQLITE_DONE);
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return text;
}

static void tables_have_columns(void **state)
{
    (void)state;
    assert_string_equal(printed("table",
                                "SELECT 'a' AS name, x'0a010203' AS address,"
                                " NULL AS none UNION ALL"
                                " SELECT 'longer', x'abcd', -3.5"),
                        "name    address   none\n"
                        "a       10.1.2.3  \n"
                        "longer  abcd      -3.5\n");
}

/* ESC, CR, a C1 control and a right-to-left override. */
static const char hostile[] =
    "SELECT '=1+1' AS a, 'x' || char(27, 91, 50, 74, 13, 155, 8238) || 'y' AS"
    " b, 'say \"hi\", you' AS c, -5 AS d";

static void nothing_reaches_the_terminal(void **state)
{
    static const char *const names[] = { "table", "csv", "json" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const char *text = printed(names[i], hostile);

        assert_null(strchr(text, '\033'));
        assert_null(strstr(text, "\xc2\x9b"));
        assert_null(strstr(text, "\xe2\x80\xae"));
        assert_true(strchr(text, '\r') == NULL ||
                    strchr(text, '\r')[1] == '\n');
    }
}

static void formulas_are_text(void **state)
{
    const char *text = printed("csv", hostile);

    (void)state;
    assert_non_null(strstr(text, "\r\n\"'=1+1\","));
    assert_non_null(strstr(text, ",\"say \"\"hi\"\", you\",-5\r\n"));
    assert_string_equal(printed("csv", "SELECT '@x' AS a, '-y' AS b, 1 AS c"),
                        "a,b,c\r\n\"'@x\",\"'-y\",1\r\n");
}

static void json_is_an_array(void **state)
{
    (void)state;
    assert_string_equal(printed("json", "SELECT 1 AS a WHERE 0"), "[]\n");
    assert_string_equal(
        printed("json", "SELECT 1 AS a, NULL AS b, 'x\"y' AS c,"
                        " x'0a000001' AS d UNION ALL SELECT 2, 1.5, '', ''"),
        "[\n"
        "{\"a\": 1, \"b\": null, \"c\": \"x\\\"y\", \"d\": \"10.0.0.1\"},\n"
        "{\"a\": 2, \"b\": 1.5, \"c\": \"\", \"d\": \"\"}\n"
        "]\n");
    assert_null(query_format_find("xml"));
}

/* RFC 8259 has no infinity; SQLite makes NaN NULL by itself. */
static void json_has_no_infinity(void **state)
{
    (void)state;
    assert_string_equal(printed("json", "SELECT 9e999 AS a, -9e999 AS b,"
                                        " 0.5 AS c"),
                        "[\n{\"a\": null, \"b\": null, \"c\": 0.5}\n]\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_columns),
        cmocka_unit_test(nothing_reaches_the_terminal),
        cmocka_unit_test(formulas_are_text),
        cmocka_unit_test(json_is_an_array),
        cmocka_unit_test(json_has_no_infinity),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
