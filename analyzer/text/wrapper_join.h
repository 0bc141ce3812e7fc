/* Long lines in pieces: the container runtimes cut at 16 KiB.
 *
 * Pieces of stdout and stderr interleave, so each stream has a buffer. A
 * joined line has the number and the time of its first piece, and is cut at
 * LINE_BYTES_MAX like any other. */
#pragma once

#include "text/log_line.h"

enum {
    JOIN_STREAMS = 2, /* stdout; stderr and all others */
};

struct joined_line {
    char *bytes; /* LINE_BYTES_MAX of them, allocated at the first piece */
    size_t length;
    int64_t number;
    int64_t at_ns;
    bool is_open; /* pieces are here, the end is not */
    bool was_cut;
};

struct line_joiner {
    struct joined_line streams[JOIN_STREAMS];
};

void line_joiner_deinit(struct line_joiner *joiner);
/* A whole line passes. A piece is kept (false); the last piece gives the
 * whole in line (true). */
bool line_joiner_add(struct line_joiner *joiner, struct log_line *line);
/* A line whose last piece never came. False if there is none. */
bool line_joiner_unfinished(struct line_joiner *joiner, struct log_line *line);
