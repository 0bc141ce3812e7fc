/* Frames with a few bytes changed: nothing is expected but soundness. The
 * changes are the same in every run. */
#include "base/hash.h"
#include "unit/decode/frames.h"

enum {
    MUTATIONS = 300000,
    CHANGES_MAX = 4,
};

/* Deep enough that a change leads far: VXLAN in GRE in IPv6, Geneve with
 * options, MPLS, a fragment, routing and destination options. */
static const char *const seeds[] = {
    "02000000000c 02000000000b 86dd 60000000 007b 2f 40"
    "fd000000000000000000000000000001 fd000000000000000000000000000002"
    "b000 6558 0000 0000 00000007 00000001 02000000000c 02000000000b 8100"
    "0005 0800 4500 0051 1234 4000 40 11 3700 c0a8380b c0a8380c"
    "c350 12b5 003d 1234 08000000 00000900 660000000002 660000000001 0800"
    "4500 0021 0001 4000 40 01 0000 0af40105 0af40207 0304 0000 0000 05aa"
    "4500 0014",
    "02000000000c 02000000000b 8847 00010040 00011140 4500 0058 1234 2000 40"
    "11 0000 c0a8380b c0a8380c c350 17c1 0100 0000 02006558 00000900"
    "01028001 00000007 660000000002 660000000001 86dd 60000000 0200 00 40"
    "fd000000000000000000000000000001 fd000000000000000000000000000002"
    "2b00 c204 00010000 1102 0001 00000000 fd000000000000000000000000000003"
    "9c41 0035 0010 0000 0102030405060708",
    "02000000000c 02000000000b 86dd 60000000 0060 3c 40"
    "fd000000000000000000000000000001 fd000000000000000000000000000002"
    "2c02 0102 0000 c910 fd000000000000000000000000000004 3300 0001 00000007"
    "0404 0000 00000100 00000001 000000000000000000000000"
    "4500 0028 0001 4000 40 06 0000 0af40105 0af40207"
    "9c42 0050 000003e8 00000000 f002 faf0 0000 0000 0204ffff 080a0102",
    "02000000000c 02000000000b 0800 4500 0051 1234 4000 40 11 3700 c0a8380b"
    "c0a8380c c350 0868 003d 0000 34ff 0030 00001001 0000 00 85 01 10 00 00"
    "4500 002c 0001 4000 40 84 0000 0af40105 0af40207"
    "8e3c 8e3c 11223344 00000000 03000010 00000000 00000000 00000000",
};

struct mutation {
    uint8_t bytes[FRAME_BYTES_MAX];
    size_t length;
    struct frame frame;
};

static void mutate(struct mutation *mutation, uint64_t number)
{
    uint64_t random = hash_mix(number, 1);
    size_t changes = random % CHANGES_MAX + 1;

    for (size_t i = 0; i < changes; i++) {
        uint64_t change = hash_mix(random, i + 2);

        mutation->bytes[change % mutation->length] = (uint8_t)(change >> 32);
    }
    random = hash_mix(number, 100);
    mutation->frame.captured_bytes =
        random % 2 == 0 ? mutation->length
                        : (random >> 8) % (mutation->length + 1);
    mutation->frame.wire_bytes =
        (random >> 4) % 2 == 0 ? mutation->length : random >> 32;
}

static void test_mutations_are_sound(void **state)
{
    static struct packet packet;
    static struct mutation mutation;
    size_t deepest = 0;

    (void)state;
    for (uint64_t number = 0; number < MUTATIONS; number++) {
        size_t seed = number % (sizeof(seeds) / sizeof(seeds[0]));
        static struct mutation originals[sizeof(seeds) / sizeof(seeds[0])];

        if (originals[seed].length == 0)
            originals[seed].length =
                frame_from_hex(seeds[seed], originals[seed].bytes);
        mutation.length = originals[seed].length;
        memcpy(mutation.bytes, originals[seed].bytes, mutation.length);
        mutation.frame.bytes = mutation.bytes;
        mutation.frame.link_type = 1;
        mutate(&mutation, number);
        frame_decode_exactly(&mutation.frame, &packet);
        assert_packet_is_sound(&packet, mutation.frame.captured_bytes);
        if (packet.layer_count > deepest)
            deepest = packet.layer_count;
    }
    assert_true(deepest >= 10);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mutations_are_sound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
