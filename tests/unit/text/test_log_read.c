/* The file as a whole: times of untimed lines, whose log it is, how it went,
 * and hostile bytes. */
#include "unit/text/log_fixture.h"

#define T0 "2026/11/22 10:00:00 "
#define T9 "2026/11/22 10:00:09 "

/* A Go stamp is cut to the second: the line may be up to 1 s younger. */
static void untimed_lines_are_bounded_by_their_neighbours(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "[INFO] Reloading\n" T0 "[INFO] Tearing down\n"
                       "CoreDNS-1.7.0\n" T9 "[INFO] Using Pidfile \n"
                       "[INFO] SIGTERM: Shutting down\n");
    assert_row(&run,
               "line=1 |latest_ns=1795341600999999999 |time_is='bounded'");
    assert_row(&run, "line=2 |at_ns=1795341600000000000 |time_is='exact'");
    assert_row(&run, "line=3 |earliest_ns=1795341600000000000 "
                     "|latest_ns=1795341609999999999 |time_is='bounded'");
    assert_row(&run, "line=5 |earliest_ns=1795341609000000000 "
                     "|time_is='bounded'");
    assert_true(strstr(run.rows.text, "line=1 ") <
                strstr(run.rows.text, "line=2 "));
    assert_true(strstr(run.rows.text, "line=2 ") <
                strstr(run.rows.text, "line=3 "));
    log_run_end(&run);
}

static void newest_first_bounds_nothing(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, T9 "[INFO] Using Pidfile \n"
                          "CoreDNS-1.7.0\n" T0 "[INFO] Using Pidfile \n");
    assert_row(&run, "line=2 |time_is='unknown'");
    assert_int_equal(count_rows(&run, "earliest_ns="), 0);
    log_run_end(&run);
}

static void one_pods_stamps_do_not_bound_anothers_lines(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "[pod/a-1/node-cache] " T0 "[INFO] Tearing down\n"
                       "[pod/b-1/coredns] CoreDNS-1.9.0\n"
                       "[pod/a-1/node-cache] " T9 "[INFO] Tearing down\n");
    assert_row(&run, "line=2 |pod='b-1'|time_is='unknown'|source='coredns'");
    assert_row(&run, "line=3 |pod='a-1'|source='node-cache'");
    assert_int_equal(count_rows(&run, "clue: evidence_id=1 name='pod'"), 0);
    log_run_end(&run);
}

static void years_come_from_the_same_file(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(
        &run, "E1231 23:59:59.500000       1 x.go:1] Failed to watch *v1.S\n"
              "2026/12/31 23:59:58 [INFO] Using Pidfile \n"
              "E1231 23:59:59.500000       1 x.go:1] Failed to watch *v1.S\n"
              "E0101 00:00:01.000001       1 x.go:1] Failed to watch *v1.S\n");
    assert_row(&run, "line=1 |event='api-unreachable'|time_is='bounded'");
    assert_row(&run, "line=3 |at_ns=1798761599500000000 |time_is='exact'");
    assert_row(&run, "line=4 |at_ns=1798761601000001000 |time_is='exact'");
    assert_row(&run, "clue:|line=1 |name='time-without-year'"
                     "|value='1231 23:59:59.500000'");
    log_run_end(&run);
}

/* More lines than may wait: the first go with an open end, in order. */
static void waiting_rows_are_bounded(void **state)
{
    enum {
        LINES = LOG_QUEUE_ROWS + 10,
    };
    char *text = malloc(LINES * 32 + 64);
    size_t length = 0;
    struct log_run run;

    (void)state;
    for (int i = 0; i < LINES; i++)
        length += (size_t)sprintf(text + length, "[INFO] Reloading\n");
    sprintf(text + length, T0 "[INFO] Using Pidfile \n");
    log_run_text(&run, text);
    assert_int_equal(row_text_count(&run.rows, "log_event"), LINES);
    assert_int_equal(count_rows(&run, "latest_ns="), 10);
    log_run_end(&run);
    free(text);
}

static void node_cache_is_known_by_its_lines(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, T0 "[INFO] Starting node-cache image: 1.21.1\n"
                          "[ERROR] plugin/errors: 2 a. A: EOF\n");
    assert_row(&run, "event='error'|source='node-cache'");
    assert_row(&run, "clue:|name='format'|value='node-cache log, go log'");
    log_run_end(&run);
    log_run_text(&run, "[ERROR] plugin/errors: 2 a. A: EOF\n");
    assert_row(&run, "event='error'|source='coredns'");
    assert_row(&run, "clue:|name='format'|value='coredns log'");
    log_run_end(&run);
}

