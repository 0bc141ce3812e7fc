/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "evidence/pcapng_time.h"

struct time_case {
    uint64_t stamp;
    uint8_t resolution;
    int64_t offset_s;
    int64_t seconds;
    int64_t nanoseconds;
};

static const struct time_case cases[] = {
    { 5, 0, 0, 5, 0 },
    { 1500, 3, 0, 1, 500000000 },
    { 1683280566327147, 6, 0, 1683280566, 327147000 },
    { 1683280566327147855, 9, 0, 1683280566, 327147855 },
    { 1999999999999, 12, 0, 1, 999999999 },
    { UINT64_MAX, 19, 0, 1, 844674407 },
    { 3, 0x81, 0, 1, 500000000 },
    { (UINT64_C(7) << 20) + 1, 0x94, 0, 7, 953 },
    { (UINT64_C(1) << 34) - 1, 0xa2, 0, 0, 999999999 },
    { UINT64_MAX, 0xbf, 0, 1, 999999999 },
    { 1, 0x80, 0, 1, 0 },
    { 10, 0, -3, 7, 0 },
    { 10, 0, -13, -3, 0 },
    { UINT64_MAX, 0, 1, INT64_MAX, 0 },
    { 1, 0, INT64_MAX, INT64_MAX, 0 },
    { 0, 0, INT64_MIN, INT64_MIN, 0 },
};

static void test_units(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct time_case *c = &cases[i];
        struct pcapng_time time;

        assert_true(
            pcapng_time_of(c->stamp, c->resolution, c->offset_s, &time));
        assert_true(time.seconds == c->seconds);
        assert_int_equal(time.nanoseconds, c->nanoseconds);
    }
}

static void test_unknown_units(void **state)
{
    struct pcapng_time time;

    (void)state;
    assert_false(pcapng_time_of(1, 20, 0, &time));
    assert_false(pcapng_time_of(1, 0x7f, 0, &time));
    assert_false(pcapng_time_of(1, 0xc0, 0, &time));
    assert_true(pcapng_resolution_is_known(19));
    assert_true(pcapng_resolution_is_known(0xbf));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_unknown_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
