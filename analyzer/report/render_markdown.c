/* Markdown that fits a GitHub comment and that a stranger can act on. */
#include "report/report.h"
#include "report/section.h"
#include "report/tables.h"
#include "report/words.h"

#include "base/clock.h"
#include "base/memory.h"
#include "store/rows.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum {
    MARKDOWN_BYTES = 60000, /* a GitHub comment holds 65,536 characters */
    CAUSES_SHOWN = 20,
};

struct page {
    const struct report_input *input;
    struct output *output;
    struct arena *arena;
    struct failure *failure;
    size_t bytes_most;
};

static bool table(struct page *page, const char *sql, size_t rows_most)
{
    return section_markdown(store_database(page->input->store), sql, rows_most,
                            page->output, page->failure);
}

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
    output_format(page->output, "%s: ", label);
    if (is_command(command))
        output_code(page->output, command);
    else
        output_markdown(page->output, command);
    output_text(page->output, "\n\n");
}

static void write_head(struct page *page)
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
    for (size_t i = 0; i < verdict->cause_count; i++) {
        const struct cause_result *cause = verdict->causes[i];

        command_block(page,
                      cause->fix != NULL && is_command(cause->fix[0])
                          ? "To test it, and to cure it"
                          : "To cure it",
                      first_command(page->arena, cause->fix));
        command_block(page, "To undo that",
                      first_command(page->arena, cause->undo));
    }
}

static bool has_rows(struct page *page, const char *sql)
{
    sqlite3_stmt *row = NULL;
    bool has = sqlite3_prepare_v2(store_database(page->input->store), sql, -1,
                                  &row, NULL) == SQLITE_OK &&
               sqlite3_step(row) == SQLITE_ROW;

    sqlite3_finalize(row);
    return has;
}

/* The lost packet that most places saw. */
static const char journey_sql[] =
    "SELECT what, fate, exchange_id, packet, first_missing FROM v_journey"
    " ORDER BY (SELECT count(*) FROM v_sighting AS s"
    "   WHERE s.exchange_id = v_journey.exchange_id"
    "     AND s.packet = v_journey.packet) DESC, exchange_id LIMIT 1";

static const char stops_sql[] =
    "SELECT CASE WHEN place = 'pod' THEN 'pod ' || coalesce(pod, '')"
    "  ELSE coalesce(node, '') || ' ' || coalesce(interface, '') END,"
    " min(checksum), min(outer_checksum), min(ref),"
    " max(checksum = 'bad' OR coalesce(outer_checksum, '') = 'bad')"
    " FROM v_sighting WHERE exchange_id = :id AND packet = :packet"
    " GROUP BY node, interface, stop ORDER BY min(at_ns), stop";

static void write_stop(struct page *page, sqlite3_stmt *stop, int number)
{
    const char *outer = (const char *)sqlite3_column_text(stop, 2);
    const char *label = arena_format(page->arena, "%s, L4 checksum %s%s%s",
                                     (const char *)sqlite3_column_text(stop, 0),
                                     (const char *)sqlite3_column_text(stop, 1),
                                     outer != NULL ? ", tunnel header " : "",
                                     outer != NULL ? outer : "");

    output_format(page->output, "  s%d[", number);
    output_mermaid(page->output, label);
    output_text(page->output, "]\n");
    if (number > 0)
        output_format(page->output, "  s%d --> s%d\n", number - 1, number);
}

