/* Untrusted text: slices of a line that cannot be over-read.
 *
 * A `struct text` is a borrowed slice, not NUL-terminated. Every function
 * that takes something off the front moves the slice and never reads past
 * its length. Any byte may occur, NUL included. ASCII rules only: no locale. */
#pragma once

#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *bytes;
    size_t length;
};

/* A slice over a string literal or other NUL-terminated string. */
struct text text_of(const char *string);
struct text text_slice(const char *bytes, size_t length);

bool text_equals(struct text text, const char *string);
/* ASCII case folded. */
bool text_equals_nocase(struct text text, const char *string);
bool text_starts(struct text text, const char *prefix);
bool text_ends(struct text text, const char *suffix);
/* Offset of needle, or -1. */
ptrdiff_t text_find(struct text text, const char *needle);
ptrdiff_t text_find_byte(struct text text, char byte);

/* Without blanks, tabs and CR at both ends. */
struct text text_trim(struct text text);
/* The part from offset on; empty when offset is past the end. */
struct text text_from(struct text text, size_t offset);
struct text text_first(struct text text, size_t length);
/* Copies as much as there is room for, and a NUL. The room is not empty. */
void text_keep(char *to, size_t room, struct text text);
/* Takes prefix off the front if it is there. */
bool text_skip(struct text *text, const char *prefix);
/* Takes the next word (blanks and tabs separate); empty at the end. */
struct text text_word(struct text *text);
/* Takes everything up to the separator, and the separator. The whole rest,
 * if there is none. */
struct text text_until(struct text *text, char separator);
/* Takes the next line without its line end (LF or CR LF). False at the end. */
bool text_line(struct text *rest, struct text *line);

/* The whole slice as a number; false if it is anything else or overflows. */
bool text_integer(struct text text, int64_t *value);
bool text_hex(struct text text, uint64_t *value);
/* A decimal number with an optional fraction and exponent. */
bool text_real(struct text text, double *value);

/* A NUL-terminated copy, cut at the first NUL byte of the slice. */
char *text_copy(struct arena *arena, struct text text);
/* As text_copy, at most `most` bytes. */
char *text_copy_most(struct arena *arena, struct text text, size_t most);
/* As text_copy, ASCII letters in lower case. */
char *text_copy_lower(struct arena *arena, struct text text);
