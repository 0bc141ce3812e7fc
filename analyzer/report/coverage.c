#include "report/coverage.h"

#include "report/page.h"
#include "report/tables.h"
#include "report/words.h"

#include "base/memory.h"
#include "diagnose/verdict.h"

#include <string.h>

enum {
    GAPS_FIRST = 3,
};

static bool has_next(const struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    return verdict->status == VERDICT_UNDETERMINED ||
           verdict->status == VERDICT_UNDECIDED;
}

/* "cannot tell whether ..." lacks who. */
static const char *whole_sentence(struct page *page, const char *so)
{
    static const char start[] = "cannot tell";

    if (strncmp(so, start, strlen(start)) != 0)
        return so;
    return arena_format(page->arena, "nobody can tell%s", so + strlen(start));
}

static void write_gap(struct page *page, const struct gap *gap)
{
    struct step step = step_of(page->arena, gap->collect);

    page->form->item_begin(page);
    page->form->strong(page, gap->what);
    page_format(page, ": %s. Collect: ", whole_sentence(page, gap->so));
    page_code(page, step.command);
    if (step.remark != NULL)
        page_format(page, "%s%s", step.command != NULL ? " " : "", step.remark);
    page->form->item_end(page);
}

static void write_gaps(struct page *page, size_t from, size_t to)
{
    const struct verdict *verdict = page->input->verdict;
    struct share share = page_share(page, 8);

    page->form->list_begin(page);
    for (size_t i = from; i < to; i++) {
        size_t before = page->output->length;

        write_gap(page, &verdict->gaps[i]);
        (void)share_keeps(&share, page->output, before);
    }
    page->form->list_end(page);
    share_close(&share, page);
}

static size_t next_count(const struct page *page)
{
    size_t count = page->input->verdict->gap_count;

    if (!has_next(page))
        return 0;
    return count < GAPS_FIRST ? count : GAPS_FIRST;
}

bool coverage_write_next(struct page *page)
{
    size_t count = next_count(page);

    if (count == 0)
        return true;
    page_heading(page, "Collect next");
    write_gaps(page, 0, count);
    return true;
}

bool coverage_write(struct page *page)
{
    static const struct page_table unread = {
        .sql = unread_sql,
        .rows_most = 30,
        .percent = 6,
    };
    static const struct page_table read = {
        .sql = read_sql,
        .rows_most = 40,
        .percent = 5,
    };
    const struct verdict *verdict = page->input->verdict;
    size_t shown = next_count(page);
    bool has;

    page_heading(page, "Coverage");
    if (verdict->gap_count > shown) {
        page_paragraph(page,
                       "Missing, and what could not be judged for lack of it:");
        write_gaps(page, shown, verdict->gap_count);
    }
    if (!page_has_rows(page, unread_sql, &has))
        return false;
    if (has)
        page_paragraph(page, "Not read, or not wholly:");
    if (!page_write_table(page, &unread) ||
        !page_has_rows(page, read_sql, &has))
        return false;
    if (has)
        page_paragraph(page, "Read:");
    return page_write_table(page, &read);
}
