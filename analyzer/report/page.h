/* What the reports for people share: where they write, and how a section of
 * the report comes to be. A format brings its own heading and table. */
#pragma once

#include "base/failure.h"
#include "report/output.h"
#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct page;
struct sqlite3;

typedef bool section_fn(struct sqlite3 *database, const char *sql,
                        size_t rows_most, struct output *output,
                        struct failure *failure);
typedef void heading_fn(struct page *page, const char *text);

struct page {
    const struct report_input *input;
    struct output *output;
    struct arena *arena;
    struct failure *failure;
    section_fn *section;
    heading_fn *heading;
    size_t bytes_most; /* of the document; 0 for no limit */
};

struct sqlite3 *page_database(const struct page *page);

/* Runs a SELECT to its first row and says whether there is one. */
bool page_has_rows(struct page *page, const char *sql, bool *has) MUST_CHECK;
/* The rows as a table; nothing at all if there are none. */
bool page_table(struct page *page, const char *sql,
                size_t rows_most) MUST_CHECK;
/* A heading and its table; nothing of both if there are no rows. */
bool page_titled_table(struct page *page, const char *title, const char *sql,
                       size_t rows_most) MUST_CHECK;

/* A part of the document that may take this share of its bytes. Items are
 * written one by one; the first that does not fit is taken back. */
struct share {
    size_t end; /* of the output; SIZE_MAX for no limit */
    size_t left_out;
};

struct share page_share(const struct page *page, unsigned percent);
/* To be asked after each item, with the length before it. */
bool share_keeps(struct share *share, struct output *output, size_t before);
/* "and 12 more (see the JSON report)" where items were left out. */
void share_close(const struct share *share, struct output *output);
