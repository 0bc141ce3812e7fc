#include "report/section.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum {
    COLUMNS_MAX = 16,
    CELL_BYTES_MAX = 60, /* of a text table: longer cells are not padded */
};

static sqlite3_stmt *prepare(struct sqlite3 *database, const char *sql,
                             struct failure *failure)
{
    sqlite3_stmt *rows = NULL;

    if (sqlite3_prepare_v2(database, sql, -1, &rows, NULL) != SQLITE_OK)
        fail(failure, "report: %s", sqlite3_errmsg(database));
    return rows;
}

static bool finish(sqlite3_stmt *rows, int result, struct failure *failure)
{
    bool ok = result == SQLITE_DONE || result == SQLITE_ROW;

    if (!ok)
        fail(failure, "report: %s", sqlite3_errmsg(sqlite3_db_handle(rows)));
    sqlite3_finalize(rows);
    return ok;
}

static const char *cell_text(sqlite3_stmt *rows, int column)
{
    return (const char *)sqlite3_column_text(rows, column);
}

static void json_value(struct output *output, sqlite3_stmt *rows, int column,
                       const char *ending)
{
    char number[32];

    if (ending != NULL && strcmp(ending, ":json") == 0) {
        output_text(output, cell_text(rows, column));
        return;
    }
    if (ending != NULL && strcmp(ending, ":bool") == 0) {
        output_text(output,
                    sqlite3_column_int(rows, column) ? "true" : "false");
        return;
    }
    switch (sqlite3_column_type(rows, column)) {
    case SQLITE_NULL:
        output_text(output, "null");
        break;
    case SQLITE_INTEGER:
        output_format(output, "%lld",
                      (long long)sqlite3_column_int64(rows, column));
        break;
    case SQLITE_FLOAT:
        /* RFC 8259, section 6: JSON has no infinity. */
        if (!isfinite(sqlite3_column_double(rows, column))) {
            output_text(output, "null");
            break;
        }
        snprintf(number, sizeof number, "%.6g",
                 sqlite3_column_double(rows, column));
        output_text(output, number);
        break;
    default:
        output_json(output, cell_text(rows, column));
    }
}

bool section_json(struct sqlite3 *database, const char *sql,
                  struct output *output, struct failure *failure)
{
    sqlite3_stmt *rows = prepare(database, sql, failure);
    const char *separator = "\n    ";
    int result;

    if (rows == NULL)
        return false;
    output_text(output, "[");
    while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
        output_text(output, separator);
        output_text(output, "{");
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const char *name = sqlite3_column_name(rows, i);
            const char *ending = strchr(name, ':');
            int length =
                ending != NULL ? (int)(ending - name) : (int)strlen(name);

            output_format(output, "%s\"%.*s\": ", i > 0 ? ", " : "", length,
                          name);
            json_value(output, rows, i, ending);
        }
        output_text(output, "}");
        separator = ",\n    ";
    }
    output_text(output, separator[0] == ',' ? "\n  ]" : "]");
    return finish(rows, result, failure);
}

static bool is_code(const char *name)
{
    return strcmp(name, "reference") == 0 || strcmp(name, "file") == 0;
}

static void markdown_row(struct output *output, sqlite3_stmt *rows)
{
    output_text(output, "|");
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
        const char *text = cell_text(rows, i);

        output_text(output, " ");
        if (is_code(sqlite3_column_name(rows, i)))
            output_code(output, text);
        else
            output_markdown(output, text);
        output_text(output, " |");
    }
    output_text(output, "\n");
}

bool section_markdown(struct sqlite3 *database, const char *sql,
                      size_t rows_most, struct output *output,
                      struct failure *failure)
{
    sqlite3_stmt *rows = prepare(database, sql, failure);
    size_t count = 0;
    int result;

