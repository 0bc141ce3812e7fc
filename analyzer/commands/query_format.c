#include "commands/query_format.h"

#include "base/memory.h"
#include "report/output.h"
#include "store/address.h"

#include <math.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEASURED_ROWS = 200, /* whose widths make the columns */
    WIDTH_MAX = 60,
};

/* A BLOB of 4 or 16 bytes is an address; any other is shown in hex. */
static void add_blob(struct output *output, sqlite3_stmt *statement, int at)
{
    const uint8_t *bytes = sqlite3_column_blob(statement, at);
    size_t length = (size_t)sqlite3_column_bytes(statement, at);
    struct address address = address_of(bytes, length);
    char text[ADDRESS_TEXT_BYTES];

    if (address.length > 0) {
        output_text(output, address_format(&address, text));
        return;
    }
    for (size_t i = 0; i < length; i++)
        output_format(output, "%02x", bytes[i]);
}

/* The value as one line without control bytes; empty for NULL. */
static void add_plain(struct output *output, sqlite3_stmt *statement, int at)
{
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_NULL:
        break;
    case SQLITE_BLOB:
        add_blob(output, statement, at);
        break;
    default:
        output_plain(output, (const char *)sqlite3_column_text(statement, at));
        break;
    }
}

static void print(struct output *output)
{
    (void)fwrite(output->bytes, 1, output->length, stdout);
    output_cut(output, 0);
}

/* --- json: an array of objects ------------------------------------------ */

static void add_json(struct output *output, sqlite3_stmt *statement, int at)
{
    struct output text;

    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_NULL:
        output_text(output, "null");
        break;
    case SQLITE_FLOAT:
        /* RFC 8259, section 6: JSON has no infinity. */
        if (!isfinite(sqlite3_column_double(statement, at))) {
            output_text(output, "null");
            break;
        }
        output_text(output, (const char *)sqlite3_column_text(statement, at));
        break;
    case SQLITE_INTEGER:
        output_text(output, (const char *)sqlite3_column_text(statement, at));
        break;
    case SQLITE_BLOB:
        output_init(&text);
        add_blob(&text, statement, at);
        output_json(output, text.bytes);
        output_deinit(&text);
        break;
    default:
        output_json(output, (const char *)sqlite3_column_text(statement, at));
        break;
    }
}

static int print_json(sqlite3_stmt *statement)
{
    const char *before = "[\n";
    struct output output;
    int result;

    output_init(&output);
    for (;;) {
        result = sqlite3_step(statement);
        if (result != SQLITE_ROW)
            break;
        output_text(&output, before);
        before = ",\n";
        for (int at = 0; at < sqlite3_column_count(statement); at++) {
            output_text(&output, at > 0 ? ", " : "{");
            output_json(&output, sqlite3_column_name(statement, at));
            output_text(&output, ": ");
            add_json(&output, statement, at);
        }
        output_text(&output, "}");
        print(&output);
    }
    output_text(&output, before[0] == '[' ? "[]\n" : "\n]\n");
    print(&output);
    output_deinit(&output);
    return result;
}

/* --- csv: RFC 4180 ------------------------------------------------------- */

/* A text that a spreadsheet would take for a formula gets a quote in front. */
static void add_csv(struct output *output, const char *text, bool is_text)
{
    bool is_formula =
        is_text && text[0] != '\0' && strchr("=+-@", text[0]) != NULL;

    if (!is_formula && strpbrk(text, ",\"") == NULL) {
        output_text(output, text);
        return;
    }
    output_text(output, is_formula ? "\"'" : "\"");
    for (; *text != '\0'; text++)
        output_format(output, *text == '"' ? "\"%c" : "%c", *text);
    output_text(output, "\"");
}

static void add_csv_row(struct output *output, sqlite3_stmt *statement,
                        bool is_head)
{
    struct output cell;

    output_init(&cell);
    for (int at = 0; at < sqlite3_column_count(statement); at++) {
        bool is_text =
            is_head || sqlite3_column_type(statement, at) == SQLITE_TEXT;

        output_cut(&cell, 0);
        if (is_head)
            output_plain(&cell, sqlite3_column_name(statement, at));
        else
            add_plain(&cell, statement, at);
        if (at > 0)
            output_text(output, ",");
        add_csv(output, cell.bytes, is_text);
    }
    output_text(output, "\r\n");
    output_deinit(&cell);
}

static int print_csv(sqlite3_stmt *statement)
{
    struct output output;
    int result;

    output_init(&output);
    add_csv_row(&output, statement, true);
    for (;;) {
        print(&output);
        result = sqlite3_step(statement);
        if (result != SQLITE_ROW)
            break;
        add_csv_row(&output, statement, false);
    }
    output_deinit(&output);
    return result;
}

/* --- table: columns for people ------------------------------------------- */

struct columns {
    size_t count;
    size_t *widths;
    char **cells; /* of the rows that wait, row by row */
    size_t rows;
};

/* Characters, not bytes: continuation bytes of UTF-8 have no width. */
static size_t width_of(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80 ? 1 : 0;
    return width;
}

static char *cell_text(sqlite3_stmt *statement, size_t at, bool is_head)
{
    struct output cell;

    output_init(&cell);
    if (is_head)
        output_plain(&cell, sqlite3_column_name(statement, (int)at));
    else
        add_plain(&cell, statement, (int)at);
    return cell.bytes; /* the caller's now */
}

static void keep_row(struct columns *columns, sqlite3_stmt *statement,
                     bool is_head)
{
    for (size_t at = 0; at < columns->count; at++) {
        char *cell = cell_text(statement, at, is_head);
        size_t width = width_of(cell);

        if (width > WIDTH_MAX)
            width = WIDTH_MAX;
        if (width > columns->widths[at])
            columns->widths[at] = width;
        columns->cells[columns->rows * columns->count + at] = cell;
    }
    columns->rows++;
}

static void print_rows(struct columns *columns)
{
    for (size_t i = 0; i < columns->rows * columns->count; i++) {
        bool is_last = i % columns->count == columns->count - 1;
        char *cell = columns->cells[i];
        size_t width = width_of(cell);
        size_t most = columns->widths[i % columns->count];

        fputs(cell, stdout);
        if (is_last)
            putchar('\n');
        else
            printf("%*s", (int)(width < most ? most - width : 0) + 2, "");
        free(cell);
    }
    columns->rows = 0;
}

static int print_table(sqlite3_stmt *statement)
{
    struct columns columns = {
        .count = (size_t)sqlite3_column_count(statement),
    };
    int result;

    columns.widths = memory_allocate(columns.count, sizeof *columns.widths);
    columns.cells = memory_allocate((MEASURED_ROWS + 1) * columns.count,
                                    sizeof *columns.cells);
    keep_row(&columns, statement, true);
    for (;;) {
        result = sqlite3_step(statement);
        if (result != SQLITE_ROW)
            break;
        keep_row(&columns, statement, false);
        if (columns.rows > MEASURED_ROWS)
            print_rows(&columns);
    }
    print_rows(&columns);
    free(columns.cells);
    free(columns.widths);
    return result;
}

/* To add a format: its function and a row here. */
static const struct query_format formats[] = {
    { .name = "table", .print = print_table },
    { .name = "csv", .print = print_csv },
    { .name = "json", .print = print_json },
};

const struct query_format *query_format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(name, formats[i].name) == 0)
            return &formats[i];
    return NULL;
}
