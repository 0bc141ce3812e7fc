/* A section of the report is a SELECT: its columns are the keys of the JSON
 * objects and the heads of the tables. Two endings of a column's name say
 * more: ":bool" is 0 or 1, ":json" is JSON that SQLite made. */
#pragma once

#include "base/failure.h"
#include "report/output.h"

#include <stdbool.h>
#include <stddef.h>

struct sqlite3;

/* An array of objects, in one line each. */
bool section_json(struct sqlite3 *database, const char *sql,
                  struct output *output, struct failure *failure) MUST_CHECK;
/* A Markdown table; nothing at all if there are no rows. Columns named
 * "reference" or "file" become code. Stops with a remark after rows_most. */
bool section_markdown(struct sqlite3 *database, const char *sql,
                      size_t rows_most, struct output *output,
                      struct failure *failure) MUST_CHECK;
/* The same as an HTML table. */
bool section_html(struct sqlite3 *database, const char *sql, size_t rows_most,
                  struct output *output, struct failure *failure) MUST_CHECK;
/* A table in columns for terminals. */
bool section_text(struct sqlite3 *database, const char *sql, size_t rows_most,
                  struct output *output, struct failure *failure) MUST_CHECK;
