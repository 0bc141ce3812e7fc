/* What is around the outputs: prompts, several outputs in one file, errors of
 * tools, file names, and files that are nothing of ours. */
#include "snapshot_case.h"
#include "text/snapshot_command.h"
#include "text/snapshot_glob.h"
#include "text/snapshot_json.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct snapshot_case test;

static void read_as(const char *path, const char *text)
{
    case_read(&test, path, text, strlen(text));
}

#define assert_row(...) assert_true(row_text_has(&test.rows, __VA_ARGS__, NULL))
#define assert_no_row(...) \
    assert_false(row_text_has(&test.rows, __VA_ARGS__, NULL))

static void an_empty_file_is_a_fact(void **state)
{
    (void)state;
    read_as("node1/ip-neigh.txt", "");
    assert_int_equal(test.status, READ_WHOLE);
    assert_row("anomaly:", "snapshot.empty");
    assert_row("clue:", "name='format' value='ip neigh'");
    assert_in_range(test.bid, 50, 100);
    case_end(&test);
    read_as("node1/notes.txt", "");
    assert_int_equal(test.bid, 0);
    case_end(&test);
}

static void errors_of_tools_are_facts(void **state)
{
    static const char *const errors[] = {
        "no stats available\n",
        "netlink error: No such device\n",
        "Cannot get driver information: No such device\n",
        "bash: ethtool: command not found\n",
        "sh: 1: ethtool: not found\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        read_as("n/ethtool-S_vxlan.calico.txt", errors[i]);
        assert_int_equal(test.status, READ_WHOLE);
        assert_row("anomaly:", "snapshot.tool-error");
        assert_row("clue:", "name='interface' value='vxlan.calico'");
        assert_row("clue:", "name='format' value='ethtool -S'");
        assert_in_range(test.bid, 50, 100);
        case_end(&test);
    }
}

/* An error inside an output whose lines look like it. */
static void errors_are_not_values(void **state)
{
    (void)state;
    read_as("x/ethtool_-i_eth0",
            "driver: veth\nnetlink error: Operation not supported\n");
    assert_row("anomaly:", "snapshot.tool-error");
    assert_no_row("name='netlink error'");
    assert_row("interface='eth0'", "name='driver'", "value='veth'");
    case_end(&test);
}

static void prompts_separate_outputs(void **state)
{
    (void)state;
    read_as("pasted.txt", "[root@node7 ~]# ethtool -k vxlan.calico | grep tx\n"
                          "tx-checksumming: on\n"
                          "[root@node7 ~]# netstat -s\n"
                          "Udp:\n"
                          "    InCsumErrors: 12\n"
                          "[root@node7 ~]# conntrack -C\n"
                          "99\n"
                          "[root@node7 ~]# ethtool -i eth0\n"
                          "driver: virtio_net\n");
    assert_int_equal(test.status, READ_WHOLE);
    assert_row("clue:", "name='hostname' value='node7'");
    assert_row("setting:", "vxlan.calico", "tx-checksumming", "value='on'");
    assert_row("counter:", "Udp.InCsumErrors", "value=12");
    assert_row("counter:", "conntrack.entries", "value=99");
    assert_row("setting:", "interface='eth0'", "virtio_net");
    assert_no_row("clue:", "name='interface'");
    case_end(&test);
}

static void outputs_follow_without_prompt(void **state)
{
    (void)state;
    read_as("all.txt", "Features for eth0:\n"
                       "tx-checksumming: on\n"
                       "NIC statistics:\n"
                       "     rx_drops: 3\n"
                       "Ip:\n"
                       "    5 total packets received\n"
                       "#kernel\n"
                       "UdpInErrors  4  0.0\n"
                       "driver: veth\n");
    assert_int_equal(test.status, READ_WHOLE);
    assert_row("counter:", "'ethtool -S'", "interface='eth0'", "rx_drops");
    assert_row("counter:", "'netstat -s'", "Ip.InReceives", "value=5");
    assert_row("counter:", "'nstat'", "Udp.InErrors", "value=4");
    assert_row("setting:", "'ethtool -i'", "veth");
    case_end(&test);
}

