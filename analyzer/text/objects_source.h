/* The bytes of an objects file, in bounded memory.
 *
 * One cursor serves all syntaxes: JSON takes byte by byte, YAML line by line,
 * tables look at a line before they take it. It counts lines, drops a byte
 * order mark, and turns UTF-16LE (PowerShell's `>`) into UTF-8. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SOURCE_AHEAD_BYTES = 16 * 1024, /* longest line that is seen as one */
};

struct source {
    int descriptor; /* -1: all there is, is in `bytes` */
    char *owned;    /* the buffer, if it is this source's own */
    const char *bytes;
    size_t at;
    size_t end;
    int64_t line; /* of the next byte, from 1 */
    bool is_at_line_start;
    bool is_utf16le;
    bool is_started;
    unsigned char odd; /* half of a UTF-16 unit */
    bool has_odd;
};

void source_open(struct source *source, int descriptor);
/* Over text in memory, which must outlive the source. */
void source_open_text(struct source *source, struct text text);
void source_close(struct source *source);

/* Makes at least `wanted` bytes visible, or all that are left. Returns how
 * many are visible. */
size_t source_fill(struct source *source, size_t wanted);

/* The next line with nothing taken, at most SOURCE_AHEAD_BYTES of it. False
 * at the end. Valid until the next call. */
bool source_line_ahead(struct source *source, struct text *line);
void source_skip_line(struct source *source);
/* Takes at most `most` bytes, up to and with the next newline. */
struct text source_take(struct source *source, size_t most);

/* The next byte, or -1 at the end. */
static inline int source_peek(struct source *source)
{
    if (source->at == source->end && source_fill(source, 1) == 0)
        return -1;
    return (unsigned char)source->bytes[source->at];
}

static inline int source_next(struct source *source)
{
    int byte = source_peek(source);

    if (byte < 0)
        return byte;
    source->at++;
    source->is_at_line_start = byte == '\n';
    source->line += byte == '\n';
    return byte;
}
