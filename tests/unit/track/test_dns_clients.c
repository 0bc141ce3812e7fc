/* What the resolvers of the world send, and what servers add: how many
 * exchanges each makes, and what their rows say. */
#include "track/dns_exchanges.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    RCODE_SERVFAIL = 2,
    RCODE_NXDOMAIN = 3,
};

static size_t exchanges(const struct scene *scene)
{
    return row_text_count(&scene->rows, "dns_exchange");
}

static void wait_ms(struct scene *scene, int64_t ms)
{
    scene->at_ns += ms * MS;
}

static struct bytes refusal(uint16_t id, const char *name, unsigned rcode)
{
    struct bytes message = dns_query(id, name, 1);

    set_16(message.data + 2, 0x8180 | rcode);
    return message;
}

/* An OPT record with one option. */
static void add_option(struct bytes *message, unsigned code,
                       const struct bytes *value)
{
    message->data[11]++;
    put_number(message, 0, 1);
    put_number(message, 41, 2);
    put_number(message, 1232, 2);
    put_number(message, 0, 4);
    put_number(message, 4 + value->length, 2);
    put_number(message, code, 2);
    put_number(message, value->length, 2);
    put_bytes(message, value->data, value->length);
}

/* Go asks again from a new port with a new id. */
static void new_port_and_id_is_an_exchange_each(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    for (uint16_t i = 0; i < 3; i++) {
        struct bytes query = dns_query((uint16_t)(7 + i), "a.b", 1);

        scene_ask(&scene, (uint16_t)(40000 + i), &query);
        wait_ms(&scene, 5000);
    }
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 3);
    assert_true(row_text_has(&scene.rows, "client_port=40002", "dns_id=9",
                             "attempts=1", "state='unanswered'", NULL));
    scene_close(&scene);
}

/* CoreDNS from 1.8.7 on: one socket, a new id for each try. */
static void new_id_is_an_exchange_of_its_own(void **state)
{
    struct bytes first = dns_query(7, "a.b", 1);
    struct bytes second = dns_query(8, "a.b", 1);
    struct bytes answer = dns_answer(8, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &first);
    wait_ms(&scene, 2000);
    scene_ask(&scene, 40000, &second);
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    assert_true(
        row_text_has(&scene.rows, "dns_id=7", "state='unanswered'", NULL));
    assert_true(
        row_text_has(&scene.rows, "dns_id=8", "state='answered'", NULL));
    scene_close(&scene);
}

/* ndots:5. Every candidate but the last is denied. */
static void each_name_of_a_search_list_is_asked_for(void **state)
{
    static const char *const names[] = { "web.shop.svc.cluster.local",
                                         "web.svc.cluster.local",
                                         "web.cluster.local", "web" };
    struct bytes answer = dns_answer(4, "web", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    for (uint16_t i = 0; i < 4; i++) {
        struct bytes query = dns_query((uint16_t)(1 + i), names[i], 1);
        struct bytes denial =
            refusal((uint16_t)(1 + i), names[i], RCODE_NXDOMAIN);

        scene_ask(&scene, 40000, &query);
        wait_ms(&scene, 1);
        scene_answer(&scene, 40000, i < 3 ? &denial : &answer);
    }
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 4);
    assert_true(row_text_has(&scene.rows, "qname='web.cluster.local.'",
                             "rcode='NXDOMAIN'", "answers=0", NULL));
    assert_true(row_text_has(&scene.rows, "qname='web.'", "rcode='NOERROR'",
                             "answers=1", NULL));
    scene_close(&scene);
}

/* 0x20: the server echoes the letters as they were. One that does not is
 * still the server's answer. */
static void letters_of_any_case_are_one_name(void **state)
{
    struct bytes query = dns_query(7, "wWw.ExAmPlE.oRg", 1);
    struct bytes answer = dns_answer(7, "www.eXaMpLe.OrG", 1);
    struct bytes other = dns_answer(7, "www.eXaMpLf.OrG", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &other);
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 2);
    assert_true(row_text_has(&scene.rows, "qname='www.example.org.'",
                             "state='answered'", "response_frame=3", NULL));
    assert_true(row_text_has(&scene.rows, "qname='www.examplf.org.'",
                             "state='unsolicited'", NULL));
    scene_close(&scene);
}

