#include "track/tracker.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void tunnel_is_traffic_by_addresses(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.vni = 4096;
    scene_ask(&scene, 40000, &query);
    scene_ask(&scene, 40001, &query);
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "traffic"), 2);
    assert_true(row_text_has(&scene.rows, "traffic:", "depth=0",
                             "tunnel='vxlan' tunnel_id=4096 protocol=17 "
                             "source='192.168.0.1' destination='192.168.0.2' "
                             "destination_port=4789 packets=2 bytes=198 "
                             "bytes_max=99",
                             "first_frame=1 last_frame=2", NULL));
    assert_true(row_text_has(&scene.rows, "traffic:", "depth=1",
                             "tunnel='' protocol=17 source='10.0.0.2' "
                             "destination='10.0.10.53' destination_port=53 "
                             "packets=2 bytes=98",
                             NULL));
    scene_close(&scene);
}

static void answers_are_traffic_from_the_service_port(void **state)
{
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_answer(&scene, 40000, &answer);
    scene_answer(&scene, 40001, &answer);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows,
                             "traffic:", "source_port=53 packets=2", NULL));
    assert_false(
        row_text_has(&scene.rows, "traffic:", "destination_port", NULL));
    scene_close(&scene);
}

/* Counts rows of a large capture, which would be too much text. */
struct totals_sink {
    struct sink sink; /* must be first */
    int64_t rows[TABLE_COUNT];
    int64_t packets; /* of traffic */
};

static void add_row(struct sink *sink, enum table_id table, const void *row)
{
    struct totals_sink *totals = (struct totals_sink *)sink;

    totals->rows[table]++;
    if (table == TABLE_TRAFFIC)
        totals->packets += ((const struct traffic_row *)row)->packets;
}

/* Every address once: what is lost is the detail. */
static void traffic_is_bounded_and_loses_no_packet(void **state)
{
    enum {
        FLOWS = 3 * TRACKER_TRAFFIC_MAX,
    };
    struct totals_sink totals = { .sink.put = add_row };
    struct bytes payload = { .length = 4 };
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    tracker_destroy(scene.tracker);
    scene.tracker =
        tracker_create(&(struct decode_options){ 0 }, 7, &totals.sink);
    for (uint32_t i = 0; i < FLOWS; i++) {
        struct ends ends = { .source = CLIENT + i,
                             .destination = SERVER,
                             .source_port = 9000,
                             .destination_port = 9001 };

        scene_udp(&scene, &ends, &payload);
    }
    scene_end(&scene);
    assert_int_equal(totals.packets, FLOWS);
    assert_in_range(totals.rows[TABLE_TRAFFIC], TRACKER_TRAFFIC_MAX,
                    2 * TRACKER_TRAFFIC_MAX + 1);
    assert_int_equal(totals.rows[TABLE_STATION], 4096);
    assert_in_range(totals.rows[TABLE_CHECKSUM_TALLY], 4096, 2 * 4096 + 4);
    scene_close(&scene);
}

static void headers_are_tallied_by_state(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.vni = 4096;
    scene.direction = DIRECTION_OUT;
    for (int i = 0; i < 3; i++) {
        struct ends ends = { .source = CLIENT,
                             .destination = SERVER,
                             .source_port = 40000,
                             .destination_port = 53,
                             .is_corrupt = i == 1 };

        scene_udp(&scene, &ends, &query);
    }
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "checksum_tally"), 5);
    assert_true(row_text_has(&scene.rows, "checksum_tally:", "depth=0",
                             "tunnel='' layer='udp' state='zero' packets=3",
                             NULL));
    assert_true(
        row_text_has(&scene.rows, "checksum_tally:", "direction='out'",
                     "source='192.168.0.1' destination='192.168.0.2' depth=1 "
                     "tunnel='vxlan' layer='udp' state='ok' packets=2 "
                     "first_frame=1 last_frame=3",
                     NULL));
    assert_true(row_text_has(&scene.rows, "checksum_tally:",
                             "depth=1 tunnel='vxlan' layer='udp' state='bad' "
                             "packets=1 first_frame=2 last_frame=2",
                             NULL));
    assert_true(row_text_has(&scene.rows, "checksum_tally:", "depth=1",
                             "layer='ip' state='ok' packets=3", NULL));
    assert_int_equal(row_text_count(&scene.rows, "checksum_defect"), 1);
    assert_true(row_text_has(&scene.rows, "checksum_defect:", "frame=2",
                             "depth=1 tunnel='' layer='udp' "
                             "source='10.0.0.2' destination='10.0.10.53' "
                             "source_port=40000 destination_port=53",
                             NULL));
    scene_close(&scene);
}

