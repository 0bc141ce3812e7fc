/* The whole of correlation, from rows as the readers leave them: who is who,
 * which rows are one exchange, and what became of it. */
#include "correlate/correlate.h"

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

/* A capture at the uplink of node a (192.0.2.1), of 15 minutes. */
static const char ground[] =
    "INSERT INTO evidence VALUES (1, 'a_eth0.pcap', 1, '', 'capture', 'pcap',"
    " 'a', '', 'eth0', NULL, NULL, 'read', NULL, 1000, 1, 1000,"
    " 900000000000, NULL);"
    "INSERT INTO capture_interface (evidence_id, number, name, link_type,"
    " snaplen_bytes, packets, bytes, snapped)"
    " VALUES (1, 0, 'eth0', 1, 65535, 1000, 1000, 0);"
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name, node,"
    " address) VALUES (1, 1, 'node', '', 'a', 'a', x'c0000201');";

/* Questions from 10.0.0.5 on, all of one id and name. */
#define ASKED(server, name, times, identity, step_ns)                       \
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"        \
    " WHERE i < " times ") INSERT INTO dns_exchange (evidence_id, number,"  \
    " interface, depth, tunnel, transport, client, client_port, server,"    \
    " server_port, dns_id, qname, qtype, asked_ns, last_asked_ns,"          \
    " answered_ns, attempts, state, rcode, query_frame, response_frame,"    \
    " identity) SELECT 1, i, 0, 0, '', 'udp', x'0a000005', 4000, x'" server \
    "', 53, 7, '" name "', 'A', 1000000000 + i * " step_ns ","              \
    " 1000000000 + i * " step_ns ", 1000000500 + i * " step_ns ", 1,"       \
    " 'answered', 'NOERROR', i, i, " identity " FROM n;"

static struct store *correlated(const char *rows)
{
    struct failure failure = { 0 };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);

    assert_non_null(store);
    assert_true(store_begin(store, &failure));
    assert_true(store_execute(store, ground, &failure));
    assert_true(store_execute(store, rows, &failure));
    assert_true(store_commit(store, &failure));
    if (!correlate(store, &failure))
        fail_msg("correlate failed");
    return store;
}

static int64_t integer(struct store *store, const char *sql)
{
    struct failure failure = { 0 };
    int64_t value = -1;

    assert_true(store_integer(store, sql, -1, &value, &failure));
    return value;
}

static void questions_of_one_identity_are_all_kept(void **state)
{
    struct store *store = correlated(
        ASKED("0a000009", "a.b.svc.cluster.local.", "600", "1", "30000000000"));

    (void)state;
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"), 600);
    assert_int_equal(integer(store, "SELECT count(*) FROM anomaly"), 0);
    store_close(store);
}

/* Tries and their answer may be long apart: RES_MAXRETRANS is 30 s. One that
 * was answered is over; another client's is another. */
static void late_parts_of_a_question_are_not_counted_twice(void **state)
{
    struct store *store =
        correlated(ASKED("0a000009", "a.b.svc.cluster.local.", "2", "1",
                         "40000000000") "UPDATE dns_exchange SET answered_ns = "
                                        "NULL, state = 'unanswered';");

    (void)state;
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"), 1);
    assert_int_equal(integer(store, "SELECT attempts FROM exchange"), 2);
    store_close(store);

    store = correlated(
        ASKED("0a000009", "a.b.svc.cluster.local.", "2", "1",
              "40000000000") "UPDATE dns_exchange SET answered_ns = NULL, "
                             "state = 'unanswered'"
                             " WHERE number = 1; UPDATE dns_exchange SET "
                             "asked_ns = NULL,"
                             " last_asked_ns = NULL WHERE number = 2;");
    assert_int_equal(integer(store, "SELECT count(*) FROM sighting"), 2);
    store_close(store);

    store =
        correlated(ASKED("0a000009", "a.b.svc.cluster.local.", "2", "1",
                         "40000000000") "UPDATE dns_exchange SET answered_ns = "
                                        "NULL, state = 'unanswered',"
                                        " client_port = client_port + number;");
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"), 2);
    store_close(store);
}

static void rows_beyond_the_bound_are_counted(void **state)
{
    struct store *store = correlated(
        ASKED("0a000009", "a.b.svc.cluster.local.", "300", "1", "1000000"));

    (void)state;
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"), 1);
    assert_int_equal(integer(store, "SELECT packets FROM anomaly WHERE name ="
                                    " 'correlate.too-many-sightings'"),
                     44);
    store_close(store);
}

