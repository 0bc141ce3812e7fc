/* Markdown that fits a GitHub comment and that a stranger can act on. */
#include "report/causes.h"
#include "report/journey.h"
#include "report/page.h"
#include "report/place.h"
#include "report/report.h"
#include "report/section.h"
#include "report/tables.h"
#include "report/words.h"

#include "base/clock.h"
#include "base/memory.h"
#include "store/rows.h"
#include "store/store.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum {
    MARKDOWN_BYTES = 60000, /* a GitHub comment holds 65,536 characters */
    TAIL_BYTES = 500,       /* for what closes the document */
    GAPS_FIRST = 3,
};

static void heading(struct page *page, const char *text)
{
    output_format(page->output, "## %s\n\n", text);
}

static void paragraph(struct page *page, const char *text)
{
    if (text == NULL)
        return;
    output_markdown(page->output, text);
    output_text(page->output, "\n\n");
}

/* A command as code, behind its label; a sentence as it is. */
static void command_block(struct page *page, const char *label,
                          const char *command)
{
    if (command == NULL)
        return;
    output_markdown(page->output, label);
    output_text(page->output, ": ");
    if (is_command(command))
        output_code(page->output, command);
    else
        output_markdown(page->output, command);
    output_text(page->output, "\n\n");
}

static bool write_advice(struct page *page, const struct cause_result *cause)
{
    const char *fix = first_command(page->arena, cause->fix);
    const char *undo = first_command(page->arena, cause->undo);
    const char *place;

    if (!place_of_command(page, cause, fix, &place))
        return false;
    command_block(page,
                  !is_command(fix) ? "To cure it"
                  : place == NULL  ? "To test it, and to cure it"
                                   : arena_format(page->arena,
                                                  "To test it, and to cure "
                                                   "it, %s",
                                                  place),
                  fix);
    if (is_command(undo))
        command_block(page, "To undo that", undo);
    return true;
}

static bool write_head(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    const char *confidence = confidence_word(verdict->confidence);
    struct output *output = page->output;
    char time[CLOCK_TEXT_BYTES];

    output_format(output, "# wirecause: %s", status_word(verdict->status));
    for (size_t i = 0; i < verdict->cause_count; i++) {
        output_text(output, i > 0 ? ", " : ": ");
        output_markdown(output, verdict->causes[i]->id);
    }
    if (verdict->cause_count > 0 && confidence != NULL)
        output_format(output, " (%s)", confidence);
    output_text(output, "\n\n**");
    output_markdown(output, verdict->summary);
    output_text(output, "**\n\n");
    if (verdict->fixed_ns != ABSENT)
        output_format(output,
                      "It was fixed inside this bundle, at %s UTC: nothing "
                      "failed between nodes after that.\n\n",
                      clock_format(verdict->fixed_ns, time));
    for (size_t i = 0; i < verdict->cause_count; i++)
        if (!write_advice(page, verdict->causes[i]))
            return false;
    return true;
}

/* What would decide, where nothing is decided yet. */
static void write_next(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    if (verdict->status != VERDICT_UNDETERMINED || verdict->gap_count == 0)
        return;
    heading(page, "Collect next");
    for (size_t i = 0; i < verdict->gap_count && i < GAPS_FIRST; i++) {
        output_text(page->output, "- ");
        output_code(page->output, verdict->gaps[i].collect);
        output_text(page->output, ": ");
        output_markdown(page->output, verdict->gaps[i].so);
        output_text(page->output, "\n");
    }
    output_text(page->output, "\n");
}

static bool write_contrast(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    bool has;

    if (!page_has_rows(page, contrast_sql, &has))
        return false;
    if (!has)
        return true;
    heading(page, verdict->same_node != NULL || verdict->cross_node != NULL
                      ? "Why same-node works and cross-node fails"
                      : "Same node and across nodes");
    if (!page_table(page, contrast_sql, 40))
        return false;
    paragraph(page, verdict->same_node);
    paragraph(page, verdict->cross_node);
    if (!journey_write(page) || !page_has_rows(page, factor_sql, &has))
        return false;
    if (!has)
        return true;
    output_text(page->output, "What makes the difference:\n\n");
    return page_table(page, factor_sql, 10);
}

static void write_gaps(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    struct share share = page_share(page, 8);

    for (size_t i = 0; i < verdict->gap_count; i++) {
        size_t before = page->output->length;

        output_text(page->output,
                    i == 0 ? "What could not be judged:\n\n" : "");
        output_text(page->output, "- ");
        output_markdown(page->output, verdict->gaps[i].what);
        output_text(page->output, ": ");
        output_markdown(page->output, verdict->gaps[i].so);
        output_text(page->output, ". Collect: ");
        output_code(page->output, verdict->gaps[i].collect);
        output_text(page->output, "\n");
        (void)share_keeps(&share, page->output, before);
    }
    share_close(&share, page->output);
    output_text(page->output, verdict->gap_count > 0 ? "\n" : "");
}

static void write_trace(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    output_text(page->output, "Causes, weighed in decibans (10 dB: ten times "
                              "as likely):\n\n| cause | score | outcome |\n"
                              "|---|---|---|\n");
    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        output_text(page->output, "| ");
        output_code(page->output, verdict->all_causes[i].id);
        output_format(page->output, " | %+g | %s |\n",
                      verdict->all_causes[i].score,
                      outcome_word(verdict->all_causes[i].outcome));
    }
    output_text(page->output, "\n");
}

