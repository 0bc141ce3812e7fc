/* Untrusted bytes: a cursor that cannot read past its end.
 *
 * The one idea: a reader is a window [at, end) into `base`, and every read
 * first takes a smaller window. A read past the end gives zero and sets
 * `failed`, which sticks; nothing moves backwards. `base` never changes, so
 * reader_offset() is the absolute position at every depth.
 * After a failure reads give zero: loops must test reader_left() or
 * reader_ok(), never a count from the input alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct reader {
    const uint8_t *base;
    size_t at;
    size_t end;
    bool failed;
};

static inline struct reader reader_over(const uint8_t *bytes, size_t length)
{
    return (struct reader){ .base = bytes, .at = 0, .end = length };
}

static inline size_t reader_left(const struct reader *in)
{
    return in->end - in->at;
}

static inline bool reader_ok(const struct reader *in)
{
    return !in->failed;
}

static inline size_t reader_offset(const struct reader *in)
{
    return in->at;
}

/* Takes the next length bytes as a reader of their own: the one way into a
 * field that states its own length. */
static inline struct reader reader_take(struct reader *in, size_t length)
{
    struct reader taken = *in;

    if (length > reader_left(in)) {
        in->failed = true;
        in->at = in->end;
        return *in;
    }
    in->at += length;
    taken.end = in->at;
    return taken;
}

/* Cuts the window to at most length bytes: drops padding and trailers.
 * Returns how many of the promised bytes are not there: snapped, which is not
 * malformed. */
static inline size_t reader_limit(struct reader *in, size_t length)
{
    if (length > reader_left(in))
        return length - reader_left(in);
    in->end = in->at + length;
    return 0;
}

static inline void reader_skip(struct reader *in, size_t length)
{
    (void)reader_take(in, length);
}

/* Takes the next length bytes, more than 0, as an address; NULL if they are
 * not there. For fixed widths in this file: compilers make one load of what
 * the loop of reader_big_endian() costs a load a byte. */
static inline const uint8_t *reader_bytes(struct reader *in, size_t length)
{
    size_t at = in->at;

    if (length > reader_left(in)) {
        in->failed = true;
        in->at = in->end;
        return NULL;
    }
    in->at = at + length;
    return in->base + at;
}

static inline uint64_t reader_big_endian(struct reader *in, size_t width)
{
    struct reader field = reader_take(in, width);
    uint64_t value = 0;

    while (field.at < field.end)
        value = value << 8 | field.base[field.at++];
    return value;
}

static inline uint64_t reader_little_endian(struct reader *in, size_t width)
{
    struct reader field = reader_take(in, width);
    uint64_t value = 0;
    unsigned shift = 0;

    while (field.at < field.end) {
        value |= (uint64_t)field.base[field.at++] << shift;
        shift += 8;
    }
    return value;
}

static inline uint8_t reader_u8(struct reader *in)
{
    const uint8_t *byte = reader_bytes(in, 1);

    return byte == NULL ? 0 : byte[0];
}

static inline uint16_t reader_u16(struct reader *in)
{
    const uint8_t *byte = reader_bytes(in, 2);

    if (byte == NULL)
        return 0;
    return (uint16_t)(byte[0] << 8 | byte[1]);
}

static inline uint32_t reader_u24(struct reader *in)
{
    const uint8_t *byte = reader_bytes(in, 3);

    if (byte == NULL)
        return 0;
    return (uint32_t)byte[0] << 16 | (uint32_t)byte[1] << 8 | byte[2];
}

static inline uint32_t reader_u32(struct reader *in)
{
    const uint8_t *byte = reader_bytes(in, 4);

    if (byte == NULL)
        return 0;
    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 |
           (uint32_t)byte[2] << 8 | byte[3];
}

static inline uint64_t reader_u64(struct reader *in)
{
    const uint8_t *byte = reader_bytes(in, 8);

    if (byte == NULL)
        return 0;
    return (uint64_t)byte[0] << 56 | (uint64_t)byte[1] << 48 |
           (uint64_t)byte[2] << 40 | (uint64_t)byte[3] << 32 |
           (uint64_t)byte[4] << 24 | (uint64_t)byte[5] << 16 |
           (uint64_t)byte[6] << 8 | byte[7];
}

/* Copies length bytes out; zeros where they are missing. */
static inline void reader_copy(struct reader *in, uint8_t *to, size_t length)
{
    const uint8_t *bytes = length > 0 ? reader_bytes(in, length) : NULL;

    if (bytes != NULL)
        memcpy(to, bytes, length);
    else if (length > 0)
        memset(to, 0, length);
}

/* The byte at an absolute offset of the whole buffer, or -1 outside
 * [0, end). For lookbacks such as DNS compression pointers. */
static inline int reader_peek(const struct reader *in, size_t offset)
{
    return offset < in->end ? in->base[offset] : -1;
}
