/* Link types, tags and tunnels that are seldom met. */
#include "unit/decode/frames.h"

static const struct sample samples[] = {
    {
        .name = "ppp",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 9,
        .hex = "ff0300214500003100014000401121c80af401050af402079c410035"
               "001d2a5b1a2b01000001000000000000016101620000010001",
        .reads = "ppp, ipv4 ok, udp ok: complete",
    },
    {
        .name = "ppp, compressed header, ipv6",
        .caption = "IP6 fd00:10:244:1::5.40001 > fd00:10:244:2::7.53: 6699+ A? "
                   "a.b. (21)",
        .link_type = 9,
        .hex = "5760000000001d1140fd000010024400010000000000000005fd0000"
               "100244000200000000000000079c410035001d44961a2b0100000100"
               "0000000000016101620000010001",
        .reads = "ppp, ipv6, udp ok: complete",
    },
    {
        .name = "pppoe link",
        .caption = "PPPoE [ses 0x7] IP 10.244.1.5.40001 > 10.244.2.7.53: "
                   "6699+ A? a.b. (21)",
        .link_type = 51,
        .hex = "11000007003300214500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "pppoe 7, ipv4 ok, udp ok: complete",
    },
    {
        .name = "pppoe ipv6",
        .caption = "PPPoE [ses 0x7] IP6 fd00:10:244:1::5.40001 > "
                   "fd00:10:244:2::7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b8864110000070047005760000000001d"
               "1140fd000010024400010000000000000005fd000010024400020000"
               "0000000000079c410035001d44961a2b010000010000000000000161"
               "01620000010001",
        .reads = "ethernet, pppoe 7, ipv6, udp ok: complete",
    },
    {
        .name = "vlan 9100 in 9200",
        .caption = "IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b92000007910000080800450000310001"
               "4000401121c80af401050af402079c410035001d2a5b1a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, vlan 7, vlan 8, ipv4 ok, udp ok: complete",
    },
    {
        .name = "mpls upstream",
        .caption = "MPLS (label 16, tc 0, [S], ttl 64) IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b88480001014045000031000140004011"
               "21c80af401050af402079c410035001d2a5b1a2b0100000100000000"
               "0000016101620000010001",
        .reads = "ethernet, mpls 16, ipv4 ok, udp ok: complete",
    },
    {
        .name = "nflog out, big-endian, ipv6",
        .caption = "[|nflog]",
        .link_type = 239,
        .hex = "0a00000000080005000000040049000960000000001d1140fd000010"
               "024400010000000000000005fd000010024400020000000000000007"
               "9c410035001d44961a2b010000010000000000000161016200000100"
               "01000000",
        .reads = "nflog, ipv6, udp ok: complete",
    },
    {
        .name = "nflog attribute too short",
        .caption = "IP [|ip]",
        .link_type = 239,
        .hex = "020000000300090045000031",
        .reads = "nflog: malformed",
    },
    {
        .name = "sll2 without an address",
        .caption = "? In IP 10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? "
                   "a.b. (21)",
        .link_type = 276,
        .hex = "0800000000000003fffe000000000000000000004500003100014000"
               "401121c80af401050af402079c410035001d2a5b1a2b010000010000"
               "00000000016101620000010001",
        .reads = "sll2, ipv4 ok, udp ok: complete",
    },
    {
        .name = "mpls in ip",
        .caption = "IP 192.168.56.11 > 192.168.56.12:  ip-proto-137 53",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000491234400040893690c0a8"
               "380bc0a8380c000101404500003100014000401121c80af401050af4"
               "02079c410035001d2a5b1a2b01000001000000000000016101620000"
               "010001",
        .reads = "ethernet, ipv4 ok, mpls 16, ipv4 ok, udp ok: complete",
    },
    {
        .name = "ah",
        .caption = "IP 10.244.1.5 > 10.244.2.7: "
                   "AH(spi=0x00000100,seq=0x1,icv=0x000000000000000000000000): "
                   "40001 > 53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000491234400040330f5b0af4"
               "01050af4020711040000000001000000000100000000000000000000"
               "00009c410035001d2a5b1a2b01000001000000000000016101620000"
               "010001",
        .reads = "ethernet, ipv4 ok, ah, udp ok: complete",
    },
    {
        .name = "vxlan 6784",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.6784: BFDv0, "
                   "Control, Flags: [none], length: 71",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006312344000401136eec0a8"
               "380bc0a8380cc3501a80004f00000800000000000200660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, ipv4 ok, udp zero, vxlan 2, ethernet, ipv4 ok, udp "
                 "ok: complete",
    },
    {
        .name = "gtp-u",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.2152: UDP, length "
                   "57",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005512344000401136fcc0a8"
               "380bc0a8380cc35008680041000030ff003100001001450000310001"
               "4000401121c80af401050af402079c410035001d2a5b1a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, udp zero, gtp-u 4097, ipv4 ok, udp ok: "
                 "complete",
    },
    {
        .name = "mobility",
        .caption = "IP6 fd00:10:244:1::5 > fd00:10:244:2::7: mobility: BRR",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd6000000000088740fd0000100244"
               "00010000000000000005fd0000100244000200000000000000073b00"
               "0000c5b70000",
        .reads = "ethernet, ipv6, mobility ok: complete",
    },
    {
        .name = "6in6 with an encapsulation limit",
        .caption = "IP6 fd00:56::11 > fd00:56::12: DSTOPT IP6 "
                   "fd00:10:244:1::5.40001 > fd00:10:244:2::7.53: 6699+ A? "
                   "a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd60000000004d3c40fd0000560000"
               "00000000000000000011fd0000560000000000000000000000122900"
               "04010401010060000000001d1140fd00001002440001000000000000"
               "0005fd0000100244000200000000000000079c410035001d44961a2b"
               "01000001000000000000016101620000010001",
        .reads = "ethernet, ipv6, destination-options, ipv6, udp ok: complete",
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

/* NFLOG says where a packet leaves, in the byte order of its writer. */
static void test_nflog_of_a_big_endian_writer(void **state)
{
    static struct packet packet;
    uint8_t bytes[FRAME_BYTES_MAX];
    struct frame frame = { .bytes = bytes, .link_type = 239 };

    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        if (strstr(samples[i].name, "big-endian") != NULL)
            frame.captured_bytes = frame_from_hex(samples[i].hex, bytes);
    frame.wire_bytes = frame.captured_bytes;
    packet_decode(&no_options, &frame, &packet);
    assert_int_equal(packet.ifindex, 4);
    assert_int_equal(packet.direction, DIRECTION_OUT);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_layer_is_named),
        cmocka_unit_test(test_every_prefix_holds),
        cmocka_unit_test(test_damage_is_seen),
        cmocka_unit_test(test_nflog_of_a_big_endian_writer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
