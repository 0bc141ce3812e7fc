/* The lines of a Corefile as tokens: quotes, comments and braces. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    COREFILE_TOKENS_MAX = 256, /* in one line */
};

struct corefile_lines {
    struct text rest;
    int64_t line;                            /* of `rest`, from 0 */
    struct text tokens[COREFILE_TOKENS_MAX]; /* of the line at hand */
    size_t token_count;
    int64_t tokens_line;
};

/* The next line that has tokens. False at the end. */
bool corefile_lines_next(struct corefile_lines *lines);
/* Is its last token "{"? */
bool corefile_lines_opens(const struct corefile_lines *lines);
/* Is its first token "}"? */
bool corefile_lines_closes(const struct corefile_lines *lines);
/* Takes one token off text that begins with one; counts its newlines. */
struct text corefile_token(struct text *rest, int64_t *line);
