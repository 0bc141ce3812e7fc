/* Globs: how a snapshot format says what its first line looks like.
 *
 * '*' is any run of bytes, '#' one or more digits, '?' one byte; all else,
 * and what follows a '\', is itself. Only the first GLOB_BYTES of a text count,
 * so a hostile line costs at most GLOB_BYTES times the length of the glob. */
#pragma once

#include "base/text.h"

#include <stdbool.h>

enum {
    GLOB_BYTES = 512,
};

/* True if the glob covers all of the text. */
bool glob_matches(struct text text, const char *glob);
/* True if one of the globs does; NULL ends them. */
bool glob_matches_any(struct text text, const char *const *globs);