static void a_private_server_of_cluster_names_is_cluster_dns(void **state)
{
    struct store *store = correlated(
        ASKED("0a000009", "a.b.svc.cluster.local.", "5", "i", "1000000"));

    (void)state;
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"
                                    " WHERE leg = 'client-to-dns'"),
                     5);
    store_close(store);
}

static void so_is_a_unique_local_one(void **state)
{
    static const char count[] =
        "SELECT count(*) FROM exchange WHERE leg = 'client-to-dns'";
    struct store *store =
        correlated(ASKED("fd000000000000000000000000000009",
                         "a.b.svc.cluster.local.", "5", "i", "1000000"));

    (void)state;
    assert_int_equal(integer(store, count), 5);
    store_close(store);

    store = correlated(ASKED("20010db8000000000000000000000009",
                             "a.b.svc.cluster.local.", "5", "i", "1000000"));
    assert_int_equal(integer(store, count), 0);
    store_close(store);
}

#define CACHE                                                               \
    "UPDATE dns_exchange SET client = x'c0000201';"                         \
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name,"    \
    " node, address) VALUES (1, 2, 'pod', 'kube-system', 'coredns-x', 'b'," \
    " x'0a000009');"                                                        \
    "INSERT INTO corefile (evidence_id, line, owner, zone, port, plugin,"   \
    " arguments, options) VALUES (1, 1, 'cache', 'cluster.local.', 53,"     \
    " 'bind', '169.254.20.10', '');"
#define CACHE_FORWARDS(options)                                           \
    "INSERT INTO corefile (evidence_id, line, owner, zone, port, plugin," \
    " arguments, options) VALUES (1, 2, 'cache', 'cluster.local.', 53,"   \
    " 'forward', '. __PILLAR__CLUSTER__DNS__', '" options "');"

static int64_t asked_by_cache(const char *rows)
{
    struct store *store = correlated(rows);
    int64_t count = integer(
        store, "SELECT count(*) FROM exchange WHERE leg = 'cache-to-dns'");

    store_close(store);
    return count;
}

/* A node asks over UDP: its cache, unless the Corefile has it ask over TCP. */
static void a_nodes_question_is_its_caches_as_the_corefile_tells(void **state)
{
    (void)state;
    assert_int_equal(
        asked_by_cache(ASKED("0a000009", "a.b.svc.cluster.local.", "5", "i",
                             "1000000") CACHE CACHE_FORWARDS("prefer_udp")),
        5);
    assert_int_equal(
        asked_by_cache(ASKED("0a000009", "a.b.svc.cluster.local.", "5", "i",
                             "1000000") CACHE CACHE_FORWARDS("force_tcp")),
        0);
    assert_int_equal(asked_by_cache(ASKED("0a000009", "a.b.svc.cluster.local.",
                                          "5", "i", "1000000") CACHE),
                     5);
}

static void a_clouds_resolver_is_no_cache(void **state)
{
    struct store *store = correlated(ASKED(
        "a9fea9fd", "www.example.com.", "5", "i",
        "1000000") "INSERT INTO setting (evidence_id, line, source, interface, "
                   "name,"
                   " value) VALUES (1, 1, 'resolv.conf', '', 'nameserver',"
                   " '169.254.169.253');");

    (void)state;
    assert_int_equal(
        integer(store, "SELECT count(*) FROM owner WHERE kind = 'cache'"), 0);
    store_close(store);
}

static void a_dns_pod_in_the_hosts_network_is_cluster_dns(void **state)
{
    struct store *store =
        correlated(ASKED("c0000201", "a.b.svc.cluster.local.", "5", "i",
                         "1000000") "INSERT INTO kube_object (evidence_id, "
                                    "line, kind, namespace, name,"
                                    " node, address, is_host_network) VALUES "
                                    "(1, 2, 'pod', 'kube-system',"
                                    " 'coredns-x', 'a', x'c0000201', 1);");

    (void)state;
    assert_int_equal(integer(store, "SELECT count(*) FROM exchange"
                                    " WHERE leg = 'client-to-dns'"),
                     5);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_of_one_identity_are_all_kept),
        cmocka_unit_test(late_parts_of_a_question_are_not_counted_twice),
        cmocka_unit_test(rows_beyond_the_bound_are_counted),
        cmocka_unit_test(a_private_server_of_cluster_names_is_cluster_dns),
        cmocka_unit_test(so_is_a_unique_local_one),
        cmocka_unit_test(a_nodes_question_is_its_caches_as_the_corefile_tells),
        cmocka_unit_test(a_clouds_resolver_is_no_cache),
        cmocka_unit_test(a_dns_pod_in_the_hosts_network_is_cluster_dns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