/* A tunnel header whose checksum was right before NAT changed its port. */
static void defect_of_a_tunnel_names_what_is_inside(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;
    uint8_t *udp = scene.frame.data + 34;
    struct ends tunnel = { .source = NODE_A, .destination = NODE_B };

    (void)state;
    scene_begin(&scene);
    scene.vni = 4096;
    scene_ask(&scene, 40000, &query);
    set_checksum(&tunnel, 17, udp, scene.frame.length - 34);
    set_16(udp, 41000); /* was 40000 */
    scene_feed(&scene);
    scene_end(&scene);
    assert_true(
        row_text_has(&scene.rows, "checksum_defect:", "frame=2",
                     "depth=0 tunnel='vxlan' layer='udp'", "source_port=41000",
                     "solved_port=40000 inner_state='ok' inner_protocol=17 "
                     "inner_source='10.0.0.2' inner_source_port=40000 "
                     "inner_destination='10.0.10.53' inner_destination_port=53",
                     NULL));
    scene_close(&scene);
}

static void stations_are_who_sends(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.vni = 1;
    scene_ask(&scene, 40000, &query);
    scene.direction = DIRECTION_IN;
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "station"), 2);
    assert_true(row_text_has(&scene.rows,
                             "station: evidence_id=7 interface=0 "
                             "mac='02:00:00:00:00:02' address='192.168.0.1' "
                             "direction='in' packets=1",
                             NULL));
    scene_close(&scene);
}

static void interface_keeps_what_was_said_and_seen(void **state)
{
    static const struct tracker_interface declared = {
        .number = 3,
        .name = "eth0",
        .description = "uplink",
        .filter = "udp",
        .link_type = LINK_ETHERNET,
        .snaplen_bytes = 96,
        .received = ABSENT,
        .dropped = ABSENT,
    };
    struct tracker_interface statistics = declared;
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    tracker_interface(scene.tracker, &declared);
    scene.interface = 3;
    scene_ask(&scene, 40000, &query);
    statistics.name = NULL;
    statistics.received = 100;
    statistics.dropped = 2;
    tracker_interface(scene.tracker, &statistics);
    scene_end(&scene);
    assert_true(row_text_has(
        &scene.rows,
        "capture_interface: evidence_id=7 number=3 name='eth0' "
        "description='uplink' filter='udp' link_type=1 snaplen_bytes=96 "
        "packets=1 bytes=63 snapped=0 received=100 dropped=2 "
        "first_ns=1700000000000000000 last_ns=1700000000000000000",
        NULL));
    assert_int_equal(scene.totals.packets, 1);
    scene_close(&scene);
}

/* Linux cooked v2: protocol, ifindex, ARPHRD, packet type, address. */
static void cooked_v2_has_an_interface_for_each_ifindex(void **state)
{
    static const uint8_t link[20] = { 0x08, 0, 0, 0, 0, 0, 0, 42, 0, 1,
                                      4,    6, 2, 0, 0, 0, 0, 2,  0, 0 };
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;
    size_t length;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    length = scene.frame.length - 14;
    row_text_clear(&scene.rows);
    memmove(scene.frame.data + 20, scene.frame.data + 14, length);
    memcpy(scene.frame.data, link, sizeof link);
    scene.frame.length = 20 + length;
    scene.link_type = 276;
    scene.tracker =
        tracker_create(&(struct decode_options){ 0 }, 7, &scene.rows.sink);
    scene_feed(&scene);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "capture_interface:", "number=42",
                             "link_type=276", "packets=1", NULL));
    assert_true(row_text_has(&scene.rows, "dns_exchange:", "interface=42",
                             "query_direction='out'", NULL));
    scene_close(&scene);
}

