/* IPv4 and IPv6 with all that stands between them and the transport. */
#include "unit/decode/frames.h"

static const struct sample samples[] = {
    {
        .name = "ipv6 udp",
        .caption = "IP6 fd00:10:244:1::5.40001 > fd00:10:244:2::7.53: 6699+ "
                   "A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd60000000001d1140fd0000100244"
               "00010000000000000005fd0000100244000200000000000000079c41"
               "0035001d44961a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv6, udp ok: complete",
    },
    {
        .name = "ipv6 hop-by-hop, destination options",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: HBH DSTOPT "
                   "40001 > 53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd60000000002d0040fd0000100244"
               "00010000000000000005fd0000100244000200000000000000073c00"
               "05020000010011000104000000009c410035001d44961a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, ipv6, hop-by-hop, destination-options, udp ok: "
                 "complete",
    },
    {
        .name = "ipv6 first fragment",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: frag (0|32) "
                   "40001 > 53: 6699+ A? a.b. (24)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000282c40fd0000100244"
               "00010000000000000005fd0000100244000200000000000000071100"
               "0001aabbccdd9c410035005d44161a2b010000010000000000000161"
               "01620000010001000000",
        .reads = "ethernet, ipv6 fragment, fragment, udp unverifiable: "
                 "complete",
    },
    {
        .name = "ipv6 later fragment",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: frag (32|16)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000182c40fd0000100244"
               "00010000000000000005fd0000100244000200000000000000071100"
               "0020aabbccdd00000000000000000000000000000000",
        .reads = "ethernet, ipv6 fragment, fragment: complete",
    },
    {
        .name = "ipv6 atomic fragment",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: frag (0|29) "
                   "40001 > 53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000252c40fd0000100244"
               "00010000000000000005fd0000100244000200000000000000071100"
               "0000000000019c410035001d44961a2b010000010000000000000161"
               "01620000010001",
        .reads = "ethernet, ipv6, fragment, udp ok: complete",
    },
    {
        .name = "ipv6 routing type 0",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: RT6 (len=4, "
                   "type=0 [Deprecated], segleft=2, [0]fd00::98, "
                   "[1]fd00::99) 1 > 2: Flags [.], ack 4, win 64240, length 0",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd60000000003c2b40fd0000100244"
               "00010000000000000005fd0000100244000200000000000000070604"
               "000200000000fd000000000000000000000000000098fd0000000000"
               "000000000000000000990001000200000003000000045010faf0b7e5"
               "0000",
        .reads = "ethernet, ipv6, routing, tcp ok: complete",
    },
    {
        .name = "ipv6 segment routing",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: RT6 (len=4, "
                   "type=4, segleft=1, last-entry=1, tag=0, [0]fd00::99, "
                   "[1]fd00:10:244:2::7) 40001 > 53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000452b40fd0000100244"
               "00010000000000000005fd0000100244000200000000000000071104"
               "040101000000fd000000000000000000000000000099fd0000100244"
               "000200000000000000079c410035001d465a1a2b0100000100000000"
               "0000016101620000010001",
        .reads = "ethernet, ipv6, routing, udp ok: complete",
    },
    {
        .name = "ipv6 home address",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: DSTOPT 40001 > "
                   "53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000353c40fd0000100244"
               "00010000000000000005fd0000100244000200000000000000071102"
               "01020000c910fd0000000000000000000000000000779c410035001d"
               "46791a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv6, destination-options, udp ok: complete",
    },
    {
        .name = "ipv6 ah",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: "
                   "AH(spi=0x00000100,seq=0x1,icv=0x000000000000000000000000): "
                   "40001 > 53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000353340fd0000100244"
               "00010000000000000005fd0000100244000200000000000000071104"
               "000000000100000000010000000000000000000000009c410035001d"
               "44961a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv6, ah, udp ok: complete",
    },
    {
        .name = "icmpv6 echo",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: ICMP6, echo "
                   "request, id 1, seq 2, length 12",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd60000000000c3a40fd0000100244"
               "00010000000000000005fd0000100244000200000000000000078000"
               "a22c0001000270696e67",
        .reads = "ethernet, ipv6, icmpv6 ok: complete",
    },
    {
        .name = "sctp",
        .caption = "IP 10.244.1.5.36412 > 10.244.2.7.36412: sctp (1) [SACK] "
                   "[cum ack 0] [a_rwnd 0] [#gap acks 0] [#dup tsns 0]",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000301234400040840f230af4"
               "01050af402078e3c8e3c1122334423bbb2c903000010000000000000"
               "000000000000",
        .reads = "ethernet, ipv4 ok, sctp ok: complete",
    },
    {
        .name = "ipv4 first fragment",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (24)",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000341234200040112f920af4"
               "01050af402079c410035005d29db1a2b010000010000000000000161"
               "01620000010001000000",
        .reads = "ethernet, ipv4 ok fragment, udp unverifiable: complete",
    },
    {
        .name = "ipv4 later fragment",
        .caption = "IP 10.244.1.5 > 10.244.2.7: ip-proto-17",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500002c1234000440114f960af4"
               "01050af4020700000000000000000000000000000000000000000000"
               "0000",
        .reads = "ethernet, ipv4 ok fragment: complete",
    },
    {
        .name = "ipv4 length 0",
        .caption = "IP bad-len 0",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000001234400040060fd10af4"
               "01050af402079c42005000000001000000025010faf0195400007979"
               "79797979797979797979797979797979797979797979797979797979"
               "79797979797979797979797979797979797979797979797979797979"
               "797979797979797979797979",
        .reads = "ethernet, ipv4 ok, tcp partial: complete",
    },
};

enum {
    SAMPLES = sizeof(samples) / sizeof(samples[0]),
};

static void test_each_layer_is_named(void **state)
{
    (void)state;
    assert_samples_read(samples, SAMPLES);
}

static void test_every_prefix_holds(void **state)
{
    (void)state;
    assert_prefixes_hold(samples, SAMPLES);
}

static void test_damage_is_seen(void **state)
{
    (void)state;
    assert_damage_is_seen(samples, SAMPLES);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_layer_is_named),
        cmocka_unit_test(test_every_prefix_holds),
        cmocka_unit_test(test_damage_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
