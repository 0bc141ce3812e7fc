/* Sentences with {name} in them, or {name:noun}: "1 packet", "2 packets". */
#pragma once

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>

/* The value of a name, or NULL: then "{name}" stays as it is. */
typedef const char *fill_fn(const void *context, struct text name);

const char *fill_sentence(struct arena *arena, const char *sentence,
                          fill_fn *value, const void *context);
/* "1 packet", "2 packets", "0 entries". */
const char *fill_count(struct arena *arena, const char *count,
                       const char *noun);

struct blank {
    struct text before; /* the text up to it */
    struct text name;
    struct text noun; /* what the value counts; empty */
};

/* Takes the text up to the next {name} or {name:noun}. A name is made of a-z,
 * 0-9 and '_', a noun of letters, '-' and blanks, in the singular; other
 * braces ("{.items[*]}", "{ print $1 }") are text. False at the end:
 * blank->before is then all that was left. */
bool fill_next(struct text *rest, struct blank *blank);
