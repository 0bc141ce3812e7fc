/* Link headers and tags, down to the same DNS query. */
#include "unit/decode/frames.h"

static const struct sample samples[] = {
    {
        .name = "ethernet ipv4 udp",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500003100014000401121c80af4"
               "01050af402079c410035001d2a5b1a2b010000010000000000000161"
               "01620000010001",
        .reads = "ethernet, ipv4 ok, udp ok: complete",
    },
    {
        .name = "ipv4 options, tcp options",
        .caption = "IP 10.244.1.5.40002 > 10.244.2.7.80: Flags [S], seq "
                   "1000, win 64240, options [mss 1410,sackOK,TS val "
                   "16909060 ecr 0,nop,wscale 7], length 0",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800460000401234400040067a8c0af4"
               "01050af40207940400009c420050000003e800000000a002faf08fcd"
               "0000020405820402080a010203040000000001030307",
        .reads = "ethernet, ipv4 ok, tcp ok: complete",
    },
    {
        .name = "padding to 60",
        .caption = "IP 10.244.1.5.40002 > 10.244.2.7.80: Flags [.], seq 1:2, "
                   "ack 2, win 64240, length 1: HTTP",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000291234400040060fa80af4"
               "01050af402079c42005000000001000000025010faf08759000078ee"
               "eeeeeeee",
        .reads = "ethernet, ipv4 ok, tcp ok: complete",
    },
    {
        .name = "icmp echo",
        .caption = "IP 10.244.1.5 > 10.244.2.7: ICMP echo request, id 1, seq "
                   "2, length 13",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000211234400040010fb50af4"
               "01050af402070800f82b0001000270696e6721",
        .reads = "ethernet, ipv4 ok, icmp ok: complete",
    },
    {
        .name = "arp",
        .caption = "ARP, Request who-has 10.244.2.7 tell 10.244.1.5, length "
                   "28",
        .link_type = 1,
        .hex = "ffffffffffff02000000000b0806000108000604000102000000000b"
               "0af401050000000000000af40207",
        .reads = "ethernet, arp: complete",
    },
    {
        .name = "qinq",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b88a80064810020c80800450000310001"
               "4000401121c80af401050af402079c410035001d2a5b1a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, vlan 100, vlan 200, ipv4 ok, udp ok: complete",
    },
    {
        .name = "mpls two labels",
        .caption = "MPLS (label 16, tc 0, ttl 64) (label 17, tc 0, [S], ttl "
                   "64) IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. "
                   "(21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b88470001004000011140450000310001"
               "4000401121c80af401050af402079c410035001d2a5b1a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, mpls 16, mpls 17, ipv4 ok, udp ok: complete",
    },
    {
        .name = "mpls pseudowire with control word",
        .caption = "MPLS (label 18, tc 0, [S], ttl 64)",
        .link_type = 1,
        .hex = "02000000000c02000000000b88470001214000000000660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, mpls 18, ethernet, ipv4 ok, udp ok: complete",
    },
    {
        .name = "pppoe",
        .caption = "PPPoE [ses 0x7] IP 10.244.1.5.40001 > 10.244.2.7.53: "
                   "6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b88641100000700330021450000310001"
               "4000401121c80af401050af402079c410035001d2a5b1a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, pppoe 7, ipv4 ok, udp ok: complete",
    },
    {
        .name = "snap",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b0039aaaa030000000800450000310001"
               "4000401121c80af401050af402079c410035001d2a5b1a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, llc, ipv4 ok, udp ok: complete",
    },
    {
        .name = "stp",
        .caption = "STP 802.1d, Config, Flags [none], bridge-id "
                   "0000.00:00:00:00:00:00.0000, length 35",
        .link_type = 1,
        .hex = "02000000000c02000000000b00264242030000000000000000000000"
               "000000000000000000000000000000000000000000000000",
        .reads = "ethernet, llc: unknown",
    },
    {
        .name = "sll out",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 113,
        .hex = "00040001000602000000000b000008004500003100014000401121c8"
               "0af401050af402079c410035001d2a5b1a2b01000001000000000000"
               "016101620000010001",
        .reads = "sll, ipv4 ok, udp ok: complete",
    },
    {
        .name = "sll2 in",
        .caption = "? In IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. "
                   "(21)",
        .link_type = 276,
        .hex = "08000000000000090001000602000000000b00004500003100014000"
               "401121c80af401050af402079c410035001d2a5b1a2b010000010000"
               "00000000016101620000010001",
        .reads = "sll2, ipv4 ok, udp ok: complete",
    },
    {
        .name = "null, little-endian",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 0,
        .hex = "020000004500003100014000401121c80af401050af402079c410035"
               "001d2a5b1a2b01000001000000000000016101620000010001",
        .reads = "null, ipv4 ok, udp ok: complete",
    },
    {
        .name = "loop ipv6",
        .caption = "IP6 fd00:10:244:1::5.40001 > fd00:10:244:2::7.53: 6699+ "
                   "A? a.b. (21)",
        .link_type = 108,
        .hex = "0000001e60000000001d1140fd000010024400010000000000000005"
               "fd0000100244000200000000000000079c410035001d44961a2b0100"
               "0001000000000000016101620000010001",
        .reads = "null, ipv6, udp ok: complete",
    },
    {
        .name = "raw 12",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 12,
        .hex = "4500003100014000401121c80af401050af402079c410035001d2a5b"
               "1a2b01000001000000000000016101620000010001",
        .reads = "raw, ipv4 ok, udp ok: complete",
    },
    {
        .name = "raw 14",
        .caption = "(tcpdump knows no such link type)",
        .link_type = 14,
        .hex = "60000000001d1140fd000010024400010000000000000005fd000010"
               "0244000200000000000000079c410035001d44961a2b010000010000"
               "00000000016101620000010001",
        .reads = "raw, ipv6, udp ok: complete",
    },
    {
        .name = "raw ipv6",
        .caption = "IP6 fd00:10:244:1::5.40001 > fd00:10:244:2::7.53: 6699+ "
                   "A? a.b. (21)",
        .link_type = 101,
        .hex = "60000000001d1140fd000010024400010000000000000005fd000010"
               "0244000200000000000000079c410035001d44961a2b010000010000"
               "00000000016101620000010001",
        .reads = "raw, ipv6, udp ok: complete",
    },
    {
        .name = "linktype ipv4",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 228,
        .hex = "4500003100014000401121c80af401050af402079c410035001d2a5b"
               "1a2b01000001000000000000016101620000010001",
        .reads = "ipv4 ok, udp ok: complete",
    },
    {
        .name = "linktype ipv6",
        .caption = "IP6 fd00:10:244:1::5.40001 > fd00:10:244:2::7.53: 6699+ "
                   "A? a.b. (21)",
        .link_type = 229,
        .hex = "60000000001d1140fd000010024400010000000000000005fd000010"
               "0244000200000000000000079c410035001d44961a2b010000010000"
               "00000000016101620000010001",
        .reads = "ipv6, udp ok: complete",
    },
    {
        .name = "nflog in",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 239,
        .hex = "020000000800040000000003350009004500003100014000401121c8"
               "0af401050af402079c410035001d2a5b1a2b01000001000000000000"
               "016101620000010001000000",
        .reads = "nflog, ipv4 ok, udp ok: complete",
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
