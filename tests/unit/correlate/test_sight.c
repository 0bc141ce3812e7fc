/* Captures that hold one way of the questions only, and what tells them from
 * a path on which nothing comes back. */
#include "correlate/correlate.h"

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

/* Captures at the uplink of node a and of node b, of 15 minutes. */
#define CAPTURES(filter)                                                       \
    "INSERT INTO evidence VALUES"                                              \
    " (1, 'na_eth0.pcap', 1, '', 'capture', 'pcap', 'na', '', 'eth0', NULL,"   \
    "  NULL, 'read', NULL, 20, 1, 1000, 900000000000, NULL),"                  \
    " (2, 'nb_eth0.pcap', 1, '', 'capture', 'pcap', 'nb', '', 'eth0', NULL,"   \
    "  NULL, 'read', NULL, 20, 1, 1000, 900000000000, NULL);"                  \
    "INSERT INTO capture_interface (evidence_id, number, name, filter,"        \
    " link_type, snaplen_bytes, packets, bytes, snapped) VALUES"               \
    " (1, 0, 'eth0', " filter ", 1, 65535, 20, 1000, 0);"                      \
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name, node," \
    " address) VALUES (1, 1, 'node', '', 'na', 'na', x'c0000201'),"            \
    " (1, 1, 'node', '', 'nb', 'nb', x'c0000202');"                            \
    "INSERT INTO traffic (evidence_id, interface, direction, depth, tunnel,"   \
    " protocol, source, destination, destination_port, packets, bytes,"        \
    " bytes_max, first_ns, last_ns, first_frame, last_frame) VALUES (1, 0,"    \
    " '', 0, '', 17, x'0a000005', x'0a000009', 53, 20, 1, 1, 1, 1, 1, 1);"

/* Twenty questions, one every 5 s; values that differ between tests are
 * `attempts`, the time of the last try, the name and the answer's time. */
#define QUESTIONS(evidence, attempts, last, name, answered)                    \
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"           \
    " WHERE i < 20) INSERT INTO dns_exchange (evidence_id, number, interface," \
    " depth, tunnel, transport, client, client_port, server, server_port,"     \
    " dns_id, qname, qtype, asked_ns, last_asked_ns, answered_ns, attempts,"   \
    " state, rcode, query_frame, identity) SELECT " evidence ", i, 0, 0, '',"  \
    " 'udp', x'0a000005', 4000 + i, x'0a000009', 53, i, " name ", 'A',"        \
    " i * 5000000000, i * 5000000000 + " last ", " answered ", " attempts ","  \
    " iif(" answered " IS NULL, 'unanswered', 'answered'), 'NOERROR', i, i"    \
    " FROM n;"

#define NAME "'n' || i || '.example.com.'"

static struct store *correlated(const char *rows)
{
    struct failure failure = { 0 };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);

    assert_non_null(store);
    assert_true(store_begin(store, &failure));
    assert_true(store_execute(store, rows, &failure));
    assert_true(store_commit(store, &failure));
    if (!correlate(store, &failure))
        fail_msg("correlate: %s", failure.text);
    return store;
}

static int64_t integer(struct store *store, const char *sql)
{
    struct failure failure = { 0 };
    int64_t value = -1;

    assert_true(store_integer(store, sql, -1, &value, &failure));
    return value;
}

/* What of the twenty has this outcome, and how the capture is known. */
static void expect(const char *rows, const char *outcome, const char *known_by)
{
    struct store *store = correlated(rows);
    char sql[256];

    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM exchange WHERE outcome = '%s'", outcome);
    assert_int_equal(integer(store, sql), 20);
    snprintf(sql, sizeof sql,
             "SELECT coalesce(sees_by, '') = '%s' FROM vantage"
             " WHERE evidence_id = 1",
             known_by);
    assert_int_equal(integer(store, sql), 1);
    assert_int_equal(
        integer(store,
                "SELECT count(*) FROM v_gap"
                " WHERE what = 'No answers in the capture na_eth0.pcap'"),
        strcmp(outcome, "unknown") == 0);
    store_close(store);
}

static void silence_may_be_the_filters(void **state)
{
    (void)state;
    expect(CAPTURES("NULL") QUESTIONS("1", "1", "0", NAME, "NULL"), "unknown",
           "");
}

static void a_filter_tells(void **state)
{
    (void)state;
    expect(CAPTURES("'udp dst port 53'") QUESTIONS("1", "1", "0", NAME, "NULL"),
           "unknown", "filter");
    expect(CAPTURES("'udp port 53'") QUESTIONS("1", "1", "0", NAME, "NULL"),
           "failed", "filter");
    expect(CAPTURES("'src or dst port 53'")
               QUESTIONS("1", "1", "0", NAME, "NULL"),
           "failed", "filter");
    expect(CAPTURES("'udp[10] & 0x80 = 0'")
               QUESTIONS("1", "1", "0", NAME, "NULL"),
           "unknown", "");
}

static void who_asks_again_has_no_answer(void **state)
{
    (void)state;
    expect(CAPTURES("NULL") QUESTIONS("1", "2", "2000000000", NAME, "NULL"),
           "failed", "repeats");
    expect(CAPTURES("'dst port 53'")
               QUESTIONS("1", "2", "2000000000", NAME, "NULL"),
           "failed", "filter");
}

