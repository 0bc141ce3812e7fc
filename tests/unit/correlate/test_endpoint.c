#include "correlate/endpoint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct capture {
    const char *path;
    bool is_own;
};

/* The word for the paths marked as one host's. */
static const char *word(struct arena *arena, const struct capture *captures,
                        size_t count)
{
    struct text paths[8];
    bool is_own[8];

    assert_true(count <= 8);
    for (size_t i = 0; i < count; i++) {
        paths[i] = text_of(captures[i].path);
        is_own[i] = captures[i].is_own;
    }
    return endpoint_word(arena, paths, is_own, count);
}

static void assert_word(const struct capture *captures, size_t count,
                        const char *expected)
{
    struct arena arena;
    const char *found;

    arena_init(&arena);
    found = word(&arena, captures, count);
    if (expected == NULL)
        assert_null(found);
    else
        assert_string_equal(found, expected);
    arena_deinit(&arena);
}

static void of_file_names(void **state)
{
    static const struct capture captures[] = {
        { "pcap/node1_eth0.pcap", false },
        { "pcap/node3_any.pcap", true },
        { "pcap/node3_eth0_s96.pcap", true },
    };

    (void)state;
    assert_word(captures, 3, "node3");
}

static void of_folders_and_dotted_names(void **state)
{
    static const struct capture captures[] = {
        { "ip-10-0-3-17.ec2.internal/eth0.pcap0", true },
        { "ip-10-0-3-18.ec2.internal/eth0.pcap0", false },
    };

    (void)state;
    assert_word(captures, 2, "ip-10-0-3-17.ec2.internal");
}

static void of_parts_where_no_whole_word_is_shared(void **state)
{
    static const struct capture captures[] = {
        { "worker-a-eth0.pcap.gz", true },
        { "worker-a-flannel.1.pcap.gz", true },
        { "controller-eth0.pcap.gz", false },
    };

    (void)state;
    assert_word(captures, 3, "worker");
}

static void none_where_nothing_tells_them_apart(void **state)
{
    static const struct capture alone[] = {
        { "node1_eth0.pcap", true },
    };
    static const struct capture mixed_up[] = {
        { "a/x.pcap", true },
        { "b/x.pcap", false },
        { "c/x.pcap", true },
    };

    (void)state;
    assert_word(alone, 1, NULL);
    assert_word(mixed_up, 3, NULL);
    assert_word(alone, 0, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_file_names),
        cmocka_unit_test(of_folders_and_dotted_names),
        cmocka_unit_test(of_parts_where_no_whole_word_is_shared),
        cmocka_unit_test(none_where_nothing_tells_them_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
