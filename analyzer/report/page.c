#include "report/page.h"

#include "store/store.h"

#include <sqlite3.h>
#include <stdint.h>

struct sqlite3 *page_database(const struct page *page)
{
    return store_database(page->input->store);
}

bool page_has_rows(struct page *page, const char *sql, bool *has)
{
    struct sqlite3 *database = page_database(page);
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(database, sql, -1, &row, NULL);

    if (result == SQLITE_OK)
        result = sqlite3_step(row);
    *has = result == SQLITE_ROW;
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        fail(page->failure, "report: %s", sqlite3_errmsg(database));
    sqlite3_finalize(row);
    return result == SQLITE_ROW || result == SQLITE_DONE;
}

bool page_table(struct page *page, const char *sql, size_t rows_most)
{
    return page->section(page_database(page), sql, rows_most, page->output,
                         page->failure);
}

bool page_titled_table(struct page *page, const char *title, const char *sql,
                       size_t rows_most)
{
    bool has;

    if (!page_has_rows(page, sql, &has))
        return false;
    if (!has)
        return true;
    page->heading(page, title);
    return page_table(page, sql, rows_most);
}

struct share page_share(const struct page *page, unsigned percent)
{
    if (page->bytes_most == 0)
        return (struct share){ .end = SIZE_MAX };
    return (struct share){
        .end = page->output->length + page->bytes_most / 100 * percent,
    };
}

bool share_keeps(struct share *share, struct output *output, size_t before)
{
    if (share->left_out == 0 && output->length <= share->end)
        return true;
    output_cut(output, before);
    share->left_out++;
    return false;
}

void share_close(const struct share *share, struct output *output)
{
    if (share->left_out > 0)
        output_format(output, "\nand %zu more (see the JSON report).\n",
                      share->left_out);
}
