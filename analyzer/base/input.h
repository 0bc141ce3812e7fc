/* An evidence file as a reader sees it: an open descriptor and no name to
 * open anything else by.
 *
 * The descriptor is a regular file, seekable, read-only. `line_reader` gives
 * its lines in bounded memory: a line is cut at LINE_BYTES_MAX, its true
 * length kept; UTF-16 with a byte order mark is turned into UTF-8. */
#pragma once

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    INPUT_HEAD_BYTES = 4096,
    LINE_BYTES_MAX = 64 * 1024,
};

struct input {
    int descriptor;
    int64_t evidence_id;
    int64_t size_bytes;
    const char *path;    /* inside the bundle, for names only */
    const uint8_t *head; /* the first bytes of the file ... */
    size_t head_bytes;   /* ... at most INPUT_HEAD_BYTES */
    struct arena *arena; /* for the texts of rows; reset by the caller */
};

/* The last component of the path. */
struct text input_name(const struct input *input);
/* The head as text. */
struct text input_head(const struct input *input);
/* The whole file as text, NUL-terminated, in the arena; at most `most` bytes
 * of it (`*was_cut` tells). For formats that cannot be read line by line. */
struct text input_whole(const struct input *input, size_t most, bool *was_cut);

struct line_reader {
    int descriptor;
    char *buffer;
    size_t at;
    size_t end;
    char *line;         /* LINE_BYTES_MAX bytes */
    int64_t number;     /* of the last line given, from 1 */
    int64_t line_bytes; /* its true length, line end not counted */
    bool was_cut;       /* longer than LINE_BYTES_MAX */
    bool has_newline;   /* false for an unfinished last line */
    bool is_utf16le;
    bool failed; /* a read error: what was given is not all */
};

void line_reader_init(struct line_reader *lines, int descriptor);
void line_reader_deinit(struct line_reader *lines);
/* The next line without LF or CR LF, valid until the next call. False at the
 * end. A UTF-8 byte order mark is taken off the first line. */
bool line_reader_next(struct line_reader *lines, struct text *line);
