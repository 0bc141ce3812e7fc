/* What a checksum field says: the states, their values, and the port that
 * NAT rewrote. */
#include "decode/checksum.h"
#include "unit/decode/frames.h"

enum {
    QUERY_BYTES = 132,
    OUTER_IP = 1,
    OUTER_UDP = 2,
    INNER_IP = 5,
    INNER_UDP = 6,
    OUTER_CHECK_AT = 40,
    INNER_CHECK_AT = 90,
    INNER_PAYLOAD_AT = 92,
};

/* IP 192.168.56.11.38276 > 192.168.56.12.4789: VXLAN, flags [I] (0x08),
 * vni 4096
 * IP 10.244.1.0.40001 > 10.244.2.0.53: 6699+ A?
 * kubernetes.default.svc.cluster.local. (54)
 * as the sender's interface sees it: the inner sum is left to the device, the
 * outer one is that of the finished packet. */
static const char recorded[] =
    "02000000000c 02000000000b 0800"
    "4500 0084 1234 4000 40 11 36cd c0a8380b c0a8380c"
    "9584 12b5 0070 3c18"
    "08000000 00100000"
    "660000000002 660000006678 0800"
    "4500 0052 0001 4000 40 11 21b3 0af40100 0af40200"
    "9c41 0035 003e 1937"
    "1a2b 0100 0001 0000 0000 0000"
    "0a6b756265726e65746573 0764656661756c74 03737663"
    "07636c7573746572 056c6f63616c 00 0001 0001";

struct query {
    uint8_t bytes[FRAME_BYTES_MAX];
    struct frame frame;
    struct packet packet;
};

static void query_read(struct query *query)
{
    query->frame = (struct frame){ .bytes = query->bytes, .link_type = 1 };
    query->frame.captured_bytes = frame_from_hex(recorded, query->bytes);
    query->frame.wire_bytes = query->frame.captured_bytes;
}

static void query_store(struct query *query, size_t offset, uint16_t value)
{
    query->bytes[offset] = (uint8_t)(value >> 8);
    query->bytes[offset + 1] = (uint8_t)value;
}

static void query_decode(struct query *query)
{
    packet_decode(&no_options, &query->frame, &query->packet);
}

static void assert_state(const struct query *query, size_t layer,
                         const char *name)
{
    assert_string_equal(checksum_name(query->packet.layers[layer].checksum),
                        name);
}

static void test_inner_is_partial_and_outer_lco(void **state)
{
    static struct query query;
    const struct layer *layers = query.packet.layers;

    (void)state;
    query_read(&query);
    assert_int_equal(query.frame.captured_bytes, 14 + QUERY_BYTES);
    query_decode(&query);
    assert_string_equal(frame_describe(&query.packet),
                        "ethernet, ipv4 ok, udp lco, vxlan 4096, ethernet, "
                        "ipv4 ok, udp partial: complete");
    assert_int_equal(layers[INNER_UDP].stored, 0x1937);
    assert_int_equal(layers[INNER_UDP].pseudo, 0x1937);
    assert_int_equal(layers[INNER_UDP].correct, 0x6e03);
    assert_int_equal(layers[OUTER_UDP].stored, 0x3c18);
    assert_int_equal(layers[OUTER_UDP].pseudo, 0xf1e9);
    assert_int_equal(layers[OUTER_UDP].correct, 0x3c18);
}

static void test_both_are_decided_in_a_snapped_frame(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query.frame.captured_bytes = INNER_PAYLOAD_AT;
    query_decode(&query);
    assert_int_equal(query.packet.end, PACKET_COMPLETE);
    assert_state(&query, OUTER_UDP, "lco");
    assert_state(&query, INNER_UDP, "partial");
    assert_int_equal(query.packet.layers[INNER_UDP].payload_bytes, 54);
    assert_int_equal(query.packet.layers[INNER_UDP].captured_bytes, 0);
}

static void test_finished_inner_makes_the_outer_right(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, INNER_CHECK_AT, 0x6e03);
    query_decode(&query);
    assert_state(&query, OUTER_UDP, "ok");
    assert_state(&query, INNER_UDP, "ok");

    query.frame.captured_bytes--;
    query_decode(&query);
    assert_state(&query, OUTER_UDP, "unverifiable");
    assert_state(&query, INNER_UDP, "unverifiable");
    assert_state(&query, INNER_IP, "ok");
}

/* Tunnel checksum offload turned off: the outer one is left to the device. */
static void test_outer_partial_around_a_right_inner(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, INNER_CHECK_AT, 0x6e03);
    query_store(&query, OUTER_CHECK_AT, 0xf1e9);
    query_decode(&query);
    assert_state(&query, OUTER_UDP, "partial");
    assert_int_equal(query.packet.layers[OUTER_UDP].correct, 0x3c18);
    assert_state(&query, INNER_UDP, "ok");
}

/* Some drivers leave the length to the device as well. */
static void test_pseudo_header_without_length_is_partial(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, INNER_CHECK_AT, 0x1937 - 0x003e);
    query_decode(&query);
    assert_state(&query, INNER_UDP, "partial");
    assert_state(&query, OUTER_UDP, "lco");
}

