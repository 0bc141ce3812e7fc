#include "track/tcp_connections.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* A conversation, its sequence numbers counted from each side's first. */
struct talk {
    struct scene scene;
    uint32_t client_isn;
    uint32_t server_isn;
    uint16_t client_port;
    uint16_t server_port;
};

struct step {
    uint8_t flags;
    uint32_t sequence;       /* relative */
    uint32_t acknowledgment; /* relative */
    const void *payload;
    size_t payload_bytes;
};

static void begin(struct talk *talk)
{
    memset(talk, 0, sizeof *talk);
    scene_begin(&talk->scene);
    talk->client_isn = 0xffffff00;
    talk->server_isn = 5000;
    talk->client_port = 40000;
    talk->server_port = 53;
}

static void end(struct talk *talk)
{
    scene_close(&talk->scene);
}

/* 1 ms after the packet before. */
static void client(struct talk *talk, const struct step *step)
{
    struct ends ends = {
        .source = CLIENT,
        .destination = SERVER,
        .source_port = talk->client_port,
        .destination_port = talk->server_port,
        .sequence = talk->client_isn + step->sequence,
        .acknowledgment =
            step->flags & ACK ? talk->server_isn + step->acknowledgment : 0,
        .flags = step->flags,
    };

    scene_tcp(&talk->scene, &ends, step->payload, step->payload_bytes);
    talk->scene.at_ns += MS;
}

static void server(struct talk *talk, const struct step *step)
{
    struct ends ends = {
        .source = SERVER,
        .destination = CLIENT,
        .source_port = talk->server_port,
        .destination_port = talk->client_port,
        .sequence = talk->server_isn + step->sequence,
        .acknowledgment = talk->client_isn + step->acknowledgment,
        .flags = step->flags,
    };

    scene_tcp(&talk->scene, &ends, step->payload, step->payload_bytes);
    talk->scene.at_ns += MS;
}

static void handshake(struct talk *talk)
{
    client(talk, &(struct step){ .flags = SYN });
    server(talk, &(struct step){ .flags = SYN | ACK, .acknowledgment = 1 });
    client(talk,
           &(struct step){ .flags = ACK, .sequence = 1, .acknowledgment = 1 });
}

static void send_data(struct talk *talk, uint32_t sequence, size_t bytes)
{
    static const uint8_t zeros[20000];

    server(talk, &(struct step){ .flags = ACK,
                                 .sequence = sequence,
                                 .acknowledgment = 1,
                                 .payload = zeros,
                                 .payload_bytes = bytes });
}

static void acknowledge(struct talk *talk, uint32_t acknowledgment)
{
    client(talk, &(struct step){ .flags = ACK,
                                 .sequence = 1,
                                 .acknowledgment = acknowledgment });
}

static void finish(struct talk *talk)
{
    scene_end(&talk->scene);
}

static bool has(const struct talk *talk, const char *a, const char *b)
{
    return row_text_has(&talk->scene.rows, a, b, NULL);
}

static size_t events(const struct talk *talk)
{
    return row_text_count(&talk->scene.rows, "tcp_event");
}

static void whole_connection(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 1, 1000);
    acknowledge(&talk, 1001);
    client(&talk, &(struct step){ .flags = FIN | ACK,
                                  .sequence = 1,
                                  .acknowledgment = 1001 });
    server(&talk, &(struct step){ .flags = FIN | ACK,
                                  .sequence = 1001,
                                  .acknowledgment = 2 });
    client(&talk, &(struct step){
                      .flags = ACK, .sequence = 2, .acknowledgment = 1002 });
    finish(&talk);
    assert_int_equal(events(&talk), 0);
    assert_int_equal(row_text_count(&talk.scene.rows, "tcp_connection"), 1);
    assert_true(row_text_has(
        &talk.scene.rows, "tcp_connection: evidence_id=7 number=1",
        "client='10.0.0.2' client_port=40000 server='10.0.10.53' "
        "server_port=53",
        "first_frame=1 last_frame=8 client_packets=5 server_packets=3 "
        "client_data_bytes=0 server_data_bytes=1000",
        "syns=1 syn_acks=1 is_established=1 closed_by='fin'",
        "syn_frame=1 last_syn_frame=1 syn_ack_frame=2 last_syn_ack_frame=2",
        "syn_checksum='ok' syn_ack_checksum='ok'", "data_checksum_server='ok'",
        "client_unacked_bytes_max=0 server_unacked_bytes_max=0 "
        "client_acked_bytes_max=0 server_acked_bytes_max=1040",
        "client_isn=4294967040 server_isn=5000", NULL));
    assert_false(has(&talk, "tcp_connection:", "identity=0"));
    end(&talk);
}

static void syn_without_an_answer(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    for (int i = 0; i < 3; i++) {
        client(&talk, &(struct step){ .flags = SYN });
        talk.scene.at_ns += INT64_C(1000) * MS;
    }
    finish(&talk);
    assert_true(has(&talk, "syns=3 syn_acks=0 is_established=0",
                    "syn_frame=1 last_syn_frame=3"));
    assert_true(has(&talk, "client_retransmissions=0", "client_packets=3"));
    assert_int_equal(events(&talk), 2);
    assert_true(has(&talk, "tcp_event:", "kind='syn-retransmission'"));
    end(&talk);
}

