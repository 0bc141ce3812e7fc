/* For a terminal: lines of at most 78 columns, no tables of everything.
 * Colour only for headings, on demand. A block is written as it comes and
 * broken into lines at its end; the spaces of code are kept from breaking by
 * a byte that no evidence can bring, for output_plain() lets no control
 * character pass. */
#include "report/page.h"
#include "report/section.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

enum {
    COLUMNS = 78,
    KEPT_SPACE = '\001',
};

static void bold(struct page *page, const char *text)
{
    bool color = page->input->options.color;

    output_text(page->output, color ? "\033[1m" : "");
    output_plain(page->output, text);
    output_text(page->output, color ? "\033[0m" : "");
}

static void begin(struct page *page, const char *title)
{
    bold(page, title);
    output_text(page->output, "\n");
}

static void nothing(struct page *page)
{
    (void)page;
}

static void heading(struct page *page, int level, const char *text)
{
    (void)level;
    output_text(page->output, "\n");
    bold(page, text);
    output_text(page->output, "\n");
}

static void block_begin(struct page *page)
{
    page->block_start = page->output->length;
}

static void write_word(struct page *page, struct text word)
{
    size_t from = page->output->length;

    output_text(page->output, text_copy(page->arena, word));
    for (size_t i = from; i < page->output->length; i++)
        if (page->output->bytes[i] == KEPT_SPACE)
            page->output->bytes[i] = ' ';
}

static void indent(struct page *page, const char *mark)
{
    for (int i = 0; i < page->depth; i++)
        output_text(page->output, i + 1 < page->depth ? "    " : mark);
}

/* Breaks what was written since block_begin() into lines. */
static void block_end(struct page *page)
{
    struct output *output = page->output;
    const char *block =
        arena_format(page->arena, "%s", output->bytes + page->block_start);
    struct text rest = text_of(block);
    size_t margin = 4 * (size_t)page->depth;
    size_t column = 0;

    output_cut(output, page->block_start);
    for (;;) {
        struct text word = text_word(&rest);

        if (word.length == 0)
            break;
        if (column == 0 || column + 1 + word.length > COLUMNS) {
            output_text(output, column > 0 ? "\n" : "");
            indent(page, column > 0 ? "    " : "  - ");
            column = margin;
        } else {
            output_text(output, " ");
            column++;
        }
        write_word(page, word);
        column += word.length;
    }
    output_text(output, "\n");
}

static void paragraph_begin(struct page *page)
{
    output_text(page->output, "\n");
    block_begin(page);
}

/* A list inside an item ends the item's own lines. */
static void list_begin(struct page *page)
{
    if (page->depth > 0)
        block_end(page);
    page->block_start = 0;
    page->depth++;
}

static void list_end(struct page *page)
{
    page->depth--;
    page->block_start = 0;
}

static void item_end(struct page *page)
{
    if (page->block_start > 0)
        block_end(page);
    page->block_start = 0;
}

static void text(struct page *page, const char *text)
{
    output_plain(page->output, text);
}

static void code(struct page *page, const char *text)
{
    size_t from = page->output->length;

    output_plain(page->output, text);
    for (size_t i = from; i < page->output->length; i++)
        if (page->output->bytes[i] == ' ')
            page->output->bytes[i] = KEPT_SPACE;
}

static void path_stop(struct page *page, int number, const char *label)
{
    output_text(page->output, number > 0 ? "    -> " : "       ");
    output_plain(page->output, label);
    output_text(page->output, "\n");
}

static void path_lost(struct page *page, int stops, const char *label)
{
    (void)stops;
    output_text(page->output, "    -x ");
    output_plain(page->output, label);
    output_text(page->output, "\n");
}

static void details_begin(struct page *page, const char *title)
{
    heading(page, 2, title);
}

const struct form form_text = {
    .is_brief = true,
    .begin = begin,
    .end = nothing,
    .heading = heading,
    .paragraph_begin = paragraph_begin,
    .paragraph_end = block_end,
    .list_begin = list_begin,
    .list_end = list_end,
    .item_begin = block_begin,
    .item_end = item_end,
    .text = text,
    .strong = text,
    .code = code,
    .table = section_text,
    .path_begin = nothing,
    .path_stop = path_stop,
    .path_lost = path_lost,
    .path_end = nothing,
    .details_begin = details_begin,
    .details_end = nothing,
};
