#include "report/document.h"

#include "report/advice.h"
#include "report/causes.h"
#include "report/coverage.h"
#include "report/details.h"
#include "report/journey.h"
#include "report/page.h"
#include "report/tables.h"
#include "report/words.h"

#include "base/clock.h"
#include "base/memory.h"
#include "diagnose/weigh.h"
#include "store/rows.h"

#include <assert.h>
#include <string.h>

enum {
    TAIL_BYTES = 500, /* for what closes a document that is cut */
};

static const char *title(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    const char *confidence = confidence_word(verdict->confidence);
    const char *text = status_word(verdict->status);

    for (size_t i = 0; i < verdict->cause_count; i++)
        text = arena_format(page->arena, "%s%s%s", text, i > 0 ? ", " : ": ",
                            verdict->causes[i]->id);
    if (verdict->cause_count > 0 && confidence != NULL)
        text = arena_format(page->arena, "%s (%s)", text, confidence);
    return text;
}

/* A summary may begin with a component's "a" or "the"; names stay as they
 * are. */
static const char *as_sentence(struct page *page, const char *text)
{
    if (text != NULL &&
        (strncmp(text, "a ", 2) == 0 || strncmp(text, "the ", 4) == 0))
        return arena_format(page->arena, "%c%s", text[0] - 'a' + 'A', text + 1);
    return text;
}

/* What would speak for the cause, if it could be looked for. */
static bool lacks_support(const struct cause_result *cause)
{
    for (size_t i = 0; i < cause->missing_count; i++)
        if (cause->missing[i].is_support)
            return true;
    return false;
}

/* How much the evidence lacks, and what could bring it. */
static void write_how_sure(struct page *page, const struct cause_result *cause)
{
    const struct verdict *verdict = page->input->verdict;

    page->form->paragraph_begin(page);
    if (verdict->cause_count > 1)
        page_format(page, "%s: ", cause->title);
    page_format(page,
                "Likely, not confirmed: the evidence weighs %g dB, and %d dB "
                "would confirm it (10 dB: ten times as likely).",
                cause->score, SCORE_CONFIRMED);
    if (verdict->gap_count > 0 && lacks_support(cause))
        page_format(page, " What could make it surer: %s (see Coverage).",
                    verdict->gaps[0].what);
    else
        page_text(page, " All that could speak for it was looked for; the "
                        "steps below show on the cluster whether it is so.");
    page->form->paragraph_end(page);
}

static void write_doubt(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    if (verdict->status != VERDICT_EXPLAINED)
        return;
    for (size_t i = 0; i < verdict->cause_count; i++)
        if (verdict->causes[i]->confidence < CONFIDENCE_CONFIRMED)
            write_how_sure(page, verdict->causes[i]);
}

static bool write_head(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    char time[CLOCK_TEXT_BYTES];

    page->form->paragraph_begin(page);
    page->form->strong(page, as_sentence(page, verdict->summary));
    page->form->paragraph_end(page);
    write_doubt(page);
    if (verdict->fixed_ns != ABSENT)
        page_paragraph(
            page, arena_format(page->arena,
                               "The bundle holds the cure as well: nothing "
                               "failed between nodes after %s.",
                               clock_format(verdict->fixed_ns, time)));
    return advice_write_first(page);
}

static bool write_changes(struct page *page)
{
    bool has;

    if (!page_has_rows(page, changes_sql, &has))
        return false;
    if (!has)
        return true;
    page->form->list_begin(page);
    if (!page_write_items(page, changes_sql))
        return false;
    page->form->list_end(page);
    return true;
}

static bool write_contrast(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    bool is_contrast =
        verdict->same_node != NULL || verdict->cross_node != NULL;
    const struct page_table table = {
        .title = is_contrast ? "Why same-node works and cross-node fails"
                             : "Same node and across nodes",
        .sql = contrast_sql,
        .rows_most = 40,
        .percent = 6,
    };
    bool has;

    if (!page_has_rows(page, contrast_sql, &has) ||
        !page_write_table(page, &table))
        return false;
    if (!has && is_contrast)
        page_heading(page, table.title);
    if (has && !write_changes(page))
        return false;
    page_paragraph(page, verdict->same_node);
    page_paragraph(page, verdict->cross_node);
    return journey_write(page);
}

static bool write_factors(struct page *page)
{
    static const struct page_table table = {
        .sql = factor_sql,
        .rows_most = 10,
        .percent = 4,
    };
    bool has;

    if (!page_has_rows(page, factor_sql, &has))
        return false;
    if (has)
        page_paragraph(page, "What makes the difference:");
    return page_write_table(page, &table);
}

static bool write_timeline(struct page *page)
{
    static const struct page_table table = {
        .title = "Timeline",
        .sql = timeline_sql,
        .rows_most = 30,
        .percent = 9,
    };

    return page_write_table(page, &table);
}

static bool write_impact(struct page *page)
{
    static const struct page_table table = {
        .title = "Impact",
        .sql = impact_sql,
        .rows_most = 20,
        .percent = 4,
    };

    return page_write_table(page, &table);
}

typedef bool write_fn(struct page *page);

/* To add a section: its function here, in its place. */
static write_fn *const sections[] = {
    write_head,
    coverage_write_next,
    write_contrast,
    write_factors,
    advice_write,
    causes_write_evidence,
    causes_write_ruled_out,
    causes_write_open,
    write_timeline,
    write_impact,
    coverage_write,
    details_write,
};

/* Names in the evidence may be of any length: what still does not fit is cut
 * at the end of a line. */
static void keep_limit(struct page *page)
{
    size_t end = page->bytes_most - TAIL_BYTES;

    if (page->bytes_most == 0 || page->output->length <= page->bytes_most)
        return;
    while (end > 0 && page->output->bytes[end - 1] != '\n')
        end--;
    output_cut(page->output, end);
    output_text(page->output, "\n");
    if (page->details_start > 0 && page->details_start < end)
        page->form->details_end(page);
    page_paragraph(page, "The report is cut here for its size; the JSON "
                         "report holds all.");
    assert(page->output->length <= page->bytes_most);
}

bool document_write(const struct report_input *input, const struct form *form,
                    struct output *output, struct failure *failure)
{
    struct arena arena;
    struct page page = {
        .input = input,
        .form = form,
        .output = output,
        .arena = &arena,
        .failure = failure,
        .bytes_most = input->options.bytes_most,
    };
    bool ok = true;

    arena_init(&arena);
    form->begin(&page, title(&page));
    for (size_t i = 0; ok && i < sizeof sections / sizeof sections[0]; i++)
        ok = sections[i](&page);
    if (ok) {
        keep_limit(&page);
        form->end(&page);
    }
    arena_deinit(&arena);
    return ok;
}
