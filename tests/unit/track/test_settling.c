#include "track/settling.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static int64_t take(struct settling *settling, int64_t before_ns)
{
    const struct settling_entry *entry = settling_take(settling, before_ns);

    return entry == NULL ? -1 : entry->number;
}

static void add(struct settling *settling, int64_t at_ns, int64_t number)
{
    settling_add(settling,
                 &(struct settling_entry){ .at_ns = at_ns, .number = number });
}

static void first_in_is_first_out_when_its_time_has_come(void **state)
{
    struct settling settling;

    (void)state;
    settling_init(&settling, 3);
    assert_int_equal(take(&settling, INT64_MAX), -1);
    add(&settling, 10, 1);
    add(&settling, 20, 2);
    assert_int_equal(settling_ahead(&settling, 1)->number, 2);
    assert_null(settling_ahead(&settling, 2));
    assert_int_equal(take(&settling, 10), -1);
    assert_int_equal(take(&settling, 11), 1);
    assert_int_equal(take(&settling, 11), -1);
    add(&settling, 30, 3);
    add(&settling, 40, 4);
    assert_int_equal(take(&settling, 100), 2);
    assert_int_equal(take(&settling, 100), 3);
    assert_int_equal(take(&settling, 100), 4);
    assert_int_equal(take(&settling, 100), -1);
    settling_deinit(&settling);
}

static void full_queue_takes_no_more(void **state)
{
    struct settling settling;

    (void)state;
    settling_init(&settling, 2);
    add(&settling, 1, 1);
    add(&settling, 2, 2);
    add(&settling, 3, 3);
    assert_int_equal(take(&settling, 100), 1);
    assert_int_equal(take(&settling, 100), 2);
    assert_int_equal(take(&settling, 100), -1);
    settling_deinit(&settling);
}

static size_t rows(const struct scene *scene, const char *table)
{
    return row_text_count(&scene->rows, table);
}

/* Anything, so that time goes on. */
static void wait_seconds(struct scene *scene, int seconds)
{
    struct bytes other = dns_query(1, "other.", 1);

    scene->at_ns += seconds * INT64_C(1000) * MS;
    scene_ask(scene, 50000, &other);
}

static void answered_is_written_while_the_capture_is_read(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &answer);
    wait_seconds(&scene, 1);
    assert_int_equal(rows(&scene, "dns_exchange"), 0);
    wait_seconds(&scene, 2);
    assert_int_equal(rows(&scene, "dns_exchange"), 1);
    scene_answer(&scene, 40000, &answer); /* and is still known */
    assert_true(
        row_text_has(&scene.rows, "dns_id=7", "state='answered'", NULL));
    assert_true(
        row_text_has(&scene.rows, "dns_id=7", "state='duplicate'", NULL));
    scene_end(&scene);
    assert_int_equal(rows(&scene, "dns_exchange"), 3);
    scene_close(&scene);
}

static void question_without_an_answer_waits(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    wait_seconds(&scene, 30);
    assert_int_equal(rows(&scene, "dns_exchange"), 0);
    scene_end(&scene);
    assert_int_equal(rows(&scene, "dns_exchange"), 2);
    scene_close(&scene);
}

static void refusal_within_a_second_is_in_the_row(void **state)
{
    struct bytes query = dns_query(7, "a.b", 1);
    struct bytes answer = dns_answer(7, "a.b", 1);
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    scene_ask(&scene, 40000, &query);
    scene_answer(&scene, 40000, &answer);
    scene.at_ns += INT64_C(900) * MS;
    scene_refuse(&scene, CLIENT, SERVER);
    wait_seconds(&scene, 3);
    assert_true(row_text_has(&scene.rows, "dns_id=7", "state='late'", NULL));
    scene_end(&scene);
    scene_close(&scene);
}

/* The packets of a connection, one each way in turn, from the client's SYN. */
static void exchange_flags(struct scene *scene, const struct ends *steps,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct ends ends = steps[i];
        bool is_client = ends.source == CLIENT;

        ends.destination = is_client ? SERVER : CLIENT;
        ends.source_port = is_client ? 40000 : 53;
        ends.destination_port = is_client ? 53 : 40000;
        scene_tcp(scene, &ends, NULL, 0);
        scene->at_ns += MS;
    }
}

static const struct ends closing[] = {
    { .source = CLIENT, .sequence = 99, .flags = SYN },
    { .source = SERVER,
      .sequence = 499,
      .acknowledgment = 100,
      .flags = SYN | ACK },
    { .source = CLIENT, .sequence = 100, .acknowledgment = 500, .flags = ACK },
    { .source = CLIENT,
      .sequence = 100,
      .acknowledgment = 500,
      .flags = FIN | ACK },
    { .source = SERVER,
      .sequence = 500,
      .acknowledgment = 101,
      .flags = FIN | ACK },
    { .source = CLIENT, .sequence = 101, .acknowledgment = 501, .flags = ACK },
};

static void closed_connection_is_written_when_quiet(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    exchange_flags(&scene, closing, 6);
    wait_seconds(&scene, 8);
    exchange_flags(&scene, closing + 4, 2); /* the last ACK was lost */
    wait_seconds(&scene, 8);
    assert_int_equal(rows(&scene, "tcp_connection"), 0);
    wait_seconds(&scene, 3);
    assert_int_equal(rows(&scene, "tcp_connection"), 1);
    scene_end(&scene);
    assert_int_equal(rows(&scene, "tcp_connection"), 1);
    assert_true(row_text_has(&scene.rows, "client_packets=5",
                             "server_packets=3", "closed_by='fin'", NULL));
    scene_close(&scene);
}

/* The server never learns that the client has gone, and says so for long. */
static void half_closed_connection_waits(void **state)
{
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    exchange_flags(&scene, closing, 5);
    wait_seconds(&scene, 30);
    assert_int_equal(rows(&scene, "tcp_connection"), 0);
    exchange_flags(&scene, closing + 4, 1);
    scene_end(&scene);
    assert_true(row_text_has(&scene.rows, "client_packets=3",
                             "server_packets=3", NULL));
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_in_is_first_out_when_its_time_has_come),
        cmocka_unit_test(full_queue_takes_no_more),
        cmocka_unit_test(answered_is_written_while_the_capture_is_read),
        cmocka_unit_test(question_without_an_answer_waits),
        cmocka_unit_test(refusal_within_a_second_is_in_the_row),
        cmocka_unit_test(closed_connection_is_written_when_quiet),
        cmocka_unit_test(half_closed_connection_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
