/* VXLAN and Geneve, and the checksums around and in them. */
#include "unit/decode/frames.h"

static const struct sample samples[] = {
    {
        .name = "vxlan, udp zero",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4789: VXLAN, "
                   "flags [I] (0x08), vni 4096 IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006312344000401136eec0a8"
               "380bc0a8380cc35012b5004f00000800000000100000660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, ipv4 ok, udp zero, vxlan 4096, ethernet, ipv4 "
                 "ok, udp ok: complete",
    },
    {
        .name = "vxlan, inner partial, outer lco",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4789: VXLAN, "
                   "flags [I] (0x08), vni 4096 IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006312344000401136eec0a8"
               "380bc0a8380cc35012b5004f74f00800000000100000660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d19221a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, ipv4 ok, udp lco, vxlan 4096, ethernet, ipv4 ok, "
                 "udp partial: complete",
    },
    {
        .name = "vxlan, inner right, outer partial",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4789: VXLAN, "
                   "flags [I] (0x08), vni 4096 IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006312344000401136eec0a8"
               "380bc0a8380cc35012b5004ff1c80800000000100000660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, ipv4 ok, udp partial, vxlan 4096, ethernet, ipv4 "
                 "ok, udp ok: complete",
    },
    {
        .name = "vxlan 8472, group policy, ipv6 outer",
        .caption = "IP6 fd00:56::11.50000 > fd00:56::12.8472: OTV, flags [I] "
                   "(0x88), overlay 5, instance 1 IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b86dd60000000004f1140fd0000560000"
               "00000000000000000011fd000056000000000000000000000012c350"
               "2118004fdc2f88000005000001006600000000026600000000010800"
               "4500003100014000401121c80af401050af402079c410035001d2a5b"
               "1a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv6, udp ok, vxlan 1, ethernet, ipv4 ok, udp "
                 "ok: complete",
    },
    {
        .name = "vxlan in vxlan",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4789: VXLAN, "
                   "flags [I] (0x08), vni 1 IP 10.244.1.5.50001 > "
                   "10.244.2.7.4789: VXLAN, flags [I] (0x08), vni 2 IP "
                   "10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500009512344000401136bcc0a8"
               "380bc0a8380cc35012b500813bbb080000000000010002000000000c"
               "02000000000b0800450000631234400040110f630af401050af40207"
               "c35112b5004f4b740800000000000200660000000002660000000001"
               "08004500003100014000401121c80af401050af402079c410035001d"
               "2a5b1a2b01000001000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, udp ok, vxlan 1, ethernet, ipv4 ok, udp "
                 "ok, vxlan 2, ethernet, ipv4 ok, udp ok: complete",
    },
    {
        .name = "vlan in vxlan",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.8472: OTV, flags "
                   "[I] (0x08), overlay 0, instance 1 IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006712344000401136eac0a8"
               "380bc0a8380cc350211800530000080000000000010002000000000c"
               "02000000000b8100000508004500003100014000401121c80af40105"
               "0af402079c410035001d2a5b1a2b0100000100000000000001610162"
               "0000010001",
        .reads = "ethernet, ipv4 ok, udp zero, vxlan 1, ethernet, vlan 5, "
                 "ipv4 ok, udp ok: complete",
    },
    {
        .name = "vxlan without the vni flag",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4789: VXLAN, "
                   "flags [invalid] (0x00), vni 1 IP 10.244.1.5.40001 > "
                   "10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006312344000401136eec0a8"
               "380bc0a8380cc35012b5004f00000000000000000100660000000002"
               "66000000000108004500003100014000401121c80af401050af40207"
               "9c410035001d2a5b1a2b010000010000000000000161016200000100"
               "01",
        .reads = "ethernet, ipv4 ok, udp zero, vxlan 1: malformed",
    },
    {
        .name = "dns answer to port 4789",
        .caption = "IP 10.244.1.5.53 > 10.244.2.7.4789: 2066 NXDomain 0/0/0 "
                   "(21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b0800450000311234400040110f950af4"
               "01050af40207003512b5001d457d0812818300010000000000000161"
               "01620000010001",
        .reads = "ethernet, ipv4 ok, udp ok: complete",
    },
    {
        .name = "vxlan-gpe ipv4",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.4790: VXLAN-GPE, "
                   "flags [IP], vni 7: IP 10.244.1.5.40001 > 10.244.2.7.53: "
                   "6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500005512344000401136fcc0a8"
               "380bc0a8380cc35012b6004100000c00000100000700450000310001"
               "4000401121c80af401050af402079c410035001d2a5b1a2b01000001"
               "000000000000016101620000010001",
        .reads = "ethernet, ipv4 ok, udp zero, vxlan-gpe 7, ipv4 ok, udp ok: "
                 "complete",
    },
    {
        .name = "geneve with options",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.6081: Geneve, "
                   "Flags [none], vni 0x5, options [8 bytes]: IP "
                   "10.244.1.5.40001 > 10.244.2.7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006b12344000401136e6c0a8"
               "380bc0a8380cc35017c100578a810200655800000500010280010000"
               "000766000000000266000000000108004500003100014000401121c8"
               "0af401050af402079c410035001d2a5b1a2b01000001000000000000"
               "016101620000010001",
        .reads = "ethernet, ipv4 ok, udp ok, geneve 5, ethernet, ipv4 ok, "
                 "udp ok: complete",
    },
    {
        .name = "geneve ipv6",
        .caption = "IP 192.168.56.11.50000 > 192.168.56.12.6081: Geneve, "
                   "Flags [none], vni 0x5: IP6 fd00:10:244:1::5.40001 > "
                   "fd00:10:244:2::7.53: 6699+ A? a.b. (21)",
        .link_type = 1,
        .hex = "02000000000c02000000000b08004500006912344000401136e8c0a8"
               "380bc0a8380cc35017c1005535bd000086dd0000050060000000001d"
               "1140fd000010024400010000000000000005fd000010024400020000"
               "0000000000079c410035001d44961a2b010000010000000000000161"
               "01620000010001",
        .reads = "ethernet, ipv4 ok, udp ok, geneve 5, ipv6, udp ok: complete",
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
