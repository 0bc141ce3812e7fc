/* Views over what was put together: repeated packets, the way of a lost
 * packet, and which question led to which. */
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

/* A client on node a and a DNS pod on node b; captures at both uplinks. */
static const char ground[] =
    "INSERT INTO evidence VALUES"
    " (1, 'a.pcap', 1, '', 'capture', 'pcap', 'a', '', 'eth0', NULL, NULL,"
    "  'read', NULL, 9, 1, 0, 900000000000, NULL),"
    " (2, 'b.pcap', 1, '', 'capture', 'pcap', 'b', '', 'eth0', NULL, NULL,"
    "  'read', NULL, 9, 1, 0, 900000000000, NULL);"
    "INSERT INTO vantage (evidence_id, interface, node, netns, name, kind,"
    " is_known_by) VALUES (1, 0, 'a', '', 'eth0', 'uplink', 'name'),"
    " (2, 0, 'b', '', 'eth0', 'uplink', 'name');"
    "INSERT INTO owner VALUES"
    " (x'0a000001', 'pod', 'client', '', 'a', 0, 10, 1, 1),"
    " (x'0a000002', 'pod', 'dns', '', 'b', 1, 10, 1, 2);"
    "INSERT INTO phase (number) VALUES (0);";

#define CONNECTION(evidence, number, port, syns, syn_acks, data, back,        \
                   identity)                                                  \
    "INSERT INTO tcp_connection (evidence_id, number, interface, depth,"      \
    " tunnel, client, client_port, server, server_port, first_ns, last_ns,"   \
    " first_frame, last_frame, client_packets, server_packets,"               \
    " client_data_bytes, server_data_bytes, client_retransmissions,"          \
    " server_retransmissions, syns, syn_acks, is_established,"                \
    " client_unacked_bytes_max, server_unacked_bytes_max,"                    \
    " client_acked_bytes_max, server_acked_bytes_max, queries, responses,"    \
    " last_syn_frame, last_syn_ack_frame, identity) VALUES (" evidence        \
    ", " number ", 0, 1, 'vxlan', x'0a000001', " port ", x'0a000002', 53, 1," \
    " 2, 1, 9, 5, 5, 1, 1, " data ", " back ", " syns ", " syn_acks           \
    ", 1, 0, 0, 0, 0, 1, 1, " number " * 10, " number " * 10 + 1, " identity  \
    ");"

#define EXCHANGE(id, leg, client, server, dns_id, asked, outcome, failure) \
    "INSERT INTO exchange (id, leg, transport, client, client_port,"       \
    " client_kind, client_name, client_node, server, server_name,"         \
    " server_node, path, dns_id, qname, qtype, asked_ns, last_asked_ns,"   \
    " attempts, outcome, failure, phase, last_seen, evidence_id, frame)"   \
    " VALUES (" id ", '" leg "', 'udp', x'" client "', 4000, 'pod',"       \
    " 'client', 'a', x'" server "', 'dns', 'b', 'cross-node', " dns_id     \
    ", 'n.', 'A', " asked ", " asked ", 1, '" outcome "', " failure        \
    ", 0, 'a eth0', 1, 7);"

static struct store *filled(const char *rows)
{
    struct failure failure = { 0 };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);

    assert_non_null(store);
    assert_true(store_begin(store, &failure));
    assert_true(store_execute(store, ground, &failure));
    if (!store_execute(store, rows, &failure))
        fail_msg("%s", failure.text);
    assert_true(store_commit(store, &failure));
    return store;
}

static void expect(struct store *store, const char *sql, int64_t expected)
{
    struct failure failure = { 0 };
    int64_t value = -1;

    if (!store_integer(store, sql, -1, &value, &failure))
        fail_msg("%s", failure.text);
    if (value != expected)
        fail_msg("%s: %lld", sql, (long long)value);
}

/* One connection at two places: the sender's saw three SYNs, the other one. */
static void repeats_are_counted_once_and_by_way(void **state)
{
    struct store *store =
        filled(CONNECTION("1", "1", "4001", "3", "1", "0", "0", "11")
                   CONNECTION("2", "1", "4001", "1", "4", "0", "0", "11")
                       CONNECTION("1", "2", "4002", "1", "1", "0", "0", "12"));

    (void)state;
    expect(store, "SELECT count(*) FROM v_retransmission", 2);
    expect(store,
           "SELECT syn = 2 AND data = 0 AND segments = 10 AND ref = 'a.pcap#10'"
           " FROM v_retransmission WHERE from_node = 'a'",
           1);
    expect(store,
           "SELECT syn = 3 AND ref = 'b.pcap#11' FROM v_retransmission"
           " WHERE from_node = 'b'",
           1);
    store_close(store);
}

/* Connections that were open before have one identity, and no SYN at all. */
static void connections_without_a_syn_are_told_apart(void **state)
{
    struct store *store = filled(
        CONNECTION("1", "1", "4001", "0", "0", "2", "0", "99") CONNECTION(
            "1", "2", "4002", "0", "0", "3", "0",
            "99") "INSERT INTO tcp_event VALUES (1, 77, 0, 1, "
                  "'fast-retransmission',"
                  " x'0a000001', 4001, x'0a000002', 53, 5, 1, 1, 1, 'ok', 1);");

    (void)state;
    expect(store,
           "SELECT syn = 0 AND data = 5 AND ref = 'a.pcap#77'"
           " FROM v_retransmission",
           1);
    store_close(store);
}

