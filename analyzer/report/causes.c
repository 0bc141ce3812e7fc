#include "report/causes.h"

#include "base/memory.h"
#include "report/page.h"
#include "report/tables.h"
#include "report/words.h"

#include <sqlite3.h>

enum {
    CAUSES_SHOWN = 20,
};

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

static void write_signs(struct page *page, const struct weighed_sign *signs,
                        size_t count, char polarity)
{
    struct share share = page_share(page, 12);

    for (size_t i = 0; i < count; i++) {
        size_t before = page->output->length;

        write_sign(page, &signs[i], polarity);
        (void)share_keeps(&share, page->output, before);
    }
    share_close(&share, page->output);
    output_text(page->output, "\n");
}

void causes_write_evidence(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    for (size_t i = 0; i < verdict->cause_count; i++) {
        const struct cause_result *cause = verdict->causes[i];

        page->heading(page, "Evidence for");
        write_signs(page, cause->supports, cause->supports_count, '+');
        page->heading(page, "Evidence against");
        if (cause->contradicts_count == 0)
            output_text(page->output, "None of the signs that would "
                                      "contradict it was found.\n");
        write_signs(page, cause->contradicts, cause->contradicts_count, '-');
    }
}

static bool write_herrings(struct page *page)
{
    struct sqlite3 *database = page_database(page);
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(database, herring_sql, -1, &row, NULL);

    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(row);
        if (result != SQLITE_ROW)
            break;
        output_text(page->output, "- ");
        output_markdown(page->output,
                        (const char *)sqlite3_column_text(row, 0));
        output_text(page->output, " ");
        output_code(page->output, (const char *)sqlite3_column_text(row, 1));
        output_text(page->output, "\n");
    }
    if (result != SQLITE_DONE)
        fail(page->failure, "report: %s", sqlite3_errmsg(database));
    sqlite3_finalize(row);
    return result == SQLITE_DONE;
}

static void write_ruled_out(struct page *page, const struct cause_result *cause)
{
    struct output *output = page->output;

    output_text(output, "- **");
    output_markdown(output, cause->title);
    output_text(output, "** (");
    output_code(output, cause->id);
    output_text(output, "): ");
    output_markdown(output, cause->ruled_out_by);
    if (cause->contradicts_count > 0 &&
        cause->contradicts[0].sign->evidence_count > 0) {
        output_text(output, " ");
        output_code(output, cause->contradicts[0].sign->evidence[0].ref);
    }
    output_text(output, "\n");
}

bool causes_write_ruled_out(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    struct share share = page_share(page, 15);
    size_t shown = 0;
    bool ok;

    page->heading(page, "Ruled out");
    for (size_t i = 0; i < verdict->all_cause_count && shown < CAUSES_SHOWN;
         i++) {
        size_t before = page->output->length;

        if (verdict->all_causes[i].outcome != CAUSE_RULED_OUT)
            continue;
        write_ruled_out(page, &verdict->all_causes[i]);
        shown += share_keeps(&share, page->output, before);
    }
    share_close(&share, page->output);
    ok = write_herrings(page);
    output_text(page->output, "\n");
    return ok;
}

void causes_write_open(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    struct share share = page_share(page, 10);
    bool has_heading = false;

    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        const struct cause_result *cause = &verdict->all_causes[i];
        size_t before;

        if (cause->outcome == CAUSE_RULED_OUT ||
            cause->outcome == CAUSE_EXPLAINS)
            continue;
        if (!has_heading)
            page->heading(page, "Neither shown nor ruled out");
        has_heading = true;
        before = page->output->length;
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
        (void)share_keeps(&share, page->output, before);
    }
    share_close(&share, page->output);
    output_text(page->output, has_heading ? "\n" : "");
}