struct detail {
    const char *title;
    const char *sql;
};

static const char legend[] =
    "How to read them: `asked` counts questions, a retry by the same client "
    "being the same question; `answered`: an answer got through to the "
    "client; `late`: it came after the client had gone; `failed` is the rest. "
    "`via` service: asked at a service's address, direct: at the server's "
    "own. `phase` 0 is the time before the first change that the bundle "
    "shows, 1 the time after it, and so on. `no-answer`: none was seen to "
    "leave the server; `answer-lost`: it left and is missing nearer to the "
    "client; `answer-damaged`: it arrived with a wrong checksum. Checksum "
    "`partial`: left for the network card to finish.\n\n";

static const struct detail details[] = {
    { "Who reaches whom", reachability_sql },
    { "Checksums", checksum_sql },
    { "Counters that grew", counter_sql },
    { "Retransmissions", retransmission_sql },
    { "Clocks", clock_sql },
    { "SHA-256 of captures and archives", digest_sql },
};

static void small_heading(struct page *page, const char *text)
{
    output_format(page->output, "### %s\n\n", text);
}

/* Nothing is decided: what to collect comes first, the causes wait. */
static bool is_open(const struct page *page)
{
    enum verdict_status status = page->input->verdict->status;

    return status == VERDICT_UNDETERMINED || status == VERDICT_HEALTHY;
}

/* A table that does not fit is left out and said to be. */
static bool write_details(struct page *page)
{
    struct output *output = page->output;

    output_text(output, "<details><summary>All tables</summary>\n\n");
    page->heading = small_heading;
    if (page->input->verdict->status == VERDICT_HEALTHY &&
        !causes_write_ruled_out(page))
        return false;
    if (is_open(page))
        causes_write_open(page);
    write_trace(page);
    output_text(output, legend);
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        size_t before = output->length;

        if (!page_titled_table(page, details[i].title, details[i].sql, 60))
            return false;
        if (output->length + TAIL_BYTES > page->bytes_most) {
            output_cut(output, before);
            output_format(output,
                          "%s: left out for its size, see the JSON "
                          "report.\n\n",
                          details[i].title);
        }
    }
    output_format(output, "wirecause %s, %zu signs, %zu causes, rules SHA-256 ",
                  WIRECAUSE_VERSION, page->input->verdict->sign_count,
                  page->input->verdict->all_cause_count);
    output_code(output, page->input->verdict->rules_sha256);
    output_text(output, "\n\n</details>\n");
    return true;
}

/* A table that may take a share of the document, cut at a line. */
static bool bounded_table(struct page *page, const char *sql, size_t rows_most,
                          unsigned percent)
{
    size_t end = page_share(page, percent).end;

    if (!page_table(page, sql, rows_most))
        return false;
    if (page->output->length > end) {
        while (end > 0 && page->output->bytes[end - 1] != '\n')
            end--;
        output_cut(page->output, end);
        output_text(page->output, "\nand more (see the JSON report).\n\n");
    }
    return true;
}

static bool write_tail(struct page *page)
{
    bool ok = page_titled_table(page, "Timeline", timeline_sql, 30) &&
              page_titled_table(page, "Impact", impact_sql, 20);
    bool has = false;

    heading(page, "Coverage");
    write_gaps(page);
    if (!ok || !page_has_rows(page, unread_sql, &has))
        return false;
    if (has) {
        output_text(page->output, "Not read, or not wholly:\n\n");
        ok = bounded_table(page, unread_sql, 60, 6);
    }
    output_text(page->output, "Read:\n\n");
    return ok && bounded_table(page, coverage_sql, 100, 10) &&
           write_details(page);
}

/* Names in the evidence may be of any length: what still does not fit is cut
 * at the end of a line. */
static void keep_limit(struct page *page)
{
    size_t end = page->bytes_most - TAIL_BYTES;

    if (page->output->length > page->bytes_most) {
        while (end > 0 && page->output->bytes[end - 1] != '\n')
            end--;
        output_cut(page->output, end);
        output_text(page->output, "\nThe report is cut here for its size; "
                                  "the JSON report holds all.\n");
    }
    assert(page->output->length <= page->bytes_most);
}

bool render_markdown(const struct report_input *input, struct output *output,
                     struct failure *failure)
{
    struct arena arena;
    struct page page = {
        .input = input,
        .output = output,
        .arena = &arena,
        .failure = failure,
        .bytes_most = input->options.bytes_most > 0 ? input->options.bytes_most
                                                    : MARKDOWN_BYTES,
        .section = section_markdown,
        .heading = heading,
    };
    bool ok;

    arena_init(&arena);
    ok = write_head(&page);
    write_next(&page);
    ok = ok && write_contrast(&page);
    if (ok)
        causes_write_evidence(&page);
    if (ok && input->verdict->status != VERDICT_HEALTHY)
        ok = causes_write_ruled_out(&page);
    if (ok && !is_open(&page))
        causes_write_open(&page);
    ok = ok && write_tail(&page);
    if (ok)
        keep_limit(&page);
    arena_deinit(&arena);
    return ok;
}
