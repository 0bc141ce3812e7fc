/* What a line of a document is: the half of document.h that looks at one
 * line. */
#pragma once

#include "base/text.h"

#include <stdbool.h>

struct fence {
    char mark; /* '`' '~', 'p' for <pre>; 0: none is open */
    size_t length;
    size_t indent;
};

/* Opens a fence, if the line is one (CommonMark 0.31 section 4.5). */
bool fence_open(struct fence *fence, struct text line);
bool fence_is_closed(const struct fence *fence, struct text line);

/* Columns of blanks in front; a tab is four. */
size_t line_indent(struct text line);
/* An item of a list, or what looks like one. */
bool line_is_list(struct text line);
/* A prompt with a command that people paste the output of. */
bool line_is_prompt(struct text line);
/* A command with its path alone on a line, as collectors that keep several
 * outputs in one file put above each: "/usr/sbin/ip rule list" (Retina). */
bool line_is_heading(struct text line);
/* A packet as tcpdump prints it. */
bool line_is_packet(struct text line);
/* A sentence: words, and few of anything else. */
bool line_is_prose(struct text line);
