#include "track/dns_exchanges.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static size_t exchanges(const struct scene *scene)
{
    return row_text_count(&scene->rows, "dns_exchange");
}

static void answer_belongs_to_its_query(void **state)
{
    struct bytes query = dns_query(7, "Example.ORG", 1);
    struct bytes answer = dns_answer(7, "example.org", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene.at_ns += 3 * MS;
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 1);
    assert_true(row_text_has(
        &scene.rows, "dns_exchange: evidence_id=7 number=1", "interface=0",
        "depth=0", "tunnel=''", "transport='udp'", "client='10.0.0.2'",
        "client_port=40000", "server='10.0.10.53'", "server_port=53",
        "dns_id=7", "qname='example.org.'", "qtype='A'",
        "asked_ns=1700000000000000000", "answered_ns=1700000000003000000",
        "attempts=1", "state='answered'", "rcode='NOERROR'", "answers=1",
        "is_truncated=0", "query_frame=1", "response_frame=2", "query_bytes=57",
        "response_bytes=73", "query_checksum='ok'", "response_checksum='ok'",
        "query_ttl=64", NULL));
    scene_close(&scene);
}

static void retries_are_one_exchange(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    for (int i = 0; i < 3; i++) {
        scene_ask(&scene, 40000, &query);
        scene.at_ns += INT64_C(5000) * MS;
    }
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 1);
    assert_true(row_text_has(&scene.rows, "attempts=3", "state='answered'",
                             "asked_ns=1700000000000000000",
                             "last_asked_ns=1700000010000000000",
                             "query_frame=1 last_query_frame=3", NULL));
    scene_close(&scene);
}

static void question_after_its_answer_is_new(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &answer);
    scene.at_ns += INT64_C(100) * MS;
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    assert_true(row_text_has(&scene.rows, "number=2", "state='unanswered'",
                             "attempts=1", NULL));
    scene_close(&scene);
}

static void question_a_minute_later_is_new(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene.at_ns += INT64_C(60000) * MS;
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    scene_close(&scene);
}

/* As glibc asks: one socket, two ids, 11 us apart. */
static void a_and_aaaa_share_a_port(void **state)
{
    struct bytes a = dns_query(7, "a.b", 1);
    struct bytes aaaa = dns_query(8, "a.b", 28);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &a);
    scene_ask(&scene, 40000, &aaaa);
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    assert_true(row_text_has(&scene.rows, "dns_id=7", "qtype='A'",
                             "state='answered'", NULL));
    assert_true(row_text_has(&scene.rows, "dns_id=8", "qtype='AAAA'",
                             "state='unanswered'", NULL));
    scene_close(&scene);
}

/* One id for both questions, as a careless client does. */
static void questions_of_one_id_are_told_apart(void **state)
{
    struct bytes a = dns_query(7, "a.b", 1);
    struct bytes aaaa = dns_query(7, "a.b", 28);
    struct bytes answer = dns_answer(7, "A.B", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &a);
    scene_ask(&scene, 40000, &aaaa);
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_true(
        row_text_has(&scene.rows, "qtype='A'", "state='answered'", NULL));
    assert_true(
        row_text_has(&scene.rows, "qtype='AAAA'", "state='unanswered'", NULL));
    scene_close(&scene);
}

static void second_answer_is_a_duplicate(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &answer);
    scene.at_ns += 50 * MS;
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    assert_true(row_text_has(&scene.rows, "state='answered'", NULL));
    assert_true(row_text_has(&scene.rows, "state='duplicate'", "attempts=0",
                             "response_frame=3", NULL));
    scene_close(&scene);
}

static void answer_to_nothing_is_unsolicited(void **state)
{
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "state='unsolicited'",
                             "client='10.0.0.2'", "server='10.0.10.53'",
                             "qname='a.b.'", NULL));
    assert_false(row_text_has(&scene.rows, "dns_exchange:", " asked_ns", NULL));
    scene_close(&scene);
}

static void answer_written_before_its_query_still_answers(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.at_ns += 1;
    scene_answer(&scene, 40000, &answer);
    scene.at_ns -= 1;
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 1);
    assert_true(
        row_text_has(&scene.rows, "state='answered'", "attempts=1", NULL));
    assert_true(row_text_has(
        &scene.rows, "anomaly:", "name='capture.time-backwards'", NULL));
    scene_close(&scene);
}

static void refused_answer_is_late(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes other = dns_query(8, "a.b", 28);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_ask(&scene, 40000, &other);
    scene.at_ns += INT64_C(6000) * MS;
    scene_answer(&scene, 40000, &answer);
    scene_refuse(&scene, CLIENT, SERVER);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    assert_true(row_text_has(&scene.rows, "dns_id=7", "state='late'", NULL));
    assert_true(
        row_text_has(&scene.rows, "dns_id=8", "state='unanswered'", NULL));
    assert_true(row_text_has(
        &scene.rows, "icmp_error:", "frame=4", "source='10.0.0.2'", "type=3",
        "code=3", "quoted_protocol=17", "quoted_source='10.0.10.53'",
        "quoted_source_port=53", "quoted_destination='10.0.0.2'",
        "quoted_destination_port=40000", NULL));
    scene_close(&scene);
}

