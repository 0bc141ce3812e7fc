#include "report/details.h"

#include "report/page.h"
#include "report/tables.h"
#include "report/words.h"

#include "diagnose/verdict.h"

enum {
    CLOSING_BYTES = 500,
};

static const struct page_table tables[] = {
    {
        .title = "Who reaches whom",
        .sql = reachability_sql,
        .rows_most = 60,
        .percent = 100,
    },
    {
        .title = "What makes the difference, in figures",
        .sql = odds_sql,
        .rows_most = 20,
        .percent = 100,
    },
    {
        .title = "Checksums",
        .sql = checksum_sql,
        .rows_most = 60,
        .percent = 100,
    },
    {
        .title = "Counters that grew",
        .sql = counter_sql,
        .rows_most = 60,
        .percent = 100,
    },
    {
        .title = "Retransmissions",
        .sql = retransmission_sql,
        .rows_most = 60,
        .percent = 100,
    },
    {
        .title = "Clocks",
        .sql = clock_sql,
        .rows_most = 60,
        .percent = 100,
    },
    {
        .title = "What was read, by folder",
        .sql = coverage_sql,
        .rows_most = 60,
        .percent = 100,
    },
    {
        .title = "SHA-256 of captures and archives",
        .sql = digest_sql,
        .rows_most = 60,
        .percent = 100,
    },
};

static const char legend[] =
    "How to read the tables: asked counts questions, a retry by the same "
    "client being the same question; answered: an answer got through to the "
    "client; failed is the rest, with those that came late, after the client "
    "had gone. A "
    "change is one that the bundle shows, such as a setting that differs "
    "between two readings. Checksum partial: left for the network card to "
    "finish; lco: right once the packet inside is finished.";

/* Every weight that a cause was judged by stands in the JSON report. */
static void write_trace(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    page_heading(page, "The weights of the causes");
    page_paragraph(page, "In decibans (10 dB: ten times as likely). What is "
                         "left out was neither shown nor ruled out.");
    page->form->list_begin(page);
    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        const struct cause_result *cause = &verdict->all_causes[i];

        if (cause->supports_count == 0 && cause->contradicts_count == 0)
            continue;
        page->form->item_begin(page);
        page_code(page, cause->id);
        page_format(page, " %+g dB, %s: %+g at first", cause->score,
                    outcome_word(cause->outcome), cause->prior);
        for (size_t s = 0; s < cause->supports_count; s++)
            if (cause->supports[s].is_counted)
                page_format(page, ", %+g %s", cause->supports[s].weight,
                            cause->supports[s].sign->id);
        for (size_t s = 0; s < cause->contradicts_count; s++)
            if (cause->contradicts[s].is_counted)
                page_format(page, ", %+g %s%s", -cause->contradicts[s].weight,
                            cause->contradicts[s].is_silence ? "no " : "",
                            cause->contradicts[s].sign->id);
        page->form->item_end(page);
    }
    page->form->list_end(page);
}

/* A table that does not fit is left out and said to be. */
static bool write_tables(struct page *page)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        size_t before = page->output->length;

        if (!page_write_table(page, &tables[i]))
            return false;
        if (page->bytes_most == 0 ||
            page->output->length + CLOSING_BYTES <= page->bytes_most)
            continue;
        output_cut(page->output, before);
        page->form->paragraph_begin(page);
        page_format(page, "%s: left out for its size, see the JSON report.",
                    tables[i].title);
        page->form->paragraph_end(page);
    }
    return true;
}

bool details_write(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    if (page->form->is_brief)
        return true;
    page->details_start = page->output->length;
    page->form->details_begin(page, "All tables");
    page_paragraph(page, legend);
    write_trace(page);
    if (!write_tables(page))
        return false;
    page->form->paragraph_begin(page);
    page_format(page, "wirecause %s, %zu signs, %zu causes, rules SHA-256 ",
                WIRECAUSE_VERSION, verdict->sign_count,
                verdict->all_cause_count);
    page_code(page, verdict->rules_sha256);
    page->form->paragraph_end(page);
    page->form->details_end(page);
    return true;
}
