/* DNS at ports that do not tell. */
#include "track/dns_recognise.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    OTHER_PORT = 5353,
    CLIENT_PORT = 40000,
};

static const uint32_t mdns_group = 0xe00000fb;

/* The number of exchanges that a message from one port to another makes. */
static size_t exchanges_of(const struct ends *ends, const struct bytes *message)
{
    struct scene scene;
    size_t count;

    scene_begin(&scene);
    scene_udp(&scene, ends, message);
    scene_end(&scene);
    count = row_text_count(&scene.rows, "dns_exchange");
    assert_int_equal(row_text_count(&scene.rows, "anomaly"), 0);
    scene_close(&scene);
    return count;
}

static const struct ends to_other = { .source = CLIENT,
                                      .destination = SERVER,
                                      .source_port = CLIENT_PORT,
                                      .destination_port = OTHER_PORT };
static const struct ends from_other = { .source = SERVER,
                                        .destination = CLIENT,
                                        .source_port = OTHER_PORT,
                                        .destination_port = CLIENT_PORT };

static void a_question_and_its_answer_are_found(void **state)
{
    struct bytes query = dns_query(7, "api.shop.svc.cluster.local", 1);
    struct bytes answer = dns_answer(7, "api.shop.svc.cluster.local", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_udp(&scene, &to_other, &query);
    scene.at_ns += 3 * MS;
    scene_udp(&scene, &from_other, &answer);
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "dns_exchange"), 1);
    assert_true(row_text_has(&scene.rows, "dns_exchange:", "server_port=5353",
                             "client_port=40000", "state='answered'", NULL));
    scene_close(&scene);
}

static void edns_is_part_of_a_question(void **state)
{
    struct bytes query = dns_query(7, "api.shop", 28);

    (void)state;
    set_16(query.data + 10, 1);
    put_number(&query, 0, 1);
    put_number(&query, 41, 2);
    put_number(&query, 1232, 2);
    put_number(&query, 0, 6);
    assert_int_equal(exchanges_of(&to_other, &query), 1);
}

static void the_root_has_a_name(void **state)
{
    struct bytes query = dns_query(7, "", 2);

    (void)state;
    assert_int_equal(exchanges_of(&to_other, &query), 1);
}

static void a_lone_answer_is_nothing(void **state)
{
    struct bytes answer = dns_answer(7, "printer.local", 1);

    (void)state;
    assert_int_equal(exchanges_of(&from_other, &answer), 0);
}

/* Each byte of the header and of the question's end, changed, makes it
 * something else; of the id and the name it may be anything. */
static void what_is_off_is_nothing(void **state)
{
    static const struct {
        size_t at;
        uint8_t value;
    } changes[] = {
        { 2, 0x29 },  /* opcode */
        { 2, 0x05 },  /* AA in a query */
        { 3, 0x40 },  /* the reserved bit */
        { 3, 0x03 },  /* an RCODE in a query */
        { 5, 2 },     /* two questions */
        { 7, 1 },     /* an answer in a query */
        { 9, 1 },     /* an authority */
        { 11, 1 },    /* an additional record that is not there */
        { 12, 0xc0 }, /* a compressed name */
        { 12, 5 },    /* labels that do not end where the name does */
        { 13, ' ' },  /* no host's name */
        { 18, 2 },    /* type 513, which is none */
        { 20, 0x80 }, /* mDNS: answer me alone */
    };

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct bytes query = dns_query(7, "ab.c", 1);

        assert_int_equal(exchanges_of(&to_other, &query), 1);
        query.data[changes[i].at] = changes[i].value;
        if (exchanges_of(&to_other, &query) != 0)
            fail_msg("byte %zu as %u", changes[i].at, changes[i].value);
    }
}

static void local_discovery_is_nothing(void **state)
{
    struct bytes query = dns_query(7, "printer.local", 1);
    struct ends to_group = to_other;
    struct ends between = to_other;
    struct ends llmnr = to_other;

    (void)state;
    to_group.destination = mdns_group;
    between.source_port = OTHER_PORT;
    llmnr.destination_port = 5355;
    assert_int_equal(exchanges_of(&to_group, &query), 0);
    assert_int_equal(exchanges_of(&between, &query), 0);
    assert_int_equal(exchanges_of(&llmnr, &query), 0);
}

static void every_prefix_is_something_else(void **state)
{
    struct bytes query = dns_query(7, "api.shop.svc.cluster.local", 1);

    (void)state;
    for (size_t length = 0; length < query.length; length++) {
        struct bytes part = query;

        part.length = length;
        assert_int_equal(exchanges_of(&to_other, &part), 0);
    }
}