static void names_come_from_the_path(void **state)
{
    static const char line[] = "[ERROR] plugin/errors: 2 a. A: EOF\n";
    struct log_run run;

    (void)state;
    log_run_bytes(&run,
                  "b/var/log/pods/kube-system_node-local-dns-8xk5c_f506dec3-"
                  "b4f6-5cd6-9863-1c64f52c40b1/node-cache/0.log",
                  line, strlen(line));
    assert_row(&run, "event='error'|source='node-cache'");
    assert_row(&run, "clue:|name='pod'|value='node-local-dns-8xk5c'");
    assert_row(&run, "clue:|name='namespace'|value='kube-system'");
    assert_row(&run, "clue:|name='container'|value='node-cache'");
    log_run_end(&run);
}

static void one_origin_of_all_lines_is_the_files(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "Nov 22 10:15:55 n1 kernel: eth0: hw csum failure\n"
                       "Nov 22 10:15:56 n1 kubelet[8]: hello\n");
    assert_row(&run, "clue:|name='node'|value='n1'");
    assert_int_equal(run.status, READ_WHOLE);
    log_run_end(&run);
}

static void what_is_no_log_is_not_understood(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "Ip:\n    Forwarding: 1\n    5 total packets\n");
    assert_int_equal(run.bid, 0);
    assert_int_equal(run.status, READ_NOT_UNDERSTOOD);
    assert_int_equal(row_text_count(&run.rows, "log_event"), 0);
    log_run_end(&run);
    log_run_text(&run, "2026-11-22T10:36:46.327147855Z\n");
    assert_int_equal(run.bid, 0);
    log_run_end(&run);
    log_run_text(&run, "");
    assert_int_equal(run.status, READ_WHOLE);
    log_run_end(&run);
}

static void others_logs_are_understood_but_no_facts(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "2026-11-22T10:00:01Z stdout F GET / 200\n"
                       "2026-11-22T10:00:02Z stdout F GET / 404\n");
    assert_int_equal(run.bid, 60);
    assert_int_equal(run.status, READ_WHOLE);
    assert_int_equal(row_text_count(&run.rows, "log_event"), 0);
    assert_int_equal(count_rows(&run, "anomaly:"), 0);
    log_run_end(&run);
}

/* A hole of NULs, a megabyte without a line end, half a character, escapes,
 * and brackets without end. */
static void hostile_bytes_do_no_harm(void **state)
{
    enum {
        LONG_BYTES = 1024 * 1024,
    };
    char *bytes = malloc(LONG_BYTES + 1024);
    static const char hole[] = "\0\0\0\0[INFO] Reloading\n";
    static const char rest[] =
        "\n[ERROR] plugin/errors: 2 \xc3\x28\x1b[31m.x. A: \xff i/o timeout\n"
        "\x1b]0;title\x07[INFO] Reloading\n\x1b\n\x1b[\n\x1b]\n{\"log\":\"\\\n"
        "{\"log\":[[[[[[\n[INFO] a\0b\n";
    size_t length = sizeof hole - 1;
    struct log_run run;

    (void)state;
    memcpy(bytes, hole, length);
    memset(bytes + length, '[', LONG_BYTES);
    length += LONG_BYTES;
    memcpy(bytes + length, rest, sizeof rest - 1);
    length += sizeof rest - 1;
    log_run_bytes(&run, "x", bytes, length);
    assert_row(&run, "line=1 |event='reload'");
    assert_row(&run, "line=3 |event='error'|error='timeout'");
    assert_row(&run, "line=4 |event='reload'");
    assert_row(&run, "anomaly:|name='log.nul-bytes'|line=1 |packets=1");
    assert_row(&run, "anomaly:|name='log.line-too-long'|line=2 |packets=1");
    assert_null(strchr(run.rows.text, '\x1b'));
    assert_int_equal(run.status, READ_PARTLY);
    log_run_end(&run);
    free(bytes);
}

/* Pieces without end are a line that is too long, not memory without end. */
static void pieces_without_end_are_bounded(void **state)
{
    enum {
        PIECES = 2000,
    };
    char *text = malloc(PIECES * 200);
    size_t length = 0;
    struct log_run run;

    (void)state;
    for (int i = 0; i < PIECES; i++)
        length += (size_t)sprintf(text + length,
                                  "2026-11-22T10:00:01Z stdout P %0100d\n", i);
    log_run_bytes(&run, "x", text, length);
    assert_row(&run, "anomaly:|name='log.line-too-long'|line=1 ");
    log_run_end(&run);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(untimed_lines_are_bounded_by_their_neighbours),
        cmocka_unit_test(newest_first_bounds_nothing),
        cmocka_unit_test(one_pods_stamps_do_not_bound_anothers_lines),
        cmocka_unit_test(years_come_from_the_same_file),
        cmocka_unit_test(waiting_rows_are_bounded),
        cmocka_unit_test(node_cache_is_known_by_its_lines),
        cmocka_unit_test(names_come_from_the_path),
        cmocka_unit_test(one_origin_of_all_lines_is_the_files),
        cmocka_unit_test(what_is_no_log_is_not_understood),
        cmocka_unit_test(others_logs_are_understood_but_no_facts),
        cmocka_unit_test(hostile_bytes_do_no_harm),
        cmocka_unit_test(pieces_without_end_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
