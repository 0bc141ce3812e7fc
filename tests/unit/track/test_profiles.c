#include "track/profiles.h"

#include "store/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
    TCP_HEADER_BYTES = 20,
    PLACES = PROFILES_SETS_MAX * PROFILES_WAYS,
};

/* A packet from a client to a service, and what may be counted of it. */
struct sample {
    struct layer link;
    struct layer ip;
    struct layer tcp;
    struct view view;
};

static void fill(struct sample *sample, uint32_t client, int64_t frame)
{
    memset(sample, 0, sizeof *sample);
    sample->link.kind = LAYER_LINK;
    sample->link.source[5] = 1;
    sample->ip.kind = LAYER_IP;
    sample->ip.address_bytes = 4;
    sample->ip.checksum = CHECKSUM_OK;
    sample->ip.ip_bytes = 100;
    memcpy(sample->ip.source, &client, sizeof client);
    sample->tcp.kind = LAYER_TCP;
    sample->tcp.source_port = 40000;
    sample->tcp.destination_port = 53;
    sample->tcp.header_bytes = TCP_HEADER_BYTES;
    sample->tcp.checksum = CHECKSUM_OK;
    sample->view.link = &sample->link;
    sample->view.levels[0] = (struct level){ .ip = &sample->ip,
                                             .transport = &sample->tcp,
                                             .carries = "",
                                             .carries_id = ABSENT };
    sample->view.level_count = 1;
    sample->view.frame = frame;
    sample->view.at_ns = frame * 10;
    sample->view.direction = "in";
}

struct spilled {
    size_t count;
    struct profile last;
    int64_t packets;
    int64_t bytes;
    int64_t frame; /* of the one spilled last */
    bool is_ordered;
};

static void take(void *context, const struct profile *profile)
{
    struct spilled *spilled = context;

    spilled->count++;
    spilled->last = *profile;
    spilled->packets += profile->packets;
    spilled->bytes += profile->traffic.bytes[0].sum;
    spilled->is_ordered &= profile->first_frame > spilled->frame;
    spilled->frame = profile->first_frame;
}

static void see(struct profiles *profiles, const struct sample *sample)
{
    struct profile_hint hint;

    profile_name(&sample->view, &hint.key);
    profiles_expect(profiles, &hint);
    profiles_expect_slot(profiles, &hint);
    profiles_see(profiles, &sample->view, &hint);
}

static void packets_of_a_kind_are_counted_together(void **state)
{
    struct spilled spilled = { .is_ordered = true };
    struct profiles profiles;
    struct sample sample;

    (void)state;
    profiles_init(&profiles, INT64_MAX, take, &spilled);
    for (int64_t frame = 1; frame <= 3; frame++) {
        fill(&sample, 7, frame);
        sample.tcp.source_port = (uint16_t)(40000 + frame); /* the client's */
        sample.ip.ip_bytes = (uint32_t)(100 * frame);
        sample.view.is_counted = frame == 3;
        see(&profiles, &sample);
    }
    profiles_finish(&profiles);
    assert_int_equal(spilled.count, 1);
    assert_int_equal(spilled.last.packets, 3);
    assert_int_equal(spilled.last.first_frame, 1);
    assert_int_equal(spilled.last.last_frame, 3);
    assert_int_equal(spilled.last.key.levels[0].destination_port, 53);
    assert_int_equal(spilled.last.key.levels[0].transport, PROFILE_TCP);
    assert_int_equal(spilled.last.traffic.packets, 2);
    assert_int_equal(spilled.last.traffic.bytes[0].sum, 300);
    assert_int_equal(spilled.last.traffic.bytes[0].most, 200);
    assert_int_equal(spilled.last.traffic.last_frame, 2);
    assert_int_equal(spilled.last.traffic.last_ns, 20);
    profiles_deinit(&profiles);
}

/* Each of these alone makes a packet another kind. */
static void whatever_is_counted_apart_is_apart(void **state)
{
    struct spilled spilled = { .is_ordered = true };
    struct profiles profiles;
    struct sample samples[9];
    size_t count = sizeof samples / sizeof *samples;

    (void)state;
    profiles_init(&profiles, INT64_MAX, take, &spilled);
    for (size_t i = 0; i < count; i++)
        fill(&samples[i], 7, (int64_t)i + 1);
    samples[1].view.interface = 1;
    samples[2].view.direction = "out";
    samples[3].link.source[5] = 2;
    samples[4].ip.destination[0] = 9;
    samples[5].ip.checksum = CHECKSUM_BAD;
    samples[6].tcp.checksum = CHECKSUM_PARTIAL;
    samples[7].tcp.destination_port = 54;
    samples[8].view.levels[0].carries = "vxlan";
    for (size_t i = 0; i < count; i++)
        see(&profiles, &samples[i]);
    profiles_finish(&profiles);
    assert_int_equal(spilled.count, count);
    assert_true(spilled.is_ordered);
    profiles_deinit(&profiles);
}

/* More kinds than there is room for: every packet is spilled all the same. */
static void a_full_table_loses_nothing(void **state)
{
    struct spilled spilled = { .is_ordered = true };
    struct profiles profiles;
    int64_t frame = 0;

    (void)state;
    profiles_init(&profiles, INT64_MAX, take, &spilled);
    for (int round = 0; round < 2; round++)
        for (uint32_t client = 1; client <= 2 * PLACES; client++) {
            struct sample sample;

            fill(&sample, client, ++frame);
            see(&profiles, &sample);
        }
    assert_true(spilled.count > 0);
    profiles_finish(&profiles);
    assert_true(spilled.count <= (size_t)frame);
    assert_int_equal(spilled.packets, frame);
    assert_int_equal(spilled.bytes, frame * 100);
    profiles_finish(&profiles);
    assert_int_equal(spilled.packets, frame);
    profiles_deinit(&profiles);
}

static void small_capture_has_a_small_table(void **state)
{
    struct spilled spilled = { .is_ordered = true };
    struct profiles profiles;

    (void)state;
    profiles_init(&profiles, 0, take, &spilled);
    assert_true(profiles.set_mask < PROFILES_SETS_MAX / 16);
    for (uint32_t client = 1; client <= 1000; client++) {
        struct sample sample;

        fill(&sample, client, client);
        see(&profiles, &sample);
    }
    profiles_finish(&profiles);
    assert_int_equal(spilled.packets, 1000);
    profiles_deinit(&profiles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packets_of_a_kind_are_counted_together),
        cmocka_unit_test(whatever_is_counted_apart_is_apart),
        cmocka_unit_test(a_full_table_loses_nothing),
        cmocka_unit_test(small_capture_has_a_small_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
