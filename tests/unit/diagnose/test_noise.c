/* What v_symptom calls a failure and what noise. */
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>
#include <sqlite3.h>

/* So many questions to `servers` servers in turn, each on a node of its own; of
 * those to the first one so many failed, in this way. */
struct traffic {
    int asked;
    int failed;
    const char *failure;
    int servers;
};

static const char ground[] =
    "INSERT INTO evidence VALUES (1, 'a.pcap', 1, '', 'capture', 'pcap', 'a',"
    " '', 'eth0', NULL, NULL, 'read', NULL, 1000, 1, 1000, 900000000000, NULL);"
    "INSERT INTO phase (number) VALUES (0)";

static const char ask[] =
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
    " WHERE i + 1 < %d)"
    " INSERT INTO exchange (leg, transport, client, client_port, client_kind,"
    "  client_node, server, server_node, path, qname, qtype, asked_ns,"
    "  attempts, outcome, failure, phase, evidence_id, frame)"
    " SELECT 'client-to-dns', 'udp', x'0a000001', 40000 + i %% 20000, 'pod',"
    "  'a', x'0a000002', 'b' || (i %% %d), 'cross-node', 'x.example.', 'A', i,"
    "  1, iif(i %% %d = 0 AND i / %d < %d, 'failed', 'answered'),"
    "  iif(i %% %d = 0 AND i / %d < %d, '%s', NULL), 0, 1, i + 1 FROM n";

static int symptoms_of(const struct traffic *traffic)
{
    struct failure failure = { 0 };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);
    sqlite3_stmt *statement = NULL;
    char sql[1024];
    int count;

    if (store == NULL)
        fail_msg("%s", failure.text);
    snprintf(sql, sizeof sql, ask, traffic->asked, traffic->servers,
             traffic->servers, traffic->servers, traffic->failed,
             traffic->servers, traffic->servers, traffic->failed,
             traffic->failure);
    if (!store_execute(store, ground, &failure) ||
        !store_execute(store, sql, &failure))
        fail_msg("%s", failure.text);
    assert_int_equal(sqlite3_prepare_v2(store_database(store),
                                        "SELECT count(*) FROM v_symptom", -1,
                                        &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    count = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    store_close(store);
    return count;
}

static void few_failures_are_noise(void **state)
{
    static const struct traffic cases[] = {
        { 100, 2, "no-answer", 1 },       /* two are chance */
        { 1000, 9, "no-answer", 1 },      /* nine in a thousand */
        { 20000, 39, "no-answer", 1 },    /* less than one in 500 */
        { 10000, 9, "query-damaged", 1 }, /* less than one in 1000 */
        { 100, 2, "answer-damaged", 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(symptoms_of(&cases[i]), 0);
}

static void many_or_damaged_ones_are_not(void **state)
{
    static const struct traffic cases[] = {
        { 100, 3, "no-answer", 1 },
        { 1000, 10, "no-answer", 1 },
        { 10000, 30, "no-answer", 1 },
        { 10000, 10, "query-damaged", 1 },
        { 1000, 3, "answer-damaged", 1 },
        { 1000, 4, "no-answer", 100 }, /* of one path a good part */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(symptoms_of(&cases[i]), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_failures_are_noise),
        cmocka_unit_test(many_or_damaged_ones_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
