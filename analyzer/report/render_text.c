/* For a terminal: the same order as the Markdown, without its tables of
 * everything. Colour only for the verdict and the headings, on demand. */
#include "report/page.h"
#include "report/report.h"
#include "report/section.h"
#include "report/tables.h"
#include "report/words.h"

#include "base/clock.h"
#include "base/memory.h"
#include "store/rows.h"
#include "store/store.h"

#include <string.h>

static void bold(struct page *page, const char *text)
{
    bool color = page->input->options.color;

    output_text(page->output, color ? "\033[1m" : "");
    output_plain(page->output, text);
    output_text(page->output, color ? "\033[0m" : "");
}

static void heading(struct page *page, const char *text)
{
    output_text(page->output, "\n");
    bold(page, text);
    output_text(page->output, "\n");
}

/* Prose in lines of at most 78 columns. */
static void wrapped(struct page *page, const char *indent, const char *text)
{
    struct text rest = text_of(text != NULL ? text : "");
    size_t column = 0;

    while (rest.length > 0) {
        struct text word = text_word(&rest);

        if (word.length == 0)
            break;
        if (column > 0 && column + 1 + word.length > 78) {
            output_text(page->output, "\n");
            column = 0;
        }
        output_text(page->output, column == 0 ? indent : " ");
        column += column == 0 ? strlen(indent) : 1;
        output_plain(page->output, text_copy(page->arena, word));
        column += word.length;
    }
    output_text(page->output, "\n");
}

static void write_head(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    const char *confidence = confidence_word(verdict->confidence);
    char time[CLOCK_TEXT_BYTES];

    bold(page, status_word(verdict->status));
    for (size_t i = 0; i < verdict->cause_count; i++) {
        output_text(page->output, i > 0 ? ", " : ": ");
        bold(page, verdict->causes[i]->id);
    }
    if (verdict->cause_count > 0 && confidence != NULL)
        output_format(page->output, " (%s)", confidence);
    output_text(page->output, "\n\n");
    wrapped(page, "", verdict->summary);
    if (verdict->fixed_ns != ABSENT)
        output_format(page->output, "\nFixed inside this bundle at %s.\n",
                      clock_format(verdict->fixed_ns, time));
    for (size_t i = 0; i < verdict->cause_count; i++) {
        const char *fix = first_command(page->arena, verdict->causes[i]->fix);
        const char *undo = first_command(page->arena, verdict->causes[i]->undo);

        if (fix != NULL) {
            output_text(page->output, is_command(fix) ? "\n  test and cure:  "
                                                      : "\n  cure:           ");
            output_plain(page->output, fix);
        }
        if (is_command(undo)) {
            output_text(page->output, "\n  undo:           ");
            output_plain(page->output, undo);
        }
        output_text(page->output, "\n");
    }
}

static void write_signs(struct page *page, const struct weighed_sign *signs,
                        size_t count, char polarity)
{
    for (size_t i = 0; i < count; i++) {
        const struct sign_result *sign = signs[i].sign;

        output_format(page->output, "  %c%-4g ", polarity, signs[i].weight);
        output_plain(page->output, sign->title);
        output_text(page->output, "\n");
        wrapped(page, "        ", sign->says);
        for (size_t e = 0; e < sign->evidence_count && e < 2; e++) {
            output_text(page->output, "        ");
            output_plain(page->output, sign->evidence[e].ref);
            output_text(page->output, "\n");
        }
    }
}

static void write_causes(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    for (size_t i = 0; i < verdict->cause_count; i++) {
        const struct cause_result *cause = verdict->causes[i];

        heading(page, "Evidence for (decibans)");
        write_signs(page, cause->supports, cause->supports_count, '+');
        heading(page, "Evidence against");
        write_signs(page, cause->contradicts, cause->contradicts_count, '-');
        if (cause->contradicts_count == 0)
            output_text(page->output, "  none found\n");
        heading(page, "How to verify");
        for (size_t v = 0; cause->verify[v] != NULL; v++)
            wrapped(page, "  ", cause->verify[v]);
    }
    heading(page, "Ruled out");
    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        const struct cause_result *cause = &verdict->all_causes[i];

        if (cause->outcome != CAUSE_RULED_OUT)
            continue;
        output_text(page->output, "  ");
        output_plain(page->output, cause->id);
        output_text(page->output, "\n");
        wrapped(page, "      ", cause->ruled_out_by);
    }
}

static void write_gaps(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    if (verdict->gap_count == 0)
        return;
    heading(page, "What could not be judged");
    for (size_t i = 0; i < verdict->gap_count; i++) {
        wrapped(page, "  ",
                arena_format(page->arena, "%s: %s", verdict->gaps[i].what,
                             verdict->gaps[i].so));
        output_text(page->output, "      ");
        output_plain(page->output, verdict->gaps[i].collect);
        output_text(page->output, "\n");
    }
}

bool render_text(const struct report_input *input, struct output *output,
                 struct failure *failure)
{
    struct arena arena;
    struct page page = {
        .input = input,
        .output = output,
        .arena = &arena,
        .failure = failure,
        .section = section_text,
        .heading = heading,
    };
    bool ok;

    arena_init(&arena);
    write_head(&page);
    ok = page_titled_table(&page, "Same node and across nodes", contrast_sql,
                           40);
    if (input->verdict->same_node != NULL)
        wrapped(&page, "  ", input->verdict->same_node);
    if (input->verdict->cross_node != NULL)
        wrapped(&page, "  ", input->verdict->cross_node);
    ok = ok &&
         page_titled_table(&page, "What makes the difference", factor_sql, 8);
    write_causes(&page);
    ok = ok && page_titled_table(&page, "Timeline", timeline_sql, 20) &&
         page_titled_table(&page, "Impact", impact_sql, 20);
    write_gaps(&page);
    heading(&page, "Coverage");
    ok = ok && page_table(&page, unread_sql, 30) &&
         page_table(
             &page,
             "SELECT kind, status, count(*) AS files, sum(facts) AS facts"
             " FROM v_evidence GROUP BY kind, status ORDER BY kind, status",
             40);
    arena_deinit(&arena);
    return ok;
}
