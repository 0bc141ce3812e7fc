/* Shares of a document, and where a command is to be typed. */
#include "report/page.h"
#include "report/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <cmocka.h>

static void items_beyond_the_share_are_taken_back(void **state)
{
    struct output output;
    struct page page = {
        .form = &form_markdown,
        .output = &output,
        .bytes_most = 1000,
    };
    struct share share;

    (void)state;
    output_init(&output);
    share = page_share(&page, 1);
    output_text(&output, "12345678\n");
    assert_true(share_keeps(&share, &output, 0));
    output_text(&output, "too long\n");
    assert_false(share_keeps(&share, &output, 9));
    output_text(&output, "x");
    assert_false(share_keeps(&share, &output, 9));
    share_close(&share, &page);
    assert_string_equal(output.bytes,
                        "12345678\nand 2 more (see the JSON report).\n\n");
    output_deinit(&output);
}

static void a_name_is_found_as_a_whole_only(void **state)
{
    (void)state;
    assert_true(place_is_named("the path from node2 to node3", "node2"));
    assert_true(place_is_named("node2", "node2"));
    assert_false(place_is_named("the NIC of node21", "node2"));
    assert_false(place_is_named("the NIC of my-node2", "node2"));
    assert_true(place_is_named("my-node2, node2", "node2"));
    assert_false(place_is_named("anything", ""));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_beyond_the_share_are_taken_back),
        cmocka_unit_test(a_name_is_found_as_a_whole_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
