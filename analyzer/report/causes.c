#include "report/causes.h"

#include "report/page.h"
#include "report/tables.h"
#include "report/words.h"

#include "base/memory.h"
#include "base/text.h"
#include "diagnose/verdict.h"

#include <string.h>

enum {
    RULED_OUT_SHOWN = 20,
};

static void write_evidence(struct page *page, const struct sign_evidence *piece,
                           bool has_command)
{
    const char *command = ref_command(page->arena, piece->ref);

    page->form->item_begin(page);
    page_code(page, piece->ref);
    page_format(page, ": %s", piece->says);
    if (has_command && command != NULL) {
        page_text(page, " - ");
        page_code(page, command);
    }
    page->form->item_end(page);
}

static void write_sign(struct page *page, const struct weighed_sign *weighed,
                       char polarity)
{
    const struct sign_result *sign = weighed->sign;
    size_t shown = page->form->is_brief ? 2 : 3;

    page->form->item_begin(page);
    page->form->strong(page, sign->title);
    page_format(page, " (%c%g dB%s): %s", polarity, weighed->weight,
                weighed->is_counted ? "" : ", not counted again",
                weighed->says != NULL ? weighed->says : weighed->why);
    if (sign->evidence_count > 0) {
        page->form->list_begin(page);
        for (size_t i = 0; i < sign->evidence_count && i < shown; i++)
            write_evidence(page, &sign->evidence[i], i == 0);
        page->form->list_end(page);
    }
    page->form->item_end(page);
}

static void write_signs(struct page *page, const struct weighed_sign *signs,
                        size_t count, char polarity, unsigned percent)
{
    struct share share = page_share(page, percent);

    if (count == 0)
        return;
    page->form->list_begin(page);
    for (size_t i = 0; i < count; i++) {
        size_t before = page->output->length;

        write_sign(page, &signs[i], polarity);
        (void)share_keeps(&share, page->output, before);
    }
    page->form->list_end(page);
    share_close(&share, page);
}

static void write_heading(struct page *page, const char *what,
                          const struct cause_result *cause)
{
    page_heading(page,
                 page->input->verdict->cause_count == 1
                     ? what
                     : arena_format(page->arena, "%s: %s", what, cause->title));
}

/* The causes share the room that one would have. */
bool causes_write_evidence(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    for (size_t i = 0; i < verdict->cause_count; i++) {
        const struct cause_result *cause = verdict->causes[i];
        unsigned count = (unsigned)verdict->cause_count;

        write_heading(page, "Evidence for", cause);
        write_signs(page, cause->supports, cause->supports_count, '+',
                    22 / count);
        write_heading(page, "Evidence against", cause);
        if (cause->contradicts_count == 0)
            page_paragraph(page, "None of the signs that would contradict it "
                                 "was found.");
        write_signs(page, cause->contradicts, cause->contradicts_count, '-',
                    8 / count);
    }
    return true;
}

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/* The sign behind the sentence: one that fired and says it, else the weightiest
 * that was looked for in vain. NULL where another cause rules this one out. */
static const struct weighed_sign *ruling_sign(const struct cause_result *cause)
{
    const struct weighed_sign *silence = NULL;

    for (size_t i = 0; i < cause->contradicts_count; i++) {
        const struct weighed_sign *weighed = &cause->contradicts[i];

        if (!weighed->is_silence && is_same(weighed->says, cause->ruled_out_by))
            return weighed;
        if (weighed->is_silence &&
            (silence == NULL || weighed->weight > silence->weight))
            silence = weighed;
    }
    return text_ends(text_of(cause->ruled_out_by), "this explains it")
               ? NULL
               : silence;
}

/* What was found stands with the reason why it speaks against the cause and
 * with its reference; what was looked for in vain, with the rule that did. */
static void write_reason(struct page *page, const struct weighed_sign *weighed)
{
    const struct sign_result *sign = weighed->sign;

    if (weighed->is_silence) {
        page_text(page, " Looked for by ");
        page_code(page, sign->id);
        page_text(page, ", which found nothing.");
        return;
    }
    if (weighed->why != NULL)
        page_format(page, "%s %s",
                    text_ends(text_of(weighed->says), ".") ? "" : ".",
                    weighed->why);
    if (sign->evidence_count > 0) {
        page_text(page, " ");
        page_code(page, sign->evidence[0].ref);
    }
}

static void write_ruled_out(struct page *page, const struct cause_result *cause)
{
    const struct weighed_sign *weighed = ruling_sign(cause);

    page->form->item_begin(page);
    page->form->strong(page, cause->title);
    page_text(page, " (");
    page_code(page, cause->id);
    page_format(page, "): %s", cause->ruled_out_by);
    if (weighed != NULL)
        write_reason(page, weighed);
    page->form->item_end(page);
}

static size_t count_ruled_out(const struct verdict *verdict)
{
    size_t count = 0;

    for (size_t i = 0; i < verdict->all_cause_count; i++)
        count += verdict->all_causes[i].outcome == CAUSE_RULED_OUT;
    return count;
}

/* Nothing failed, so nothing is looked for: one line. */
static void sum_ruled_out(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    size_t count = count_ruled_out(verdict);

    if (count > 0)
        page_paragraph(
            page,
            arena_format(
                page->arena,
                "%s, so there is nothing to explain. The evidence also speaks "
                "against %zu of %zu known causes; the JSON report has the "
                "reasons.",
                verdict->failed > 0 ? "What failed is no more than noise"
                                    : "Nothing that was captured failed",
                count, verdict->all_cause_count));
}

static void list_ruled_out(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    struct share share = page_share(page, 14);
    size_t shown = 0;

    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        size_t before = page->output->length;

        if (verdict->all_causes[i].outcome != CAUSE_RULED_OUT)
            continue;
        if (shown == RULED_OUT_SHOWN)
            share.end = 0;
        write_ruled_out(page, &verdict->all_causes[i]);
        shown += share_keeps(&share, page->output, before);
    }
    if (share.left_out > 0)
        page_item(page, arena_format(page->arena,
                                     "and %zu more (see the JSON report)",
                                     share.left_out));
}

bool causes_write_ruled_out(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    bool has = false;
    bool ok;

    if (verdict->status == VERDICT_HEALTHY) {
        sum_ruled_out(page);
        return true;
    }
    if (!page_has_rows(page, herring_sql, &has))
        return false;
    if (!has && count_ruled_out(verdict) == 0)
        return true;
    page_heading(page, "Ruled out");
    page->form->list_begin(page);
    ok = page_write_items(page, herring_sql);
    list_ruled_out(page);
    page->form->list_end(page);
    return ok;
}
