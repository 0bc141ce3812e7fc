/* Memory: allocation that does not fail, and arenas.
 *
 * Out of memory ends the program with one line; nobody handles it. An arena
 * hands out memory that is given back all at once: one per evidence file,
 * reset when the file's rows have been sent. */
#pragma once

#include "base/attributes.h"

#include <stdarg.h>
#include <stddef.h>

enum {
    MEMORY_LINE_BYTES = 64,
};

/* count * bytes, zeroed. Overflow and exhaustion end the program. */
void *memory_allocate(size_t count, size_t bytes);
/* Not zeroed, on lines of the processor's cache; bytes is a multiple of
 * MEMORY_LINE_BYTES. For free(). */
void *memory_allocate_lines(size_t count, size_t bytes);
/* As realloc(); new memory is not zeroed. */
void *memory_resize(void *old, size_t count, size_t bytes);
/* The sum; overflow ends the program. */
size_t memory_sum(size_t a, size_t b);

struct arena_block;

struct arena {
    struct arena_block *blocks; /* the newest first */
    size_t used_bytes;          /* handed out since the last reset */
};

void arena_init(struct arena *arena);
void arena_deinit(struct arena *arena);
/* Gives everything back, keeping one block for reuse. */
void arena_reset(struct arena *arena);
/* Zeroed memory, aligned for any type, valid until reset or deinit. */
void *arena_allocate(struct arena *arena, size_t bytes);
/* A NUL-terminated copy of length bytes. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length);
char *arena_format(struct arena *arena, const char *format, ...)
    PRINTF_LIKE(2, 3);
