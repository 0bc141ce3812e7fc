/* A document in the making, and the only doors for text that is not ours.
 *
 * output_text() and output_format() are for texts of this program. Everything
 * that comes from evidence or rules goes through one of the escaping doors:
 * no control or bidi character passes any of them, invalid UTF-8 becomes
 * \xNN, and each adds what its format needs. */
#pragma once

#include "base/attributes.h"

#include <stddef.h>

struct output {
    char *bytes; /* NUL-terminated */
    size_t length;
    size_t room;
};

void output_init(struct output *output);
void output_deinit(struct output *output);
void output_text(struct output *output, const char *text);
void output_format(struct output *output, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* Forgets what was written after this length. */
void output_cut(struct output *output, size_t length);

/* A quoted JSON string; null for NULL. */
void output_json(struct output *output, const char *text);
/* Markdown prose or a table cell: no markup, link, mention, issue number or
 * image can come of it (CommonMark and GitHub's extensions). */
void output_markdown(struct output *output, const char *text);
/* A Markdown code span, safe inside a table cell. */
void output_code(struct output *output, const char *text);
/* HTML, as content of an element or of a quoted attribute. */
void output_html(struct output *output, const char *text);
/* For terminals and plain text. */
void output_plain(struct output *output, const char *text);
/* A quoted Mermaid label: letters, digits and a few signs; '?' for the rest. */
void output_mermaid(struct output *output, const char *text);
