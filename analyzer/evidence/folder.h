/* The entries of one folder, in the byte order of their paths.
 *
 * A folder sorts as if its name ended with '/', so that walking down gives
 * whole paths in byte order. The listing is held in memory, one folder a
 * level. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

struct folder_entry {
    const char *name;
    bool is_folder; /* as listed: opening it may still find something else */
};

struct folder {
    int descriptor;
    struct arena arena;
    struct folder_entry *entries;
    size_t count;
    size_t at;
};

/* Takes over the descriptor, on failure too. */
bool folder_open(struct folder *folder, int descriptor,
                 struct failure *failure) MUST_CHECK;
void folder_close(struct folder *folder);
/* The next entry, or NULL. */
const struct folder_entry *folder_next(struct folder *folder);
