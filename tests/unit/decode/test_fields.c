/* What is read of each layer, beside its name: lengths, depths, addresses,
 * and the packet that an ICMP error quotes. */
#include "unit/decode/frames.h"

static const struct packet *decode(int link_type, const char *hex)
{
    static uint8_t bytes[FRAME_BYTES_MAX];
    static struct packet packet;
    struct frame frame = { .bytes = bytes, .link_type = link_type };

    frame.captured_bytes = frame_from_hex(hex, bytes);
    frame.wire_bytes = frame.captured_bytes;
    packet_decode(&no_options, &frame, &packet);
    assert_packet_is_sound(&packet, frame.captured_bytes);
    return &packet;
}

/* IP 10.244.1.5.40002 > 10.244.2.7.80: Flags [S], seq 1000, win 64240,
 * options [mss 1410,sackOK,TS val 16909060 ecr 0,nop,wscale 7], length 0;
 * padded */
static void test_tcp(void **state)
{
    static const char syn[] =
        "02000000000c 02000000000b 0800"
        "4500 003c 1234 4000 3f 06 1095 0af40105 0af40207"
        "9c42 0050 000003e8 00000000 a002 faf0 8fcd 0000"
        "02040582 0402080a 01020304 00000000 01030307 eeee";
    const struct packet *packet = decode(1, syn);
    const struct layer *link = packet_at(packet, LAYER_LINK, 0);
    const struct layer *ip = packet_at(packet, LAYER_IP, 0);
    const struct layer *tcp = packet_last(packet, LAYER_TCP);

    (void)state;
    assert_string_equal(frame_describe(packet),
                        "ethernet, ipv4 ok, tcp ok: complete");
    assert_memory_equal(link->source, "\x02\0\0\0\0\x0b", 6);
    assert_memory_equal(link->destination, "\x02\0\0\0\0\x0c", 6);
    assert_int_equal(ip->address_bytes, 4);
    assert_memory_equal(ip->source, "\x0a\xf4\x01\x05", 4);
    assert_memory_equal(ip->destination, "\x0a\xf4\x02\x07", 4);
    assert_int_equal(ip->ip_bytes, 60);
    assert_int_equal(ip->ttl, 63);
    assert_int_equal(ip->ip_id, 0x1234);
    assert_true(ip->dont_fragment);
    assert_int_equal(ip->protocol, 6);
    assert_int_equal(tcp->source_port, 40002);
    assert_int_equal(tcp->destination_port, 80);
    assert_int_equal(tcp->sequence, 1000);
    assert_int_equal(tcp->flags, TCP_SYN);
    assert_int_equal(tcp->window, 64240);
    assert_int_equal(tcp->mss, 1410);
    assert_int_equal(tcp->timestamp, 0x01020304);
    assert_int_equal(tcp->header_bytes, 40);
    assert_int_equal(tcp->payload_bytes, 0);
    assert_int_equal(reader_left(&packet->payload), 0);
}

/* Linux cooked v2: ifindex 9, outgoing; IP 10.0.0.1 > 10.0.0.2: ICMP echo
 * request, id 1, seq 2 */
static void test_cooked_direction(void **state)
{
    static const char out[] = "0800 0000 00000009 0001 04 06 de9fde3b23dc 0000"
                              "4500 001c 0000 4000 40 01 26df 0a000001 0a000002"
                              "0800 f7fc 00010002";
    const struct packet *packet = decode(276, out);
    const struct layer *icmp = packet_last(packet, LAYER_ICMP);

    (void)state;
    assert_int_equal(packet->direction, DIRECTION_OUT);
    assert_int_equal(packet->ifindex, 9);
    assert_memory_equal(packet->layers[0].source, "\xde\x9f\xde\x3b\x23\xdc",
                        6);
    assert_int_equal(icmp->protocol, 1);
    assert_int_equal(icmp->type, 8);
    assert_int_equal(icmp->rest, 0x00010002);
    assert_int_equal(icmp->checksum, CHECKSUM_OK);
}

/* IP6 fd00::1 > fd00::2: frag (0xaabbccdd:32|8) */
static void test_ipv6_fragment(void **state)
{
    static const char fragment[] =
        "60000000 0010 2c 40 fd000000000000000000000000000001"
        "fd000000000000000000000000000002"
        "11 00 0021 aabbccdd 0102030405060708";
    const struct layer *ip = packet_at(decode(229, fragment), LAYER_IP, 0);

    (void)state;
    assert_true(ip->is_fragment);
    assert_true(ip->more_fragments);
    assert_int_equal(ip->fragment_offset, 32);
    assert_int_equal(ip->id, 0xaabbccdd);
    assert_int_equal(ip->ip_id, 0xccdd);
    assert_int_equal(ip->protocol, 17);
    assert_int_equal(ip->ip_bytes, 56);
}

/* IP 10.0.0.1 > 10.0.0.2: IP6 fd00::1 > fd00::2: GREv0, length 24: IP
 * 10.0.0.3 > 10.0.0.4: ip-proto-253 */
