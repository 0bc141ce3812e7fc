#include "base/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    READ_BYTES = 256 * 1024,
};

struct text input_name(const struct input *input)
{
    const char *slash = strrchr(input->path, '/');

    return text_of(slash == NULL ? input->path : slash + 1);
}

struct text input_head(const struct input *input)
{
    return text_slice((const char *)input->head, input->head_bytes);
}

static ssize_t read_some(int descriptor, char *to, size_t room)
{
    ssize_t got;

    do
        got = read(descriptor, to, room);
    while (got < 0 && errno == EINTR);
    return got;
}

struct text input_whole(const struct input *input, size_t most, bool *was_cut)
{
    size_t size =
        input->size_bytes < (int64_t)most ? (size_t)input->size_bytes : most;
    char *bytes = arena_allocate(input->arena, memory_sum(size, 1));
    size_t used = 0;

    (void)lseek(input->descriptor, 0, SEEK_SET);
    while (used < size) {
        ssize_t got = read_some(input->descriptor, bytes + used, size - used);

        if (got <= 0)
            break;
        used += (size_t)got;
    }
    *was_cut = (int64_t)used < input->size_bytes;
    return text_slice(bytes, used);
}

void line_reader_init(struct line_reader *lines, int descriptor)
{
    *lines = (struct line_reader){ .descriptor = descriptor };
    lines->buffer = memory_allocate(READ_BYTES, 1);
    lines->line = memory_allocate(LINE_BYTES_MAX + 4, 1);
    (void)lseek(descriptor, 0, SEEK_SET);
}

void line_reader_deinit(struct line_reader *lines)
{
    free(lines->buffer);
    free(lines->line);
    *lines = (struct line_reader){ .descriptor = -1 };
}

/* Keeps an odd last byte of UTF-16 for the next round. */
static bool fill(struct line_reader *lines)
{
    size_t kept = lines->end - lines->at;
    ssize_t got;

    if (kept > 0)
        memmove(lines->buffer, lines->buffer + lines->at, kept);
    lines->at = 0;
    lines->end = kept;
    got = read_some(lines->descriptor, lines->buffer + kept, READ_BYTES - kept);
    if (got < 0)
        lines->failed = true;
    if (got <= 0)
        return false;
    lines->end += (size_t)got;
    return true;
}

static void skip_byte_order_mark(struct line_reader *lines)
{
    const unsigned char *bytes = (const unsigned char *)lines->buffer;

    if (lines->end >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        lines->at = 3;
    if (lines->end >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0) {
        lines->is_utf16le = true;
        lines->at = 2;
    }
}

static void keep(struct line_reader *lines, const char *bytes, size_t length)
{
    size_t used = lines->line_bytes < LINE_BYTES_MAX ? (size_t)lines->line_bytes
                                                     : LINE_BYTES_MAX;
    size_t room = LINE_BYTES_MAX - used;

    memcpy(lines->line + used, bytes, length < room ? length : room);
    lines->line_bytes += (int64_t)length;
}

/* One UTF-16 unit as UTF-8; surrogates become '?', as nothing that this
 * program looks for is outside the basic plane. */
static size_t utf8_from_unit(unsigned unit, char out[3])
{
    if (unit < 0x80) {
        out[0] = (char)unit;
        return 1;
    }
    if (unit < 0x800) {
        out[0] = (char)(0xc0 | unit >> 6);
        out[1] = (char)(0x80 | (unit & 0x3f));
        return 2;
    }
    if (unit >= 0xd800 && unit < 0xe000) {
        out[0] = '?';
        return 1;
    }
    out[0] = (char)(0xe0 | unit >> 12);
    out[1] = (char)(0x80 | (unit >> 6 & 0x3f));
    out[2] = (char)(0x80 | (unit & 0x3f));
    return 3;
}

/* Takes bytes into the line; true when its newline was met. */
static bool take_utf16(struct line_reader *lines)
{
    while (lines->end - lines->at >= 2) {
        unsigned low = (unsigned char)lines->buffer[lines->at];
        unsigned high = (unsigned char)lines->buffer[lines->at + 1];
        char out[3];

        lines->at += 2;
        if ((high << 8 | low) == '\n')
            return true;
        keep(lines, out, utf8_from_unit(high << 8 | low, out));
    }
    return false;
}

static bool take_bytes(struct line_reader *lines)
{
    char *start = lines->buffer + lines->at;
    char *newline = memchr(start, '\n', lines->end - lines->at);
    size_t length =
        newline != NULL ? (size_t)(newline - start) : lines->end - lines->at;

    keep(lines, start, length);
    lines->at += length + (newline != NULL);
    return newline != NULL;
}

bool line_reader_next(struct line_reader *lines, struct text *line)
{
    bool any = false;

    lines->line_bytes = 0;
    lines->has_newline = false;
    for (;;) {
        if (lines->end - lines->at < (lines->is_utf16le ? 2u : 1u)) {
            if (!fill(lines))
                break;
            if (lines->number == 0 && !any)
                skip_byte_order_mark(lines);
        }
        any = true;
        if (lines->is_utf16le ? take_utf16(lines) : take_bytes(lines)) {
            lines->has_newline = true;
            break;
        }
    }
    if (!lines->has_newline && lines->line_bytes == 0)
        return false;
    lines->number++;
    lines->was_cut = lines->line_bytes > LINE_BYTES_MAX;
    *line = text_slice(lines->line, lines->was_cut ? LINE_BYTES_MAX
                                                   : (size_t)lines->line_bytes);
    if (line->length > 0 && !lines->was_cut &&
        line->bytes[line->length - 1] == '\r') {
        line->length--;
        lines->line_bytes--;
    }
    return true;
}
