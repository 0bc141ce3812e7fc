/* Wrappers: each row of the table proves itself; pieces are joined; forms may
 * be nested and mixed. */
#include "unit/text/log_fixture.h"

#include "base/clock.h"

static void assert_text(struct text text, const char *expected)
{
    if (text.length != strlen(expected) ||
        memcmp(text.bytes, expected, text.length) != 0)
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.length, text.bytes,
                 expected);
}

/* As a file that begins with the lines that the sample needs before it. */
static void take_before(struct unwrapper *unwrapper, const char *before)
{
    struct text rest = text_of(before != NULL ? before : "");
    struct text raw;

    unwrapper_init(unwrapper, rest);
    while (text_line(&rest, &raw)) {
        struct log_line line = LOG_LINE_NONE;

        (void)unwrapper_take(unwrapper, raw, &line);
    }
}

static void every_wrapper_takes_its_sample(void **state)
{
    (void)state;
    for (size_t i = 0; i < wrapper_count; i++) {
        struct unwrapper unwrapper;
        struct log_line line = LOG_LINE_NONE;
        char at[CLOCK_TEXT_BYTES];

        take_before(&unwrapper, wrappers[i].before);
        assert_true(
            unwrapper_take(&unwrapper, text_of(wrappers[i].sample), &line));
        assert_non_null(line.form);
        assert_string_equal(line.form, wrappers[i].name);
        assert_text(line.content, wrappers[i].content);
        if (wrappers[i].at == NULL)
            assert_true(line.at_ns == ABSENT);
        else
            assert_string_equal(clock_format(line.at_ns, at), wrappers[i].at);
        unwrapper_deinit(&unwrapper);
    }
}

