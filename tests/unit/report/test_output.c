/* The doors for untrusted text. What a hostile name could do in each format
 * is the list below; nothing of it may come out alive. */
#include "report/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef void door_fn(struct output *output, const char *text);

static const char *const hostile[] = {
    "\033[2J",       "a\rb",      "a|b",          "`rm -rf`",
    "<script>x",     "@octocat",  "fixes #123",   "![x](http://e.example)",
    "[a](b)",        "www.e.com", "\xe2\x80\xae", "a\x01\x7f",
    "\xff\xfe",      "--> end",   "%%{init}",     "\"; click a",
    "*b* _i_ ~~s~~", "a\nb",      "\xc0\xaf",     "</details>",
};

static void no_control_or_bidi_passes_any_door(void **state)
{
    static door_fn *const doors[] = { output_json,    output_markdown,
                                      output_code,    output_plain,
                                      output_mermaid, output_html };

    (void)state;
    for (size_t d = 0; d < sizeof doors / sizeof doors[0]; d++)
        for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
            struct output output;

            output_init(&output);
            doors[d](&output, hostile[i]);
            for (const char *at = output.bytes; *at != '\0'; at++)
                assert_true((unsigned char)*at >= 0x20 && *at != 0x7f);
            assert_null(strstr(output.bytes, "\xe2\x80\xae"));
            assert_null(strstr(output.bytes, "\xff"));
            output_deinit(&output);
        }
}

static void expect(door_fn *door, const char *text, const char *as)
{
    struct output output;

    output_init(&output);
    door(&output, text);
    assert_string_equal(output.bytes, as);
    output_deinit(&output);
}

static void html_has_no_element_or_attribute(void **state)
{
    (void)state;
    expect(output_html, "<script>", "&#60;script&#62;");
    expect(output_html, "\"><img src='x'",
           "&#34;&#62;&#60;img src&#61;&#39;x&#39;");
    expect(output_html, "&lt;", "&#38;lt;");
    expect(output_html, "a\x01\xff", "a\\x01\\xff");
    expect(output_html, "n\xc3\xb6", "n\xc3\xb6");
}

static void markdown_has_no_markup_mention_or_link(void **state)
{
    (void)state;
    expect(output_markdown, "a|b", "a\\|b");
    expect(output_markdown, "@octocat #12", "&#64;octocat &#35;12");
    expect(output_markdown, "<img src=x>", "\\<img src=x\\>");
    expect(output_markdown, "![x](y)", "\\!\\[x\\](y)");
    expect(output_markdown, "http://e.com", "http:&#8288;//e.com" + 0);
}

static void code_spans_cannot_be_closed(void **state)
{
    (void)state;
    expect(output_code, "a`b|c", "`a'b\\|c`");
    expect(output_code, "", "");
}

static void json_is_escaped(void **state)
{
    (void)state;
    expect(output_json, "a\"b\\c<d>&\n",
           "\"a\\\"b\\\\c\\u003cd\\u003e\\u0026"
           "\\n\"");
    expect(output_json, "caf\xc3\xa9", "\"caf\xc3\xa9\"");
}

static void mermaid_labels_are_plain(void **state)
{
    (void)state;
    expect(output_mermaid, "node1 eth0", "\"node1 eth0\"");
    expect(output_mermaid, "a\"] --> b{", "\"a?? --? b?\"");
}

static void json_gives_the_text_back(void **state)
{
    struct output output;

    (void)state;
    output_init(&output);
    output_json(&output, "a\nb\t\x01\xe2\x80\xae\xf3\xa0\x80\x81");
    assert_string_equal(output.bytes,
                        "\"a\\nb\\t\\u0001\\u202e\\udb40\\udc01\"");
    output_deinit(&output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_gives_the_text_back),
        cmocka_unit_test(no_control_or_bidi_passes_any_door),
        cmocka_unit_test(html_has_no_element_or_attribute),
        cmocka_unit_test(markdown_has_no_markup_mention_or_link),
        cmocka_unit_test(code_spans_cannot_be_closed),
        cmocka_unit_test(json_is_escaped),
        cmocka_unit_test(mermaid_labels_are_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
