/* What is neither shown nor ruled out, by the evidence that would tell. */
#include "report/causes.h"

#include "report/page.h"

#include "diagnose/verdict.h"

#include <string.h>

static bool is_open(const struct cause_result *cause)
{
    return cause->outcome == CAUSE_POSSIBLE ||
           cause->outcome == CAUSE_NOT_TESTABLE;
}

/* What the cause waits for; NULL if everything was there. */
static const char *missing_of(const struct cause_result *cause)
{
    return cause->missing_count > 0 ? cause->missing[0].sign->missing : NULL;
}

static bool is_group(const struct cause_result *cause, const char *missing)
{
    const char *own = missing_of(cause);

    return is_open(cause) &&
           (own == missing ||
            (own != NULL && missing != NULL && strcmp(own, missing) == 0));
}

static bool was_seen(const struct verdict *verdict, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (is_group(&verdict->all_causes[i],
                     missing_of(&verdict->all_causes[before])))
            return true;
    return false;
}

/* All causes that wait for the same piece of evidence, as one item. */
static void write_group(struct page *page, const char *missing)
{
    const struct verdict *verdict = page->input->verdict;
    bool is_first = true;

    page->form->item_begin(page);
    page->form->strong(page, missing != NULL ? missing : "Nothing is missing");
    page_text(page, missing != NULL ? " would tell of: "
                                    : ", and not enough speaks for: ");
    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        const struct cause_result *cause = &verdict->all_causes[i];

        if (!is_group(cause, missing))
            continue;
        page_format(page, "%s%s (", is_first ? "" : "; ", cause->title);
        page_code(page, cause->id);
        page_text(page, ")");
        is_first = false;
    }
    page->form->item_end(page);
}

bool causes_write_open(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    struct share share = page_share(page, 8);
    bool has = false;

    if (verdict->status == VERDICT_HEALTHY)
        return true;
    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        const struct cause_result *cause = &verdict->all_causes[i];
        size_t before;

        if (!is_open(cause) || was_seen(verdict, i))
            continue;
        if (!has) {
            page_heading(page, "Neither shown nor ruled out");
            page->form->list_begin(page);
        }
        has = true;
        before = page->output->length;
        write_group(page, missing_of(cause));
        (void)share_keeps(&share, page->output, before);
    }
    if (has)
        page->form->list_end(page);
    share_close(&share, page);
    return true;
}
