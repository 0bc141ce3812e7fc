/* Captures that others made. They are not part of the project: where the
 * folder is absent, the tests pass with a message. */
#include "unit/decode/captures.h"

struct expectation {
    const char *file;
    const char *reads;
};

/* Names say what is wrong in zeek/chksums; the last layer is meant, but for
 * the one of the IP header. */
static void check_named_checksum(const char *path, void *context)
{
    size_t *frames = context;
    bool is_bad = strstr(path, "-bad-") != NULL;
    bool of_ip = strstr(path, "ip4-bad-chksum") != NULL;
    static struct packet packet;
    struct capture capture;
    struct frame frame;

    if (strstr(path, "localhost") != NULL)
        return;
    assert_true(capture_open(&capture, path));
    while (capture_next(&capture, &frame)) {
        const struct layer *last;

        packet_decode(&no_options, &frame, &packet);
        assert_int_equal(packet.end, PACKET_COMPLETE);
        last = of_ip ? packet_last(&packet, LAYER_IP)
                     : &packet.layers[packet.layer_count - 1];
        if (last->checksum != (is_bad ? CHECKSUM_BAD : CHECKSUM_OK))
            fail_msg("%s: %s", path, frame_describe(&packet));
        ++*frames;
    }
    capture_close(&capture);
}

static void test_named_checksums(void **state)
{
    size_t frames = 0;

    (void)state;
    if (!shared_captures_are_there())
        skip();
    assert_true(capture_each("zeek/chksums", check_named_checksum, &frames) >
                20);
    assert_int_equal(frames, 25);
}

/* Every frame of the file reads the same. */
static const struct expectation expectations[] = {
    { .file = "zeek/tunnels/4in4.pcap",
      .reads = "ethernet, ipv4 ok, ipv4 ok, udp ok: complete" },
    { .file = "zeek/tunnels/4in6.pcap",
      .reads = "ethernet, ipv6, ipv4 ok, tcp ok: complete" },
    { .file = "zeek/tunnels/6in6in6.pcap",
      .reads = "ethernet, ipv6, ipv6, ipv6, udp ok: complete" },
    { .file = "zeek/tunnels/geneve-inner-tcp-bad-checksum.pcap",
      .reads = "ethernet, ipv4 ok, udp ok, geneve 42, ethernet, ipv4 ok, "
               "tcp bad: complete" },
    { .file = "zeek/tunnels/geneve-ipv6.pcap",
      .reads = "ethernet, ipv4 ok, udp ok, geneve 1193046, ipv6, udp ok: "
               "complete" },
    { .file = "zeek/tunnels/vxlan-encapsulated-http.pcap",
      .reads = "ethernet, ipv4 ok, udp ok, vxlan 1, ethernet, ipv4 ok, tcp "
               "ok: complete" },
    { .file = "zeek/tunnels/vxlan-inner-tcp-bad-checksum.pcap",
      .reads = "ethernet, ipv4 ok, udp ok, vxlan 42, ethernet, ipv4 ok, tcp "
               "bad: complete" },
    { .file = "tcpdump/802.1ad_QinQ.pcap",
      .reads = "ethernet, vlan 200, vlan 2001, arp: complete" },
    { .file = "tcpdump/geneve-gcp.pcap",
      .reads = "ethernet, ipv4 ok, udp zero, geneve, ipv4 ok, tcp ok: "
               "complete" },
    { .file = "tcpdump/gso-ipv4.pcap",
      .reads = "ethernet, ipv4 ok, tcp partial: complete" },
    { .file = "tcpdump/gso-ipv6.pcap",
      .reads = "ethernet, ipv6, tcp partial: complete" },
    { .file = "tcpdump/gso-ipv4-vxlan-ipv4.pcap",
      .reads = "ethernet, ipv4 ok, udp partial, vxlan 5001, ethernet, ipv4 "
               "ok, tcp partial: complete" },
    { .file = "tcpdump/gso-ipv4-vxlan-ipv6.pcap",
      .reads = "ethernet, ipv4 ok, udp partial, vxlan 5001, ethernet, ipv6, "
               "tcp partial: complete" },
    { .file = "tcpdump/gso-ipv6-vxlan-ipv4.pcap",
      .reads = "ethernet, ipv6, udp partial, vxlan 5001, ethernet, ipv4 ok, "
               "tcp partial: complete" },
    { .file = "tcpdump/gso-ipv6-vxlan-ipv6.pcap",
      .reads = "ethernet, ipv6, udp partial, vxlan 5001, ethernet, ipv6, tcp "
               "partial: complete" },
    { .file = "tcpdump/gso-ipv4-geneve-ipv4.pcap",
      .reads = "ethernet, ipv4 ok, udp zero, geneve 5001, ethernet, ipv4 ok, "
               "tcp partial: complete" },
    { .file = "tcpdump/gso-ipv6-geneve-ipv6.pcap",
      .reads = "ethernet, ipv6, udp partial, geneve 5001, ethernet, ipv6, "
               "tcp partial: complete" },
    { .file = "tcpdump/bigtcp-ipv4-geneve-ipv4.pcap",
      .reads = "ethernet, ipv4 ok, udp zero, geneve 5001, ethernet, ipv4 ok, "
               "tcp partial: complete" },
    { .file = "tcpdump/bigtcp-ipv4-vxlan-ipv4.pcap",
      .reads = "ethernet, ipv4 ok, udp partial, vxlan 5001, ethernet, ipv4 "
               "ok, tcp partial: complete" },
    { .file = "tcpdump/bigtcp-ipv6-vxlan-ipv6.pcap",
      .reads = "ethernet, ipv6, udp partial, vxlan 5001, ethernet, ipv6, tcp "
               "partial: complete" },
};

static void check_expectation(const struct expectation *expected)
{
    char path[CAPTURE_PATH_BYTES];
    static struct packet packet;
    struct capture capture;
    struct frame frame;
    size_t frames = 0;

    snprintf(path, sizeof(path), SHARED_FOLDER "/captures/%s", expected->file);
    assert_true(capture_open(&capture, path));
    while (capture_next(&capture, &frame)) {
        packet_decode(&no_options, &frame, &packet);
        assert_packet_is_sound(&packet, frame.captured_bytes);
        if (strcmp(frame_describe(&packet), expected->reads) != 0)
            fail_msg("%s: %s", expected->file, frame_describe(&packet));
        frames++;
    }
    assert_true(frames > 0);
    capture_close(&capture);
}

static void test_tunnels_and_offloads(void **state)
{
    (void)state;
    if (!shared_captures_are_there())
        skip();
    for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++)
        check_expectation(&expectations[i]);
}

/* Packets that once crashed printers: nothing is expected but soundness. */
static void check_soundness(const char *path, void *context)
{
    size_t *frames = context;
    static struct packet packet;
    struct capture capture;
    struct frame frame;

    if (capture_open(&capture, path))
        while (capture_next(&capture, &frame)) {
            frame_decode_exactly(&frame, &packet);
            assert_packet_is_sound(&packet, frame.captured_bytes);
            ++*frames;
        }
    capture_close(&capture);
}

static void test_every_capture_is_read(void **state)
{
    static const char *const folders[] = { "tcpdump", "bad-packets",
                                           "zeek/chksums", "zeek/tunnels" };
    size_t frames = 0;

    (void)state;
    if (!shared_captures_are_there())
        skip();
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        (void)capture_each(folders[i], check_soundness, &frames);
    assert_true(frames > 1000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_named_checksums),
        cmocka_unit_test(test_tunnels_and_offloads),
        cmocka_unit_test(test_every_capture_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
