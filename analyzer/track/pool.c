#include "track/pool.h"

#include "base/hash.h"
#include "base/memory.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static struct pool_entry *entry_at(const struct pool *pool, uint32_t index)
{
    return (struct pool_entry *)(void *)(pool->entries +
                                         index * pool->entry_bytes);
}

static uint8_t *key_of(struct pool_entry *entry)
{
    return (uint8_t *)(entry + 1);
}

uint32_t pool_room(uint32_t capacity, int64_t capture_bytes)
{
    int64_t room = POOL_ROOM_MIN + capture_bytes / POOL_BYTES_PER_ENTRY_MIN;

    return room < capacity ? (uint32_t)room : capacity;
}

void pool_init(struct pool *pool, const struct pool_shape *shape)
{
    assert(shape->key_bytes % 8 == 0 && shape->entry_bytes % 8 == 0);
    *pool = (struct pool){
        .entry_bytes = shape->entry_bytes,
        .cleared_bytes = shape->cleared_bytes > 0 ? shape->cleared_bytes
                                                  : shape->entry_bytes,
        .key_bytes = shape->key_bytes,
        .capacity = shape->capacity,
        .bucket_mask = POOL_BUCKETS_MIN - 1,
        .evict = shape->evict,
        .context = shape->context,
    };
    pool->entries =
        memory_allocate((size_t)shape->capacity + 1, shape->entry_bytes);
    pool->links =
        memory_allocate((size_t)shape->capacity + 1, sizeof *pool->links);
    pool->buckets = memory_allocate(POOL_BUCKETS_MIN, sizeof *pool->buckets);
}

void pool_deinit(struct pool *pool)
{
    free(pool->entries);
    free(pool->links);
    free(pool->buckets);
    *pool = (struct pool){ 0 };
}

