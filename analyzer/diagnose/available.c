#include "diagnose/available.h"

#include "diagnose/query.h"

#include <string.h>

enum {
    NEEDS_MAX = 256,
};

struct loading {
    struct available *available;
    struct arena *arena;
};

static void take_need(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;
    struct available *available = loading->available;

    if (available->count == NEEDS_MAX)
        return;
    available->needs[available->count++] = (struct available_need){
        .need = query_text_or_empty(loading->arena, row, 0),
        .is_there = query_integer(row, 1) > 0,
        .what = query_text_or_empty(loading->arena, row, 2),
        .collect = query_text_or_empty(loading->arena, row, 3),
    };
}

bool available_load(struct available *available, struct sqlite3 *database,
                    struct arena *arena, struct failure *failure)
{
    struct loading loading = { .available = available, .arena = arena };

    *available = (struct available){
        .needs = arena_allocate(arena, NEEDS_MAX * sizeof *available->needs),
    };
    return query_run(database,
                     "SELECT need, is_there, what, collect FROM v_available",
                     take_need, &loading, failure);
}

const struct available_need *available_find(const struct available *available,
                                            const char *need)
{
    for (size_t i = 0; i < available->count; i++)
        if (strcmp(available->needs[i].need, need) == 0)
            return &available->needs[i];
    return NULL;
}
