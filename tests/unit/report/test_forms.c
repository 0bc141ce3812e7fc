/* The forms of the document: what each makes of the same content, and that
 * no name of the evidence comes alive in any of them. */
#include "report/page.h"

#include "base/memory.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='x",
    "</code></li></ul></body>",
    "</summary></details>",
    "<!-- ",
    "\033[2Jgone",
    "\xff\xfe\xc0\xaf",
    "\xe2\x80\xae"
    "gpj.exe",
    "&lt;b&gt;",
    "`backtick` | pipe",
    "\001\002",
};

static const struct form *const forms[] = {
    &form_text,
    &form_markdown,
    &form_html,
};

static const struct report_input plain = { .options = { .color = false } };

static void write_everything(struct page *page, const char *text)
{
    const struct form *form = page->form;

    form->begin(page, text);
    form->heading(page, 2, text);
    page_paragraph(page, text);
    form->list_begin(page);
    form->item_begin(page);
    form->strong(page, text);
    page_code(page, text);
    form->list_begin(page);
    page_item(page, text);
    form->list_end(page);
    form->item_end(page);
    form->list_end(page);
    form->path_begin(page);
    form->path_stop(page, 0, text);
    form->path_stop(page, 1, text);
    form->path_lost(page, 2, text);
    form->path_end(page);
    form->details_begin(page, text);
    form->heading(page, 3, text);
    form->details_end(page);
    form->end(page);
}

static void check(const struct form *form, const char *text,
                  void (*checker)(const char *bytes, const char *harmless),
                  const char *harmless)
{
    struct arena arena;
    struct output output;
    struct page page = {
        .input = &plain,
        .form = form,
        .output = &output,
        .arena = &arena,
    };

    arena_init(&arena);
    output_init(&output);
    write_everything(&page, text);
    checker(output.bytes, harmless);
    output_deinit(&output);
    arena_deinit(&arena);
}

static void has_no_control(const char *bytes, const char *harmless)
{
    (void)harmless;
    for (const char *at = bytes; *at != '\0'; at++)
        assert_true(*at == '\n' || !iscntrl((unsigned char)*at));
    assert_null(strstr(bytes, "\xff"));
    assert_null(strstr(bytes, "\xe2\x80\xae"));
}

static void no_control_passes_any_form(void **state)
{
    (void)state;
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++)
        for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
            check(forms[f], hostile[i], has_no_control, NULL);
}

static size_t count(const char *bytes, char wanted)
{
    size_t found = 0;

    for (; *bytes != '\0'; bytes++)
        found += *bytes == wanted;
    return found;
}

static size_t markup(const char *bytes)
{
    return count(bytes, '<') + count(bytes, '>') + count(bytes, '"') +
           count(bytes, '\'');
}

static size_t harmless_markup;

static void counts_markup(const char *bytes, const char *harmless)
{
    (void)harmless;
    harmless_markup = markup(bytes);
}

static void has_the_markup_of_a_harmless_text(const char *bytes,
                                              const char *harmless)
{
    (void)harmless;
    assert_int_equal(markup(bytes), harmless_markup);
}

static void html_takes_no_markup_from_a_text(void **state)
{
    (void)state;
    check(&form_html, "harmless", counts_markup, NULL);
    assert_true(harmless_markup > 0);
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++)
        check(&form_html, hostile[i], has_the_markup_of_a_harmless_text, NULL);
}

static void equals(const char *bytes, const char *expected)
{
    assert_string_equal(bytes, expected);
}

static void markdown_is_as_expected(void **state)
{
    (void)state;
    check(&form_markdown, "node1", equals,
          "# wirecause: node1\n\n## node1\n\nnode1\n\n"
          "- **node1**`node1`\n  - node1\n\n"
          "```mermaid\nflowchart LR\n  s0[\"node1\"]\n  s1[\"node1\"]\n"
          "  s0 --> s1\n  lost[\"node1\"]\n  s1 -. lost .-> lost\n```\n\n"
          "<details><summary>node1</summary>\n\n### node1\n\n</details>\n");
}

static void text_is_as_expected(void **state)
{
    (void)state;
    check(&form_text, "node1", equals,
          "node1\n\nnode1\n\nnode1\n  - node1node1\n      - node1\n"
          "       node1\n    -> node1\n    -x node1\n\nnode1\n\nnode1\n");
}

static void a_command_is_not_broken_into_lines(void **state)
{
    static const char command[] =
        "tshark -r 'a/rather/long/path/of/a/capture.pcap' -Y "
        "'frame.number==214' -V";
    struct arena arena;
    struct output output;
    struct page page = {
        .input = &plain,
        .form = &form_text,
        .output = &output,
        .arena = &arena,
    };

    (void)state;
    arena_init(&arena);
    output_init(&output);
    form_text.paragraph_begin(&page);
    page_text(&page, "some words before: ");
    page_code(&page, command);
    form_text.paragraph_end(&page);
    assert_non_null(strstr(output.bytes, command));
    output_deinit(&output);
    arena_deinit(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_control_passes_any_form),
        cmocka_unit_test(html_takes_no_markup_from_a_text),
        cmocka_unit_test(markdown_is_as_expected),
        cmocka_unit_test(text_is_as_expected),
        cmocka_unit_test(a_command_is_not_broken_into_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
