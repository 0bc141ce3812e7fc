#include "text/objects_table.h"

#include <string.h>

/* Names of two words; all others have one. */
static const char *const wide_names[] = {
    "NOMINATED NODE",
    "READINESS GATES",
    "LAST SEEN",
    "NODE SELECTOR",
};

static bool is_header_byte(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           (byte != '\0' && strchr(" \t-()/%_", byte) != NULL);
}

static void add_column(struct table_grid *grid, struct text name, size_t offset)
{
    if (grid->column_count == TABLE_COLUMNS_MAX)
        return;
    grid->names[grid->column_count] = name;
    grid->offsets[grid->column_count++] = offset;
}

static size_t blanks_at(struct text line, size_t at)
{
    size_t count = 0;

    while (at + count < line.length &&
           (line.bytes[at + count] == ' ' || line.bytes[at + count] == '\t'))
        count++;
    return count;
}

/* Length of the part at an offset, up to two blanks, a tab or the end. */
static size_t part_bytes(struct text line, size_t at)
{
    size_t length = 0;

    while (at + length < line.length) {
        size_t blanks = blanks_at(line, at + length);

        if (blanks >= 2 || (blanks == 1 && line.bytes[at + length] == '\t') ||
            (blanks > 0 && at + length + blanks == line.length))
            break;
        length++;
    }
    return length;
}

static size_t name_bytes(struct text rest)
{
    struct text copy = rest;

    for (size_t i = 0; i < sizeof wide_names / sizeof wide_names[0]; i++)
        if (text_starts(rest, wide_names[i]))
            return strlen(wide_names[i]);
    return text_word(&copy).length;
}

static void add_columns(struct table_grid *grid, struct text line,
                        bool is_collapsed)
{
    size_t at = 0;

    grid->column_count = 0;
    grid->is_collapsed = is_collapsed;
    while (at < line.length) {
        size_t length = is_collapsed ? name_bytes(text_from(line, at))
                                     : part_bytes(line, at);

        add_column(grid, text_first(text_from(line, at), length), at);
        at += length;
        at += blanks_at(line, at);
    }
}

/* Capitals; a unit in brackets is written small: "CPU(cores)" of kubectl top.
 */
static bool has_header_bytes(struct text line)
{
    bool in_brackets = false;

    for (size_t i = 0; i < line.length; i++) {
        char byte = line.bytes[i];

        if (!is_header_byte(byte) &&
            !(in_brackets && byte >= 'a' && byte <= 'z'))
            return false;
        in_brackets = byte == '(' || (in_brackets && byte != ')');
    }
    return true;
}

/* "LAST SEEN" comes first in events; all other tables begin with a name. */
static bool is_first_column(struct text line)
{
    static const char *const names[] = { "NAME", "NAMESPACE", "LAST SEEN" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct text rest = line;

        if (text_skip(&rest, names[i]) &&
            (text_starts(rest, " ") || text_starts(rest, "\t")))
            return true;
    }
    return false;
}

bool grid_set_header(struct table_grid *grid, struct text line)
{
    if (!is_first_column(line) || !has_header_bytes(line))
        return false;
    add_columns(grid, line, false);
    if (grid->column_count < 2 ||
        name_bytes(grid->names[0]) < grid->names[0].length)
        add_columns(grid, line, true);
    return grid->column_count >= 2;
}

static bool split_by_position(struct table_grid *grid, struct text line)
{
    for (size_t i = 0; i < grid->column_count; i++) {
        size_t start = grid->offsets[i];
        size_t end =
            i + 1 < grid->column_count ? grid->offsets[i + 1] : line.length;

        if (start > 0 && start <= line.length &&
            blanks_at(line, start - 1) == 0)
            return false;
        grid->cells[i] = text_trim(
            text_first(text_from(line, start), end > start ? end - start : 0));
    }
    return true;
}

static bool split_by_gaps(struct table_grid *grid, struct text line)
{
    size_t at = blanks_at(line, 0);
    size_t count = 0;

    while (at < line.length && count < TABLE_COLUMNS_MAX) {
        size_t length = part_bytes(line, at);

        grid->cells[count++] = text_first(text_from(line, at), length);
        at += length;
        at += blanks_at(line, at);
    }
    return count == grid->column_count;
}

/* "3 (5h ago)" is one cell, "10.0.0.1:53 + 2 more..." too. */
static bool goes_on(struct text rest)
{
    struct text word = text_word(&rest);

    return text_starts(word, "(") || text_equals(word, "ago)") ||
           text_equals(word, "+") || text_equals(word, "more...");
}

static bool is_count(struct text rest)
{
    struct text number = text_word(&rest);
    int64_t value;

    return text_integer(number, &value) &&
           text_equals(text_word(&rest), "more...");
}

static bool split_by_words(struct table_grid *grid, struct text line)
{
    size_t count = 0;

    while (count < grid->column_count) {
        struct text start;
        struct text rest;

        line = text_trim(line);
        if (line.length == 0)
            break;
        start = line;
        (void)text_word(&line);
        for (rest = text_trim(line); goes_on(rest) || is_count(rest);
             rest = text_trim(line))
            (void)text_word(&line);
        grid->cells[count++] = text_first(start, start.length - line.length);
    }
    return count + 2 >= grid->column_count && count >= 2;
}

bool grid_split(struct table_grid *grid, struct text line)
{
    memset(grid->cells, 0, sizeof grid->cells);
    if (!grid->is_collapsed &&
        (split_by_position(grid, line) || split_by_gaps(grid, line)))
        return true;
    memset(grid->cells, 0, sizeof grid->cells);
    return split_by_words(grid, line);
}

static size_t column_of(const struct table_grid *grid, const char *name)
{
    size_t i = 0;

    while (i < grid->column_count && !text_equals(grid->names[i], name))
        i++;
    return i;
}

bool grid_has(const struct table_grid *grid, const char *name)
{
    return column_of(grid, name) < grid->column_count;
}

struct text grid_cell(const struct table_grid *grid, const char *name)
{
    size_t column = column_of(grid, name);
    struct text cell = { 0 };

    if (column < grid->column_count)
        cell = grid->cells[column];
    if (text_equals(cell, "<none>") || text_equals(cell, "<unknown>"))
        return text_slice(NULL, 0);
    return cell;
}
