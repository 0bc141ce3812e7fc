/* When a setting was changed between two readings. */
#include "correlate/correlate.h"

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#define SECOND "1000000000"

/* Offload on at 1000 s and off at 2000 s, on node na; a capture of all that. */
static const char ground[] =
    "INSERT INTO evidence VALUES"
    " (1, 'na_eth0.pcap', 1, '', 'capture', 'pcap', 'na', '', 'eth0', NULL,"
    "  NULL, 'read', NULL, 1000, 1, 1000, 9000000000000, NULL),"
    " (2, '1/na.txt', 1, '', 'snapshot', '', 'na', '', NULL, 1000 * " SECOND ","
    "  'stated', 'read', NULL, 0, 1, NULL, NULL, NULL),"
    " (3, '2/na.txt', 1, '', 'snapshot', '', 'na', '', NULL, 2000 * " SECOND ","
    "  'stated', 'read', NULL, 0, 1, NULL, NULL, NULL);"
    "INSERT INTO capture_interface (evidence_id, number, name, link_type,"
    " snaplen_bytes, packets, bytes, snapped)"
    " VALUES (1, 0, 'eth0', 1, 65535, 1000, 1000, 0);"
    "INSERT INTO clue VALUES (2, 1, 'taken', NULL, 1000 * " SECOND "),"
    " (3, 1, 'taken', NULL, 2000 * " SECOND ");"
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name, node,"
    " address) VALUES (1, 1, 'node', '', 'na', 'na', x'c0000201'),"
    " (1, 2, 'pod', 'kube-system', 'coredns-x', 'nb', x'0a000009');"
    "INSERT INTO setting VALUES"
    " (2, 1, 'ethtool -k', 'vxlan0', 'tx-checksum-ip-generic', 'on', 0),"
    " (3, 1, 'ethtool -k', 'vxlan0', 'tx-checksum-ip-generic', 'off', 0);";

/* One question every 10 s from `first` to `last` (seconds); those before
 * `until` are not answered, and asked again after 5 s. */
#define ASKED(first, last, until)                                             \
    "WITH RECURSIVE n(i) AS (SELECT " first " UNION ALL SELECT i + 10 FROM n" \
    " WHERE i < " last ") INSERT INTO dns_exchange (evidence_id, number,"     \
    " interface, depth, tunnel, transport, client, client_port, server,"      \
    " server_port, dns_id, qname, qtype, asked_ns, last_asked_ns,"            \
    " answered_ns, attempts, state, rcode, query_frame, identity) SELECT 1,"  \
    " i, 0, 0, '', 'udp', x'0a000005', 4000, x'0a000009', 53, i % 60000,"     \
    " 'n.example.', 'A', i * " SECOND ", i * " SECOND " + iif(i < " until     \
    ", 5 * " SECOND ", 0), iif(i < " until ", NULL, i * " SECOND              \
    " + 1000), iif(i < " until ", 2, 1), iif(i < " until                      \
    ", 'unanswered', 'answered'), 'NOERROR', i, i FROM n;"

static void expect_change_at(const char *rows, int64_t seconds)
{
    struct failure failure = { 0 };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);
    int64_t value = -1;

    assert_non_null(store);
    assert_true(store_begin(store, &failure));
    assert_true(store_execute(store, ground, &failure));
    assert_true(store_execute(store, rows, &failure));
    assert_true(store_commit(store, &failure));
    if (!correlate(store, &failure))
        fail_msg("correlate: %s", failure.text);
    assert_true(store_integer(store,
                              "SELECT start_ns / " SECOND " FROM phase"
                              " WHERE number = 1",
                              -1, &value, &failure));
    assert_int_equal(value, seconds);
    store_close(store);
}

/* The capture begins within the interval, and so do the failures. */
static void a_change_is_where_failures_end(void **state)
{
    (void)state;
    expect_change_at(ASKED("1400", "1990", "1700"), 1700);
    expect_change_at(ASKED("500", "3000", "1700"), 1700);
}

static void a_pause_tells_where_nothing_fails(void **state)
{
    (void)state;
    expect_change_at(ASKED("500", "1300", "0") ASKED("1600", "3000", "0"),
                     1600);
}

/* All fail, and nothing was asked after the second reading. */
static void a_change_after_all_questions_changes_none(void **state)
{
    (void)state;
    expect_change_at(ASKED("1400", "1800", "9999"), 2000);
}

/* Few of many questions fail, and the last one long after the others: nothing
 * that fails is after the cure. */
static void a_cure_is_after_the_last_failure(void **state)
{
    (void)state;
    expect_change_at(ASKED("1000", "1690", "0") ASKED("1402", "1490", "9999")
                         ASKED("1702", "1702", "9999")
                             ASKED("1710", "3000", "0"),
                     1710);
}

/* One question that fails after a pause is late, and says nothing of what was
 * changed when. */
static void a_straggler_is_no_phase(void **state)
{
    (void)state;
    expect_change_at(ASKED("1100", "1590", "0") ASKED("1900", "1900", "9999"),
                     2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_where_failures_end),
        cmocka_unit_test(a_pause_tells_where_nothing_fails),
        cmocka_unit_test(a_change_after_all_questions_changes_none),
        cmocka_unit_test(a_cure_is_after_the_last_failure),
        cmocka_unit_test(a_straggler_is_no_phase),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