/* The lengths of the keys in use, for the compiler to unroll the loop. */
static uint64_t hash_key(const struct pool *pool, const void *key)
{
    switch (pool->key_bytes) {
    case 32:
        return hash_words(key, 32);
    case 40:
        return hash_words(key, 40);
    case 48:
        return hash_words(key, 48);
    default:
        return hash_words(key, pool->key_bytes);
    }
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

static struct pool_ref *bucket_of(const struct pool *pool, uint64_t hash)
{
    return &pool->buckets[hash & pool->bucket_mask];
}

static void *find_from(const struct pool *pool, struct pool_ref at,
                       uint64_t hash, const void *key)
{
    for (; at.index != 0; at = pool->links[at.index].chain) {
        struct pool_entry *entry;

        if (at.tag != tag_of(hash))
            continue;
        entry = entry_at(pool, at.index);
        if (entry->hash == hash &&
            words_equal(key_of(entry), key, pool->key_bytes))
            return entry;
    }
    return NULL;
}

void *pool_at(const struct pool *pool, uint32_t index)
{
    assert(index > 0 && index <= pool->used);
    return entry_at(pool, index);
}

void pool_expect_at(const struct pool *pool, uint32_t index)
{
    const uint8_t *entry = pool->entries + index * pool->entry_bytes;

    for (size_t at = 0; at < pool->entry_bytes && at < POOL_EXPECTED_BYTES;
         at += MEMORY_LINE_BYTES)
        __builtin_prefetch(entry + at);
    __builtin_prefetch(&pool->links[index]);
}

struct pool_hint pool_expect(const struct pool *pool, const void *key)
{
    struct pool_hint hint = { .pool = pool, .hash = hash_key(pool, key) };

    __builtin_prefetch(bucket_of(pool, hint.hash));
    return hint;
}

void pool_expect_entry(const struct pool_hint *hint)
{
    struct pool_ref first;

    if (hint->pool == NULL)
        return;
    first = *bucket_of(hint->pool, hint->hash);
    if (first.index != 0 && first.tag == tag_of(hint->hash))
        pool_expect_at(hint->pool, first.index);
}

void *pool_find(const struct pool *pool, const void *key)
{
    uint64_t hash = hash_key(pool, key);

    return find_from(pool, *bucket_of(pool, hash), hash, key);
}

void *pool_next(const struct pool *pool, const void *entry)
{
    uint32_t index = (uint32_t)((const struct pool_entry *)entry)->index;
    struct pool_entry *of = entry_at(pool, index);

    return find_from(pool, pool->links[index].chain, of->hash, key_of(of));
}

static void unlink_age(struct pool *pool, const struct pool_link *link)
{
    if (link->older != 0)
        pool->links[link->older].newer = link->newer;
    else
        pool->oldest = link->newer;
    if (link->newer != 0)
        pool->links[link->newer].older = link->older;
    else
        pool->newest = link->older;
}

static void link_newest(struct pool *pool, uint32_t index)
{
    struct pool_link *link = &pool->links[index];

    link->older = pool->newest;
    link->newer = 0;
    if (pool->newest != 0)
        pool->links[pool->newest].newer = index;
    else
        pool->oldest = index;
    pool->newest = index;
}

void pool_touch(struct pool *pool, const void *touched)
{
    uint32_t index = (uint32_t)((const struct pool_entry *)touched)->index;

    if (pool->newest == index)
        return;
    unlink_age(pool, &pool->links[index]);
    link_newest(pool, index);
}

void pool_remove(struct pool *pool, const void *removed)
{
    const struct pool_entry *entry = removed;
    uint32_t index = (uint32_t)entry->index;
    struct pool_ref *at = bucket_of(pool, entry->hash);

    while (at->index != index)
        at = &pool->links[at->index].chain;
    *at = pool->links[index].chain;
    unlink_age(pool, &pool->links[index]);
    pool->links[index].chain.index = pool->freed;
    pool->freed = index;
    pool->count--;
}

/* The next to go, whose own memory was asked for when the one before it went,
 * and the one after it. */
static void expect_oldest(const struct pool *pool)
{
    uint32_t next = pool->oldest;

    if (next == 0)
        return;
    __builtin_prefetch(bucket_of(pool, entry_at(pool, next)->hash));
    pool_expect_at(pool, pool->links[next].newer);
}

static void evict(struct pool *pool, uint32_t index)
{
    struct pool_entry *entry = entry_at(pool, index);

    if (pool->evict != NULL)
        pool->evict(pool->context, entry);
    pool_remove(pool, entry);
    expect_oldest(pool);
}

/* Keeps the chain that a new entry joins within its bound. */
static void shorten_chain(struct pool *pool, uint32_t index)
{
    uint32_t last = 0;
    unsigned length = 0;

    for (; index != 0; index = pool->links[index].chain.index) {
        last = index;
        length++;
    }
    if (length >= POOL_CHAIN_MAX)
        evict(pool, last);
}

/* Twice as many buckets, so that there are two for each entry and most chains
 * have one: each chain becomes two, in the order it had. */
static void grow(struct pool *pool)
{
    uint32_t count = pool->bucket_mask + 1;
    struct pool_ref *old = pool->buckets;

    pool->buckets = memory_allocate((size_t)count * 2, sizeof *old);
    pool->bucket_mask = count * 2 - 1;
    for (uint32_t i = 0; i < count; i++) {
        struct pool_ref *ends[2] = { &pool->buckets[i],
                                     &pool->buckets[count + i] };

        for (struct pool_ref at = old[i]; at.index != 0;) {
            struct pool_ref next = pool->links[at.index].chain;
            bool is_upper = entry_at(pool, at.index)->hash & count;

            *ends[is_upper] = at;
            ends[is_upper] = &pool->links[at.index].chain;
            *ends[is_upper] = (struct pool_ref){ .index = 0 };
            at = next;
        }
    }
    free(old);
}

static uint32_t take_index(struct pool *pool)
{
    uint32_t index;

    if (pool->freed == 0 && pool->used == pool->capacity)
        evict(pool, pool->oldest);
    index = pool->freed;
    if (index == 0)
        return ++pool->used;
    pool->freed = pool->links[index].chain.index;
    return index;
}

void *pool_add(struct pool *pool, const void *key)
{
    uint64_t hash = hash_key(pool, key);
    struct pool_entry *entry;
    struct pool_ref *bucket;
    uint32_t index;

    if (pool->count > pool->bucket_mask / 2)
        grow(pool);
    bucket = bucket_of(pool, hash);
    shorten_chain(pool, bucket->index);
    index = take_index(pool);
    entry = entry_at(pool, index);
    memset(entry, 0, pool->cleared_bytes);
    entry->hash = hash;
    entry->index = index;
    memcpy(key_of(entry), key, pool->key_bytes);
    pool->links[index].chain = *bucket;
    *bucket = (struct pool_ref){ .tag = tag_of(hash), .index = index };
    link_newest(pool, index);
    pool->count++;
    return entry;
}

void *pool_oldest(const struct pool *pool)
{
    return pool->oldest == 0 ? NULL : entry_at(pool, pool->oldest);
}

void pool_evict_all(struct pool *pool)
{
    while (pool->oldest != 0)
        evict(pool, pool->oldest);
}