static void refused_syn(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    client(&talk, &(struct step){ .flags = SYN });
    server(&talk, &(struct step){ .flags = RST | ACK, .acknowledgment = 1 });
    finish(&talk);
    assert_true(has(&talk, "is_established=0 closed_by='server-reset'",
                    "reset_frame=2"));
    assert_true(has(&talk, "tcp_event:", "kind='reset'"));
    end(&talk);
}

/* The SYN-ACK is repeated: the client never acknowledged it. */
static void unacknowledged_syn_ack(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    client(&talk, &(struct step){ .flags = SYN });
    for (int i = 0; i < 2; i++) {
        server(&talk,
               &(struct step){ .flags = SYN | ACK, .acknowledgment = 1 });
        talk.scene.at_ns += INT64_C(1000) * MS;
    }
    finish(&talk);
    assert_true(has(&talk, "syns=1 syn_acks=2 is_established=0",
                    "syn_ack_frame=2 last_syn_ack_frame=3"));
    end(&talk);
}

static void ports_used_again_are_a_new_connection(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    client(&talk, &(struct step){ .flags = RST, .sequence = 1 });
    talk.client_isn = 77;
    handshake(&talk);
    finish(&talk);
    assert_int_equal(row_text_count(&talk.scene.rows, "tcp_connection"), 2);
    assert_true(has(&talk, "number=1 ", "closed_by='client-reset'"));
    assert_true(has(&talk, "number=2 ", "client_isn=77"));
    end(&talk);
}

static void repeated_data_is_a_retransmission(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 1, 500);
    talk.scene.at_ns += INT64_C(200) * MS;
    send_data(&talk, 1, 500);
    finish(&talk);
    assert_int_equal(events(&talk), 1);
    assert_true(row_text_has(&talk.scene.rows,
                             "tcp_event:", "kind='retransmission'",
                             "source='10.0.10.53' source_port=53",
                             "payload_bytes=500 packet_bytes=540 "
                             "checksum='ok' connection=1",
                             NULL));
    assert_true(has(&talk, "server_retransmissions=1",
                    "server_unacked_bytes_max=540 "
                    "client_acked_bytes_max=0 server_acked_bytes_max=0"));
    end(&talk);
}

static void acknowledged_data_again_is_spurious(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 1, 500);
    acknowledge(&talk, 501);
    talk.scene.at_ns += INT64_C(200) * MS;
    send_data(&talk, 1, 500);
    finish(&talk);
    assert_true(has(&talk, "tcp_event:", "kind='spurious-retransmission'"));
    end(&talk);
}

static void hole_reported_twice_is_filled_fast(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 1, 500); /* lost behind the tap */
    send_data(&talk, 501, 500);
    send_data(&talk, 1001, 500);
    send_data(&talk, 1501, 500);
    for (int i = 0; i < 3; i++)
        acknowledge(&talk, 1);
    send_data(&talk, 1, 500);
    finish(&talk);
    assert_true(has(&talk, "tcp_event:", "kind='fast-retransmission'"));
    assert_true(has(&talk, "tcp_event:", "kind='duplicate-ack'"));
    end(&talk);
}

static void overtaken_segment_is_out_of_order(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 501, 500);
    send_data(&talk, 1, 500);
    finish(&talk);
    assert_int_equal(events(&talk), 1);
    assert_true(has(&talk, "tcp_event:", "kind='out-of-order'"));
    assert_true(has(&talk, "tcp_connection:", "server_retransmissions=0"));
    end(&talk);
}

static void keep_alive_is_no_retransmission(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 1, 500);
    acknowledge(&talk, 501);
    talk.scene.at_ns += INT64_C(15000) * MS;
    send_data(&talk, 500, 0);
    finish(&talk);
    assert_int_equal(events(&talk), 1);
    assert_true(has(&talk, "tcp_event:", "kind='keep-alive'"));
    end(&talk);
}

/* What an MTU black hole looks like: small packets get through. */
static void sizes_tell_what_was_acknowledged(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 1, 100);
    acknowledge(&talk, 101);
    for (uint32_t i = 0; i < 12; i++) /* more than are kept apart */
        send_data(&talk, 101 + i * 1400, 1400);
    finish(&talk);
    assert_true(has(&talk, "tcp_connection:",
                    "server_unacked_bytes_max=1440 client_acked_bytes_max=0 "
                    "server_acked_bytes_max=140"));
    end(&talk);
}

static void capture_that_lost_data_says_so(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    send_data(&talk, 1, 100);
    acknowledge(&talk, 901);
    acknowledge(&talk, 901);
    finish(&talk);
    assert_true(row_text_has(&talk.scene.rows,
                             "anomaly:", "name='capture.acked-unseen'",
                             "frame=5", "packets=1", NULL));
    end(&talk);
}

