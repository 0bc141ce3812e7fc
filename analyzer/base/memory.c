#include "base/memory.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARENA_BLOCK_BYTES = 64 * 1024,
};

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

NEVER_RETURNS static void exhausted(void)
{
    fputs("wirecause: out of memory\n", stderr);
    exit(2);
}

void *memory_allocate(size_t count, size_t bytes)
{
    void *memory = calloc(count > 0 ? count : 1, bytes > 0 ? bytes : 1);

    if (memory == NULL)
        exhausted();
    return memory;
}

void *memory_allocate_lines(size_t count, size_t bytes)
{
    size_t total;
    void *memory;

    assert(bytes % MEMORY_LINE_BYTES == 0);
    if (__builtin_mul_overflow(count, bytes, &total))
        exhausted();
    memory =
        aligned_alloc(MEMORY_LINE_BYTES, total > 0 ? total : MEMORY_LINE_BYTES);
    if (memory == NULL)
        exhausted();
    return memory;
}

void *memory_resize(void *old, size_t count, size_t bytes)
{
    size_t total;
    void *memory;

    if (__builtin_mul_overflow(count, bytes, &total))
        exhausted();
    memory = realloc(old, total > 0 ? total : 1);
    if (memory == NULL)
        exhausted();
    return memory;
}

size_t memory_sum(size_t a, size_t b)
{
    size_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        exhausted();
    return sum;
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){ 0 };
}

void arena_deinit(struct arena *arena)
{
    struct arena_block *block = arena->blocks;

    while (block != NULL) {
        struct arena_block *next = block->next;

        free(block);
        block = next;
    }
    *arena = (struct arena){ 0 };
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;

    if (kept == NULL)
        return;
    while (kept->next != NULL) {
        struct arena_block *next = kept->next->next;

        free(kept->next);
        kept->next = next;
    }
    if (kept->size > ARENA_BLOCK_BYTES) {
        free(kept);
        kept = NULL;
    } else {
        kept->used = 0;
    }
    arena->blocks = kept;
    arena->used_bytes = 0;
}

static struct arena_block *block_create(size_t at_least)
{
    size_t size = at_least > ARENA_BLOCK_BYTES ? at_least : ARENA_BLOCK_BYTES;
    struct arena_block *block =
        malloc(memory_sum(sizeof(struct arena_block), size));

    if (block == NULL)
        exhausted();
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

void *arena_allocate(struct arena *arena, size_t bytes)
{
    size_t unit = alignof(max_align_t);
    size_t rounded = memory_sum(bytes > 0 ? bytes : 1, unit - 1) / unit * unit;
    struct arena_block *block = arena->blocks;
    void *memory;

    if (block == NULL || block->size - block->used < rounded) {
        block = block_create(rounded);
        block->next = arena->blocks;
        arena->blocks = block;
    }
    memory = block->bytes + block->used;
    block->used += rounded;
    arena->used_bytes += rounded;
    return memset(memory, 0, rounded);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_allocate(arena, memory_sum(length, 1));

    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    int length;
    char *text;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return arena_copy(arena, "", 0);
    text = arena_allocate(arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}