static void test_udp_zero_is_none(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, OUTER_CHECK_AT, 0);
    query_decode(&query);
    assert_state(&query, OUTER_UDP, "zero");
    assert_int_equal(query.packet.layers[OUTER_UDP].correct, 0);
    assert_int_equal(checksum_solve_port(&query.packet.layers[OUTER_UDP]), -1);
}

/* 90e4 is right for the bytes as they are, as when a device finishes the
 * outer sum and forgets the inner one. */
static void test_outer_right_over_an_unfinished_inner(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, OUTER_CHECK_AT, 0x90e4);
    query_decode(&query);
    assert_state(&query, OUTER_UDP, "ok");
    assert_state(&query, INNER_UDP, "partial");
}

/* 0xffff is what old kernels make of a disabled one (FORMATS 6.2). */
static void test_mangled_outer_is_bad(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, OUTER_CHECK_AT, 0xffff);
    query_decode(&query);
    assert_state(&query, OUTER_UDP, "bad");
    assert_int_equal(query.packet.layers[OUTER_UDP].correct, 0x3c18);
}

static void test_ip_header_is_judged(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, 24, 0x36ce);
    query_decode(&query);
    assert_state(&query, OUTER_IP, "bad");
    assert_int_equal(query.packet.layers[OUTER_IP].stored, 0x36ce);
    assert_int_equal(query.packet.layers[OUTER_IP].correct, 0x36cd);
}

/* NAT rewrites the port and leaves the checksum of the old one. */
static void test_port_before_nat_is_solved(void **state)
{
    static const uint16_t ports[] = { 1,     1024,  32768, 38275,
                                      38277, 44246, 60999, 65535 };
    static struct query query;

    (void)state;
    for (size_t finished = 0; finished < 2; finished++)
        for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
            query_read(&query);
            query_store(&query, INNER_CHECK_AT, finished ? 0x6e03 : 0x1937);
            query_store(&query, 34, ports[i]);
            query_decode(&query);
            assert_state(&query, OUTER_UDP, "bad");
            assert_int_equal(query.packet.layers[OUTER_UDP].source_port,
                             ports[i]);
            assert_int_equal(
                checksum_solve_port(&query.packet.layers[OUTER_UDP]), 38276);
        }
}

static void test_port_is_solved_only_where_bad(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_decode(&query);
    for (size_t i = 0; i < query.packet.layer_count; i++)
        assert_int_equal(checksum_solve_port(&query.packet.layers[i]), -1);
}

/* IP says more than the frame had on the wire. */
static void test_lengths_beyond_the_frame_are_not_bad(void **state)
{
    static struct query query;

    (void)state;
    query_read(&query);
    query_store(&query, INNER_CHECK_AT, 0x6e03);
    query_store(&query, INNER_CHECK_AT - 2, 0x0100);
    query_decode(&query);
    assert_state(&query, INNER_UDP, "unverifiable");
    assert_state(&query, OUTER_UDP, "bad");
}

static void test_sum_of_any_window(void **state)
{
    static const uint8_t bytes[] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5,
                                     0xf6, 0xf7, 0xff, 0xff, 0xff };
    struct reader over = reader_over(bytes, sizeof(bytes));

    (void)state;
    /* RFC 1071 3: the sum is ddf2. */
    assert_int_equal(checksum_fold(checksum_sum(&over, 0, 8)), 0xddf2);
    assert_int_equal(checksum_fold(checksum_sum(&over, 0, 0)), 0);
    assert_int_equal(checksum_fold(checksum_sum(&over, 0, 3)), 0xf201);
    assert_int_equal(checksum_fold(checksum_sum(&over, 8, 11)), 0xff00);
    assert_int_equal(checksum_fold(UINT64_C(0xffff) * 65537 * 4), 0xffff);
}

/* The check value of the CRC catalogue, and RFC 3720 B.4: 32 bytes of 0. */
static void test_crc32c_of_known_bytes(void **state)
{
    static const uint8_t digits[] = { '1', '2', '3', '4', '5',
                                      '6', '7', '8', '9' };
    static const uint8_t zeros[32] = { 0 };
    struct reader over_digits = reader_over(digits, sizeof(digits));
    struct reader over_zeros = reader_over(zeros, sizeof(zeros));

    (void)state;
    assert_int_equal(checksum_crc32c(&over_digits, 0, 9, 100), 0xe3069283);
    assert_int_equal(checksum_crc32c(&over_zeros, 0, 32, 0), 0x8a9136aa);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inner_is_partial_and_outer_lco),
        cmocka_unit_test(test_both_are_decided_in_a_snapped_frame),
        cmocka_unit_test(test_finished_inner_makes_the_outer_right),
        cmocka_unit_test(test_outer_partial_around_a_right_inner),
        cmocka_unit_test(test_pseudo_header_without_length_is_partial),
        cmocka_unit_test(test_udp_zero_is_none),
        cmocka_unit_test(test_outer_right_over_an_unfinished_inner),
        cmocka_unit_test(test_mangled_outer_is_bad),
        cmocka_unit_test(test_ip_header_is_judged),
        cmocka_unit_test(test_port_before_nat_is_solved),
        cmocka_unit_test(test_port_is_solved_only_where_bad),
        cmocka_unit_test(test_lengths_beyond_the_frame_are_not_bad),
        cmocka_unit_test(test_sum_of_any_window),
        cmocka_unit_test(test_crc32c_of_known_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