/* Rancher's networking/ethtool. */
static void separators_name_the_interface(void **state)
{
    (void)state;
    read_as("networking/ethtool", "--- flannel.1\n"
                                  "Features for flannel.1:\n"
                                  "tx-checksumming: on\n"
                                  "--- cilium_vxlan\n"
                                  "Cannot get device feature names: No such "
                                  "device\n");
    assert_int_equal(test.status, READ_WHOLE);
    assert_row("setting:", "interface='flannel.1'", "value='on'");
    assert_row("anomaly:", "snapshot.tool-error", "feature names");
    case_end(&test);
}

static void names_of_files_tell(void **state)
{
    (void)state;
    read_as("n/conntrack-C.txt", "1132\n");
    assert_row("counter:", "conntrack.entries", "value=1132");
    assert_in_range(test.bid, 50, 100);
    case_end(&test);
    read_as("sos/proc/sys/net/netfilter/nf_conntrack_max", "262144\n");
    assert_row("setting:", "'net.netfilter.nf_conntrack_max'", "'262144'");
    assert_in_range(test.bid, 50, 100);
    case_end(&test);
    read_as("sos/etc/hostname", "node-1\n");
    assert_row("clue:", "name='hostname' value='node-1'");
    case_end(&test);
    read_as("sos/nstat_-z", "#kernel\nUdpInErrors 4 0.0\n");
    assert_row("counter:", "'nstat increments'", "value=4");
    case_end(&test);
    read_as("sos/nstat_-zas", "#kernel\nUdpInErrors 4 0.0\n");
    assert_row("counter:", "'nstat'", "value=4");
    case_end(&test);
}