static void other_packets_tell_of_no_filter(void **state)
{
    (void)state;
    expect(CAPTURES("NULL") QUESTIONS("1", "1", "0", NAME, "NULL")
           /* ARP */
           "UPDATE capture_interface SET packets = 21;",
           "failed", "other packets");
    expect(
        CAPTURES("NULL") QUESTIONS(
            "1", "1", "0", NAME,
            "NULL") "INSERT INTO traffic (evidence_id, interface, direction, "
                    "depth,"
                    " tunnel, protocol, source, destination, destination_port,"
                    " packets, bytes, bytes_max, first_ns, last_ns, "
                    "first_frame,"
                    " last_frame) VALUES (1, 0, '', 0, '', 6, x'0a0000c8',"
                    " x'0a000005', 443, 1, 1, 1, 1, 1, 1, 1);"
                    "UPDATE capture_interface SET packets = 21;",
        "failed", "other packets");
    /* dst host: all that comes goes to the server */
    expect(
        CAPTURES("NULL") QUESTIONS(
            "1", "1", "0", NAME,
            "NULL") "INSERT INTO traffic (evidence_id, interface, direction, "
                    "depth,"
                    " tunnel, protocol, source, destination, destination_port,"
                    " packets, bytes, bytes_max, first_ns, last_ns, "
                    "first_frame,"
                    " last_frame) VALUES (1, 0, '', 0, '', 6, x'0a0000c8',"
                    " x'0a000009', 8080, 1, 1, 1, 1, 1, 1, 1);"
                    "UPDATE capture_interface SET packets = 21;",
        "unknown", "");
}

static void clients_that_acknowledge_tell(void **state)
{
    (void)state;
    expect(
        CAPTURES("NULL") QUESTIONS(
            "1", "1", "0", NAME,
            "NULL") "INSERT INTO tcp_connection (evidence_id, number, "
                    "interface,"
                    " depth, tunnel, client, client_port, server, server_port,"
                    " first_ns, last_ns, first_frame, last_frame, "
                    "client_packets,"
                    " server_packets, client_data_bytes, server_data_bytes,"
                    " client_retransmissions, server_retransmissions, syns,"
                    " syn_acks, is_established, client_unacked_bytes_max,"
                    " server_unacked_bytes_max, client_acked_bytes_max,"
                    " server_acked_bytes_max, queries, responses, syn_ns, "
                    "syn_frame,"
                    " identity) VALUES (1, 1, 0, 0, '', x'0a000005', 5000,"
                    " x'0a000009', 53, 2000, 3000, 1, 3, 3, 0, 40, 0, 0, 0, 1, "
                    "0,"
                    " 1, 0, 0, 0, 0, 1, 0, 2000, 1, 900);",
        "unknown", "connection");
}

static void a_search_list_gone_through_tells(void **state)
{
    static const char name[] = CAPTURES("NULL") QUESTIONS(
        "1", "1", "0", "'api' || i || '.shop.svc.cluster.local.'",
        "NULL") "UPDATE dns_exchange SET qname = 'api' || (number - 1)"
                " || '.svc.cluster.local.', asked_ns = asked_ns - 4999000000,"
                " last_asked_ns = asked_ns - 4999000000 WHERE number % 2 = 0;";

    (void)state;
    expect(name, "unknown", "search");
}

/* b is where the questions leave: what it saw of the answers passed a. */
static void a_place_nearer_to_the_client_tells(void **state)
{
    static const char rows[] = CAPTURES(
        "NULL") "INSERT INTO capture_interface (evidence_id, number, name,"
                " link_type, snaplen_bytes, packets, bytes, snapped) VALUES"
                " (2, 0, 'eth0', 1, 65535, 20, 1000, 0);"
                "UPDATE evidence SET path = 'na_eth1.pcap' WHERE id = "
                "2;" QUESTIONS("1", "1", "0", NAME, "NULL") QUESTIONS(
                    "2", "1", "0", NAME,
                    "i * 5000000000 + 100000") "UPDATE dns_exchange SET "
                                               "asked_ns = asked_ns - 1000,"
                                               " last_asked_ns = asked_ns - "
                                               "1000 WHERE evidence_id = 2;";
    struct store *store = correlated(rows);

    (void)state;
    assert_int_equal(integer(store, "SELECT sees_by = 'other place'"
                                    " FROM vantage WHERE evidence_id = 1"),
                     1);
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"
                                    " WHERE outcome = 'answered'"),
                     20);
    store_close(store);
}

static void a_servers_log_tells(void **state)
{
    struct store *store = correlated(CAPTURES("NULL") QUESTIONS(
        "1", "1", "0", NAME,
        "NULL") "INSERT INTO log_event (evidence_id, line, at_ns, time_is, "
                "severity,"
                " source, event, qname, qtype, error, message) SELECT 1, "
                "number,"
                " asked_ns + 2000000000, 'exact', 'error', 'coredns', 'error', "
                "qname,"
                " qtype, 'timeout', '' FROM dns_exchange WHERE number <= 5;");

    (void)state;
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"
                                    " WHERE outcome = 'failed'"),
                     5);
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"
                                    " WHERE outcome = 'unknown'"),
                     15);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_may_be_the_filters),
        cmocka_unit_test(a_filter_tells),
        cmocka_unit_test(who_asks_again_has_no_answer),
        cmocka_unit_test(other_packets_tell_of_no_filter),
        cmocka_unit_test(clients_that_acknowledge_tell),
        cmocka_unit_test(a_search_list_gone_through_tells),
        cmocka_unit_test(a_place_nearer_to_the_client_tells),
        cmocka_unit_test(a_servers_log_tells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
