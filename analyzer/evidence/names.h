/* Paths of evidence as they are stored: one line of text, unique.
 *
 * Control bytes and bytes that are no UTF-8 become \xNN. A name that an
 * archive holds twice gets '~2', '~3' ... from the second on. */
#pragma once

#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    NAME_BYTES_MAX = 4096,
    NAME_DEPTH_MAX = 64, /* components */
};

/* prefix/name escaped; an empty prefix adds nothing. */
char *name_join(struct arena *arena, const char *prefix, const char *name);

/* Why a name of an archive member is refused; NULL if it is not. */
const char *name_refusal(const char *name);
/* Without leading "./". */
const char *name_trim(const char *name);

struct name_count {
    uint64_t hash; /* 0: free */
    uint32_t count;
};

struct name_set {
    struct name_count *entries;
    size_t room; /* a power of two */
    size_t used;
};

void name_set_init(struct name_set *set);
void name_set_deinit(struct name_set *set);
/* The path, or a numbered form of it, that was not given before. */
const char *name_set_add(struct name_set *set, struct arena *arena,
                         const char *path);