static void snapped_message_is_known_by_its_question(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;
    struct tracker_frame frame = { .number = 2 };

    (void)state;
    put_number(&query, 0, 60);
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    row_text_clear(&scene.rows);
    frame.at_ns = scene.at_ns + INT64_C(90000) * MS;
    frame.frame = (struct frame){ scene.frame.data, 42 + 21, scene.frame.length,
                                  LINK_ETHERNET };
    tracker_frame(scene.tracker, &frame);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "dns_exchange:", "qname='a.b.'",
                             "query_frame=2", "query_checksum='unverifiable'",
                             NULL));
    assert_true(
        row_text_has(&scene.rows, "capture_interface:", "snapped=1", NULL));
    assert_true(row_text_has(&scene.rows, "anomaly:", "name='capture.snapped'",
                             "frame=2", "packets=1", NULL));
    scene_close(&scene);
}

/* Cuts the frame's IPv4 payload at a multiple of 8 and feeds both parts. */
static void feed_in_fragments(struct scene *scene, size_t at, bool reversed)
{
    struct bytes whole = scene->frame;
    size_t payload = whole.length - 34;

    for (int i = 0; i < 2; i++) {
        bool is_first = reversed ? i == 1 : i == 0;
        size_t from = is_first ? 0 : at;
        size_t bytes = is_first ? at : payload - at;
        uint8_t *ip = scene->frame.data + 14;

        memcpy(scene->frame.data, whole.data, 34);
        memcpy(scene->frame.data + 34, whole.data + 34 + from, bytes);
        scene->frame.length = 34 + bytes;
        set_16(ip + 2, (unsigned)(20 + bytes));
        set_16(ip + 6, (unsigned)((is_first ? 0x2000 : 0) | from / 8));
        set_16(ip + 10, 0);
        set_16(ip + 10, sum_16(ip, 20, 0));
        scene_feed(scene);
    }
}

static void fragments_make_a_message(void **state)
{
    struct bytes answer = dns_answer(7, "a.b", 1);

    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        for (size_t at = 8; at < 8 + answer.length; at += 8) {
            struct scene scene;

            scene_begin(&scene);
            scene_answer(&scene, 40000, &answer);
            tracker_destroy(scene.tracker);
            row_text_clear(&scene.rows);
            scene.tracker = tracker_create(&(struct decode_options){ 0 }, 7,
                                           &scene.rows.sink);
            feed_in_fragments(&scene, at, reversed);
            scene_end(&scene);
            assert_true(row_text_has(&scene.rows,
                                     "dns_exchange:", "state='unsolicited'",
                                     "answers=1", "response_frame=3",
                                     "response_checksum='ok'", NULL));
            assert_true(row_text_has(&scene.rows, "checksum_tally:",
                                     "layer='udp' state='ok' packets=1", NULL));
            assert_true(row_text_has(&scene.rows, "checksum_tally:",
                                     "layer='ip' state='ok' packets=2", NULL));
            /* Not once more with the fragment that held the header. */
            assert_false(row_text_has(
                &scene.rows, "checksum_tally:", "state='unverifiable'", NULL));
            scene_close(&scene);
        }
    }
}

/* The sum of the pseudo-header in place of the checksum, which the first
 * fragment has as the whole has it. */
static void fragments_of_an_unfinished_one_count_once(void **state)
{
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;
    uint8_t pseudo[12] = { [9] = 17 };
    uint8_t *ip;

    (void)state;
    scene_begin(&scene);
    scene_answer(&scene, 40000, &answer);
    tracker_destroy(scene.tracker);
    row_text_clear(&scene.rows);
    scene.tracker =
        tracker_create(&(struct decode_options){ 0 }, 7, &scene.rows.sink);
    ip = scene.frame.data + 14;
    memcpy(pseudo, ip + 12, 8);
    memcpy(pseudo + 10, ip + 24, 2);
    set_16(ip + 26, ~(unsigned)sum_16(pseudo, sizeof pseudo, 0) & 0xffff);
    feed_in_fragments(&scene, 16, false);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "checksum_tally:",
                             "layer='udp' state='partial' packets=1", NULL));
    assert_false(row_text_has(&scene.rows,
                              "checksum_tally:", "state='unverifiable'", NULL));
    scene_close(&scene);
}

