/* The key tables, and what goes into them from outside. */
#include "decode/decoder.h"
#include "unit/decode/frames.h"

static void test_no_key_stands_twice(void **state)
{
    (void)state;
    for (int space = 0; space < KEY_SPACES; space++) {
        struct key_table table = key_table_of((enum key_space)space);

        for (size_t i = 0; i < table.count; i++)
            for (size_t j = 0; j < i; j++)
                assert_int_not_equal(table.rows[i].value, table.rows[j].value);
    }
}

/* ipv6_extensions come after ip_protocols. */
static void test_no_extension_hides_a_protocol(void **state)
{
    struct key_table extensions = key_table_of(KEY_IPV6_NEXT);
    struct key_table protocols = key_table_of(KEY_IP_PROTOCOL);

    (void)state;
    for (size_t i = 0; i < extensions.count; i++)
        for (size_t j = 0; j < protocols.count; j++)
            assert_int_not_equal(extensions.rows[i].value,
                                 protocols.rows[j].value);
}

static void test_every_decoder_is_complete(void **state)
{
    (void)state;
    for (int space = KEY_LINK_TYPE; space < KEY_SPACES; space++) {
        struct key_table table = key_table_of((enum key_space)space);

        assert_true(table.count > 0);
        for (size_t i = 0; i < table.count; i++) {
            const struct decoder *decoder = table.rows[i].decoder;

            assert_non_null(decoder->decode);
            assert_true(strlen(decoder->name) > 0);
            assert_true(strlen(decoder->defined_in) > 0);
            if (space == KEY_UDP_PORT)
                assert_true(decoder->head_bytes > 0);
        }
    }
}

static void test_known_link_types(void **state)
{
    static const int known[] = {
        0, 1, 12, 14, 101, 108, 113, 228, 229, 239, 276
    };

    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        assert_true(link_type_is_known(known[i]));
    assert_false(link_type_is_known(105));
    assert_false(link_type_is_known(-1));
}

static void test_unknown_link_type_has_no_layers(void **state)
{
    static const uint8_t bytes[64];
    static struct packet packet;
    struct frame frame = { bytes, sizeof(bytes), sizeof(bytes), 105 };

    (void)state;
    packet_decode(&no_options, &frame, &packet);
    assert_int_equal(packet.end, PACKET_UNKNOWN);
    assert_int_equal(packet.layer_count, 0);
    assert_null(packet_last(&packet, LAYER_IP));
    assert_null(packet_at(&packet, LAYER_LINK, 0));
}

/* IP 192.168.56.11.50000 > 192.168.56.12.7777: UDP, length 71: a header of
 * eight bytes, Ethernet and a DNS query */
static const char on_port_7777[] =
    "4500 0063 1234 4000 40 11 36ee c0a8380b c0a8380c c350 1e61 004f 0000"
    "%s 660000000002 660000000001 0800"
    "4500 0031 0001 4000 40 11 21c8 0af40105 0af40207 9c41 0035 001d 2a5b"
    "1a2b 0100 0001 0000 0000 0000 0161 0162 00 0001 0001";

static const char *read_port_7777(const char *header,
                                  const struct decode_options *options)
{
    static struct packet packet;
    uint8_t bytes[FRAME_BYTES_MAX];
    char hex[1024];
    struct frame frame = { .bytes = bytes, .link_type = LINK_TYPE_RAW };

    snprintf(hex, sizeof(hex), on_port_7777, header);
    frame.captured_bytes = frame_from_hex(hex, bytes);
    frame.wire_bytes = frame.captured_bytes;
    packet_decode(options, &frame, &packet);
    return frame_describe(&packet);
}

static void test_ports_of_the_options(void **state)
{
    /* With bits that only a port makes believable. */
    static const char vxlan[] = "88000000 00000900";
    static const char geneve[] = "00006558 00000901";
    struct decode_options options = { .vxlan_ports = { 1, 7777 } };

    (void)state;
    assert_string_equal(read_port_7777(vxlan, &options),
                        "raw, ipv4 ok, udp zero: complete");
    options.vxlan_port_count = 2;
    assert_string_equal(read_port_7777(vxlan, &options),
                        "raw, ipv4 ok, udp zero, vxlan 9, ethernet, ipv4 ok, "
                        "udp ok: complete");
    assert_string_equal(read_port_7777("47455420 2f", &options),
                        "raw, ipv4 ok, udp zero: complete");
    options = (struct decode_options){ .geneve_ports = { 7777 },
                                       .geneve_port_count = 1 };
    assert_string_equal(read_port_7777(geneve, &options),
                        "raw, ipv4 ok, udp zero, geneve 9, ethernet, ipv4 "
                        "ok, udp ok: complete");
    options.geneve_port_count = SIZE_MAX;
    options.geneve_ports[0] = 0;
    assert_string_equal(read_port_7777(geneve, &options),
                        "raw, ipv4 ok, udp zero: complete");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_key_stands_twice),
        cmocka_unit_test(test_no_extension_hides_a_protocol),
        cmocka_unit_test(test_every_decoder_is_complete),
        cmocka_unit_test(test_known_link_types),
        cmocka_unit_test(test_unknown_link_type_has_no_layers),
        cmocka_unit_test(test_ports_of_the_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
