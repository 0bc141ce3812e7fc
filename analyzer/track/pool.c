#include "track/pool.h"

#include "base/hash.h"
#include "base/memory.h"

#include <assert.h>
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

void pool_init(struct pool *pool, const struct pool_shape *shape)
{
    uint32_t buckets = 1;

    assert(shape->key_bytes % 8 == 0 && shape->entry_bytes % 8 == 0);
    while (buckets < shape->capacity)
        buckets *= 2;
    *pool = (struct pool){
        .entry_bytes = shape->entry_bytes,
        .key_bytes = shape->key_bytes,
        .capacity = shape->capacity,
        .bucket_mask = buckets - 1,
        .evict = shape->evict,
        .context = shape->context,
    };
    pool->entries =
        memory_allocate((size_t)shape->capacity + 1, shape->entry_bytes);
    pool->buckets = memory_allocate(buckets, sizeof *pool->buckets);
}

void pool_deinit(struct pool *pool)
{
    free(pool->entries);
    free(pool->buckets);
    *pool = (struct pool){ 0 };
}

static uint64_t hash_key(const struct pool *pool, const void *key)
{
    const uint8_t *bytes = key;
    uint64_t hash = 0;
    uint64_t word;

    for (size_t i = 0; i < pool->key_bytes; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return hash_mix(hash, 0);
}

static void *find_from(const struct pool *pool, uint32_t index, uint64_t hash,
                       const void *key)
{
    while (index != 0) {
        struct pool_entry *entry = entry_at(pool, index);

        if (entry->hash == hash &&
            memcmp(key_of(entry), key, pool->key_bytes) == 0)
            return entry;
        index = entry->chain;
    }
    return NULL;
}

void *pool_find(const struct pool *pool, const void *key)
{
    uint64_t hash = hash_key(pool, key);

    return find_from(pool, pool->buckets[hash & pool->bucket_mask], hash, key);
}

void *pool_next(const struct pool *pool, const void *entry)
{
    struct pool_entry *of =
        entry_at(pool, ((const struct pool_entry *)entry)->index);

    return find_from(pool, of->chain, of->hash, key_of(of));
}

static void unlink_age(struct pool *pool, struct pool_entry *entry)
{
    if (entry->older != 0)
        entry_at(pool, entry->older)->newer = entry->newer;
    else
        pool->oldest = entry->newer;
    if (entry->newer != 0)
        entry_at(pool, entry->newer)->older = entry->older;
    else
        pool->newest = entry->older;
}

static void link_newest(struct pool *pool, struct pool_entry *entry)
{
    entry->older = pool->newest;
    entry->newer = 0;
    if (pool->newest != 0)
        entry_at(pool, pool->newest)->newer = entry->index;
    else
        pool->oldest = entry->index;
    pool->newest = entry->index;
}

void pool_touch(struct pool *pool, void *touched)
{
    struct pool_entry *entry = touched;

    if (pool->newest == entry->index)
        return;
    unlink_age(pool, entry);
    link_newest(pool, entry);
}

void pool_remove(struct pool *pool, void *removed)
{
    struct pool_entry *entry = removed;
    uint32_t *link = &pool->buckets[entry->hash & pool->bucket_mask];

    while (*link != entry->index)
        link = &entry_at(pool, *link)->chain;
    *link = entry->chain;
    unlink_age(pool, entry);
    entry->chain = pool->freed;
    pool->freed = entry->index;
    pool->count--;
}

static void evict(struct pool *pool, struct pool_entry *entry)
{
    if (pool->evict != NULL)
        pool->evict(pool->context, entry);
    pool_remove(pool, entry);
}

/* Keeps the chain that a new entry joins within its bound. */
static void shorten_chain(struct pool *pool, uint64_t hash)
{
    uint32_t index = pool->buckets[hash & pool->bucket_mask];
    struct pool_entry *last = NULL;
    unsigned length = 0;

    for (; index != 0; index = last->chain) {
        last = entry_at(pool, index);
        length++;
    }
    if (length >= POOL_CHAIN_MAX)
        evict(pool, last);
}

static uint32_t take_index(struct pool *pool)
{
    uint32_t index = pool->freed;

    if (index == 0 && pool->used == pool->capacity) {
        evict(pool, entry_at(pool, pool->oldest));
        index = pool->freed;
    }
    if (index == 0)
        return ++pool->used;
    pool->freed = entry_at(pool, index)->chain;
    return index;
}

void *pool_add(struct pool *pool, const void *key)
{
    uint64_t hash = hash_key(pool, key);
    uint32_t *bucket = &pool->buckets[hash & pool->bucket_mask];
    struct pool_entry *entry;
    uint32_t index;

    shorten_chain(pool, hash);
    index = take_index(pool);
    entry = entry_at(pool, index);
    memset(entry, 0, pool->entry_bytes);
    entry->hash = hash;
    entry->index = index;
    memcpy(key_of(entry), key, pool->key_bytes);
    entry->chain = *bucket;
    *bucket = index;
    link_newest(pool, entry);
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
        evict(pool, entry_at(pool, pool->oldest));
}
