/* Markdown for an issue or a postmortem (GitHub's: tables, Mermaid and
 * details). */
#include "report/page.h"
#include "report/section.h"

#include <string.h>

static void begin(struct page *page, const char *title)
{
    output_text(page->output, "# wirecause: ");
    output_markdown(page->output, title);
    output_text(page->output, "\n\n");
}

static void end(struct page *page)
{
    (void)page;
}

static void heading(struct page *page, int level, const char *text)
{
    output_text(page->output, &"### "[3 - level]);
    output_markdown(page->output, text);
    output_text(page->output, "\n\n");
}

static void paragraph_begin(struct page *page)
{
    (void)page;
}

static void paragraph_end(struct page *page)
{
    output_text(page->output, "\n\n");
}

static void end_line(struct page *page)
{
    size_t length = page->output->length;

    if (length > 0 && page->output->bytes[length - 1] != '\n')
        output_text(page->output, "\n");
}

static void list_begin(struct page *page)
{
    if (page->depth++ > 0)
        end_line(page);
}

static void list_end(struct page *page)
{
    if (--page->depth == 0)
        output_text(page->output, "\n");
}

static void item_begin(struct page *page)
{
    for (int i = 1; i < page->depth; i++)
        output_text(page->output, "  ");
    output_text(page->output, "- ");
}

static void text(struct page *page, const char *text)
{
    output_markdown(page->output, text);
}

static void strong(struct page *page, const char *text)
{
    output_text(page->output, "**");
    output_markdown(page->output, text);
    output_text(page->output, "**");
}

static void code(struct page *page, const char *text)
{
    output_code(page->output, text);
}

static void path_begin(struct page *page)
{
    output_text(page->output, "```mermaid\nflowchart LR\n");
}

static void path_stop(struct page *page, int number, const char *label)
{
    output_format(page->output, "  s%d[", number);
    output_mermaid(page->output, label);
    output_text(page->output, "]\n");
    if (number > 0)
        output_format(page->output, "  s%d --> s%d\n", number - 1, number);
}

static void path_lost(struct page *page, int stops, const char *label)
{
    output_text(page->output, "  lost[");
    output_mermaid(page->output, label);
    output_format(page->output, "]\n  s%d -. lost .-> lost\n", stops - 1);
}

static void path_end(struct page *page)
{
    output_text(page->output, "```\n\n");
}

static void details_begin(struct page *page, const char *title)
{
    output_text(page->output, "<details><summary>");
    output_markdown(page->output, title);
    output_text(page->output, "</summary>\n\n");
}

static void details_end(struct page *page)
{
    output_text(page->output, "</details>\n");
}

const struct form form_markdown = {
    .begin = begin,
    .end = end,
    .heading = heading,
    .paragraph_begin = paragraph_begin,
    .paragraph_end = paragraph_end,
    .list_begin = list_begin,
    .list_end = list_end,
    .item_begin = item_begin,
    .item_end = end_line,
    .text = text,
    .strong = strong,
    .code = code,
    .table = section_markdown,
    .path_begin = path_begin,
    .path_stop = path_stop,
    .path_lost = path_lost,
    .path_end = path_end,
    .details_begin = details_begin,
    .details_end = details_end,
};
