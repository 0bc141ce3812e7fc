/* Slices, numbers and lines, at their edges. */
#include "base/clock.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void integers_are_whole_and_bounded(void **state)
{
    int64_t value = 7;

    (void)state;
    assert_true(text_integer(text_of("9223372036854775807"), &value));
    assert_int_equal(value, INT64_MAX);
    assert_true(text_integer(text_of("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
    assert_false(text_integer(text_of("9223372036854775808"), &value));
    assert_false(text_integer(text_of(""), &value));
    assert_false(text_integer(text_of("-"), &value));
    assert_false(text_integer(text_of("12a"), &value));
    assert_false(text_integer(text_of(" 12"), &value));
}

static void reals_obey_no_locale(void **state)
{
    double value = 0;

    (void)state;
    assert_true(text_real(text_of("0.000123456"), &value));
    assert_true(value > 0.000123455 && value < 0.000123457);
    assert_true(text_real(text_of("6e-05"), &value));
    assert_true(value > 0.0000599 && value < 0.0000601);
    assert_false(text_real(text_of("1,5"), &value));
    assert_false(text_real(text_of("."), &value));
    assert_false(text_real(text_of("1e999"), &value));
}

static void find_stops_at_the_end(void **state)
{
    char *exact = malloc(3);

    (void)state;
    memcpy(exact, "aab", 3);
    assert_int_equal(text_find(text_slice(exact, 3), "ab"), 1);
    assert_int_equal(text_find(text_slice(exact, 2), "ab"), -1);
    assert_int_equal(text_find(text_slice(exact, 0), "ab"), -1);
    assert_int_equal(text_find(text_slice(exact, 3), "abc"), -1);
    free(exact);
}

/* What a parser did not find has no bytes at all: the sanitizers look on. */
static void nothing_begins_and_ends_with_nothing(void **state)
{
    struct text nothing = text_slice(NULL, 0);

    (void)state;
    assert_true(text_starts(nothing, ""));
    assert_true(text_ends(nothing, ""));
    assert_false(text_ends(nothing, "x"));
    assert_true(text_ends(text_of("ax"), "x"));
    assert_false(text_ends(text_of("ax"), "bax"));
}

static void what_is_kept_ends_in_its_room(void **state)
{
    char room[4] = "xyz";

    (void)state;
    text_keep(room, sizeof room, text_of("ab"));
    assert_string_equal(room, "ab");
    text_keep(room, sizeof room, text_of("abcdef"));
    assert_string_equal(room, "abc");
    text_keep(room, sizeof room, text_slice(NULL, 0));
    assert_string_equal(room, "");
    text_keep(room, 1, text_of("a"));
    assert_string_equal(room, "");
}

static void lines_end_with_lf_or_crlf(void **state)
{
    struct text rest = text_of("one\r\ntwo\n\nlast");
    struct text line;

    (void)state;
    assert_true(text_line(&rest, &line) && text_equals(line, "one"));
    assert_true(text_line(&rest, &line) && text_equals(line, "two"));
    assert_true(text_line(&rest, &line) && line.length == 0);
    assert_true(text_line(&rest, &line) && text_equals(line, "last"));
    assert_false(text_line(&rest, &line));
}

static void rfc3339_times_in_all_their_forms(void **state)
{
    static const struct {
        const char *text;
        const char *as;
    } cases[] = {
        { "2026-11-22T10:36:46.327147855Z", "2026-11-22T10:36:46.327147855Z" },
        { "2026-11-22T11:36:46.5+01:00", "2026-11-22T10:36:46.500Z" },
        { "2026-11-22 10:36:46Z", "2026-11-22T10:36:46Z" },
        { "2024-02-29T23:59:60-0000", "2024-03-01T00:00:00Z" },
        { "1970-01-01T00:00:00.000001Z", "1970-01-01T00:00:00.000001Z" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text text = text_of(cases[i].text);
        char buffer[CLOCK_TEXT_BYTES];
        int64_t at_ns = 0;

        assert_true(clock_take_rfc3339(&text, &at_ns));
        assert_int_equal(text.length, 0);
        assert_string_equal(clock_format(at_ns, buffer), cases[i].as);
    }
}

static void every_prefix_of_a_time_is_refused_or_whole(void **state)
{
    const char *whole = "2026-11-22T10:36:46.327147855+01:00";

    (void)state;
    for (size_t length = 0; length <= strlen(whole); length++) {
        char *exact = malloc(length + (length == 0));
        struct text text = text_slice(exact, length);
        int64_t at_ns;

        memcpy(exact, whole, length);
        assert_int_equal(clock_take_rfc3339(&text, &at_ns),
                         length == strlen(whole));
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_whole_and_bounded),
        cmocka_unit_test(reals_obey_no_locale),
        cmocka_unit_test(find_stops_at_the_end),
        cmocka_unit_test(nothing_begins_and_ends_with_nothing),
        cmocka_unit_test(what_is_kept_ends_in_its_room),
        cmocka_unit_test(lines_end_with_lf_or_crlf),
        cmocka_unit_test(rfc3339_times_in_all_their_forms),
        cmocka_unit_test(every_prefix_of_a_time_is_refused_or_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