static void interfaces_of_commands(void **state)
{
    static const struct {
        const char *command;
        const char *interface;
    } cases[] = {
        { "ethtool -k eth0", "eth0" },
        { "ethtool --show-features eth0", "eth0" },
        { "ethtool eth0", "eth0" },
        { "ethtool-S_vxlan.calico", "vxlan.calico" },
        { "ethtool_-k_eth0", "eth0" },
        { "ethtool--i-eth0", "eth0" },
        { "ip_netns_exec_cni-1_ethtool_-k_eth0", "eth0" },
        { "ip-d-s-s-link_eth0", "eth0" },
        { "ip -d link show dev vxlan.calico", "vxlan.calico" },
        { "ip_-s_-d_link", "" },
        { "ip link show", "" },
        { "ethtool-k", "" },
        { "netstat -s", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text found = command_interface(text_of(cases[i].command));

        if (!text_equals(found, cases[i].interface))
            print_error("%s: %.*s\n", cases[i].command, (int)found.length,
                        found.bytes);
        assert_true(text_equals(found, cases[i].interface));
    }
}

static void others_are_left_to_others(void **state)
{
    static const char *const texts[] = {
        "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}\n",
        "[INFO] 10.0.0.1:4 - 5 \"A IN a.b. udp 30 false 512\" NOERROR - 0 "
        "2.0s\n",
        "2026-11-22T10:37:39.549936478Z stdout F [INFO] plugin/reload\n",
        "2026-11-22T10:37:39Z [ERROR] plugin/errors: 2 a.b. A: timeout\n",
        "Nov 22 10:37:39 node1 kernel: eth0: link up 5\n",
        "NAME   READY   STATUS    RESTARTS   AGE\ncoredns 1/1 Running 0 3d\n",
        "; <<>> DiG 9.18 <<>> a.b\n;; connection timed out\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        read_as("some/file.txt", texts[i]);
        if (test.bid != 0)
            print_error("%s", texts[i]);
        assert_int_equal(test.bid, 0);
        case_end(&test);
    }
}

static void nonsense_is_said(void **state)
{
    (void)state;
    read_as("netstat-s.txt", "Ip:\n    5 total packets received\n"
                             "    5 Pakete empfangen\nqwerty\n");
    assert_int_equal(test.status, READ_PARTLY);
    assert_row("anomaly:", "snapshot.not-understood", "line=3", "packets=2");
    case_end(&test);
    read_as("x.txt", "qwerty\nasdf\n");
    assert_int_equal(test.status, READ_NOT_UNDERSTOOD);
    case_end(&test);
}

static void broken_json_is_said(void **state)
{
    (void)state;
    read_as("a.json", "[{\"ifindex\":1,\"ifname\":\"lo\",\"mtu\":65536,");
    assert_row("setting:", "interface='lo'", "value='65536'");
    assert_row("anomaly:", "snapshot.json-broken");
    case_end(&test);
}

static void json_has_bounds(void **state)
{
    char deep[4096];
    struct flat_json reader;
    struct json_element element;
    struct arena arena;

    (void)state;
    memset(deep, '[', sizeof deep);
    memcpy(deep, "{\"a\":", 5);
    arena_init(&arena);
    flat_json_init(&reader, text_slice(deep, sizeof deep), &arena);
    assert_true(flat_json_next(&reader, &element));
    assert_false(element.is_whole);
    assert_false(flat_json_next(&reader, &element));
    flat_json_deinit(&reader);
    flat_json_init(&reader,
                   text_of("{\"a\":{\"b\":[1,{\"c\":\"x\\\"\\n\"}]},"
                           "\"d\":2}{\"e\":3}"),
                   &arena);
    assert_true(flat_json_next(&reader, &element));
    assert_true(element.is_whole);
    assert_int_equal(element.count, 3);
    assert_true(text_equals(flat_json_value(&element, "a.b"), "1"));
    assert_true(text_equals(flat_json_value(&element, "a.b.c"), "x\"\n"));
    assert_true(text_equals(flat_json_value(&element, "d"), "2"));
    assert_true(flat_json_next(&reader, &element));
    assert_true(flat_json_has(&element, "e"));
    assert_false(flat_json_next(&reader, &element));
    flat_json_deinit(&reader);
    arena_deinit(&arena);
}

static void globs(void **state)
{
    (void)state;
    assert_true(glob_matches(text_of("Features for eth0:"), "Features for *:"));
    assert_false(glob_matches(text_of("Features for eth0"), "Features for *:"));
    assert_true(glob_matches(text_of("12: eth0@if3: <UP>"), "#: *: <*>"));
    assert_false(glob_matches(text_of(": eth0: <UP>"), "#: *: <*>"));
    assert_true(glob_matches(text_of("*nat"), "\\*nat"));
    assert_false(glob_matches(text_of("xnat"), "\\*nat"));
    assert_true(glob_matches(text_of("abcabc"), "*abc"));
    assert_false(glob_matches(text_of(""), "?"));
    assert_true(glob_matches(text_of(""), "*"));
}

/* Memory stays what it was when a file grows. */
static void long_files_stream(void **state)
{
    FILE *file = tmpfile();
    struct arena arena;
    struct row_text rows;
    struct input input = { .descriptor = fileno(file),
                           .path = "ethtool-S_eth0.txt",
                           .arena = &arena };

    (void)state;
    fputs("NIC statistics:\n", file);
    for (int i = 0; i < 300000; i++)
        fprintf(file, "     rx_queue_%d_drops: %d\n", i % 64, i);
    fflush(file);
    input.size_bytes = lseek(input.descriptor, 0, SEEK_END);
    arena_init(&arena);
    row_text_init(&rows);
    assert_int_equal(snapshot_read(&input, &rows.sink), READ_WHOLE);
    assert_in_range(arena.used_bytes, 0, 64 * 1024);
    assert_true(rows.sink.rows > 300000);
    row_text_deinit(&rows);
    arena_deinit(&arena);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_is_a_fact),
        cmocka_unit_test(errors_of_tools_are_facts),
        cmocka_unit_test(errors_are_not_values),
        cmocka_unit_test(prompts_separate_outputs),
        cmocka_unit_test(outputs_follow_without_prompt),
        cmocka_unit_test(separators_name_the_interface),
        cmocka_unit_test(names_of_files_tell),
        cmocka_unit_test(interfaces_of_commands),
        cmocka_unit_test(others_are_left_to_others),
        cmocka_unit_test(nonsense_is_said),
        cmocka_unit_test(broken_json_is_said),
        cmocka_unit_test(json_has_bounds),
        cmocka_unit_test(globs),
        cmocka_unit_test(long_files_stream),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
