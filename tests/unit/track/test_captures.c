/* DNS over TCP in others' captures, and what two recorded incidents say of
 * TCP. Needs SHARED_FOLDER. All figures of all captures, beside tshark's, are
 * in unit/evidence/test_capture_oracle.c and test_capture_bundles.c. */
#include "capture_file.h"
#include "support/row_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct counts {
    long packets;
    long queries; /* each try */
    long answers;
    long retransmissions; /* of every kind */
};

static bool read_rows(const char *path, struct row_text *rows,
                      struct tracker_totals *totals)
{
    static const struct decode_options none = { .vxlan_port_count = 0 };
    struct capture_file file;
    struct tracker *tracker;

    if (!capture_file_open(&file, path))
        return false;
    row_text_init(rows);
    tracker = tracker_create(&none, 1, &rows->sink);
    assert_true(capture_file_feed(&file, tracker));
    tracker_finish(tracker, totals);
    tracker_destroy(tracker);
    capture_file_close(&file);
    return true;
}

/* Adds up ` name=NUMBER` over the lines of a table that hold `part`. Line by
 * line: under ASan a string function measures all the text each time. */
static long sum(const struct row_text *rows, const char *table,
                const char *part, const char *name)
{
    const char *at = rows->text;
    const char *end = at + rows->length;
    long total = 0;

    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)(newline - at);
        const char *field;
        char line[4096];

        if (length >= sizeof line)
            length = sizeof line - 1;
        memcpy(line, at, length);
        line[length] = '\0';
        at = newline + 1;
        field = strstr(line, name);
        if (strncmp(line, table, strlen(table)) == 0 && field != NULL &&
            strstr(line, part) != NULL)
            total += strtol(field + strlen(name), NULL, 10);
    }
    return total;
}

static long lines(const struct row_text *rows, const char *table,
                  const char *part)
{
    /* Of evidence 1: each line adds one. */
    return sum(rows, table, part, "evidence_id=");
}

static bool count(const char *path, struct counts *counts)
{
    struct tracker_totals totals;
    struct row_text rows;

    if (!read_rows(path, &rows, &totals))
        return false;
    counts->packets = (long)totals.packets;
    counts->queries = sum(&rows, "dns_exchange:", "", " attempts=");
    counts->answers = lines(&rows, "dns_exchange:", " answered_ns=");
    counts->retransmissions = lines(&rows, "tcp_event:", "retransmission'");
    row_text_deinit(&rows);
    return true;
}

static bool is_absent(const char *what)
{
    FILE *file = fopen(what, "rb");

    if (file == NULL) {
        print_message("skipped: no %s\n", what);
        return true;
    }
    fclose(file);
    return false;
}

struct oarc_case {
    const char *name;
    long queries;
    long answers;
};

/* Messages: 82 in dnso1tcp, 6 in midmiss. In bighole a hole of 79 bytes of
 * queries and 237 of answers takes two queries, the length before a third,
 * and three answers: 38 + 38 = 76 are there with their lengths, and all are
 * found. Those who count 41 (3 + 38, as tshark 4.0 without checksums) have
 * lost step behind the hole, where the client's segment begins in the midst
 * of a message, and never find it again; tshark's 39th query with checksums
 * is the one without a length. The 41 queries of dns.pcap are answered, and
 * all answers refused. */
static void others_dns_over_tcp(void **state)
{
    static const struct oarc_case cases[] = {
        { "dnso1tcp", 41, 41 },        { "dnso1tcp-bighole", 38, 38 },
        { "dnso1tcp-midmiss", 3, 3 },  { "dns", 41, 41 },
        { "1qtcpnosyn", 1, 1 },        { "1qtcppadd", 1, 1 },
        { "dnsotcp-many1pkt", 3, 1 },  { "dnsotcp-manyopkts", 3, 0 },
        { "do1t-nosyn-1nolen", 1, 2 }, { "dnspad", 1, 0 },
    };

    (void)state;
    if (is_absent(SHARED_FOLDER "/captures/oracle.jsonl"))
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct counts counts;
        char path[512];

        snprintf(path, sizeof path,
                 SHARED_FOLDER "/captures/bad-packets/%s.pcap", cases[i].name);
        assert_true(count(path, &counts));
        if (counts.queries != cases[i].queries ||
            counts.answers != cases[i].answers)
            fail_msg("%s: %ld queries, %ld answers", cases[i].name,
                     counts.queries, counts.answers);
    }
}

/* tshark: 1,164, as "any" holds each packet several times. */
static void any_has_two_retransmissions_when_healthy(void **state)
{
    struct counts counts;

    (void)state;
    if (is_absent(SHARED_FOLDER "/bundles/healthy.tshark.json"))
        skip();
    assert_true(
        count(SHARED_FOLDER "/bundles/healthy/pcap/node3_any.pcap", &counts));
    assert_int_equal(counts.packets, 4858);
    /* One, seen inside the tunnel and at the tunnel's device. */
    assert_int_equal(counts.retransmissions, 2);
}

static void black_hole_shows_in_sizes(void **state)
{
    struct tracker_totals totals;
    struct row_text rows;

    (void)state;
    if (is_absent(SHARED_FOLDER "/bundles/healthy.tshark.json"))
        skip();
    assert_true(read_rows(SHARED_FOLDER "/bundles/mtu-blackhole/pcap/"
                                        "node1_cali059af050a43.pcap",
                          &rows, &totals));
    assert_true(row_text_has(&rows, "tcp_connection:", "is_established=1",
                             "server_unacked_bytes_max=1450", NULL));
    row_text_deinit(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_dns_over_tcp),
        cmocka_unit_test(any_has_two_retransmissions_when_healthy),
        cmocka_unit_test(black_hole_shows_in_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