/* The server refuses the query: nobody was late. */
static void refused_query_stays_unanswered(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_refuse(&scene, SERVER, CLIENT);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 1);
    assert_true(row_text_has(&scene.rows, "state='unanswered'", NULL));
    assert_int_equal(row_text_count(&scene.rows, "icmp_error"), 1);
    scene_close(&scene);
}

static void error_without_a_question_answers(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes refused = { .length = 0 };
    struct scene scene;

    (void)state;
    put_number(&refused, 7, 2);
    put_number(&refused, 0x8185, 2);
    put_number(&refused, 0, 8);
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &refused);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 1);
    assert_true(row_text_has(&scene.rows, "state='answered'", "rcode='REFUSED'",
                             "qname='a.b.'", NULL));
    scene_close(&scene);
}

static void malformed_message_is_a_fact(void **state)
{
    struct bytes query = dns_query(7, "", 1);
    struct scene scene;

    (void)state;
    query.length = 12;
    put_number(&query, 0xc00c00010001, 6);
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "state='malformed'",
                             "reason='pointer-loop'", "dns_id=7",
                             "query_frame=1", NULL));
    assert_true(row_text_has(&scene.rows, "anomaly:", "name='dns.pointer-loop'",
                             "frame=1", "byte_offset=54", NULL));
    scene_close(&scene);
}

static int64_t identity_in(const struct scene *scene)
{
    const char *at = strstr(scene->rows.text, " identity=");

    assert_non_null(at);
    return strtoll(at + 10, NULL, 10);
}

/* What NAT, forwarding and a tunnel change is not part of it. */
static void identity_survives_the_way(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes other = dns_query(9, "a.b", 1);
    struct ends ends = { .source = NODE_A,
                         .destination = NODE_B,
                         .source_port = 61000,
                         .destination_port = 53 };
    int64_t identity;
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    identity = identity_in(&scene);
    assert_true(identity != 0);
    scene_close(&scene);
    scene_begin(&scene);
    scene.vni = 4096;
    scene_udp(&scene, &ends, &query);
    scene_end(&scene);
    assert_int_equal(identity_in(&scene), identity);
    assert_true(row_text_has(&scene.rows, "dns_exchange:", "depth=1",
                             "tunnel='vxlan'", "query_outer_checksum='zero'",
                             "query_outer_source='192.168.0.1'",
                             "query_outer_destination='192.168.0.2'", NULL));
    scene_close(&scene);
    scene_begin(&scene);
    scene_ask(&scene, 40000, &other);
    scene_end(&scene);
    assert_true(identity_in(&scene) != identity);
    scene_close(&scene);
}

static void interfaces_are_kept_apart(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.fixed_ip_id = 77;
    for (scene.interface = 0; scene.interface < 3; scene.interface++)
        scene_ask(&scene, 40000, &query);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 3);
    assert_int_equal(row_text_count(&scene.rows, "capture_interface"), 3);
    assert_true(row_text_has(&scene.rows, "dns_exchange:", "interface=2",
                             "attempts=1", NULL));
    scene_close(&scene);
}

/* "any" holds a packet once for each device. */
static void sightings_on_any_are_no_retries(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene.link_type = LINK_COOKED;
    for (int i = 0; i < 2; i++) {
        scene.fixed_ip_id = (uint16_t)(100 + i);
        scene_ask(&scene, 40000, &query);
        scene.at_ns += 20000;
        scene_ask(&scene, 40000, &query);
        scene.at_ns += INT64_C(5000) * MS;
    }
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 1);
    assert_true(row_text_has(&scene.rows, "attempts=2", NULL));
    assert_true(row_text_has(&scene.rows, "traffic:", "packets=2", NULL));
    scene_close(&scene);
}

static void quiet_exchange_is_written_and_forgotten(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene.at_ns += INT64_C(121000) * MS;
    scene_ask(&scene, 40001, &query);
    assert_int_equal(exchanges(&scene), 1);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answer_belongs_to_its_query),
        cmocka_unit_test(retries_are_one_exchange),
        cmocka_unit_test(question_after_its_answer_is_new),
        cmocka_unit_test(question_a_minute_later_is_new),
        cmocka_unit_test(a_and_aaaa_share_a_port),
        cmocka_unit_test(questions_of_one_id_are_told_apart),
        cmocka_unit_test(second_answer_is_a_duplicate),
        cmocka_unit_test(answer_to_nothing_is_unsolicited),
        cmocka_unit_test(answer_written_before_its_query_still_answers),
        cmocka_unit_test(refused_answer_is_late),
        cmocka_unit_test(refused_query_stays_unanswered),
        cmocka_unit_test(error_without_a_question_answers),
        cmocka_unit_test(malformed_message_is_a_fact),
        cmocka_unit_test(identity_survives_the_way),
        cmocka_unit_test(interfaces_are_kept_apart),
        cmocka_unit_test(sightings_on_any_are_no_retries),
        cmocka_unit_test(quiet_exchange_is_written_and_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
