/* Files for tests, put together byte by byte in either byte order. */
#pragma once

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct file_bytes {
    uint8_t bytes[8192];
    size_t length;
    bool is_big_endian;
};

static inline void put_number(struct file_bytes *file, uint64_t value,
                              size_t width)
{
    assert(file->length + width <= sizeof file->bytes);
    for (size_t i = 0; i < width; i++) {
        size_t shift = 8 * (file->is_big_endian ? width - 1 - i : i);

        file->bytes[file->length++] = (uint8_t)(value >> shift);
    }
}

static inline void put_u16(struct file_bytes *file, uint16_t value)
{
    put_number(file, value, 2);
}

static inline void put_u32(struct file_bytes *file, uint32_t value)
{
    put_number(file, value, 4);
}

static inline void put_u64(struct file_bytes *file, uint64_t value)
{
    put_number(file, value, 8);
}

static inline void put_bytes(struct file_bytes *file, const void *bytes,
                             size_t length)
{
    assert(file->length + length <= sizeof file->bytes);
    memcpy(file->bytes + file->length, bytes, length);
    file->length += length;
}

static inline void put_padding(struct file_bytes *file)
{
    while (file->length % 4 != 0)
        put_number(file, 0, 1);
}

/* Begins a pcapng block; returns the place for put_block_end(). */
static inline size_t put_block(struct file_bytes *file, uint32_t type)
{
    size_t start = file->length;

    put_u32(file, type);
    put_u32(file, 0);
    return start;
}

static inline void put_block_end(struct file_bytes *file, size_t start)
{
    size_t end;

    put_padding(file);
    put_u32(file, (uint32_t)(file->length + 4 - start));
    end = file->length;
    file->length = start + 4;
    put_u32(file, (uint32_t)(end - start));
    file->length = end;
}

static inline void put_option(struct file_bytes *file, uint16_t code,
                              const void *value, size_t length)
{
    put_u16(file, code);
    put_u16(file, (uint16_t)length);
    put_bytes(file, value, length);
    put_padding(file);
}

static inline void put_option_number(struct file_bytes *file, uint16_t code,
                                     uint64_t value, size_t width)
{
    put_u16(file, code);
    put_u16(file, (uint16_t)width);
    put_number(file, value, width);
    put_padding(file);
}
