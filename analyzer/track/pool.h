/* A table of fixed room: what is known by a key, forgotten oldest first.
 *
 * The one idea: entries live in one array allocated at the start, hang in
 * hash chains by index and in one list by age, so that the memory of a
 * hostile capture is that of any other. Only the buckets grow with what is
 * in the table: those of few entries stay in the cache. A chain is at most
 * POOL_CHAIN_MAX long (its last entry is evicted for a new one), so that chosen
 * collisions cost time within that bound. An entry starts with a struct
 * pool_entry, directly followed by its key: plain bytes without padding. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
    POOL_CHAIN_MAX = 64,
    POOL_BYTES_PER_ENTRY_MIN = 4,
    POOL_ROOM_MIN = 64,
    POOL_BUCKETS_MIN = 64,
    POOL_EXPECTED_BYTES = 512, /* of an entry, see pool_expect() */
};

struct pool_entry {
    uint64_t hash;
    uint64_t index; /* of itself, from 1 */
};

/* An entry seen from a chain: one that cannot be it by the upper half of its
 * hash is passed without a look at it. Every step is a cache miss. */
struct pool_ref {
    uint32_t tag;
    uint32_t index; /* 0 at the end */
};

/* What ties an entry to others, kept apart from it: making it the youngest
 * touches a line of this, not of its neighbours. */
struct pool_link {
    struct pool_ref chain; /* next of the same bucket */
    uint32_t older;
    uint32_t newer;
};

/* Called with an entry before it is forgotten. */
typedef void pool_evict_fn(void *context, void *entry);

struct pool {
    uint8_t *entries;
    struct pool_link *links;
    struct pool_ref *buckets; /* twice as many as entries, or more */
    size_t entry_bytes;
    size_t cleared_bytes;
    size_t key_bytes;
    uint32_t capacity;
    uint32_t bucket_mask;
    uint32_t used;  /* entries ever handed out */
    uint32_t freed; /* list of removed ones, through `chain` */
    uint32_t count;
    uint32_t oldest;
    uint32_t newest;
    pool_evict_fn *evict; /* NULL: nothing to do */
    void *context;
};

struct pool_shape {
    size_t entry_bytes;
    size_t cleared_bytes; /* of a new entry; 0: all of it */
    size_t key_bytes;     /* a multiple of 8 */
    uint32_t capacity;
    pool_evict_fn *evict;
    void *context;
};

/* The room that a table of at most `capacity` needs for a capture of this
 * size: no packet or message that makes an entry has fewer than
 * POOL_BYTES_PER_ENTRY_MIN bytes in the file. */
uint32_t pool_room(uint32_t capacity, int64_t capture_bytes);
void pool_init(struct pool *pool, const struct pool_shape *shape);
void pool_deinit(struct pool *pool);
/* Where a key will be looked for soon. Memory that is not in the cache takes
 * longer than all else that is done for a packet, so it is asked for early:
 * the bucket first, and once that has come what it points to. Without effect
 * on anything but time; nothing is done for a hint of zero. */
struct pool_hint {
    const struct pool *pool;
    uint64_t hash;
};

struct pool_hint pool_expect(const struct pool *pool, const void *key);
void pool_expect_entry(const struct pool_hint *hint);
/* The newest entry with this key, or NULL. Does not make it younger. */
void *pool_find(const struct pool *pool, const void *key);
/* The next older entry with the same key, or NULL. */
void *pool_next(const struct pool *pool, const void *entry);
/* A new entry, its first cleared_bytes zero but for its key; evicts the oldest
 * of a full pool. Keys may repeat. */
void *pool_add(struct pool *pool, const void *key);
/* Makes the entry the youngest. */
void pool_touch(struct pool *pool, const void *entry);
/* Forgets the entry without a call to evict. */
void pool_remove(struct pool *pool, const void *entry);
/* The entry with this index, which has been handed out; it may be another one
 * by now, or none. */
void *pool_at(const struct pool *pool, uint32_t index);
/* Asks for the memory of an entry. */
void pool_expect_at(const struct pool *pool, uint32_t index);
/* The entry that was not touched for longest, or NULL. */
void *pool_oldest(const struct pool *pool);
/* Evicts everything, oldest first. */
void pool_evict_all(struct pool *pool);
