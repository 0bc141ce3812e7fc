/* A sink for tests: every row as one line of text.
 *
 * "counter: evidence_id=1 line=3 source='netstat -s' name='Udp.InErrors'
 * value=12": columns in order, texts quoted, addresses written out, columns
 * that are NULL left out. A test looks for a line, or compares all of it. */
#pragma once

#include "store/sink.h"

#include <stdbool.h>
#include <stddef.h>

struct row_text {
    struct sink sink; /* must be first: pass &rows->sink */
    char *text;       /* NUL-terminated */
    size_t length;
    size_t room;
};

void row_text_init(struct row_text *rows);
void row_text_deinit(struct row_text *rows);
/* Forgets the rows so far. */
void row_text_clear(struct row_text *rows);
/* True if one line contains all the parts, which end with NULL:
 * row_text_has(rows, "counter:", "name='Udp.InErrors'", "value=12", NULL) */
bool row_text_has(const struct row_text *rows, ...);
/* Number of lines that begin with "TABLE:". */
size_t row_text_count(const struct row_text *rows, const char *table);
