/* The captures of the recorded incidents against tshark's counts of them:
 * every figure that both know, outside and inside the tunnels. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
/* clang-format on */

#include "capture_counts.h"

#include <glob.h>

#define BUNDLES SHARED_FOLDER "/bundles/"
#define COUNTS  ".tshark.json"

enum {
    JSON_BYTES_MAX = 1 << 20,
    NAME_BYTES = 128,
    PATH_BYTES = 1024,
};

/* One capture and tshark's object for it. */
struct counted {
    char bundle[NAME_BYTES];
    char file[NAME_BYTES]; /* inside the bundle */
    const char *json;      /* the whole document */
    const char *at;        /* its object */
    const char *end;
    int failures;
};

/* Where a capture holds packets more than once, or not all of them, tshark
 * counts something else, and some figures are compared another way. */
static bool holds_packets_twice(const struct counted *with)
{
    return strstr(with->file, "_any.") != NULL ||
           strstr(with->file, "_multi.") != NULL;
}

static bool is_snapped(const struct counted *with)
{
    return strstr(with->file, "_s96.") != NULL;
}

static int64_t theirs(const struct counted *with, const char *figure)
{
    return json_number(with->at, with->end, figure);
}

static void expect(struct counted *with, const char *figure, int64_t here,
                   int64_t tshark)
{
    if (here == tshark)
        return;
    with->failures++;
    print_error("%s/%s: %s %lld here, %lld by tshark\n", with->bundle,
                with->file, figure, (long long)here, (long long)tshark);
}

static void expect_near(struct counted *with, const char *figure, int64_t here,
                        const int64_t tshark_and_slack[2])
{
    int64_t tshark = tshark_and_slack[0];

    if (llabs(here - tshark) > tshark_and_slack[1])
        expect(with, figure, here, tshark);
}

/* "outer" is around VXLAN and "plain" without it: depth 0. */
static int64_t their_sum(const struct counted *with, const char *layer,
                         const char *verdict, size_t depth)
{
    static const char *const places[COUNT_DEPTHS][2] = {
        { "outer", "plain" },
        { "inner", "inner of inner" },
    };
    int64_t total = 0;

    for (size_t i = 0; i < 2; i++) {
        char figure[64];

        snprintf(figure, sizeof figure, "%s_%s_%s", layer, places[depth][i],
                 verdict);
        total += theirs(with, figure);
    }
    return total;
}

/* A packet that the capture cut cannot be verified, says tshark. But that
 * what is stored is the sum of the pseudo-header, no more and no less, shows
 * without the payload: partial. */
static void compare_snapped_sums(struct counted *with,
                                 const int64_t sums[][COUNT_DEPTHS],
                                 size_t layer)
{
    for (size_t depth = 0; depth < COUNT_DEPTHS; depth++) {
        const char *name = count_layer_names[layer];
        int64_t bad = their_sum(with, name, "bad", depth);
        int64_t unverified = their_sum(with, name, "unverified", depth);

        expect(with, name,
               sums[COUNT_BAD][depth] + sums[COUNT_UNVERIFIED][depth],
               bad + unverified);
        if (sums[COUNT_BAD][depth] < bad)
            expect(with, "bad", sums[COUNT_BAD][depth], bad);
    }
}

static void compare_sums(struct counted *with,
                         const struct capture_counts *counts)
{
    static const char *const verdicts[COUNT_VERDICTS] = {
        [COUNT_GOOD] = "good",
        [COUNT_BAD] = "bad",
        [COUNT_NO_SUM] = "absent",
        [COUNT_UNVERIFIED] = "unverified",
    };

    for (size_t layer = COUNT_IP; layer <= COUNT_TCP; layer++) {
        if (is_snapped(with)) {
            compare_snapped_sums(with, counts->sums[layer], layer);
            continue;
        }
        for (size_t i = 0; i < (size_t)COUNT_VERDICTS * COUNT_DEPTHS; i++)
            expect(with, count_layer_names[layer],
                   counts->sums[layer][i / COUNT_DEPTHS][i % COUNT_DEPTHS],
                   their_sum(with, count_layer_names[layer],
                             verdicts[i / COUNT_DEPTHS], i % COUNT_DEPTHS));
    }
}

/* tshark's queries include each retransmission of one over TCP (mixed), and
 * segments of an answer that never became whole (mtu-blackhole): those have
 * no response. */
static void compare_dns(struct counted *with,
                        const struct capture_counts *counts)
{
    int64_t queries = theirs(with, "dns_queries");
    int64_t answered = theirs(with, "dns_queries_with_response_found");

    expect(with, "responses", counts->responses, theirs(with, "dns_responses"));
    if (counts->queries > queries || counts->queries < answered)
        expect(with, "queries", counts->queries, queries);
    if (strcmp(with->bundle, "mixed") != 0 &&
        strcmp(with->bundle, "mtu-blackhole") != 0)
        expect(with, "queries", counts->queries, queries);
}