static void write_path(struct page *page, sqlite3_stmt *journey)
{
    sqlite3_stmt *stop = NULL;
    int number = 0;

    if (sqlite3_prepare_v2(store_database(page->input->store), stops_sql, -1,
                           &stop, NULL) != SQLITE_OK)
        return;
    sqlite3_bind_int64(stop, 1, sqlite3_column_int64(journey, 2));
    sqlite3_bind_text(stop, 2, (const char *)sqlite3_column_text(journey, 3),
                      -1, SQLITE_TRANSIENT);
    output_text(page->output, "The path of one lost packet (");
    output_markdown(page->output,
                    (const char *)sqlite3_column_text(journey, 0));
    output_text(page->output, "): ");
    output_markdown(page->output,
                    (const char *)sqlite3_column_text(journey, 1));
    output_text(page->output, ".\n\n```mermaid\nflowchart LR\n");
    while (sqlite3_step(stop) == SQLITE_ROW && number < 12)
        write_stop(page, stop, number++);
    if (number > 0) {
        const char *missing = (const char *)sqlite3_column_text(journey, 4);

        output_format(page->output, "  lost[");
        output_mermaid(page->output,
                       missing != NULL ? arena_format(page->arena,
                                                      "not seen at %s", missing)
                                       : "goes no further");
        output_format(page->output, "]\n  s%d -. lost .-> lost\n", number - 1);
    }
    output_text(page->output, "```\n\n");
    sqlite3_finalize(stop);
}

static bool write_contrast(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    sqlite3_stmt *journey = NULL;
    bool ok;

    if (!has_rows(page, contrast_sql))
        return true;
    heading(page, verdict->same_node != NULL || verdict->cross_node != NULL
                      ? "Why same-node works and cross-node fails"
                      : "Same node and across nodes");
    ok = table(page, contrast_sql, 40);
    paragraph(page, verdict->same_node);
    paragraph(page, verdict->cross_node);
    if (ok &&
        sqlite3_prepare_v2(store_database(page->input->store), journey_sql, -1,
                           &journey, NULL) == SQLITE_OK &&
        sqlite3_step(journey) == SQLITE_ROW)
        write_path(page, journey);
    sqlite3_finalize(journey);
    if (ok && has_rows(page, factor_sql)) {
        output_text(page->output, "What makes the difference:\n\n");
        ok = table(page, factor_sql, 10);
    }
    return ok;
}

static void write_sign(struct page *page, const struct weighed_sign *weighed,
                       char polarity)
{
    const struct sign_result *sign = weighed->sign;
    struct output *output = page->output;

    output_text(output, "- **");
    output_markdown(output, sign->title);
    output_format(output, "** (%c%g dB%s): ", polarity, weighed->weight,
                  weighed->is_counted ? "" : ", not counted again");
    output_markdown(output, sign->says);
    output_text(output, "\n");
    for (size_t i = 0; i < sign->evidence_count && i < 3; i++) {
        const char *command = ref_command(page->arena, sign->evidence[i].ref);

        output_text(output, "  - ");
        output_code(output, sign->evidence[i].ref);
        output_text(output, ": ");
        output_markdown(output, sign->evidence[i].says);
        if (i == 0 && command != NULL) {
            output_text(output, " - ");
            output_code(output, command);
        }
        output_text(output, "\n");
    }
}

static void write_evidence(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    for (size_t i = 0; i < verdict->cause_count; i++) {
        const struct cause_result *cause = verdict->causes[i];

        heading(page, "Evidence for");
        for (size_t s = 0; s < cause->supports_count; s++)
            write_sign(page, &cause->supports[s], '+');
        output_text(page->output, "\n");
        heading(page, "Evidence against");
        for (size_t s = 0; s < cause->contradicts_count; s++)
            write_sign(page, &cause->contradicts[s], '-');
        if (cause->contradicts_count == 0)
            output_text(page->output, "None of the signs that would "
                                      "contradict it was found.\n");
        output_text(page->output, "\n");
    }
}

static void write_herrings(struct page *page)
{
    sqlite3_stmt *row = NULL;

    if (sqlite3_prepare_v2(store_database(page->input->store), herring_sql, -1,
                           &row, NULL) != SQLITE_OK)
        return;
    while (sqlite3_step(row) == SQLITE_ROW) {
        output_text(page->output, "- ");
        output_markdown(page->output,
                        (const char *)sqlite3_column_text(row, 0));
        output_text(page->output, " ");
        output_code(page->output, (const char *)sqlite3_column_text(row, 1));
        output_text(page->output, "\n");
    }
    sqlite3_finalize(row);
}

