#include "track/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct thing {
    struct pool_entry entry;
    uint64_t key;
    int value;
    int spare;
};

struct evicted {
    uint64_t keys[256];
    size_t count;
};

static void note(void *context, void *entry)
{
    struct evicted *evicted = context;

    evicted->keys[evicted->count++] = ((struct thing *)entry)->key;
}

static void begin(struct pool *pool, uint32_t capacity, struct evicted *evicted)
{
    evicted->count = 0;
    pool_init(pool, &(struct pool_shape){ .entry_bytes = sizeof(struct thing),
                                          .key_bytes = sizeof(uint64_t),
                                          .capacity = capacity,
                                          .evict = note,
                                          .context = evicted });
}

static struct thing *add(struct pool *pool, uint64_t key)
{
    return pool_add(pool, &key);
}

static struct thing *find(struct pool *pool, uint64_t key)
{
    return pool_find(pool, &key);
}

static void full_pool_evicts_what_was_not_touched(void **state)
{
    struct evicted evicted;
    struct pool pool;

    (void)state;
    begin(&pool, 3, &evicted);
    add(&pool, 1);
    add(&pool, 2);
    add(&pool, 3);
    pool_touch(&pool, find(&pool, 1));
    add(&pool, 4);
    assert_int_equal(evicted.count, 1);
    assert_int_equal(evicted.keys[0], 2);
    assert_null(find(&pool, 2));
    assert_non_null(find(&pool, 1));
    pool_evict_all(&pool);
    assert_int_equal(evicted.count, 4);
    assert_int_equal(evicted.keys[1], 3);
    assert_int_equal(evicted.keys[2], 1);
    assert_int_equal(evicted.keys[3], 4);
    assert_int_equal(pool.count, 0);
    pool_deinit(&pool);
}

static void one_key_may_have_several_entries(void **state)
{
    struct evicted evicted;
    struct pool pool;
    struct thing *thing;

    (void)state;
    begin(&pool, 8, &evicted);
    add(&pool, 5)->value = 1;
    add(&pool, 6)->value = 2;
    add(&pool, 5)->value = 3;
    thing = find(&pool, 5);
    assert_int_equal(thing->value, 3);
    thing = pool_next(&pool, thing);
    assert_int_equal(thing->value, 1);
    assert_null(pool_next(&pool, thing));
    pool_deinit(&pool);
}

static void removed_entry_is_used_again_and_clean(void **state)
{
    struct evicted evicted;
    struct pool pool;
    struct thing *thing;

    (void)state;
    begin(&pool, 2, &evicted);
    thing = add(&pool, 1);
    thing->value = 9;
    pool_remove(&pool, thing);
    assert_null(find(&pool, 1));
    thing = add(&pool, 2);
    assert_int_equal(thing->value, 0);
    add(&pool, 3);
    assert_int_equal(evicted.count, 0);
    assert_int_equal(pool.count, 2);
    pool_deinit(&pool);
}

/* Equal keys always share a chain: the oldest of too many goes. */
static void chain_is_bounded(void **state)
{
    struct evicted evicted;
    struct pool pool;

    (void)state;
    begin(&pool, 1000, &evicted);
    for (int i = 0; i < POOL_CHAIN_MAX + 10; i++)
        add(&pool, 7)->value = i;
    assert_int_equal(pool.count, POOL_CHAIN_MAX);
    assert_int_equal(evicted.count, 10);
    pool_deinit(&pool);
}

static void many_entries_are_all_found(void **state)
{
    struct evicted evicted;
    struct pool pool;

    (void)state;
    begin(&pool, 5000, &evicted);
    for (uint64_t i = 0; i < 5000; i++)
        add(&pool, i * i)->value = (int)i;
    for (uint64_t i = 0; i < 5000; i++)
        assert_int_equal(find(&pool, i * i)->value, i);
    assert_null(find(&pool, 3));
    pool_deinit(&pool);
}

/* Chains are split as the table fills: equal keys keep their order, and what
 * was removed stays away. */
static void growing_pool_keeps_its_order(void **state)
{
    enum {
        KEYS = 1000,
        TIMES = 3
    };
    struct evicted evicted;
    struct pool pool;

    (void)state;
    begin(&pool, KEYS * TIMES, &evicted);
    for (int time = 0; time < TIMES; time++)
        for (uint64_t key = 0; key < KEYS; key++)
            add(&pool, key)->value = time;
    for (uint64_t key = 0; key < KEYS; key += 2)
        pool_remove(&pool, find(&pool, key));
    for (uint64_t key = 0; key < KEYS; key++) {
        const struct thing *thing = find(&pool, key);
        int newest = key % 2 == 0 ? TIMES - 2 : TIMES - 1;

        for (int value = newest; value >= 0; value--) {
            assert_non_null(thing);
            assert_int_equal(thing->value, value);
            thing = pool_next(&pool, thing);
        }
        assert_null(thing);
    }
    assert_null(find(&pool, KEYS));
    assert_int_equal(evicted.count, 0);
    pool_deinit(&pool);
}

/* What is expected is only asked for: an absent key is still absent. */
static void expecting_changes_nothing(void **state)
{
    struct evicted evicted;
    struct pool_hint hint;
    struct pool pool;
    uint64_t key = 7;

    (void)state;
    begin(&pool, 3, &evicted);
    hint = pool_expect(&pool, &key);
    pool_expect_entry(&hint);
    assert_null(find(&pool, key));
    add(&pool, key)->value = 1;
    hint = pool_expect(&pool, &key);
    pool_expect_entry(&hint);
    assert_int_equal(find(&pool, key)->value, 1);
    pool_deinit(&pool);
}

static void room_follows_the_file(void **state)
{
    (void)state;
    assert_int_equal(pool_room(1 << 16, 0), POOL_ROOM_MIN);
    assert_int_equal(pool_room(1 << 16, 4000), POOL_ROOM_MIN + 1000);
    assert_int_equal(pool_room(1 << 16, INT64_MAX), 1 << 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growing_pool_keeps_its_order),
        cmocka_unit_test(expecting_changes_nothing),
        cmocka_unit_test(room_follows_the_file),
        cmocka_unit_test(full_pool_evicts_what_was_not_touched),
        cmocka_unit_test(one_key_may_have_several_entries),
        cmocka_unit_test(removed_entry_is_used_again_and_clean),
        cmocka_unit_test(chain_is_bounded),
        cmocka_unit_test(many_entries_are_all_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
