/* Messages: each row of the tables yields what it says from its sample, and
 * the lines that are read by hand do the same here. */
#include "unit/text/log_fixture.h"

#include "text/coredns.h"

static void every_message_yields_its_row(void **state)
{
    (void)state;
    for (size_t table = 0; table < log_message_table_count; table++)
        for (const struct log_message *row = log_message_tables[table];
             row->needle != NULL; row++) {
            struct log_run run;

            log_run_text(&run, row->sample);
            if (row->event != NULL)
                assert_row(&run, row->yields);
            else if (row_text_count(&run.rows, "log_event") != 0)
                fail_msg("an ordinary line gave %s", run.rows.text);
            assert_int_not_equal(run.status, READ_NOT_UNDERSTOOD);
            assert_int_equal(count_rows(&run, "lines-not-understood"), 0);
            log_run_end(&run);
        }
}

static void every_pattern_compiles(void **state)
{
    (void)state;
    for (size_t table = 0; table < log_message_table_count; table++)
        for (const struct log_message *row = log_message_tables[table];
             row->needle != NULL; row++) {
            struct failure failure = { "" };
            struct pattern *pattern;

            assert_true(strlen(row->needle) >= 4);
            assert_non_null(strstr(row->sample, row->needle));
            if (row->pattern == NULL)
                continue;
            pattern = pattern_create(row->pattern, &failure);
            if (pattern == NULL)
                fail_msg("%s: %s", row->needle, failure.text);
            pattern_destroy(pattern);
        }
}

static void lines_read_by_hand_yield_their_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < coredns_sample_count; i++) {
        struct log_run run;

        log_run_text(&run, coredns_samples[i].line);
        assert_row(&run, coredns_samples[i].yields);
        assert_int_equal(run.bid, 90);
        assert_int_equal(run.status, READ_WHOLE);
        log_run_end(&run);
    }
}

/* No answer has no rcode, whatever the line printed. */
static void no_answer_has_no_rcode(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, coredns_samples[2].line);
    assert_int_equal(count_rows(&run, "rcode="), 0);
    log_run_end(&run);
}

static void broken_lines_are_counted_not_guessed(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(
        &run,
        "CoreDNS-1.7.0\n"
        "[INFO] 10.0.0.1 - 6 \"A IN a.b. udp 54 false 512\" NOERROR qr 9 1s\n"
        "[INFO] 10.0.0.1:5 - 6 \"A IN a.b. udp 54\n"
        "[ERROR] plugin/errors: what\n"
        "[INFO] plugin/quux: never heard of\n");
    assert_row(&run, "anomaly:|name='log.lines-not-understood'|line=2 "
                     "|packets=4");
    assert_row(&run, "event='other'|line=4 |severity='error'");
    assert_int_equal(row_text_count(&run.rows, "log_event"), 2);
    assert_int_equal(run.status, READ_PARTLY);
    log_run_end(&run);
}

static void stacks_and_corefiles_belong_to_their_line(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "2022/08/17 10:55:04 [INFO] Updated Corefile with 0 "
                       "custom stubdomains and upstream servers /etc/x\n"
                       "2022/08/17 10:55:04 [INFO] Using config file:\n"
                       "cluster.local:53 {\n"
                       "    errors\n"
                       "    bind 169.254.20.10\n"
                       "}\n"
                       "cluster.local.:53 on 169.254.20.10\n"
                       "panic: boom\n"
                       "\n"
                       "goroutine 1 [running]:\n"
                       "main.main()\n"
                       "\t/x/main.go:3 +0x1\n");
    assert_int_equal(count_rows(&run, "anomaly:"), 0);
    assert_int_equal(row_text_count(&run.rows, "log_event"), 3);
    assert_int_equal(row_text_count(&run.rows, "corefile"), 2);
    assert_row(&run, "corefile:|line=5 |zone='cluster.local.'|plugin='bind'"
                     "|arguments='169.254.20.10'");
    assert_int_equal(run.status, READ_WHOLE);
    log_run_end(&run);
}

/* A cache that has just started: most lines are the Corefile. */
static void a_corefile_makes_a_log_no_less_one(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "2022/08/17 10:55:04 [INFO] Using config file:\n"
                       "cluster.local:53 {\n"
                       "    errors\n"
                       "    bind 169.254.20.10\n"
                       "    health\n"
                       "}\n"
                       "cluster.local.:53 on 169.254.20.10\n");
    assert_int_equal(run.bid, 90);
    assert_int_equal(row_text_count(&run.rows, "corefile"), 3);
    log_run_end(&run);
}

static void the_last_corefile_counts_and_a_long_one_is_told(void **state)
{
    struct log_run run;
    size_t length = 0;
    char *log = malloc(512 * 1024);

    (void)state;
    assert_non_null(log);
    for (int start = 0; start < 2; start++)
        length += (size_t)sprintf(log + length,
                                  "2022/08/17 10:55:0%d [INFO] "
                                  "Using config file:\n"
                                  "zone%d:53 {\n    cache %d\n}\n"
                                  "zone%d.:53 on 169.254.20.10\n",
                                  start, start, start, start);
    log_run_text(&run, log);
    assert_int_equal(row_text_count(&run.rows, "corefile"), 1);
    assert_row(&run, "corefile:|line=8 |zone='zone1.'|arguments='1'");
    assert_int_equal(count_rows(&run, "anomaly:"), 0);
    log_run_end(&run);

    length = (size_t)sprintf(log, "2022/08/17 10:55:04 [INFO] "
                                  "Using config file:\nzone:53 {\n");
    for (int line = 0; line < 4000; line++)
        length += (size_t)sprintf(log + length, "    bind 169.254.20.10\n");
    log_run_text(&run, log);
    assert_row(&run, "anomaly:|name='log.corefile-too-long'");
    assert_int_equal(run.status, READ_PARTLY);
    log_run_end(&run);
    free(log);
}

static void every_prefix_is_safe(void **state)
{
    struct log_messages *messages = malloc(sizeof *messages);

    (void)state;
    log_messages_init(messages);
    for (size_t i = 0; i < coredns_sample_count; i++)
        take_every_prefix(messages, coredns_samples[i].line);
    for (size_t table = 0; table < log_message_table_count; table++)
        for (const struct log_message *row = log_message_tables[table];
             row->needle != NULL; row++)
            take_every_prefix(messages, row->sample);
    log_messages_deinit(messages);
    free(messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_yields_its_row),
        cmocka_unit_test(every_pattern_compiles),
        cmocka_unit_test(lines_read_by_hand_yield_their_rows),
        cmocka_unit_test(no_answer_has_no_rcode),
        cmocka_unit_test(broken_lines_are_counted_not_guessed),
        cmocka_unit_test(stacks_and_corefiles_belong_to_their_line),
        cmocka_unit_test(a_corefile_makes_a_log_no_less_one),
        cmocka_unit_test(the_last_corefile_counts_and_a_long_one_is_told),
        cmocka_unit_test(every_prefix_is_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
