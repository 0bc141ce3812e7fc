/* Who an address belongs to, in memory: the best row of `owner` for each. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"
#include "store/address.h"

#include <stdbool.h>
#include <stddef.h>

struct sqlite3;

enum owner_kind {
    OWNER_UNKNOWN,
    OWNER_NODE,
    OWNER_POD,
    OWNER_SERVICE,
    OWNER_CACHE,
    OWNER_TUNNEL,
    OWNER_UPSTREAM,
};

struct owner {
    struct address address;
    enum owner_kind kind;
    const char *name;
    const char *node; /* NULL: not known, or on each */
    bool is_dns;
};

struct owners {
    struct arena *arena;
    struct owner *slots; /* open addressing, a power of two */
    size_t slot_count;
    bool has_cache; /* some address is a node-local cache's */
    /* How it asks cluster DNS, "tcp" or "udp"; NULL: no Corefile tells. */
    const char *cache_transport;
};

bool owners_load(struct owners *owners, struct sqlite3 *database,
                 struct arena *arena, struct failure *failure) MUST_CHECK;
void owners_deinit(struct owners *owners);
/* Never NULL: an owner of kind OWNER_UNKNOWN where nobody is known. */
const struct owner *owners_find(const struct owners *owners,
                                const struct address *address);
