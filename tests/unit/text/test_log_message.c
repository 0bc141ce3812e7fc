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

static const struct {
    const char *line;
    const char *yields;
} by_hand[] = {
    {
        .line = "[INFO] 10.244.1.7:40001 - 6699 \"A IN "
                "kubernetes.default.svc.cluster.local. udp 54 false 512\" "
                "NOERROR qr,aa,rd 106 0.000123456s",
        .yields = "event='query'|client='10.244.1.7'|client_port=40001"
                  "|dns_id=6699|transport='udp'|qtype='A'|rcode='NOERROR'"
                  "|qname='kubernetes.default.svc.cluster.local.'"
                  "|response_bytes=106|duration_ns=123456 |severity='info'"
                  "|source='coredns'|time_is='unknown'",
    },
    {
        /* {combined}; IPv6 client */
        .line = "[INFO] [::1]:50759 - 29008 \"AAAA IN Example.ORG. tcp 41 "
                "false 65535\" NXDOMAIN qr,rd,ra,ad 68 2.001s \"0\"",
        .yields = "event='query'|client='::1'|client_port=50759"
                  "|qname='example.org.'|transport='tcp'|rcode='NXDOMAIN'"
                  "|duration_ns=2001000000 ",
    },
    {
        /* up to v1.8.4: NOERROR, and yet no answer */
        .line = "[INFO] 10.0.0.1:5 - 6 \"A IN a.b. udp 54 false 512\" NOERROR "
                "- 0 6.0023s",
        .yields = "event='query'|error='no-answer'|duration_ns=6002300000 "
                  "|response_bytes=0 ",
    },
    {
        /* v1.8.5 ... v1.14.4 */
        .line = "[INFO] 10.0.0.1:5 - 6 \"A IN a.b. udp 54 false 512\" - - 0 6s",
        .yields = "event='query'|error='no-answer'|duration_ns=6000000000 ",
    },
    {
        /* from v1.14.5 */
        .line = "[INFO] 10.0.0.1:5 - 6 \"TYPE65 IN a.b. udp 54 true 1232\" "
                "SERVFAIL qr,rd 54 6.1s",
        .yields = "event='query'|rcode='SERVFAIL'|qtype='TYPE65'",
    },
    {
        /* no flag set: two blanks */
        .line = "[INFO] 10.0.0.1:5 - 6 \"A IN . udp 17 false 512\" NOERROR  17 "
                "1e-05s",
        .yields = "event='query'|qname='.'|rcode='NOERROR'|response_bytes=17"
                  "|duration_ns=10000 ",
    },
    {
        .line = "[ERROR] plugin/errors: 2 Orders.shop.svc.cluster.local. AAAA: "
                "dial tcp 10.133.0.3:53: i/o timeout",
        .yields = "event='error'|qname='orders.shop.svc.cluster.local.'"
                  "|qtype='AAAA'|operation='dial'|transport='tcp'"
                  "|upstream='10.133.0.3'|upstream_port=53|error='timeout'"
                  "|severity='error'|rcode='SERVFAIL'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: read udp "
                "10.244.0.5:43513->10.96.0.2:53: i/o timeout",
        .yields = "event='error'|operation='read'|transport='udp'"
                  "|local='10.244.0.5'|local_port=43513|upstream='10.96.0.2'"
                  "|upstream_port=53|error='timeout'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: read tcp "
                "[fd00::5]:43513->[fd00::2]:53: read: connection reset by peer",
        .yields = "error='reset'|local='fd00::5'|upstream='fd00::2'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: write udp "
                "10.0.0.5:4->10.0.0.2:53: write: operation not permitted",
        .yields = "operation='write'|error='not-permitted'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dial udp 10.0.0.2:53: "
                "connect: network is unreachable",
        .yields = "operation='dial'|error='unreachable'|transport='udp'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dial tcp 10.0.0.2:53: "
                "connect: no route to host",
        .yields = "error='no-route'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dial tcp 10.0.0.2:53: "
                "connect: connection refused",
        .yields = "error='refused'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. TYPE65: unexpected EOF",
        .yields = "error='eof'|qtype='TYPE65'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: no healthy proxies",
        .yields = "error='no-healthy-proxies'",
    },
    {
        .line = "[ERROR] plugin/errors: 5 a.b. A: concurrent queries exceeded "
                "maximum 1000",
        .yields = "error='max-concurrent'|rcode='REFUSED'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dns: overflow unpacking "
                "uint16",
        .yields = "error='overflow'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 "
                "5304487033949309265.7264781733226064609.cluster.local. HINFO: "
                "dial tcp 10.233.0.3:53: i/o timeout",
        .yields = "event='error'|qtype='HINFO'|error='timeout'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: something new",
        .yields = "event='error'|error='something new'",
    },
    {
        .line = "[ERROR] plugin/errors: 17 errors like '^read udp .* i/o "
                "timeout$' occurred in last 5m30s",
        .yields = "event='errors-consolidated'|error='timeout'"
                  "|duration_ns=330000000000 |17 errors",
    },
    {
        .line = ".:53",
        .yields = "event='listen'|qname='.'|local_port=53",
    },
    {
        .line = "tls://example.org.:853 on fd00::10",
        .yields = "event='listen'|qname='example.org.'|local='fd00::10'"
                  "|local_port=853",
    },
};

static void lines_read_by_hand_yield_their_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof by_hand / sizeof by_hand[0]; i++) {
        struct log_run run;

        log_run_text(&run, by_hand[i].line);
        assert_row(&run, by_hand[i].yields);
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
    log_run_text(&run, by_hand[2].line);
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
    assert_int_equal(run.status, READ_WHOLE);
    log_run_end(&run);
}

static void every_prefix_is_safe(void **state)
{
    struct log_messages *messages = malloc(sizeof *messages);

    (void)state;
    log_messages_init(messages);
    for (size_t i = 0; i < sizeof by_hand / sizeof by_hand[0]; i++)
        take_every_prefix(messages, by_hand[i].line);
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
        cmocka_unit_test(every_prefix_is_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