/* Without a SYN, the end with the higher port is the client. */
static void connection_in_the_middle(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    send_data(&talk, 1, 100);
    acknowledge(&talk, 101);
    finish(&talk);
    assert_true(has(&talk, "client_port=40000",
                    "syns=0 syn_acks=0 "
                    "is_established=1"));
    assert_false(has(&talk, "tcp_connection:", "client_isn"));
    end(&talk);
}

static void tunnels_keep_the_connection_apart(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    talk.scene.direction = DIRECTION_OUT;
    for (uint32_t vni = 0; vni < 3; vni++) {
        talk.scene.vni = vni;
        client(&talk, &(struct step){ .flags = SYN });
    }
    finish(&talk);
    assert_int_equal(events(&talk), 0);
    assert_int_equal(row_text_count(&talk.scene.rows, "tcp_connection"), 3);
    assert_true(row_text_has(&talk.scene.rows, "tcp_connection:", "depth=1",
                             "tunnel='vxlan'", "syn_direction='out'",
                             "syn_outer_checksum='zero'",
                             "outer_source='192.168.0.1' "
                             "outer_destination='192.168.0.2'",
                             NULL));
    end(&talk);
}

static void sightings_on_any_are_no_retransmissions(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    talk.scene.link_type = LINK_COOKED;
    for (uint16_t i = 1; i < 4; i++) {
        talk.scene.fixed_ip_id = i;
        client(&talk, &(struct step){ .flags = SYN });
        talk.scene.at_ns -= MS - 5000;
        client(&talk, &(struct step){ .flags = SYN });
        talk.scene.at_ns += INT64_C(1000) * MS;
    }
    finish(&talk);
    assert_int_equal(events(&talk), 2);
    assert_true(has(&talk, "tcp_connection:", "syns=3 "));
    end(&talk);
}

static void dns_over_tcp(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    uint8_t length[2];
    struct talk talk;

    (void)state;
    begin(&talk);
    handshake(&talk);
    set_16(length, (unsigned)query.length);
    client(&talk, &(struct step){ .flags = ACK,
                                  .sequence = 1,
                                  .acknowledgment = 1,
                                  .payload = length,
                                  .payload_bytes = 2 });
    client(&talk, &(struct step){ .flags = ACK,
                                  .sequence = 3,
                                  .acknowledgment = 1,
                                  .payload = query.data,
                                  .payload_bytes = query.length });
    memmove(answer.data + 2, answer.data, answer.length);
    set_16(answer.data, (unsigned)answer.length);
    server(&talk, &(struct step){ .flags = ACK,
                                  .sequence = 1,
                                  .acknowledgment = 3 + (uint32_t)query.length,
                                  .payload = answer.data,
                                  .payload_bytes = answer.length + 2 });
    finish(&talk);
    assert_true(row_text_has(&talk.scene.rows,
                             "dns_exchange:", "transport='tcp'",
                             "state='answered'", "query_frame=5",
                             "response_frame=6", "connection=1", NULL));
    assert_true(has(&talk, "tcp_connection:", "queries=1 responses=1"));
    end(&talk);
}

static void full_table_forgets_the_oldest_and_writes_it(void **state)
{
    struct talk talk;

    (void)state;
    begin(&talk);
    talk.server_port = 80;
    for (uint32_t i = 0; i < TRACKER_CONNECTIONS_MAX + 100; i++) {
        talk.client_port = (uint16_t)(1024 + i % 60000);
        talk.server_port = (uint16_t)(80 + i / 60000);
        client(&talk, &(struct step){ .flags = SYN });
        talk.scene.at_ns -= MS;
    }
    assert_int_equal(row_text_count(&talk.scene.rows, "tcp_connection"), 100);
    finish(&talk);
    assert_int_equal(row_text_count(&talk.scene.rows, "tcp_connection"),
                     TRACKER_CONNECTIONS_MAX + 100);
    end(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_connection),
        cmocka_unit_test(syn_without_an_answer),
        cmocka_unit_test(refused_syn),
        cmocka_unit_test(unacknowledged_syn_ack),
        cmocka_unit_test(ports_used_again_are_a_new_connection),
        cmocka_unit_test(repeated_data_is_a_retransmission),
        cmocka_unit_test(acknowledged_data_again_is_spurious),
        cmocka_unit_test(hole_reported_twice_is_filled_fast),
        cmocka_unit_test(overtaken_segment_is_out_of_order),
        cmocka_unit_test(keep_alive_is_no_retransmission),
        cmocka_unit_test(sizes_tell_what_was_acknowledged),
        cmocka_unit_test(capture_that_lost_data_says_so),
        cmocka_unit_test(connection_in_the_middle),
        cmocka_unit_test(tunnels_keep_the_connection_apart),
        cmocka_unit_test(sightings_on_any_are_no_retransmissions),
        cmocka_unit_test(dns_over_tcp),
        cmocka_unit_test(full_table_forgets_the_oldest_and_writes_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
