/* Headers that nobody knows, that contradict themselves, and too many. */
#include "unit/decode/frames.h"

static const struct sample samples[] = {
    {
        .name = "ospf",
        .caption = "IP 192.168.56.11 > 192.168.56.12: OSPFv0, unknown "
                   "LS-type 0, length 24",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500002c12344000405936ddc0a8"
               "380bc0a8380c00000000000000000000000000000000000000000000"
               "0000",
        .reads = "ethernet, ipv4 ok: unknown",
    },
    {
        .name = "lldp",
        .caption = "LLDP, length 46",
        .link_type = 1,
        .hex = "02000000000c02000000000b88cc0000000000000000000000000000"
               "00000000000000000000000000000000000000000000000000000000"
               "00000000",
        .reads = "ethernet: unknown",
    },
    {
        .name = "tcp with data offset 4",
        .caption = "IP 10.244.1.5.1 > 10.244.2.7.2: tcp 4 [bad hdr length 16 "
                   "- too short, < 20]",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000281234400040060fa90af4"
               "01050af402070001000200000003000000044010000000000000",
        .reads = "ethernet, ipv4 ok, tcp: malformed",
    },
    {
        .name = "ipv4 version 5",
        .caption = "IP5 (invalid)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08005500003100014000401121c80af4"
               "01050af402079c410035001d2a5b1a2b010000010000000000000161"
               "01620000010001",
        .reads = "ethernet, ipv4: malformed",
    },
    {
        .name = "udp length 7",
        .caption = "IP 10.244.1.5.1 > 10.244.2.7.2: truncated-udplength 7",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500001c1234400040110faa0af4"
               "01050af402070001000200071234",
        .reads = "ethernet, ipv4 ok, udp: malformed",
    },
    {
        .name = "ip length beyond the frame",
        .caption = "IP truncated-ip - 151 bytes missing! 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000c81234400040110efe0af4"
               "01050af402079c410035001d2a5b1a2b010000010000000000000161"
               "01620000010001",
        .reads = "ethernet, ipv4 ok, udp ok: complete",
    },
    {
        .name = "tcp header longer than its packet",
        .caption = "IP 10.244.1.5.1 > 10.244.2.7.2: Flags [.] [bad hdr "
                   "length 60 - too long, > 20]",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000281234400040060fa90af4"
               "01050af40207000100020000000300000004f010000000000000",
        .reads = "ethernet, ipv4 ok, tcp bad: short",
    },
    {
        .name = "six ip headers",
        .caption = "IP 10.0.0.5 > 10.0.1.5: IP 10.0.0.4 > 10.0.1.4: IP "
                   "10.0.0.3 > 10.0.1.3: IP 10.0.0.2 > 10.0.1.2: IP 10.0.0.1 "
                   "> 10.0.1.1: IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ "
                   "A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500009512344000400413280a00"
               "00050a00010545000081123440004004133e0a0000040a0001044500"
               "006d12344000400413540a0000030a00010345000059123440004004"
               "136a0a0000020a0001024500004512344000400413800a0000010a00"
               "01014500003100014000401121c80af401050af402079c410035001d"
               "2a5b1a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, ipv4 ok, ipv4 ok, ipv4 ok, ipv4 ok: too "
                 "deep",
    },
    {
        .name = "tags without end",
        .caption = "[|vlan]",
        .link_type = 1,
        .hex = "02000000000c02000000000b81000001810000018100000181000001"
               "81000001810000018100000181000001810000018100000181000001"
               "81000001810000018100000181000001810000018100000181000001"
               "81000001810000018100000181000001810000018100000181000001"
               "81000001810000018100000181000001810000018100",
        .reads = "ethernet, vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, "
                 "vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, "
                 "vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, vlan 1, "
                 "vlan 1, vlan 1, vlan 1: too deep",
    },
    {
        .name = "jumbo option",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: HBH [No valid "
                   "Jumbo Payload Hop-by-Hop option found] (invalid)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000000040fd0000100244"
               "00010000000000000005fd0000100244000200000000000000070600"
               "c204000000640001000200000003000000045010faf07ca000007a7a"
               "7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a"
               "7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a"
               "7a7a7a7a7a7a7a7a7a7a7a7a7a7a",
        .reads = "ethernet, ipv6, hop-by-hop, tcp ok: complete",
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

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_layer_is_named),
        cmocka_unit_test(test_every_prefix_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