/* What a line looks like, and what must be in its row. */
static const struct {
    const char *name;
    const char *text;
    const char *yields;
} forms[] = {
    {
        .name = "journalctl -o export: time, host and program of the record",
        .text = "__REALTIME_TIMESTAMP=1795342710000001\n_HOSTNAME=w1\n"
                "SYSLOG_IDENTIFIER=kernel\nPRIORITY=4\nMESSAGE=UDP: bad "
                "checksum. From 10.20.0.12:50123 to 10.20.0.11:4789 ulen 110\n",
        .yields = "event='udp-bad-checksum'|node='w1'"
                  "|at_ns=1795342710000001000|source='kernel'",
    },
    {
        .name = "journalctl -o verbose",
        .text = "Sun 2026-11-22 10:18:30.123456 UTC [s=0f;i=1;b=2]\n"
                "    _HOSTNAME=w1\n    SYSLOG_IDENTIFIER=kernel\n"
                "    MESSAGE=UDP: bad checksum. From 10.20.0.12:50123 to "
                "10.20.0.11:4789 ulen 110\n",
        .yields = "event='udp-bad-checksum'|node='w1'"
                  "|at_ns=1795342710123456000|source='kernel'",
    },
    {
        .name = "logcli",
        .text =
            "2026-11-22T10:18:30Z {container=\"coredns\", namespace=\"k\", "
            "node_name=\"w1\", pod=\"c-1\"}   [INFO] plugin/reload: Running "
            "configuration SHA512 = ab\n",
        .yields = "pod='c-1'|container='coredns'|node='w1'"
                  "|at_ns=1795342710000000000|source='coredns'",
    },
    {
        .name = "kubectl logs --prefix --timestamps",
        .text = "[pod/coredns-5d78c9869d-2xkfz/coredns] "
                "2026-11-22T10:36:46.327147855Z [INFO] Reloading\n",
        .yields = "event='reload'|pod='coredns-5d78c9869d-2xkfz'"
                  "|container='coredns'|at_ns=1795343806327147855"
                  "|time_is='exact'|source='coredns'",
    },
    {
        .name = "CRI around Go's stamp: the outer time is the finer",
        .text = "2026-11-22T10:51:10.961850832Z stderr F 2026/11/22 10:51:10 "
                "[INFO] Starting node-cache image: 1.21.1\n",
        .yields = "event='start'|at_ns=1795344670961850832"
                  "|message='[INFO] Starting node-cache image: 1.21.1'",
    },
    {
        .name = "CoreDNS up to 1.6.2 stamps its own lines",
        .text = "2019-07-28T10:20:30.123Z [INFO] plugin/reload: Running "
                "configuration MD5 = f64cb9b977c7dfca58c4fab108535a76\n",
        .yields = "event='reload'|at_ns=1564309230123000000",
    },
    {
        .name = "stern with colours",
        .text = "\x1b[38;5;1mcoredns-5d78c9869d-2xkfz\x1b[0m "
                "\x1b[32mcoredns\x1b[0m [INFO] Reloading\n",
        .yields = "event='reload'|pod='coredns-5d78c9869d-2xkfz'"
                  "|container='coredns'",
    },
    {
        .name = "colours whose escape bytes are lost",
        .text = "[31mcoredns-5d78c9869d-2xkfz [0m[32mcoredns[0m [INFO] "
                "Reloading\n",
        .yields = "event='reload'",
    },
    {
        .name = "stern -A",
        .text = "kube-system coredns-5d78c9869d-2xkfz coredns CoreDNS-1.7.0\n",
        .yields = "event='start'|pod='coredns-5d78c9869d-2xkfz'",
    },
    {
        .name = "stern -o json",
        .text = "{\"message\":\"CoreDNS-1.7.0\",\"nodeName\":\"n1\","
                "\"namespace\":\"kube-system\",\"podName\":\"coredns-x\","
                "\"containerName\":\"coredns\"}\n",
        .yields = "event='start'|pod='coredns-x'|container='coredns'"
                  "|node='n1'",
    },
    {
        .name = "fluent-bit",
        .text = "{\"@timestamp\":\"2026-11-22T10:22:19.5Z\",\"log\":\"[INFO] "
                "Reloading\",\"stream\":\"stdout\",\"kubernetes\":{"
                "\"pod_name\":\"coredns-x\",\"namespace_name\":\"dns\","
                "\"host\":\"n2\",\"container_name\":\"coredns\"}}\n",
        .yields = "event='reload'|pod='coredns-x'|node='n2'"
                  "|at_ns=1795342939500000000",
    },
    {
        .name = "Loki export",
        .text = "{\"line\":\"[INFO] Reloading\",\"timestamp\":"
                "\"1795342939500000001\",\"fields\":{\"pod\":\"coredns-y\"}}\n",
        .yields = "event='reload'|pod='coredns-y'|at_ns=1795342939500000001",
    },
    {
        .name = "journalctl -o json, message as bytes",
        .text = "{\"__REALTIME_TIMESTAMP\":\"1795342939500000\",\"_HOSTNAME\":"
                "\"n3\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"PRIORITY\":\"4\","
                "\"MESSAGE\":[101,116,104,48,58,32,104,119,32,99,115,117,109,"
                "32,102,97,105,108,117,114,101]}\n",
        .yields = "event='hw-csum-failure'|node='n3'|source='kernel'"
                  "|severity='warning'|at_ns=1795342939500000000"
                  "|message='eth0: hw csum failure'",
    },
    {
        .name = "Docker json-file with CR LF and escapes",
        .text = "{\"log\":\"[INFO] Reloading\\r\\n\",\"stream\":\"stdout\","
                "\"time\":\"2026-11-22T10:22:19.5Z\"}\r\n",
        .yields = "event='reload'|message='[INFO] Reloading'",
    },
    {
        .name = "klog as JSON: the error stands apart",
        .text = "{\"ts\":1795342939500.25,\"caller\":\"x.go:1\",\"msg\":"
                "\"Failed to watch *v1.Service\",\"v\":0,\"err\":\"dial tcp "
                "10.96.0.1:443: i/o timeout\"}\n",
        .yields = "event='api-unreachable'|error='timeout'"
                  "|upstream='10.96.0.1'|at_ns=1795342939500250000",
    },
    {
        .name = "dmesg --time-format=iso",
        .text = "2026-11-22T10:14:06,123456+00:00 eth0: left promiscuous "
                "mode\n",
        .yields = "event='promiscuous-off'|at_ns=1795342446123456000",
    },
    {
        .name = "dmesg -r",
        .text = "<4>[ 1423.035722] nf_conntrack: table full, dropping "
                "packet\n",
        .yields = "event='conntrack-full'|severity='warning'"
                  "|time_is='unknown'",
    },
    {
        .name = "journalctl -o short-precise with the year in its header",
        .text = "-- Logs begin at Sun 2026-11-22 08:00:00 UTC, end at Sun "
                "2026-11-22 11:00:00 UTC. --\n"
                "Nov 22 10:15:55.500000 n1 kernel: eth0: hw csum failure\n",
        .yields = "event='hw-csum-failure'|node='n1'|time_is='exact'"
                  "|at_ns=1795342555500000000",
    },
    {
        .name = "minikube logs",
        .text = "* ==> coredns [f6330ff96721] <==\n* [INFO] Reloading\n",
        .yields = "event='reload'|container='coredns'",
    },
    {
        .name = "kubectl cluster-info dump",
        .text = "==== START logs for container coredns of pod "
                "kube-system/coredns-x ====\n[INFO] Reloading\n"
                "==== END logs for container coredns of pod "
                "kube-system/coredns-x ====\n",
        .yields = "event='reload'|container='coredns'|pod='coredns-x'",
    },
    {
        .name = "UTF-8 byte order mark, CR LF",
        .text = "\xef\xbb\xbf[INFO] Reloading\r\n",
        .yields = "event='reload'|message='[INFO] Reloading'",
    },
    {
        .name = "no line end",
        .text = "CoreDNS-1.8.0",
        .yields = "event='start'",
    },
};

