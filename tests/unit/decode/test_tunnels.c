/* One of each other encapsulation, and what is named but not opened. */
#include "unit/decode/frames.h"

static const struct sample samples[] = {
    {
        .name = "gre",
        .caption = "IP 192.168.56.11 > 192.168.56.12: GREv0, length 53: IP "
                   "10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500004912344000402f36eac0a8"
               "380bc0a8380c000008004500003100014000401121c80af401050af4"
               "02079c410035001d2a5b1a2b01000001000000000000016101620000"
               "010001",
        .reads = "ethernet, ipv4 ok, gre, ipv4 ok, udp ok: complete",
    },
    {
        .name = "gre checksum, key, sequence, ethernet",
        .caption = "IP 192.168.56.11 > 192.168.56.12: GREv0, off 0x0, "
                   "key=0x100001, seq 9, length 79: IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006312344000402f36d0c0a8"
               "380bc0a8380cb00065582fab00000010000100000009660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, ipv4 ok, gre 1048577 ok, ethernet, ipv4 ok, udp "
                 "ok: complete",
    },
    {
        .name = "nvgre",
        .caption = "IP 192.168.56.11 > 192.168.56.12: GREv0, key=0x139977, "
                   "length 71: IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? "
                   "a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005b12344000402f36d8c0a8"
               "380bc0a8380c20006558001399776600000000026600000000010800"
               "4500003100014000401121c80af401050af402079c410035001d2a5b"
               "1a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, gre 1284471, ethernet, ipv4 ok, udp ok: "
                 "complete",
    },
    {
        .name = "erspan I",
        .caption = "IP 192.168.56.11 > 192.168.56.12: GREv0, length 67: "
                   "gre-proto-0x88be",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005712344000402f36dcc0a8"
               "380bc0a8380c000088be660000000002660000000001080045000031"
               "00014000401121c80af401050af402079c410035001d2a5b1a2b0100"
               "0001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, gre, ethernet, ipv4 ok, udp ok: complete",
    },
    {
        .name = "erspan II",
        .caption = "IP 192.168.56.11 > 192.168.56.12: GREv0, seq 1, length "
                   "79: gre-proto-0x88be",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006312344000402f36d0c0a8"
               "380bc0a8380c100088be000000011000006400000000660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, ipv4 ok, gre, erspan 100, ethernet, ipv4 ok, udp "
                 "ok: complete",
    },
    {
        .name = "erspan III",
        .caption = "IP 192.168.56.11 > 192.168.56.12: GREv0, seq 1, length "
                   "91: gre-proto-0x22eb",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006f12344000402f36c4c0a8"
               "380bc0a8380c100022eb000000012000006500000005000000010000"
               "00000000000066000000000266000000000108004500003100014000"
               "401121c80af401050af402079c410035001d2a5b1a2b010000010000"
               "00000000016101620000010001",
        .reads = "ethernet, ipv4 ok, gre, erspan3 101, ethernet, ipv4 ok, "
                 "udp ok: complete",
    },
    {
        .name = "eoip",
        .caption = "IP 192.168.56.11 > 192.168.56.12: GREv1, call 10752, "
                   "no-payload, length 71",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005b12344000402f36d8c0a8"
               "380bc0a8380c20016400003f2a006600000000026600000000010800"
               "4500003100014000401121c80af401050af402079c410035001d2a5b"
               "1a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, gre 42, ethernet, ipv4 ok, udp ok: "
                 "complete",
    },
    {
        .name = "ipip",
        .caption = "IP 192.168.56.11 > 192.168.56.12: IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000451234400040043719c0a8"
               "380bc0a8380c4500003100014000401121c80af401050af402079c41"
               "0035001d19221a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, ipv4 ok, udp partial: complete",
    },
    {
        .name = "6in4",
        .caption = "IP 192.168.56.11 > 192.168.56.12: IP6 "
                   "fd00:10:244:1::5.40001 > fd00:10:244:2::7.53: 6699+ A? "
                   "a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005912344000402936e0c0a8"
               "380bc0a8380c60000000001d1140fd00001002440001000000000000"
               "0005fd0000100244000200000000000000079c410035001d44961a2b"
               "01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, ipv6, udp ok: complete",
    },
    {
        .name = "4in6",
        .caption = "IP6 fd00:56::11 > fd00:56::12: IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000310440fd0000560000"
               "00000000000000000011fd0000560000000000000000000000124500"
               "003100014000401121c80af401050af402079c410035001d2a5b1a2b"
               "01000001000000000000016101620000010001",
        .reads = "ethernet, ipv6, ipv4 ok, udp ok: complete",
    },
    {
        .name = "gue",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.6080: UDP, length "
                   "53",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000511234400040113700c0a8"
               "380bc0a8380cc35017c0003d00000004000045000031000140004011"
               "21c80af401050af402079c410035001d2a5b1a2b0100000100000000"
               "0000016101620000010001",
        .reads = "ethernet, ipv4 ok, udp zero, gue, ipv4 ok, udp ok: complete",
    },
    {
        .name = "gue version 1",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.6080: UDP, length "
                   "69",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006112344000401136f0c0a8"
               "380bc0a8380cc35017c0004d000060000000001d1140fd0000100244"
               "00010000000000000005fd0000100244000200000000000000079c41"
               "0035001d44961a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, udp zero, gue, ipv6, udp ok: complete",
    },
    {
        .name = "fou",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.5555: UDP, length "
                   "49",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500004d1234400040113704c0a8"
               "380bc0a8380cc35015b3003900004500003100014000401121c80af4"
               "01050af402079c410035001d2a5b1a2b010000010000000000000161"
               "01620000010001",
        .reads = "ethernet, ipv4 ok, udp zero, fou, ipv4 ok, udp ok: complete",
    },
    {
        .name = "gtp-u with extension",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.2152: UDP, length "
                   "65",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005d12344000401136f4c0a8"
               "380bc0a8380cc35008680049000034ff003900001001000000850110"
               "00004500003100014000401121c80af401050af402079c410035001d"
               "2a5b1a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, udp zero, gtp-u 4097, ipv4 ok, udp ok: "
                 "complete",
    },
    {
        .name = "mpls in udp",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.6635: MPLS (label "
                   "16, tc 0, [S], ttl 64) IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000511234400040113700c0a8"
               "380bc0a8380cc35019eb003d00000001014045000031000140004011"
               "21c80af401050af402079c410035001d2a5b1a2b0100000100000000"
               "0000016101620000010001",
        .reads = "ethernet, ipv4 ok, udp zero, mpls-in-udp, mpls 16, ipv4 "
                 "ok, udp ok: complete",
    },
    {
        .name = "ethernet in ip",
        .caption = "IP 192.168.56.11 > 192.168.56.12: [Ethernet requires "
                   "IPv6] (invalid)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005312344000408f3680c0a8"
               "380bc0a8380c66000000000266000000000108004500003100014000"
               "401121c80af401050af402079c410035001d2a5b1a2b010000010000"
               "00000000016101620000010001",
        .reads = "ethernet, ipv4 ok, ethernet, ipv4 ok, udp ok: complete",
    },
    {
        .name = "esp",
        .caption = "IP 192.168.56.11 > 192.168.56.12: "
                   "ESP(spi=0x00c0ffee,seq=0x7), length 40",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500003c12344000403236f4c0a8"
               "380bc0a8380c00c0ffee000000070000000000000000000000000000"
               "000000000000000000000000000000000000",
        .reads = "ethernet, ipv4 ok, esp 12648430: complete",
    },
    {
        .name = "esp in udp",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4500: UDP-encap: "
                   "ESP(spi=0x00c0ffee,seq=0x7), length 40",
        .link_type = 1,
        .hex = "02000000000c02000000000b080045000044123440004011370dc0a8"
               "380bc0a8380cc35011940030000000c0ffee00000007000000000000"
               "0000000000000000000000000000000000000000000000000000",
        .reads = "ethernet, ipv4 ok, udp zero, esp-in-udp 12648430: complete",
    },
    {
        .name = "ike in udp",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4500: "
                   "NONESP-encap: isakmp:",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000401234400040113711c0a8"
               "380bc0a8380cc3501194002c00000000000000000000000000000000"
               "00000000000000000000000000000000000000000000",
        .reads = "ethernet, ipv4 ok, udp zero: complete",
    },
    {
        .name = "wireguard",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.51820: UDP, "
                   "length 32",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500003c1234400040113715c0a8"
               "380bc0a8380cc350ca6c002800000400000034120000000000000000"
               "000000000000000000000000000000000000",
        .reads = "ethernet, ipv4 ok, udp zero, wireguard 4660: complete",
    },
    {
        .name = "l2tp",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.1701: "
                   "l2tp:[TLS](0/0)Ns=0,Nr=0 ZLB",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000281234400040113729c0a8"
               "380bc0a8380cc35006a500140000c802000c0000000000000000",
        .reads = "ethernet, ipv4 ok, udp zero, l2tp: complete",
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
