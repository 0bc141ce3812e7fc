/* Names in the middle of paths, between borders. */
#include "correlate/path_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void names_end_at_borders(void **state)
{
    struct arena arena;
    struct path_names names;

    (void)state;
    arena_init(&arena);
    path_names_init(&names, &arena);
    path_names_add(&names, "node1", "n1");
    path_names_add(&names, "node10", "n10");
    path_names_add(&names, "frontend-5f7d9c6b4d-hq9tz", "pod");
    path_names_add(&names, "x", "too short");
    assert_string_equal(path_names_find(&names, text_of("node1_eth0.pcap")),
                        "n1");
    assert_string_equal(path_names_find(&names, text_of("node10_eth0.pcap")),
                        "n10");
    assert_null(path_names_find(&names, text_of("node11.pcap")));
    assert_null(path_names_find(&names, text_of("anode1")));
    assert_null(path_names_find(&names, text_of("x")));
    assert_string_equal(
        path_names_find(&names,
                        text_of("pod-frontend-5f7d9c6b4d-hq9tz_eth0.pcap")),
        "pod");
    assert_null(path_names_find(&names, text_of("")));
    path_names_deinit(&names);
    arena_deinit(&arena);
}

static void the_longest_name_wins(void **state)
{
    struct arena arena;
    struct path_names names;

    (void)state;
    arena_init(&arena);
    path_names_init(&names, &arena);
    path_names_add(&names, "ip-10-0-0-1", "short");
    path_names_add(&names, "ip-10-0-0-1.ec2.internal", "long");
    assert_string_equal(
        path_names_find(&names, text_of("pcap/ip-10-0-0-1.ec2.internal.pcap")),
        "long");
    assert_string_equal(path_names_find(&names, text_of("ip-10-0-0-1.pcap")),
                        "short");
    path_names_deinit(&names);
    arena_deinit(&arena);
}

static void a_name_of_two_things_is_a_name_of_none(void **state)
{
    struct arena arena;
    struct path_names names;

    (void)state;
    arena_init(&arena);
    path_names_init(&names, &arena);
    path_names_add(&names, "web", "a");
    path_names_add(&names, "web", "b");
    path_names_add(&names, "web", "a");
    path_names_add(&names, "db", "c");
    path_names_add(&names, "db", "c");
    assert_null(path_names_get(&names, text_of("web")));
    assert_string_equal(path_names_get(&names, text_of("db")), "c");
    path_names_deinit(&names);
    arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_end_at_borders),
        cmocka_unit_test(the_longest_name_wins),
        cmocka_unit_test(a_name_of_two_things_is_a_name_of_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
