/* Which evidence the case holds: the view v_available. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

struct sqlite3;

struct available_need {
    const char *need;
    bool is_there;
    const char *what;
    const char *collect;
};

struct available {
    struct available_need *needs;
    size_t count;
};

bool available_load(struct available *available, struct sqlite3 *database,
                    struct arena *arena, struct failure *failure) MUST_CHECK;
/* NULL: no rule may name it. */
const struct available_need *available_find(const struct available *available,
                                            const char *need);
