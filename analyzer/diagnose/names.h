/* A small set of distinct names in order, in an arena: nodes, transports. */
#pragma once

#include "base/memory.h"

#include <stddef.h>

enum {
    NAMES_MAX = 256,
    NAME_BYTES_MAX = 256,
};

struct names {
    struct arena *arena;
    const char **names; /* ends with NULL once there is one */
    size_t count;
};

/* NULL and "" are no names. Beyond NAMES_MAX, names that are new are
 * dropped. */
void names_add(struct names *names, const char *name);
void names_add_all(struct names *names, const char *const *more);
/* Ends with NULL; lives in the arena. */
const char *const *names_list(const struct names *names);
/* "a", "a and b", "a, b and c"; `otherwise` if there is none. */
const char *names_sentence(struct arena *arena, const char *const *list,
                           const char *otherwise);
