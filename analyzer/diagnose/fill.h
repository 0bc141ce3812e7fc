/* Sentences with {name} in them. */
#pragma once

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>

/* The value of a name, or NULL: then "{name}" stays as it is. */
typedef const char *fill_fn(const void *context, struct text name);

const char *fill_sentence(struct arena *arena, const char *sentence,
                          fill_fn *value, const void *context);
/* Takes the text up to the next {name}, and the name. A name is made of a-z,
 * 0-9 and '_'; other braces ("{.items[*]}", "{ print $1 }") are text. False
 * at the end: `before` is then all that was left. */
bool fill_next(struct text *rest, struct text *before, struct text *name);
