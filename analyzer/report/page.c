#include "report/page.h"

#include "base/memory.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

struct sqlite3 *page_database(const struct page *page)
{
    return store_database(page->input->store);
}

void page_heading(struct page *page, const char *text)
{
    page->form->heading(page, page->details_start > 0 ? 3 : 2, text);
}

void page_text(struct page *page, const char *text)
{
    page->form->text(page, text != NULL ? text : "");
}

void page_format(struct page *page, const char *format, ...)
{
    char text[4096];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    page_text(page, text);
}

void page_code(struct page *page, const char *text)
{
    if (text != NULL && *text != '\0')
        page->form->code(page, text);
}

void page_paragraph(struct page *page, const char *text)
{
    if (text == NULL)
        return;
    page->form->paragraph_begin(page);
    page_text(page, text);
    page->form->paragraph_end(page);
}

void page_item(struct page *page, const char *text)
{
    page->form->item_begin(page);
    page_text(page, text);
    page->form->item_end(page);
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

bool page_write_items(struct page *page, const char *sql)
{
    struct sqlite3 *database = page_database(page);
    sqlite3_stmt *row = NULL;
    int result = sqlite3_prepare_v2(database, sql, -1, &row, NULL);

    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(row);
        if (result != SQLITE_ROW)
            break;
        page->form->item_begin(page);
        page_format(page, "%s ", (const char *)sqlite3_column_text(row, 0));
        page_code(page, (const char *)sqlite3_column_text(row, 1));
        page->form->item_end(page);
    }
    if (result != SQLITE_DONE)
        fail(page->failure, "report: %s", sqlite3_errmsg(database));
    sqlite3_finalize(row);
    return result == SQLITE_DONE;
}

/* Only Markdown has a limit, and its tables are lines: cut at one. */
static void cut_at_line(struct page *page, size_t end)
{
    if (page->output->length <= end)
        return;
    while (end > 0 && page->output->bytes[end - 1] != '\n')
        end--;
    output_cut(page->output, end);
    output_text(page->output, "\n");
    page_paragraph(page, "and more (see the JSON report).");
}

bool page_write_table(struct page *page, const struct page_table *table)
{
    bool has;
    size_t end;

    if (!page_has_rows(page, table->sql, &has))
        return false;
    if (!has)
        return true;
    if (table->title != NULL)
        page_heading(page, table->title);
    end = page_share(page, table->percent).end;
    if (!page->form->table(page_database(page), table->sql, table->rows_most,
                           page->output, page->failure))
        return false;
    cut_at_line(page, end);
    return true;
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

void share_close(const struct share *share, struct page *page)
{
    char text[64];

    if (share->left_out == 0)
        return;
    snprintf(text, sizeof text, "and %zu more (see the JSON report).",
             share->left_out);
    page_paragraph(page, text);
}