/* An outer datagram in pieces: the inner packet is found at its depth. */
static void fragmented_tunnel_is_opened(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.vni = 4096;
    scene_ask(&scene, 40000, &query);
    tracker_destroy(scene.tracker);
    row_text_clear(&scene.rows);
    scene.tracker =
        tracker_create(&(struct decode_options){ 0 }, 7, &scene.rows.sink);
    feed_in_fragments(&scene, 56, false);
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "dns_exchange"), 1);
    assert_true(row_text_has(&scene.rows, "dns_exchange:", "depth=1",
                             "tunnel='vxlan'", "query_checksum='ok'", NULL));
    scene_close(&scene);
}

static void missing_fragment_is_told(void **state)
{
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_answer(&scene, 40000, &answer);
    row_text_clear(&scene.rows);
    set_16(scene.frame.data + 14 + 6, 0x2000);
    scene_feed(&scene);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows,
                             "anomaly:", "name='ip.fragments-incomplete'",
                             "frame=2", "packets=1", NULL));
    scene_close(&scene);
}

/* Quotes a query: neither traffic of its own nor a message. */
static void quoted_packet_is_no_traffic(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_refuse(&scene, SERVER, CLIENT);
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "traffic"), 2);
    assert_true(row_text_has(&scene.rows, "traffic:", "protocol=1 ",
                             "source='10.0.10.53'", "packets=1", NULL));
    assert_true(row_text_has(&scene.rows, "traffic:", "protocol=17 ",
                             "packets=1", NULL));
    scene_close(&scene);
}

/* In allocations of their exact size, cut by the capture and by the sender. */
static void every_prefix_of_a_frame_is_survived(void **state)
{
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    for (int link = 0; link < 2; link++) {
        scene_begin(&scene);
        scene.link_type = link == 0 ? LINK_ETHERNET : LINK_COOKED;
        scene.vni = 4096;
        scene_answer(&scene, 40000, &answer);
        for (size_t length = 0; length <= scene.frame.length; length++) {
            uint8_t *exact = malloc(length + (length == 0));
            struct tracker_frame frame = {
                .frame = { exact, length, scene.frame.length, scene.link_type },
                .number = 2,
                .at_ns = scene.at_ns,
            };

            memcpy(exact, scene.frame.data, length);
            tracker_frame(scene.tracker, &frame);
            frame.frame.wire_bytes = length;
            tracker_frame(scene.tracker, &frame);
            tracker_flush(scene.tracker);
            free(exact);
        }
        scene_end(&scene);
        assert_int_equal(scene.totals.packets, 1 + 2 * scene.frame.length + 2);
        scene_close(&scene);
    }
}

static void nothing_is_no_packet(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_end(&scene);
    assert_int_equal(scene.totals.packets, 0);
    assert_true(scene.totals.first_ns == ABSENT);
    assert_string_equal(scene.rows.text, "");
    scene_close(&scene);
    tracker_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tunnel_is_traffic_by_addresses),
        cmocka_unit_test(answers_are_traffic_from_the_service_port),
        cmocka_unit_test(traffic_is_bounded_and_loses_no_packet),
        cmocka_unit_test(headers_are_tallied_by_state),
        cmocka_unit_test(defect_of_a_tunnel_names_what_is_inside),
        cmocka_unit_test(stations_are_who_sends),
        cmocka_unit_test(interface_keeps_what_was_said_and_seen),
        cmocka_unit_test(cooked_v2_has_an_interface_for_each_ifindex),
        cmocka_unit_test(snapped_message_is_known_by_its_question),
        cmocka_unit_test(fragments_make_a_message),
        cmocka_unit_test(fragments_of_an_unfinished_one_count_once),
        cmocka_unit_test(fragmented_tunnel_is_opened),
        cmocka_unit_test(missing_fragment_is_told),
        cmocka_unit_test(quoted_packet_is_no_traffic),
        cmocka_unit_test(every_prefix_of_a_frame_is_survived),
        cmocka_unit_test(nothing_is_no_packet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