#define SEEN(exchange, evidence, number, stop, frame, client_port)            \
    "INSERT INTO sighting VALUES (" exchange ", 'dns', " evidence ", " number \
    ", " stop ");"                                                            \
    "INSERT INTO dns_exchange (evidence_id, number, interface, depth,"        \
    " tunnel, transport, client, client_port, server, server_port, dns_id,"   \
    " qname, qtype, asked_ns, last_asked_ns, attempts, state, query_frame,"   \
    " identity) VALUES (" evidence ", " number ", 0, 1, 'vxlan', 'udp',"      \
    " x'0a000001', " client_port ", x'0a000002', 53, 7, 'n.', 'A', 5, 5, 1,"  \
    " 'unanswered', " frame ", 1);"

static void a_way_that_nobody_watched_is_unknown(void **state)
{
    struct store *store =
        filled(EXCHANGE("1", "client-to-dns", "0a000001", "0a000002", "7", "5",
                        "failed", "'no-answer'")
                   SEEN("1", "1", "1", "4", "3", "4000"));

    (void)state;
    expect(store,
           "SELECT fate = 'seen last at a eth0, unknown from there: no capture"
           " at b''s uplink' AND is_ambiguous = 0 FROM v_journey",
           1);
    store_close(store);
}

static void a_way_that_was_watched_names_the_place(void **state)
{
    struct store *store = filled(
        EXCHANGE("1", "client-to-dns", "0a000001", "0a000002", "7", "5",
                 "failed", "'query-lost'")
            SEEN("1", "1", "1", "4", "3",
                 "4000") "UPDATE exchange SET first_missing = 'b eth0';");

    (void)state;
    expect(store,
           "SELECT fate = 'lost after a eth0, missing at b eth0'"
           " FROM v_journey",
           1);
    store_close(store);
}

/* Two clients that ask the same under one id: which packet is whose? */
static void questions_alike_are_marked(void **state)
{
    struct store *store = filled(
        EXCHANGE("1", "client-to-dns", "0a000001", "0a000002", "7", "5",
                 "failed", "'no-answer'") SEEN("1", "1", "1", "4", "3", "4000")
            EXCHANGE("2", "client-to-dns", "0a000001", "0a000002", "7", "6",
                     "answered", "NULL") SEEN("2", "1", "2", "4", "4", "4001"));

    (void)state;
    expect(store, "SELECT is_ambiguous FROM v_journey", 1);
    store_close(store);
}

/* What the cache loses by waiting is told on the leg behind it. */
static void the_leg_to_the_cache_is_told_for_its_own_losses(void **state)
{
    struct store *store = filled(
        EXCHANGE("1", "client-to-cache", "0a000001", "0a000002", "7", "5",
                 "failed", "'no-answer'") SEEN("1", "1", "1", "0", "3", "4000")
            EXCHANGE("2", "client-to-cache", "0a000001", "0a000002", "8", "5",
                     "failed", "'answer-lost'")
                SEEN("2", "1", "2", "0", "4", "4001"));

    (void)state;
    expect(store, "SELECT count(*) FROM v_journey", 1);
    expect(store, "SELECT exchange_id FROM v_journey", 2);
    store_close(store);
}

static void questions_are_chained_by_name_and_time(void **state)
{
    struct store *store = filled(
        EXCHANGE("1", "client-to-cache", "0a000001", "a9fe140a", "7", "1000",
                 "answered",
                 "NULL") EXCHANGE("2", "cache-to-dns", "c0000201", "0a000002",
                                  "7", "2000", "answered",
                                  "NULL") EXCHANGE("3", "dns-to-upstream",
                                                   "0a000002", "c6336435", "9",
                                                   "3000", "answered", "NULL")
            EXCHANGE(
                "4", "cache-to-dns", "c0000201", "0a000002", "8", "90000",
                "answered",
                "NULL") "UPDATE exchange SET answered_ns = asked_ns + 5000;");

    (void)state;
    expect(store, "SELECT count(*) FROM v_chain", 2);
    expect(store,
           "SELECT link = 'exact' AND candidates = 1 FROM v_chain"
           " WHERE exchange_id = 1 AND next_id = 2",
           1);
    expect(store,
           "SELECT link = 'inferred' FROM v_chain"
           " WHERE exchange_id = 2 AND next_id = 3",
           1);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_are_counted_once_and_by_way),
        cmocka_unit_test(connections_without_a_syn_are_told_apart),
        cmocka_unit_test(a_way_that_nobody_watched_is_unknown),
        cmocka_unit_test(a_way_that_was_watched_names_the_place),
        cmocka_unit_test(questions_alike_are_marked),
        cmocka_unit_test(the_leg_to_the_cache_is_told_for_its_own_losses),
        cmocka_unit_test(questions_are_chained_by_name_and_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