static void test_depth_counts_tunnels(void **state)
{
    static const char nested[] =
        "4500 0054 0000 4000 40 29 267f 0a000001 0a000002"
        "60000000 0018 2f 40 fd000000000000000000000000000001"
        "fd000000000000000000000000000002 0000 0800"
        "4500 0014 0000 4000 40 fd 0000 0a000003 0a000004";
    const struct packet *packet = decode(228, nested);

    (void)state;
    assert_int_equal(packet->end, PACKET_UNKNOWN);
    assert_int_equal(packet->tunnel_count, 2);
    assert_int_equal(packet->layer_count, 4);
    assert_int_equal(packet->layers[0].depth, 0);
    assert_int_equal(packet->layers[1].depth, 1);
    assert_int_equal(packet->layers[2].depth, 1);
    assert_int_equal(packet->layers[3].depth, 2);
    assert_ptr_equal(packet_at(packet, LAYER_IP, 2), &packet->layers[3]);
    assert_ptr_equal(packet_last(packet, LAYER_IP), &packet->layers[3]);
}

/* IP 10.244.1.5.40002 > 10.244.2.7.80: a segment of 70,000 bytes, length 0 in
 * its header; the first 54 bytes were captured */
static void test_length_zero_comes_from_the_wire(void **state)
{
    static const char big[] = "4500 0000 1234 4000 3f 06 10d0 0af40105 0af40207"
                              "9c42 0050 000003e8 00000000 5010 faf0 2a72 0000";
    static uint8_t bytes[FRAME_BYTES_MAX];
    static struct packet packet;
    struct frame frame = { bytes, 0, 70040, 101 };
    const struct layer *tcp;

    (void)state;
    frame.captured_bytes = frame_from_hex(big, bytes);
    packet_decode(&no_options, &frame, &packet);
    assert_int_equal(packet_last(&packet, LAYER_IP)->ip_bytes, 70040);
    tcp = packet_last(&packet, LAYER_TCP);
    assert_int_equal(tcp->payload_bytes, 70000);
    assert_int_equal(tcp->captured_bytes, 0);
    /* 0af4 + 0105 + 0af4 + 0207 + 6, and 70020 = 1:1184 */
    assert_int_equal(tcp->pseudo, 0x18fa + 0x0001 + 0x1184);
    assert_int_equal(tcp->checksum, CHECKSUM_UNVERIFIABLE);
}

/* IP 10.0.0.9 > 10.244.1.5: ICMP 10.244.2.7 unreachable - need to frag (mtu
 * 1450), quoting IP 10.244.1.5.40002 > 10.244.2.7.80 */
static const char need_to_frag[] =
    "4500 0038 0000 4000 40 01 24c8 0a000009 0af40105"
    "0304 0000 0000 05aa"
    "4500 05dc 1234 4000 3f 06 0af4 0af40105 0af40207 9c42 0050 000003e8";

static void test_quoted_packet(void **state)
{
    struct quoted_packet quoted;

    (void)state;
    assert_true(packet_quoted(decode(228, need_to_frag), &quoted));
    assert_int_equal(quoted.protocol, 6);
    assert_int_equal(quoted.address_bytes, 4);
    assert_memory_equal(quoted.source, "\x0a\xf4\x01\x05", 4);
    assert_memory_equal(quoted.destination, "\x0a\xf4\x02\x07", 4);
    assert_true(quoted.has_ports);
    assert_int_equal(quoted.source_port, 40002);
    assert_int_equal(quoted.destination_port, 80);
}

/* IP6 fd00::9 > fd00::1: ICMP6, packet too big, mtu 1280, quoting a first
 * fragment of fd00::1.40001 > fd00::2.53 */
static void test_quoted_ipv6_behind_a_fragment_header(void **state)
{
    static const char too_big[] =
        "60000000 003c 3a 40 fd000000000000000000000000000009"
        "fd000000000000000000000000000001 0200 0000 00000500"
        "60000000 0500 2c 3f fd000000000000000000000000000001"
        "fd000000000000000000000000000002 1100 0001 00000001 9c41 0035";
    struct quoted_packet quoted;

    (void)state;
    assert_true(packet_quoted(decode(229, too_big), &quoted));
    assert_int_equal(quoted.address_bytes, 16);
    assert_int_equal(quoted.protocol, 17);
    assert_true(quoted.has_ports);
    assert_int_equal(quoted.destination_port, 53);
}

static void test_nothing_usable_is_quoted(void **state)
{
    static const char echo[] =
        "4500 0030 0000 4000 40 01 26cb 0a000001 0a000002"
        "0800 0000 00010002 4500 0014 0000 0000 4011 0000 0a000001 0a000002";
    static struct packet packet;
    struct quoted_packet quoted;
    uint8_t bytes[FRAME_BYTES_MAX];
    struct frame frame = { .bytes = bytes, .link_type = 228 };
    size_t whole = frame_from_hex(need_to_frag, bytes);

    (void)state;
    assert_false(packet_quoted(decode(228, echo), &quoted));
    frame.wire_bytes = whole;
    frame.captured_bytes = whole - 8;
    packet_decode(&no_options, &frame, &packet);
    assert_true(packet_quoted(&packet, &quoted));
    assert_false(quoted.has_ports);
    frame.captured_bytes = whole - 9;
    packet_decode(&no_options, &frame, &packet);
    assert_false(packet_quoted(&packet, &quoted));
    assert_int_equal(quoted.address_bytes, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tcp),
        cmocka_unit_test(test_cooked_direction),
        cmocka_unit_test(test_ipv6_fragment),
        cmocka_unit_test(test_depth_counts_tunnels),
        cmocka_unit_test(test_length_zero_comes_from_the_wire),
        cmocka_unit_test(test_quoted_packet),
        cmocka_unit_test(test_quoted_ipv6_behind_a_fragment_header),
        cmocka_unit_test(test_nothing_usable_is_quoted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
