/* From when to when a capture would have shown a packet. */
#include "correlate/coverage.h"

#include "correlate/sql.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

/* Milliseconds. 1: another interface, all the time. 2, 3: two files of one
 * capture. 4: a second capture there, five seconds later. */
static const char captures[] =
    "INSERT INTO evidence (id, path, size_bytes, sha256, kind, format, status,"
    " packets, facts, first_ns, last_ns) VALUES"
    " (1, 'a', 1, '', 'capture', 'pcap', 'read', 9, 9, 0, 60000000000),"
    " (2, 'b', 1, '', 'capture', 'pcap', 'read', 9, 9, 20000000000,"
    "  30000000000),"
    " (3, 'c', 1, '', 'capture', 'pcap', 'read', 9, 9, 30000000005,"
    "  40000000000),"
    " (4, 'd', 1, '', 'capture', 'pcap', 'read', 9, 9, 45000000000,"
    "  50000000000);"
    "INSERT INTO vantage (evidence_id, interface, node, netns, name, kind,"
    " is_known_by, sees_questions, sees_answers) VALUES"
    " (1, 0, 'n-a', '', 'vxlan0', 'tunnel', 'name', 1, 1),"
    " (2, 0, 'n-a', '', 'eth0', 'uplink', 'name', 1, 1),"
    " (3, 0, 'n-a', '', 'eth0', 'uplink', 'name', 1, 1),"
    " (4, 0, 'n-a', '', 'eth0', 'uplink', 'name', 1, 1);";

/* The capture at node n-a's uplink that would have shown a question. */
static int64_t seen_by(const struct coverage *coverage, int64_t at_ms)
{
    static const struct route_ends ends = { .client_node = "n-a",
                                            .server_node = "n-b" };
    const struct vantage *vantage =
        coverage_of(coverage, &ends,
                    &(struct passing){ .stop = STOP_CLIENT_LAST,
                                       .at_ns = at_ms * 1000000 });

    return vantage != NULL ? vantage->evidence_id : 0;
}

static void files_of_one_capture_meet(void **state)
{
    struct failure failure = { 0 };
    struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);
    struct coverage coverage;
    struct arena arena;

    (void)state;
    arena_init(&arena);
    assert_non_null(store);
    assert_true(store_begin(store, &failure));
    if (!store_execute(store, captures, &failure) ||
        !sql_functions(store_database(store), &failure) ||
        !coverage_load(&coverage, store_database(store), &arena, &failure))
        fail_msg("%s", failure.text);
    assert_int_equal(seen_by(&coverage, 5000), 0);  /* nobody yet */
    assert_int_equal(seen_by(&coverage, 15000), 2); /* widened: 1 runs */
    assert_int_equal(seen_by(&coverage, 29900), 2);
    assert_int_equal(seen_by(&coverage, 29990), 0); /* not by 2, nor by 3 */
    assert_int_equal(seen_by(&coverage, 30020), 0);
    assert_int_equal(seen_by(&coverage, 30100), 2); /* or 3: one is enough */
    assert_int_equal(seen_by(&coverage, 62000), 0);
    coverage_deinit(&coverage);
    assert_true(store_commit(store, &failure));
    store_close(store);
    arena_deinit(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_one_capture_meet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