static void forms_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct log_run run;

        log_run_text(&run, forms[i].text);
        assert_row(&run, forms[i].yields);
        if (run.bid < 60 || run.status == READ_NOT_UNDERSTOOD)
            fail_msg("%s: bid %d", forms[i].name, run.bid);
        log_run_end(&run);
    }
}

static void utf16_is_understood(void **state)
{
    static const char text[] = "[INFO] Reloading\r\n";
    char wide[2 + 2 * sizeof text] = "\xff\xfe";
    struct log_run run;

    (void)state;
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        wide[2 + 2 * i] = text[i];
        wide[3 + 2 * i] = '\0';
    }
    log_run_bytes(&run, "x", wide, 2 * sizeof text);
    assert_row(&run, "event='reload'|message='[INFO] Reloading'");
    assert_int_equal(run.bid, 90);
    log_run_end(&run);
}

static void pieces_are_joined_by_stream(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(
        &run, "2026-11-22T10:00:01Z stdout P [ERROR] plugin/errors: 2 a. A: \n"
              "2026-11-22T10:00:02Z stderr P CoreDNS-\n"
              "2026-11-22T10:00:03Z stdout P dial tcp 10.96.0.10:53: \n"
              "2026-11-22T10:00:04Z stderr F 1.9.0\n"
              "2026-11-22T10:00:05Z stdout F i/o timeout\n"
              "2026-11-22T10:00:06Z stdout F [INFO] Reloading\n"
              "2026-11-22T10:00:07Z stdout P [INFO] \n"
              "2026-11-22T10:00:08Z stdout P SIGTERM: Shutting down\n");
    assert_row(&run, "line=1 |event='error'|error='timeout'"
                     "|at_ns=1795341601000000000|upstream='10.96.0.10'");
    assert_row(&run, "line=2 |event='start'|message='CoreDNS-1.9.0'");
    assert_row(&run, "line=6 |event='reload'");
    assert_row(&run, "line=7 |event='stop'");
    assert_int_equal(row_text_count(&run.rows, "log_event"), 4);
    log_run_end(&run);
}

static void docker_records_without_line_end_are_pieces(void **state)
{
    struct log_run run;

    (void)state;
    log_run_text(&run, "{\"log\":\"CoreDNS-\",\"stream\":\"stdout\",\"time\":"
                       "\"2026-11-22T10:00:01Z\"}\n"
                       "{\"log\":\"1.9.0\\n\",\"stream\":\"stdout\",\"time\":"
                       "\"2026-11-22T10:00:02Z\"}\n");
    assert_row(&run, "line=1 |event='start'|message='CoreDNS-1.9.0'");
    log_run_end(&run);
    /* A shipper that cuts the line ends off does not join its records. */
    log_run_text(&run, "{\"log\":\"CoreDNS-1.9.0\",\"stream\":\"stdout\","
                       "\"time\":\"2026-11-22T10:00:01Z\"}\n"
                       "{\"log\":\"[INFO] Reloading\",\"stream\":\"stdout\","
                       "\"time\":\"2026-11-22T10:00:02Z\"}\n");
    assert_row(&run, "line=1 |message='CoreDNS-1.9.0'");
    assert_row(&run, "line=2 |event='reload'");
    log_run_end(&run);
}

static void prose_is_no_wrapper(void **state)
{
    static const char *const lines[] = {
        "error in line 5",
        "{\"kind\":\"Pod\",\"message\":\"x\"}",
        "Nov 22 was a day",
        "[pod/x] y",
        "[12] z",
        "I am here",
        "the quick brown [INFO]",
        "-- x",
        "2026-11-22",
        "{\"log\":",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct unwrapper unwrapper;
        struct log_line line = LOG_LINE_NONE;

        unwrapper_init(&unwrapper, text_of(""));
        assert_true(unwrapper_take(&unwrapper, text_of(lines[i]), &line));
        assert_null(line.form);
        assert_text(line.content, lines[i]);
        unwrapper_deinit(&unwrapper);
    }
}

static void every_prefix_is_safe(void **state)
{
    struct log_messages *messages = malloc(sizeof *messages);

    (void)state;
    log_messages_init(messages);
    for (size_t i = 0; i < wrapper_count; i++)
        take_every_prefix(messages, wrappers[i].sample);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        take_every_prefix(messages, forms[i].text);
    log_messages_deinit(messages);
    free(messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wrapper_takes_its_sample),
        cmocka_unit_test(forms_are_understood),
        cmocka_unit_test(utf16_is_understood),
        cmocka_unit_test(pieces_are_joined_by_stream),
        cmocka_unit_test(docker_records_without_line_end_are_pieces),
        cmocka_unit_test(prose_is_no_wrapper),
        cmocka_unit_test(every_prefix_is_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
