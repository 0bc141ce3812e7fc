/* Tunnels at UDP ports that no table and no option names. */
#include "unit/decode/frames.h"

/* RAW, 192.168.56.11.50000 > 192.168.56.12.7777, checksums of IP and UDP as
 * their lengths want them; then what the sample says. */
#define ON_PORT_7777(total, length, sum)                                   \
    "4500" total "1234400040 11" sum "c0a8380b c0a8380c c350 1e61 " length \
    "0000 "
#define QUERY                                                           \
    "45000031 00014000 401121c8 0af40105 0af40207 9c41 0035 001d 2a5b " \
    "1a2b 0100 0001 0000 0000 0000 0161 0162 00 0001 0001"
#define QUERY_71 ON_PORT_7777("0063", "004f", "36ee")
#define MACS     "660000000002 660000000001 "

static const struct sample tunnels[] = {
    {
        .name = "vxlan",
        .link_type = 101,
        .hex = QUERY_71 "08000000 00000900" MACS "0800" QUERY,
        .reads = "raw, ipv4 ok, udp zero, vxlan 9, ethernet, ipv4 ok, udp ok: "
                 "complete",
    },
    {
        .name = "vxlan, padding behind the packet",
        .link_type = 101,
        .hex = ON_PORT_7777("0067", "0053", "36ea") "08000000 00000900" MACS
                                                    "0800" QUERY "00000000",
        .reads = "raw, ipv4 ok, udp zero, vxlan 9, ethernet, ipv4 ok, udp ok: "
                 "complete",
    },
    {
        .name = "vxlan, tag",
        .link_type = 101,
        .hex = ON_PORT_7777("0067", "0053", "36ea") "08000000 00000900" MACS
                                                    "8100 0007 0800" QUERY,
        .reads = "raw, ipv4 ok, udp zero, vxlan 9, ethernet, vlan 7, ipv4 ok, "
                 "udp ok: complete",
    },
    {
        .name = "vxlan, arp",
        .link_type = 101,
        .hex = ON_PORT_7777("004e", "003a",
                            "3703") "08000000 00000900" MACS
                                    "0806 0001 0800 0604 0001 660000000001 "
                                    "0af40105 000000000000 "
                                    "0af40207",
        .reads = "raw, ipv4 ok, udp zero, vxlan 9, ethernet, arp: complete",
    },
    {
        .name = "vxlan, ipv6",
        .link_type = 101,
        .hex = ON_PORT_7777(
            "005a", "0046",
            "36f7") "08000000 00000900" MACS
                    "86dd 60000000 0000 3b40 fd00000000000000 0000000000000001 "
                    "fd00000000000000 0000000000000002",
        .reads = "raw, ipv4 ok, udp zero, vxlan 9, ethernet, ipv6: complete",
    },
    {
        .name = "geneve",
        .link_type = 101,
        .hex = QUERY_71 "00006558 00000900" MACS "0800" QUERY,
        .reads = "raw, ipv4 ok, udp zero, geneve 9, ethernet, ipv4 ok, udp "
                 "ok: complete",
    },
    {
        .name = "geneve, a critical option",
        .link_type = 101,
        .hex =
            ON_PORT_7777("0067", "0053", "36ea") "01406558 00000900"
                                                 "01028000" MACS "0800" QUERY,
        .reads = "raw, ipv4 ok, udp zero, geneve 9, ethernet, ipv4 ok, udp "
                 "ok: complete",
    },
};

#define NO_TUNNEL "raw, ipv4 ok, udp zero: complete"

static const struct sample others[] = {
    {
        .name = "vxlan, a reserved bit",
        .link_type = 101,
        .hex = QUERY_71 "08000000 00000901" MACS "0800" QUERY,
        .reads = NO_TUNNEL,
    },
    {
        .name = "vxlan, flags of an extension",
        .link_type = 101,
        .hex = QUERY_71 "88000000 00000900" MACS "0800" QUERY,
        .reads = NO_TUNNEL,
    },
    {
        .name = "vxlan, no packet of that length",
        .link_type = 101,
        .hex = QUERY_71 "08000000 00000900" MACS "0800 45000132" QUERY,
        .reads = NO_TUNNEL,
    },
    {
        .name = "vxlan, an ether type that nobody tunnels",
        .link_type = 101,
        .hex = QUERY_71 "08000000 00000900" MACS "0801" QUERY,
        .reads = NO_TUNNEL,
    },
    {
        .name = "geneve, version 1",
        .link_type = 101,
        .hex = QUERY_71 "40006558 00000900" MACS "0800" QUERY,
        .reads = NO_TUNNEL,
    },
    {
        .name = "geneve, options beyond the end",
        .link_type = 101,
        .hex = QUERY_71 "3f006558 00000900" MACS "0800" QUERY,
        .reads = NO_TUNNEL,
    },
    {
        .name = "a DNS query",
        .link_type = 101,
        .hex = ON_PORT_7777(
            "0031", "001d",
            "3720") "0800 0000 0001 0000 0000 0000 0161 0162 00 0001 0001",
        .reads = NO_TUNNEL,
    },
};

enum {
    TUNNELS = sizeof(tunnels) / sizeof(tunnels[0]),
    OTHERS = sizeof(others) / sizeof(others[0]),
};

static void test_tunnels_are_recognised(void **state)
{
    (void)state;
    assert_samples_read(tunnels, TUNNELS);
}

static void test_others_are_not(void **state)
{
    (void)state;
    assert_samples_read(others, OTHERS);
}

static void test_every_prefix_holds(void **state)
{
    (void)state;
    assert_prefixes_hold(tunnels, TUNNELS);
    assert_prefixes_hold(others, OTHERS);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tunnels_are_recognised),
        cmocka_unit_test(test_others_are_not),
        cmocka_unit_test(test_every_prefix_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