static void write_others(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    size_t shown = 0;

    heading(page, "Ruled out");
    for (size_t i = 0; i < verdict->all_cause_count && shown < CAUSES_SHOWN;
         i++) {
        const struct cause_result *cause = &verdict->all_causes[i];

        if (cause->outcome != CAUSE_RULED_OUT)
            continue;
        shown++;
        output_text(page->output, "- **");
        output_markdown(page->output, cause->title);
        output_text(page->output, "** (");
        output_code(page->output, cause->id);
        output_text(page->output, "): ");
        output_markdown(page->output, cause->ruled_out_by);
        if (cause->contradicts_count > 0 &&
            cause->contradicts[0].sign->evidence_count > 0) {
            output_text(page->output, " ");
            output_code(page->output,
                        cause->contradicts[0].sign->evidence[0].ref);
        }
        output_text(page->output, "\n");
    }
    write_herrings(page);
    output_text(page->output, "\n");
}

static void write_open(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    bool has_heading = false;

    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        const struct cause_result *cause = &verdict->all_causes[i];

        if (cause->outcome == CAUSE_RULED_OUT ||
            cause->outcome == CAUSE_EXPLAINS)
            continue;
        if (!has_heading)
            heading(page, "Neither shown nor ruled out");
        has_heading = true;
        output_text(page->output, "- ");
        output_markdown(page->output, cause->title);
        output_text(page->output, " (");
        output_code(page->output, cause->id);
        output_format(page->output, ", %+g dB)", cause->score);
        if (cause->missing_count > 0) {
            output_text(page->output, ": missing: ");
            output_markdown(page->output, cause->missing[0].sign->missing);
        }
        output_text(page->output, "\n");
    }
    output_text(page->output, has_heading ? "\n" : "");
}

static void write_gaps(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    for (size_t i = 0; i < verdict->gap_count; i++) {
        output_text(page->output,
                    i == 0 ? "What could not be judged:\n\n" : "");
        output_text(page->output, "- ");
        output_markdown(page->output, verdict->gaps[i].what);
        output_text(page->output, ": ");
        output_markdown(page->output, verdict->gaps[i].so);
        output_text(page->output, ". Collect: ");
        output_code(page->output, verdict->gaps[i].collect);
        output_text(page->output, "\n");
    }
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

static const struct detail details[] = {
    { "Who reaches whom", reachability_sql },
    { "Checksums", checksum_sql },
    { "Counters that grew", counter_sql },
    { "Retransmissions", retransmission_sql },
    { "Clocks", clock_sql },
    { "SHA-256 of captures and archives", digest_sql },
};

/* A table that does not fit is left out and said to be. */
static bool write_details(struct page *page)
{
    struct output *output = page->output;

    output_text(output, "<details><summary>All tables</summary>\n\n");
    write_trace(page);
    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        size_t before = output->length;

        output_format(output, "### %s\n\n", details[i].title);
        if (!table(page, details[i].sql, 60))
            return false;
        if (output->length + 400 > page->bytes_most) {
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

/* A heading and its table; nothing of both if there are no rows. */
static bool titled_table(struct page *page, const char *title, const char *sql,
                         size_t rows_most)
{
    if (!has_rows(page, sql))
        return true;
    heading(page, title);
    return table(page, sql, rows_most);
}

static bool write_tail(struct page *page)
{
    bool ok = titled_table(page, "Timeline", timeline_sql, 30) &&
              titled_table(page, "Impact", impact_sql, 20);

    heading(page, "Coverage");
    write_gaps(page);
    if (ok && has_rows(page, unread_sql)) {
        output_text(page->output, "Not read, or not wholly:\n\n");
        ok = table(page, unread_sql, 60);
    }
    output_text(page->output, "Read:\n\n");
    return ok && table(page, coverage_sql, 100) && write_details(page);
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
    };
    bool ok;

    arena_init(&arena);
    write_head(&page);
    ok = write_contrast(&page);
    if (ok) {
        write_evidence(&page);
        write_others(&page);
        write_open(&page);
        ok = write_tail(&page);
    }
    arena_deinit(&arena);
    return ok;
}
