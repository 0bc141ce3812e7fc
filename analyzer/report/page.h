/* The document for people: one content, several forms.
 *
 * What a section says is written once, against this page; a form (text,
 * Markdown, HTML) knows only how headings, paragraphs, lists, tables and
 * paths look, and escapes whatever it is given. To add a section: one
 * function of document.c's table. To add a form: one struct form. */
#pragma once

#include "base/attributes.h"
#include "base/failure.h"
#include "report/output.h"
#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct page;
struct sqlite3;

/* All texts may be anybody's: a form escapes them. */
struct form {
    bool is_brief; /* leaves out the tables of everything */
    void (*begin)(struct page *page, const char *title);
    void (*end)(struct page *page);
    void (*heading)(struct page *page, int level, const char *text);
    void (*paragraph_begin)(struct page *page);
    void (*paragraph_end)(struct page *page);
    /* Lists nest: a list may stand at the end of an item. */
    void (*list_begin)(struct page *page);
    void (*list_end)(struct page *page);
    void (*item_begin)(struct page *page);
    void (*item_end)(struct page *page);
    /* Inside of a paragraph or an item. */
    void (*text)(struct page *page, const char *text);
    void (*strong)(struct page *page, const char *text);
    void (*code)(struct page *page, const char *text);
    /* A table of all rows of a SELECT; nothing at all if there are none. */
    bool (*table)(struct sqlite3 *database, const char *sql, size_t rows_most,
                  struct output *output, struct failure *failure);
    /* The way of a packet, stop by stop. */
    void (*path_begin)(struct page *page);
    void (*path_stop)(struct page *page, int number, const char *label);
    void (*path_lost)(struct page *page, int stops, const char *label);
    void (*path_end)(struct page *page);
    void (*details_begin)(struct page *page, const char *title);
    void (*details_end)(struct page *page);
};

extern const struct form form_text;
extern const struct form form_markdown;
extern const struct form form_html;

struct page {
    const struct report_input *input;
    const struct form *form;
    struct output *output;
    struct arena *arena;
    struct failure *failure;
    size_t bytes_most;    /* of the document; 0 for no limit */
    size_t details_start; /* 0: outside of details */
    size_t block_start;   /* the form's own: where the open block begins */
    int depth;            /* the form's own: of open lists */
};

struct sqlite3 *page_database(const struct page *page);
void page_heading(struct page *page, const char *text);
void page_paragraph(struct page *page, const char *text);
/* An item of a list, of nothing but text. */
void page_item(struct page *page, const char *text);
void page_text(struct page *page, const char *text);
void page_format(struct page *page, const char *format, ...) PRINTF_LIKE(2, 3);
void page_code(struct page *page, const char *text);

/* Runs a SELECT to its first row and says whether there is one. */
bool page_has_rows(struct page *page, const char *sql, bool *has) MUST_CHECK;

/* Items of an open list: rows of a text and a reference. */
bool page_write_items(struct page *page, const char *sql) MUST_CHECK;

struct page_table {
    const char *title; /* NULL: none */
    const char *sql;
    size_t rows_most;
    unsigned percent; /* of the document's bytes */
};

/* A heading and its table, cut to its share; nothing of both if there are no
 * rows. */
bool page_write_table(struct page *page,
                      const struct page_table *table) MUST_CHECK;

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
void share_close(const struct share *share, struct page *page);