/* What an answer looks like that escaped the reversal of NAT. */
static void answer_from_another_address_answers_nothing(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct ends ends = { .source = NODE_A,
                         .destination = CLIENT,
                         .source_port = 53,
                         .destination_port = 40000 };
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_udp(&scene, &ends, &answer);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "server='10.0.10.53'",
                             "state='unanswered'", NULL));
    assert_true(row_text_has(&scene.rows, "server='192.168.0.1'",
                             "state='unsolicited'", NULL));
    scene_close(&scene);
}

static void ask_over_tcp(struct scene *scene, const struct bytes *query)
{
    struct ends ends = { .source = CLIENT,
                         .destination = SERVER,
                         .source_port = 40001,
                         .destination_port = 53,
                         .sequence = 100,
                         .flags = SYN };
    uint8_t framed[600];

    scene_tcp(scene, &ends, NULL, 0);
    ends.sequence++;
    ends.flags = ACK;
    ends.acknowledgment = 1;
    set_16(framed, (unsigned)query->length);
    memcpy(framed + 2, query->data, query->length);
    scene_tcp(scene, &ends, framed, query->length + 2);
}

/* TC, then the same question over TCP: two exchanges, each with its own end. */
static void cut_answer_is_followed_by_tcp(void **state)
{
    struct bytes query = dns_query(7, "big.example", 16);
    struct bytes whole = dns_query(8, "small.example", 1);
    struct bytes cut = dns_query(7, "big.example", 16);
    struct bytes answer = dns_answer(8, "small.example", 1);
    struct scene scene;

    (void)state;
    set_16(cut.data + 2, 0x8380);
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &cut);
    ask_over_tcp(&scene, &query);
    scene_ask(&scene, 40002, &whole);
    scene_answer(&scene, 40002, &answer);
    scene_end(&scene);
    assert_int_equal(exchanges(&scene), 3);
    assert_true(row_text_has(&scene.rows, "transport='udp'", "dns_id=7",
                             "state='answered'", "is_truncated=1", NULL));
    assert_true(row_text_has(&scene.rows, "transport='tcp'", "dns_id=7",
                             "qname='big.example.'", "state='unanswered'",
                             "connection=1", NULL));
    assert_true(row_text_has(&scene.rows, "dns_id=8", "is_truncated=0", NULL));
    scene_close(&scene);
}

static void server_says_why(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = refusal(7, "a.b", RCODE_SERVFAIL);
    struct bytes why = { .length = 0 };
    struct scene scene;

    (void)state;
    put_number(&why, 22, 2);
    put_bytes(&why, "at delegation b.", 16);
    add_option(&answer, 15, &why);
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &answer);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "rcode='SERVFAIL'",
                             "extended_error='No Reachable Authority'", NULL));
    scene_close(&scene);
}

/* A code of the future has a number; a cookie, an option that is too short,
 * and EDNS without options are no such error. */
static void other_options_say_nothing(void **state)
{
    static const struct {
        unsigned option;
        const char *value;
        size_t value_bytes;
        const char *told; /* NULL: nothing */
    } options[] = {
        { 15, "\xff\x00", 2, "extended_error='EDE65280'" },
        { 15, "\x00\x03", 2, "extended_error='Stale Answer'" },
        { 15, "\x16", 1, NULL },
        { 10, "\0\x16\3\4\5\6\7\x8", 8, NULL },
        { 12, "", 0, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        struct bytes query = dns_query(7, "a.b", 1);
        struct bytes answer = dns_answer(7, "a.b", 1);
        struct bytes value = { .length = 0 };
        struct scene scene;

        put_bytes(&value, options[i].value, options[i].value_bytes);
        add_option(&answer, options[i].option, &value);
        scene_begin(&scene);
        scene_ask(&scene, 40000, &query);
        scene_answer(&scene, 40000, &answer);
        scene_end(&scene);
        assert_true(row_text_has(&scene.rows, "state='answered'", NULL));
        assert_int_equal(row_text_has(&scene.rows, "dns_exchange:",
                                      options[i].told != NULL
                                          ? options[i].told
                                          : "extended_error",
                                      NULL),
                         options[i].told != NULL);
        scene_close(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_port_and_id_is_an_exchange_each),
        cmocka_unit_test(new_id_is_an_exchange_of_its_own),
        cmocka_unit_test(each_name_of_a_search_list_is_asked_for),
        cmocka_unit_test(letters_of_any_case_are_one_name),
        cmocka_unit_test(answer_from_another_address_answers_nothing),
        cmocka_unit_test(cut_answer_is_followed_by_tcp),
        cmocka_unit_test(server_says_why),
        cmocka_unit_test(other_options_say_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
