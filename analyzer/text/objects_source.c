#include "text/objects_source.h"

#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 256 * 1024,
    RAW_BYTES = 32 * 1024,
};

void source_open(struct source *source, int descriptor)
{
    *source = (struct source){
        .descriptor = descriptor,
        .line = 1,
        .is_at_line_start = true,
    };
    source->owned = memory_allocate(BUFFER_BYTES, 1);
    source->bytes = source->owned;
    (void)lseek(descriptor, 0, SEEK_SET);
}

void source_open_text(struct source *source, struct text text)
{
    *source = (struct source){
        .descriptor = -1,
        .bytes = text.bytes,
        .end = text.length,
        .line = 1,
        .is_at_line_start = true,
        .is_started = true,
    };
}

void source_close(struct source *source)
{
    free(source->owned);
    *source = (struct source){ .descriptor = -1 };
}

static size_t read_some(int descriptor, void *to, size_t room)
{
    ssize_t got;

    do
        got = read(descriptor, to, room);
    while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : (size_t)got;
}

/* Surrogates become '?': nothing that is looked for is outside the basic
 * plane. */
static void append_unit(struct source *source, unsigned unit)
{
    char *to = source->owned + source->end;

    if (unit < 0x80) {
        to[0] = (char)unit;
        source->end += 1;
    } else if (unit < 0x800) {
        to[0] = (char)(0xc0 | unit >> 6);
        to[1] = (char)(0x80 | (unit & 0x3f));
        source->end += 2;
    } else if (unit >= 0xd800 && unit < 0xe000) {
        to[0] = '?';
        source->end += 1;
    } else {
        to[0] = (char)(0xe0 | unit >> 12);
        to[1] = (char)(0x80 | (unit >> 6 & 0x3f));
        to[2] = (char)(0x80 | (unit & 0x3f));
        source->end += 3;
    }
}

/* Each pair of bytes becomes at most three. */
static bool append_utf16(struct source *source)
{
    unsigned char raw[RAW_BYTES];
    size_t most = (BUFFER_BYTES - source->end) / 3 * 2;
    size_t got = read_some(source->descriptor, raw,
                           most < sizeof raw ? most : sizeof raw);

    for (size_t i = 0; i < got; i++) {
        if (source->has_odd)
            append_unit(source, (unsigned)raw[i] << 8 | source->odd);
        source->odd = raw[i];
        source->has_odd = !source->has_odd;
    }
    return got > 0;
}

static bool append_bytes(struct source *source)
{
    size_t got = read_some(source->descriptor, source->owned + source->end,
                           BUFFER_BYTES - source->end);

    source->end += got;
    return got > 0;
}

/* The first bytes tell the encoding. Without a mark, a file of ASCII text in
 * UTF-16 would be half NULs: not text, and nothing reads it. */
static void skip_byte_order_mark(struct source *source)
{
    unsigned char mark[3] = { 0 };
    ssize_t got = pread(source->descriptor, mark, sizeof mark, 0);

    source->is_started = true;
    if (got >= 2 && memcmp(mark, "\xff\xfe", 2) == 0) {
        source->is_utf16le = true;
        (void)lseek(source->descriptor, 2, SEEK_SET);
    }
    if (got == 3 && memcmp(mark, "\xef\xbb\xbf", 3) == 0)
        (void)lseek(source->descriptor, 3, SEEK_SET);
}

size_t source_fill(struct source *source, size_t wanted)
{
    size_t kept = source->end - source->at;

    if (kept >= wanted || source->descriptor < 0)
        return kept;
    if (!source->is_started)
        skip_byte_order_mark(source);
    if (kept > 0)
        memmove(source->owned, source->owned + source->at, kept);
    source->at = 0;
    source->end = kept;
    while (source->end < wanted) {
        bool any =
            source->is_utf16le ? append_utf16(source) : append_bytes(source);

        if (!any)
            break;
    }
    return source->end;
}

static struct text visible(const struct source *source, size_t most)
{
    size_t length = source->end - source->at;

    if (length == 0)
        return text_slice(NULL, 0);
    return text_slice(source->bytes + source->at,
                      length < most ? length : most);
}

bool source_line_ahead(struct source *source, struct text *line)
{
    struct text rest;

    if (text_find_byte(visible(source, SOURCE_AHEAD_BYTES), '\n') < 0)
        (void)source_fill(source, SOURCE_AHEAD_BYTES);
    rest = visible(source, SOURCE_AHEAD_BYTES);
    return text_line(&rest, line);
}

void source_skip_line(struct source *source)
{
    struct text taken;

    do
        taken = source_take(source, BUFFER_BYTES);
    while (taken.length > 0 && !source->is_at_line_start);
}

struct text source_take(struct source *source, size_t most)
{
    struct text taken;
    ptrdiff_t newline;

    if (source->at == source->end)
        (void)source_fill(source, 1);
    taken = visible(source, most);
    newline = text_find_byte(taken, '\n');
    if (newline >= 0)
        taken = text_first(taken, (size_t)newline + 1);
    if (taken.length == 0)
        return taken;
    source->at += taken.length;
    source->is_at_line_start = newline >= 0;
    source->line += newline >= 0;
    return taken;
}
