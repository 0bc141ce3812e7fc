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
    " is_known_by) VALUES"
    " (1, 0, 'n-a', '', 'vxlan0', 'tunnel', 'name'),"
    " (2, 0, 'n-a', '', 'eth0', 'uplink', 'name'),"
    " (3, 0, 'n-a', '', 'eth0', 'uplink', 'name'),"
    " (4, 0, 'n-a', '', 'eth0', 'uplink', 'name');";

static void expect(const struct coverage *coverage, int64_t evidence_id,
                   int64_t from_ms, int64_t until_ms)
{
    const struct vantage *vantage = coverage_find(coverage, evidence_id, 0);

    assert_non_null(vantage);
    assert_int_equal(vantage->from_ns / 1000000, from_ms);
    assert_int_equal(vantage->until_ns / 1000000, until_ms);
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
    expect(&coverage, 1, 0, 60000);
    expect(&coverage, 2, 10000, 30000); /* no further: the next goes on */
    expect(&coverage, 3, 31000, 50000); /* not what began in the one before */
    expect(&coverage, 4, 35000, 60000); /* a capture of its own */
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