    if (rows == NULL)
        return false;
    while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
        if (count == 0) {
            output_text(output, "|");
            for (int i = 0; i < sqlite3_column_count(rows); i++)
                output_format(output, " %s |", sqlite3_column_name(rows, i));
            output_text(output, "\n|");
            for (int i = 0; i < sqlite3_column_count(rows); i++)
                output_text(output, "---|");
            output_text(output, "\n");
        }
        if (count < rows_most)
            markdown_row(output, rows);
        count++;
    }
    if (count > rows_most)
        output_format(output, "\nand %zu more (see the JSON report).\n",
                      count - rows_most);
    if (count > 0)
        output_text(output, "\n");
    return finish(rows, result, failure);
}

static void html_row(struct output *output, sqlite3_stmt *rows)
{
    output_text(output, "<tr>");
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
        bool is_code_cell = is_code(sqlite3_column_name(rows, i));

        output_text(output, is_code_cell ? "<td><code>" : "<td>");
        output_html(output, cell_text(rows, i));
        output_text(output, is_code_cell ? "</code></td>" : "</td>");
    }
    output_text(output, "</tr>\n");
}

static void html_head(struct output *output, sqlite3_stmt *rows)
{
    output_text(output, "<div class=\"rows\"><table>\n<thead><tr>");
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
        output_text(output, "<th>");
        output_html(output, sqlite3_column_name(rows, i));
        output_text(output, "</th>");
    }
    output_text(output, "</tr></thead>\n<tbody>\n");
}

bool section_html(struct sqlite3 *database, const char *sql, size_t rows_most,
                  struct output *output, struct failure *failure)
{
    sqlite3_stmt *rows = prepare(database, sql, failure);
    size_t count = 0;
    int result;

    if (rows == NULL)
        return false;
    while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
        if (count == 0)
            html_head(output, rows);
        if (count++ < rows_most)
            html_row(output, rows);
    }
    output_text(output, count > 0 ? "</tbody></table></div>\n" : "");
    if (count > rows_most)
        output_format(output, "<p>and %zu more (see the JSON report).</p>\n",
                      count - rows_most);
    return finish(rows, result, failure);
}

/* First pass of a text table: how wide each column is. */
static int measure(sqlite3_stmt *rows, size_t rows_most, int *widths)
{
    size_t count = 0;
    int result;

    for (int i = 0; i < sqlite3_column_count(rows); i++)
        widths[i] = (int)strlen(sqlite3_column_name(rows, i));
    while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
        if (count++ >= rows_most)
            continue;
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            int bytes = sqlite3_column_bytes(rows, i);

            if (bytes > widths[i])
                widths[i] = bytes < CELL_BYTES_MAX ? bytes : CELL_BYTES_MAX;
        }
    }
    sqlite3_reset(rows);
    return result;
}

static void text_cell(struct output *output, const char *text, int width)
{
    size_t from = output->length;

    output_plain(output, text != NULL ? text : "-");
    while (output->length - from < (size_t)width)
        output_text(output, " ");
    output_text(output, "  ");
}

static void end_line(struct output *output)
{
    while (output->length > 0 && output->bytes[output->length - 1] == ' ')
        output_cut(output, output->length - 1);
    output_text(output, "\n");
}

bool section_text(struct sqlite3 *database, const char *sql, size_t rows_most,
                  struct output *output, struct failure *failure)
{
    sqlite3_stmt *rows = prepare(database, sql, failure);
    int widths[COLUMNS_MAX] = { 0 };
    size_t count = 0;
    int result;

    if (rows == NULL)
        return false;
    result = measure(rows, rows_most, widths);
    while (result == SQLITE_DONE || result == SQLITE_ROW) {
        result = sqlite3_step(rows);
        if (result != SQLITE_ROW)
            break;
        if (count == 0) {
            output_text(output, "  ");
            for (int i = 0; i < sqlite3_column_count(rows); i++)
                text_cell(output, sqlite3_column_name(rows, i), widths[i]);
            end_line(output);
        }
        if (count++ >= rows_most)
            continue;
        output_text(output, "  ");
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            text_cell(output, cell_text(rows, i), widths[i]);
        end_line(output);
    }
    if (count > rows_most)
        output_format(output, "  and %zu more\n", count - rows_most);
    return finish(rows, result, failure);
}
