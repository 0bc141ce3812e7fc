/* What separates failures from answers, and what only goes along with it. */
#include "correlate/factor.h"

#include "correlate/sql.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

/* Questions of one kind, some of which fail. */
struct asked {
    const char *client_node; /* NULL ends a list */
    const char *server_node; /* "": outside the cluster */
    const char *client_kind;
    const char *transport;
    int64_t failed;
    int64_t answered;
    const char *qname; /* NULL: not known */
};

static void put(struct store *store, const struct asked *asked,
                const char *outcome, int64_t count)
{
    struct failure failure = { 0 };
    bool is_same = strcmp(asked->client_node, asked->server_node) == 0;
    char *sql = sqlite3_mprintf(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < %lld) INSERT INTO exchange (leg, transport, client,"
        " client_port, client_kind, client_node, server, server_node, path,"
        " via, asked_ns, attempts, outcome, phase, evidence_id, frame,"
        " qname)"
        " SELECT 'client-to-dns', %Q, x'0a000001', i, %Q, %Q, x'0a000002', %Q,"
        " %Q, 'direct', i, 1, %Q, 0, 1, i, %Q FROM n",
        (long long)count, asked->transport, asked->client_kind,
        asked->client_node, asked->server_node,
        asked->server_node[0] == '\0' ? "external"
        : is_same                     ? "same-node"
                                      : "cross-node",
        outcome, asked->qname);

    if (count > 0 && !store_execute(store, sql, &failure))
        fail_msg("%s", failure.text);
    sqlite3_free(sql);
}

static struct store *factors_of(const struct asked *list)
{
    struct failure failure = { 0 };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);

    assert_non_null(store);
    assert_true(store_begin(store, &failure));
    assert_true(store_execute(
        store,
        "INSERT INTO evidence (id, path, size_bytes, sha256, kind, format,"
        " status, packets, facts)"
        " VALUES (1, 'x.pcap', 1, '', 'capture', 'pcap', 'read', 1, 1)",
        &failure));
    for (; list->client_node != NULL; list++) {
        put(store, list, "failed", list->failed);
        put(store, list, "answered", list->answered);
    }
    if (!sql_functions(store_database(store), &failure) ||
        !factor_make(store_database(store), &failure))
        fail_msg("%s", failure.text);
    assert_true(store_commit(store, &failure));
    return store;
}

static void expect(struct store *store, const char *value, bool explains,
                   const char *within)
{
    struct failure failure = { 0 };
    int64_t is = -1;
    char *sql = sqlite3_mprintf(
        "SELECT count(*) FROM factor WHERE value = %Q AND explains = %d"
        " AND (%Q IS NULL OR within = %Q)",
        value, explains, within, within);

    assert_true(store_integer(store, sql, -1, &is, &failure));
    if (is != 1)
        fail_msg("%s does not stand as explains = %d within %s", value,
                 explains, within != NULL ? within : "anything");
    sqlite3_free(sql);
}

/* All between nodes fail; UDP goes there more often than TCP. */
static void a_confounder_loses_its_ratio(void **state)
{
    static const struct asked list[] = {
        { "a", "a", "pod", "tcp", 0, 80, NULL },
        { "a", "b", "pod", "tcp", 20, 0, NULL },
        { "a", "a", "pod", "udp", 0, 20, NULL },
        { "a", "b", "pod", "udp", 80, 0, NULL },
        { "b", "b", "host", "tcp", 0, 50, NULL },
        { "b", "a", "host", "tcp", 50, 0, NULL },
        { NULL },
    };
    struct store *store = factors_of(list);

    (void)state;
    expect(store, "cross-node", true, NULL);
    expect(store, "udp", false, "path");
    expect(store, "tcp", false, NULL);
    store_close(store);
}

/* From node c to node b a part fails, and nothing else does; most pods that
 * ask are on c. Neither node explains the pods alone; both together do. */
static void two_nodes_that_only_fail_together_explain(void **state)
{
    static const struct asked list[] = {
        { "c", "b", "pod", "udp", 30, 10, NULL },
        { "c", "b", "host", "udp", 30, 10, NULL },
        { "a", "b", "host", "udp", 0, 150, NULL },
        { "c", "a", "host", "udp", 0, 150, NULL },
        { "a", "b", "pod", "udp", 0, 5, NULL },
        { "c", "a", "pod", "udp", 0, 5, NULL },
        { NULL },
    };
    struct store *store = factors_of(list);

    (void)state;
    expect(store, "pod", false, "pair");
    expect(store, "c", true, NULL);
    store_close(store);
}

/* Half of what pods ask fails, whoever is asked from wherever. */
static void a_cause_keeps_its_ratio_in_each_pair(void **state)
{
    static const struct asked list[] = {
        { "a", "c", "pod", "udp", 20, 20, NULL },
        { "a", "c", "host", "udp", 0, 40, NULL },
        { "b", "d", "pod", "udp", 20, 20, NULL },
        { "b", "d", "host", "udp", 0, 40, NULL },
        { NULL },
    };
    struct store *store = factors_of(list);

    (void)state;
    expect(store, "pod", true, NULL);
    expect(store, "a", false, NULL);
    store_close(store);
}

/* Names of the cluster fail between nodes only; other names go elsewhere. What
 * a connection that never opened would have asked is not known. */
static void where_packets_go_comes_before_the_name(void **state)
{
    static const char in[] = "a.b.svc.cluster.local.";
    static const struct asked list[] = {
        { "a", "b", "pod", "udp", 60, 0, in },
        { "a", "a", "pod", "udp", 0, 20, in },
        { "a", "", "pod", "udp", 0, 80, "example.com." },
        { "a", "b", "pod", "tcp", 60, 0, NULL },
        { "a", "a", "pod", "tcp", 0, 60, in },
        { NULL },
    };
    struct store *store = factors_of(list);

    (void)state;
    expect(store, "cross-node", true, NULL);
    expect(store, "cluster", false, "path");
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_confounder_loses_its_ratio),
        cmocka_unit_test(two_nodes_that_only_fail_together_explain),
        cmocka_unit_test(a_cause_keeps_its_ratio_in_each_pair),
        cmocka_unit_test(where_packets_go_comes_before_the_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
