#include "correlate/owners.h"

#include "base/hash.h"
#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static enum owner_kind kind_of(const char *name)
{
    static const char *const names[] = {
        [OWNER_NODE] = "node",       [OWNER_POD] = "pod",
        [OWNER_SERVICE] = "service", [OWNER_CACHE] = "cache",
        [OWNER_TUNNEL] = "tunnel",   [OWNER_UPSTREAM] = "upstream",
    };

    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return (enum owner_kind)i;
    return OWNER_UNKNOWN;
}

static struct owner *slot_for(const struct owners *owners,
                              const struct address *address)
{
    size_t at = (size_t)hash_bytes(address->bytes, address->length, 1) &
                (owners->slot_count - 1);

    while (owners->slots[at].address.length != 0 &&
           !address_equals(&owners->slots[at].address, address))
        at = (at + 1) & (owners->slot_count - 1);
    return &owners->slots[at];
}

static bool count_owners(struct sqlite3 *database, int64_t *count,
                         struct failure *failure)
{
    struct sqlite3_stmt *row =
        sql_prepare(database, "SELECT count(*) FROM v_owner", failure);
    bool ok = row != NULL;

    if (ok && sql_next(row, &ok, failure))
        *count = sql_integer(row, 0);
    sqlite3_finalize(row);
    return ok;
}

/* How the cache asks: force_tcp in the Corefile that binds its address. What
 * manifests come with is force_tcp, what people change is that: without the
 * Corefile nobody can tell. */
static bool read_cache_transport(struct owners *owners,
                                 struct sqlite3 *database,
                                 struct failure *failure)
{
    struct sqlite3_stmt *row =
        sql_prepare(database,
                    "SELECT max(options LIKE '%force_tcp%') FROM corefile"
                    " WHERE plugin = 'forward' AND owner IN"
                    "  (SELECT owner FROM corefile WHERE plugin = 'bind')",
                    failure);
    bool ok = row != NULL;

    if (ok && sql_next(row, &ok, failure))
        owners->cache_transport = sql_integer(row, 0) == ABSENT ? NULL
                                  : sql_integer(row, 0) == 1    ? "tcp"
                                                                : "udp";
    sqlite3_finalize(row);
    return ok;
}

bool owners_load(struct owners *owners, struct sqlite3 *database,
                 struct arena *arena, struct failure *failure)
{
    struct sqlite3_stmt *rows = NULL;
    int64_t count = 0;
    bool ok;

    *owners = (struct owners){ .arena = arena, .slot_count = 64 };
    if (!count_owners(database, &count, failure) ||
        !read_cache_transport(owners, database, failure))
        return false;
    while (owners->slot_count < (size_t)count * 2)
        owners->slot_count *= 2;
    owners->slots = memory_allocate(owners->slot_count, sizeof *owners->slots);
    rows = sql_prepare(database,
                       "SELECT address, kind, owner, node, is_dns FROM v_owner",
                       failure);
    ok = rows != NULL;
    while (ok && sql_next(rows, &ok, failure)) {
        struct address address = sql_address(rows, 0);
        struct owner *slot = slot_for(owners, &address);

        if (address.length == 0)
            continue;
        slot->address = address;
        slot->kind = kind_of(sql_text(arena, rows, 1));
        slot->name = sql_text(arena, rows, 2);
        slot->node = sql_text(arena, rows, 3);
        slot->is_dns = sql_integer(rows, 4) == 1;
        owners->has_cache |= slot->kind == OWNER_CACHE;
    }
    sqlite3_finalize(rows);
    return ok;
}

void owners_deinit(struct owners *owners)
{
    free(owners->slots);
    *owners = (struct owners){ 0 };
}

const struct owner *owners_find(const struct owners *owners,
                                const struct address *address)
{
    static const struct owner nobody = { .kind = OWNER_UNKNOWN };

    if (address->length == 0)
        return &nobody;
    return slot_for(owners, address);
}
