/* Damaged frames by the ten thousand, each in an allocation of its size: no
 * crash, no leak, no row that is not a row. The sanitizers judge. */
#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    FRAMES_MAX = 64,
    MUTANTS = 40000,
};

struct collection {
    struct bytes *frames;
    size_t count;
};

static uint64_t random_state;

/* xorshift64: the same numbers on every run. */
static uint32_t random_number(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16) % below;
}

static void collect(struct collection *collection, const struct scene *scene)
{
    assert_true(collection->count < FRAMES_MAX);
    collection->frames[collection->count++] = scene->frame;
}

static void collect_tcp(struct collection *collection, struct scene *scene)
{
    struct bytes query = dns_query(7, "www.example.org", 1);
    struct ends ends = { .source = CLIENT,
                         .destination = SERVER,
                         .source_port = 40000,
                         .destination_port = 53,
                         .sequence = 100,
                         .flags = SYN };

    scene_tcp(scene, &ends, NULL, 0);
    collect(collection, scene);
    ends.sequence++;
    ends.acknowledgment = 500;
    ends.flags = ACK;
    memmove(query.data + 2, query.data, query.length);
    set_16(query.data, (unsigned)query.length);
    scene_tcp(scene, &ends, query.data, query.length + 2);
    collect(collection, scene);
    scene_tcp(scene, &ends, query.data, 9);
    collect(collection, scene);
    ends.sequence += 9;
    scene_tcp(scene, &ends, query.data + 9, query.length - 7);
    collect(collection, scene);
    ends.flags = FIN | ACK;
    scene_tcp(scene, &ends, NULL, 0);
    collect(collection, scene);
}

static void collect_frames(struct collection *collection)
{
    struct bytes query = dns_query(7, "www.example.org", 28);
    struct bytes answer = dns_answer(7, "www.example.org", 28);
    struct scene scene;

    scene_begin(&scene);
    for (uint32_t vni = 0; vni < 3; vni++) {
        scene.vni = vni;
        scene.link_type = vni == 2 ? LINK_COOKED : LINK_ETHERNET;
        scene_ask(&scene, 40000, &query);
        collect(collection, &scene);
        scene_answer(&scene, 40000, &answer);
        collect(collection, &scene);
        scene_refuse(&scene, CLIENT, SERVER);
        collect(collection, &scene);
        collect_tcp(collection, &scene);
    }
    /* First and last fragment. */
    scene_answer(&scene, 40000, &answer);
    scene.frame.data[16 + 6] = 0x20;
    collect(collection, &scene);
    scene.frame.data[16 + 6] = 0;
    scene.frame.data[16 + 7] = 1;
    collect(collection, &scene);
    scene_end(&scene);
    scene_close(&scene);
}

static void put_nothing(struct sink *sink, enum table_id table, const void *row)
{
    (void)sink;
    (void)table;
    (void)row;
}

static void feed_mutant(struct tracker *tracker, const struct bytes *frame,
                        int64_t number)
{
    static const int link_types[] = { LINK_ETHERNET, LINK_COOKED, 0, 101, 276 };
    size_t length = frame->length;
    uint8_t *exact;
    struct tracker_frame fed = {
        .number = number,
        .at_ns = number * 100000 - random_number(300000),
        .interface = random_number(3),
    };

    if (random_number(4) == 0)
        length = random_number((uint32_t)length);
    exact = malloc(length + (length == 0));
    memcpy(exact, frame->data, length);
    for (uint32_t i = random_number(6); i > 0 && length > 0; i--)
        exact[random_number((uint32_t)length)] = (uint8_t)random_number(256);
    fed.frame.bytes = exact;
    fed.frame.captured_bytes = length;
    fed.frame.wire_bytes = length + random_number(3) * random_number(2000);
    fed.frame.link_type = frame->data[0] == 0 ? LINK_COOKED : LINK_ETHERNET;
    if (random_number(16) == 0)
        fed.frame.link_type = link_types[random_number(5)];
    tracker_frame(tracker, &fed);
    tracker_flush(tracker);
    free(exact);
}

static void mutants_are_survived(void **state)
{
    struct sink sink = { .put = put_nothing };
    struct collection collection = { 0 };
    struct tracker_totals totals;
    struct tracker *tracker;

    (void)state;
    random_state = 88172645463325252u;
    collection.frames = calloc(FRAMES_MAX, sizeof *collection.frames);
    collect_frames(&collection);
    tracker = tracker_create(&(struct decode_options){ 0 }, 1, &sink);
    for (int64_t i = 1; i <= MUTANTS; i++)
        feed_mutant(
            tracker,
            &collection.frames[random_number((uint32_t)collection.count)], i);
    tracker_finish(tracker, &totals);
    tracker_destroy(tracker);
    free(collection.frames);
    assert_int_equal(totals.packets, MUTANTS);
    assert_true(sink.rows > MUTANTS / 10);
}

/* A sink that is full ends nothing, it only gets no more. */
static void closed_sink_is_respected(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.rows.sink.is_closed = true;
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    assert_string_equal(scene.rows.text, "");
    assert_int_equal(scene.totals.packets, 1);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mutants_are_survived),
        cmocka_unit_test(closed_sink_is_respected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
