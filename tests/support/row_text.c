#define _GNU_SOURCE /* memmem */
#include "support/row_text.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(struct row_text *rows, const char *text, size_t length)
{
    if (rows->length + length + 1 > rows->room) {
        rows->room = (rows->length + length + 1) * 2;
        rows->text = memory_resize(rows->text, rows->room, 1);
    }
    memcpy(rows->text + rows->length, text, length);
    rows->length += length;
    rows->text[rows->length] = '\0';
}

static void append_string(struct row_text *rows, const char *text)
{
    append(rows, text, strlen(text));
}

static void append_integer(struct row_text *rows, const char *name,
                           int64_t value)
{
    char text[64];

    if (value == ABSENT)
        return;
    append_string(rows, " ");
    append_string(rows, name);
    snprintf(text, sizeof text, "=%lld", (long long)value);
    append_string(rows, text);
}

static void append_text(struct row_text *rows, const char *name,
                        const char *value)
{
    if (value == NULL)
        return;
    append_string(rows, " ");
    append_string(rows, name);
    append_string(rows, "='");
    for (; *value != '\0'; value++)
        append(rows, *value == '\n' ? " " : value, 1);
    append_string(rows, "'");
}

static void append_column(struct row_text *rows, const struct column *column,
                          const char *field)
{
    char text[ADDRESS_TEXT_BYTES];
    int64_t integer;
    double real;
    const char *string;
    struct address address;

    switch (column->type) {
    case COLUMN_INTEGER:
        memcpy(&integer, field, sizeof integer);
        append_integer(rows, column->name, integer);
        break;
    case COLUMN_REAL:
        memcpy(&real, field, sizeof real);
        snprintf(text, sizeof text, "%g", real);
        append_text(rows, column->name, text);
        break;
    case COLUMN_TEXT:
        memcpy(&string, field, sizeof string);
        append_text(rows, column->name, string);
        break;
    case COLUMN_ADDRESS:
        memcpy(&address, field, sizeof address);
        if (address.length > 0)
            append_text(rows, column->name, address_format(&address, text));
        break;
    }
}

static void put(struct sink *sink, enum table_id table, const void *row)
{
    struct row_text *rows = (struct row_text *)sink;

    append_string(rows, tables[table].name);
    append_string(rows, ":");
    for (size_t i = 0; i < tables[table].column_count; i++) {
        const struct column *column = &tables[table].columns[i];

        append_column(rows, column, (const char *)row + column->offset);
    }
    append_string(rows, "\n");
}

void row_text_init(struct row_text *rows)
{
    *rows = (struct row_text){ .sink.put = put };
    append(rows, "", 0);
}

void row_text_deinit(struct row_text *rows)
{
    free(rows->text);
    *rows = (struct row_text){ 0 };
}

void row_text_clear(struct row_text *rows)
{
    rows->length = 0;
    rows->text[0] = '\0';
    rows->sink.rows = 0;
}

static bool line_has(const char *line, size_t length, const char *part)
{
    return memmem(line, length, part, strlen(part)) != NULL;
}

bool row_text_has(const struct row_text *rows, ...)
{
    const char *line = rows->text;

    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        bool all = true;
        const char *part;
        va_list parts;

        va_start(parts, rows);
        for (part = va_arg(parts, const char *); part != NULL && all;
             part = va_arg(parts, const char *))
            all = line_has(line, length, part);
        va_end(parts);
        if (all)
            return true;
        line += length + 1;
    }
    return false;
}

size_t row_text_count(const struct row_text *rows, const char *table)
{
    size_t count = 0;
    size_t name = strlen(table);
    const char *line = rows->text;

    while (*line != '\0') {
        if (strncmp(line, table, name) == 0 && line[name] == ':')
            count++;
        line += strcspn(line, "\n") + 1;
    }
    return count;
}