static void refusals_are_told(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_udp(&scene, &to_other, &query);
    scene_udp(&scene, &from_other, &answer);
    scene_refuse(&scene, CLIENT, SERVER);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "dns_exchange:", "state='late'",
                             "server_port=5353", NULL));
    scene_close(&scene);
}

/* "length, message" behind it. */
static void put_prefixed(struct bytes *to, const struct bytes *message)
{
    put_number(to, message->length, 2);
    put_bytes(to, message->data, message->length);
}

static void connections_are_found_by_their_first_bytes(void **state)
{
    for (int has_syn = 0; has_syn < 2; has_syn++) {
        struct bytes query = dns_query(7, "a.b", 1);
        struct bytes answer = dns_answer(7, "a.b", 1);
        struct bytes sent = { .length = 0 };
        struct bytes received = { .length = 0 };
        struct ends up = to_other;
        struct ends down = from_other;
        struct scene scene;

        (void)state;
        put_prefixed(&sent, &query);
        put_prefixed(&received, &answer);
        up.sequence = 1000;
        up.flags = 0x02;
        down.sequence = 5000;
        down.acknowledgment = 1001;
        down.flags = 0x12;
        scene_begin(&scene);
        if (has_syn) {
            scene_tcp(&scene, &up, NULL, 0);
            scene_tcp(&scene, &down, NULL, 0);
        }
        up.sequence = 1001;
        up.acknowledgment = 5001;
        up.flags = 0x18;
        down.sequence = 5001;
        down.acknowledgment = 1001 + (uint32_t)sent.length;
        down.flags = 0x18;
        scene_tcp(&scene, &up, sent.data, sent.length);
        scene_tcp(&scene, &down, received.data, received.length);
        scene_end(&scene);
        assert_true(row_text_has(&scene.rows,
                                 "dns_exchange:", "transport='tcp'",
                                 "server_port=5353", "state='answered'", NULL));
        scene_close(&scene);
    }
}

/* Without a SYN the higher port is taken for the client's: source NAT gives
 * lower ones. */
static void the_message_tells_who_the_client_is(void **state)
{
    for (int answer_first = 0; answer_first < 2; answer_first++) {
        struct bytes query = dns_query(7, "a.b", 1);
        struct bytes answer = dns_answer(7, "a.b", 1);
        struct bytes sent = { .length = 0 };
        struct bytes received = { .length = 0 };
        struct ends up = to_other;
        struct ends down = from_other;
        struct scene scene;

        (void)state;
        put_prefixed(&sent, &query);
        put_prefixed(&received, &answer);
        up.source_port = 1024;
        up.sequence = 1001;
        up.flags = 0x10;
        down.destination_port = 1024;
        down.sequence = 5001;
        down.flags = 0x18;
        scene_begin(&scene);
        scene.vni = 7;
        scene_tcp(&scene, &up, NULL, 0);
        up.flags = 0x18;
        if (!answer_first)
            scene_tcp(&scene, &up, sent.data, sent.length);
        scene_tcp(&scene, &down, received.data, received.length);
        down.sequence += (uint32_t)received.length;
        down.flags = 0x04;
        scene_tcp(&scene, &down, NULL, 0);
        scene_end(&scene);
        assert_true(row_text_has(&scene.rows, "tcp_connection:",
                                 "client='10.0.0.2' client_port=1024",
                                 "server_port=5353", "closed_by='server-reset'",
                                 "responses=1", NULL));
        scene_close(&scene);
    }
}

static void other_connections_are_not(void **state)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: a.b\r\n\r\n";
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes sent = { .length = 0 };
    struct ends up = to_other;
    struct scene scene;

    (void)state;
    put_prefixed(&sent, &query);
    up.sequence = 1001;
    up.flags = 0x18;
    scene_begin(&scene);
    scene_tcp(&scene, &up, request, sizeof request - 1);
    up.sequence += sizeof request - 1;
    /* What comes later is inside of something else. */
    scene_tcp(&scene, &up, sent.data, sent.length);
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "dns_exchange"), 0);
    assert_int_equal(row_text_count(&scene.rows, "tcp_connection"), 1);
    scene_close(&scene);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_and_its_answer_are_found),
        cmocka_unit_test(edns_is_part_of_a_question),
        cmocka_unit_test(the_root_has_a_name),
        cmocka_unit_test(a_lone_answer_is_nothing),
        cmocka_unit_test(what_is_off_is_nothing),
        cmocka_unit_test(local_discovery_is_nothing),
        cmocka_unit_test(every_prefix_is_something_else),
        cmocka_unit_test(refusals_are_told),
        cmocka_unit_test(connections_are_found_by_their_first_bytes),
        cmocka_unit_test(the_message_tells_who_the_client_is),
        cmocka_unit_test(other_connections_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