/* What tshark counts in the capture of one interface of the same node, made
 * at the same time; -1 where there is none. `like` may end early. */
static int64_t at_interface(const struct counted *with, const char *like)
{
    size_t prefix = strcspn(with->file, "_");
    char key[NAME_BYTES * 2 + 8];
    const char *at;

    /* "pcap/during/node3_" of "pcap/during/node3_any.pcap" */
    snprintf(key, sizeof key, "\"%.*s_%s", (int)prefix, with->file, like);
    at = strstr(with->json, key);
    if (at == NULL)
        return -1;
    return json_number(at, strstr(at, "\"vxlan_frames\""),
                       "tcp_retransmissions");
}

/* Each interface of the file is a capture of its own. It may have begun or
 * ended one packet beside that of the same interface. */
static void compare_multi(struct counted *with,
                          const struct capture_counts *counts)
{
    for (size_t i = 0; i < COUNT_INTERFACES; i++) {
        const int64_t *here = counts->retransmissions[i];
        int64_t file = -1;

        if (counts->interfaces[i][0] != '\0')
            file = at_interface(with, counts->interfaces[i]);
        if (file >= 0)
            expect_near(with, counts->interfaces[i], here[0] + here[1],
                        (const int64_t[2]){ file, 1 });
    }
}

/* "any" sees a packet in the tunnel at eth0, without it at the tunnel's
 * device, and that of a pod at its veth and, for the cache on the node, on
 * its way in: tshark finds 1,164 retransmissions in the healthy one. */
static void compare_any(struct counted *with,
                        const struct capture_counts *counts)
{
    int64_t here[COUNT_DEPTHS] = { 0 };
    int64_t bare = at_interface(with, "vxlan") + 2 * at_interface(with, "cali");

    for (size_t i = 0; i < COUNT_INTERFACES; i++)
        for (size_t depth = 0; depth < COUNT_DEPTHS; depth++)
            here[depth] += counts->retransmissions[i][depth];
    expect(with, "retransmissions in the tunnel", here[1],
           at_interface(with, "eth0.pcap"));
    expect_near(with, "retransmissions outside", here[0],
                (const int64_t[2]){ bare, 4 });
}

static void compare_retransmissions(struct counted *with,
                                    const struct capture_counts *counts)
{
    if (strstr(with->file, "_multi.") != NULL)
        compare_multi(with, counts);
    else if (strstr(with->file, "_any.") != NULL)
        compare_any(with, counts);
    else
        expect(with, "retransmissions", count_retransmissions(counts),
               theirs(with, "tcp_retransmissions"));
}

static void compare_capture(struct counted *with)
{
    static struct capture_counts counts;
    char path[PATH_BYTES];

    snprintf(path, sizeof path, BUNDLES "%s/%s", with->bundle, with->file);
    assert_true(capture_count(path, &counts));
    assert_int_equal(counts.status, READ_WHOLE);
    expect(with, "packets", counts.packets, theirs(with, "packets"));
    expect(with, "SYN", counts.syns, theirs(with, "tcp_syn"));
    expect(with, "SYN-ACK", counts.syn_acks, theirs(with, "tcp_synack"));
    expect(with, "resets", counts.resets, theirs(with, "tcp_rst"));
    expect(with, "VXLAN", counts.vxlan, theirs(with, "vxlan_frames"));
    compare_sums(with, &counts);
    compare_retransmissions(with, &counts);
    if (!holds_packets_twice(with)) {
        expect(with, "segments", counts.segments, theirs(with, "tcp_segments"));
        if (!is_snapped(with))
            compare_dns(with, &counts);
    }
}

static int compare_bundle(const char *json, struct counted *with)
{
    const char *at = json;
    int files = 0;

    with->json = json;
    for (at = strstr(at, "\"pcap/"); at != NULL; at = strstr(at, "\"pcap/")) {
        at++;
        snprintf(with->file, sizeof with->file, "%.*s", (int)strcspn(at, "\""),
                 at);
        with->at = at;
        with->end = strstr(at, "\"pcap/");
        if (with->end == NULL)
            with->end = at + strlen(at);
        compare_capture(with);
        files++;
    }
    return files;
}

static void test_bundles(void **state)
{
    static char json[JSON_BYTES_MAX];
    struct counted with = { .failures = 0 };
    int files = 0;
    glob_t found;

    (void)state;
    if (glob(BUNDLES "*" COUNTS, 0, NULL, &found) != 0) {
        print_message("skipped: no %s\n", BUNDLES);
        skip();
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;
        FILE *file = fopen(found.gl_pathv[i], "rb");
        size_t length = fread(json, 1, sizeof json - 1, file);

        fclose(file);
        json[length] = '\0';
        snprintf(with.bundle, sizeof with.bundle, "%.*s",
                 (int)(strlen(name) - strlen(COUNTS)), name);
        files += compare_bundle(json, &with);
    }
    globfree(&found);
    print_message("%d captures of incidents\n", files);
    assert_int_equal(with.failures, 0);
    assert_true(files > 100);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bundles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
