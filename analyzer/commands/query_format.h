/* Rows of a query on standard output. Texts of evidence cannot reach a
 * terminal or a spreadsheet as commands. */
#pragma once

struct sqlite3_stmt;

struct query_format {
    const char *name;
    int (*print)(struct sqlite3_stmt *statement); /* the last SQLite result */
};

/* NULL if there is none of this name. */
const struct query_format *query_format_find(const char *name);
