/* Every capture of SHARED_FOLDER/captures, number by number, against what
 * tshark 4.0.17 counts there. Where the two differ, the table says who is
 * right and why; a line of it that no longer differs fails, too.
 *
 * Two rules save most of the lines. tshark's bad checksums are ours that are
 * partial, LCO or bad. And the headers of frames with ICMP in them are
 * counted apart there (*_with_icmp), those quoted in an error included: here
 * quoted packets are never traffic. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
/* clang-format on */

#include "capture_counts.h"

#define CAPTURES SHARED_FOLDER "/captures/"

enum {
    LINE_BYTES = 1024,
    NAME_BYTES = 200,
    DISAGREEMENTS_MAX = 128,
};

struct disagreement {
    const char *file;
    const char *figure;
    int64_t here;
    int64_t tshark;
    const char *why; /* who is right */
};

static const char custom[] =
    "here: tshark numbers custom blocks as packets, the format has none in "
    "them";
static const char refused[] =
    "here: tshark refuses the link type, the packet is there (and refused as "
    "unknown-link-type)";
static const char zero_length[] =
    "here: IP total length 0 is TSO of a BIG TCP packet, its length that of "
    "the frame; tshark 4.0 stops at it";
static const char short_header[] =
    "both: a datagram to port 53 without the 12 bytes of a header has no DNS "
    "fields for tshark; here it is a try, of an exchange that is malformed";
static const char cut_icmp[] =
    "both: the capture cut the header before its checksum, so that there is "
    "none to tally here";
static const char no_prefix[] =
    "here: the length prefix of this message was never captured; that bytes "
    "behind a gap look like a message makes them none";
static const char quoted[] =
    "here: the header is quoted in an ICMP error, it is no traffic";
static const char cut_partial[] =
    "here: the packet was cut, but what is stored is the sum of its "
    "pseudo-header: partial can be told without the payload";
static const char frame_relay[] =
    "tshark: it opens Frame Relay, which no node of a cluster speaks and "
    "which is refused here as unknown-link-type";

static const struct disagreement disagreements[] = {
    { "bad-packets/dnso1tcp-bighole.pcap", "dns_queries", 38, 39, no_prefix },
    { "bad-packets/do1t-nosyn-1nolen.pcap", "dns_queries", 1, 2, no_prefix },
    { "gopacket/be/test017.pcapng", "packets", 0, 4, custom },
    { "gopacket/be/test018.pcapng", "packets", 4, 8, custom },
    { "gopacket/be/test102.pcapng", "packets", 5, 8, custom },
    { "gopacket/be/test202.pcapng", "packets", 8, 11, custom },
    { "gopacket/le/test017.pcapng", "packets", 0, 4, custom },
    { "gopacket/le/test018.pcapng", "packets", 4, 8, custom },
    { "gopacket/le/test102.pcapng", "packets", 5, 8, custom },
    { "gopacket/le/test202.pcapng", "packets", 8, 11, custom },
    { "tcpdump/bigtcp-ipv4-geneve-ipv4.pcap", "geneve", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv4-geneve-ipv4.pcap", "ip_good", 2, 1, zero_length },
    { "tcpdump/bigtcp-ipv4-geneve-ipv4.pcap", "tcp_bad", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv4-geneve-ipv4.pcap", "udp_absent", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv4-vxlan-ipv4.pcap", "ip_good", 2, 1, zero_length },
    { "tcpdump/bigtcp-ipv4-vxlan-ipv4.pcap", "tcp_bad", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv4-vxlan-ipv4.pcap", "udp_bad", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv4-vxlan-ipv4.pcap", "vxlan", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv6-vxlan-ipv6.pcap", "tcp_bad", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv6-vxlan-ipv6.pcap", "udp_bad", 1, 0, zero_length },
    { "tcpdump/bigtcp-ipv6-vxlan-ipv6.pcap", "vxlan", 1, 0, zero_length },
    { "tcpdump/dns-zlip-1.pcap", "dns_queries", 1, 0, short_header },
    { "tcpdump/dns-zlip-2.pcap", "dns_queries", 1, 0, short_header },
    { "tcpdump/dns-zlip-3.pcap", "dns_queries", 1, 0, short_header },
    { "tcpdump/frf16_magic_ie-oobr.pcap", "packets", 1, 0, refused },
    { "tcpdump/hoobr_juniper3.pcap", "packets", 1, 0, refused },
    { "tcpdump/icmp-cksum-oobr-1.pcap", "ip_bad", 1, 2, quoted },
    { "tcpdump/icmp-cksum-oobr-1.pcap", "udp_bad", 0, 1, quoted },
    { "tcpdump/icmp-cksum-oobr-2.pcap", "ip_good", 0, 1, quoted },
    { "tcpdump/icmp-cksum-oobr-2.pcap", "udp_bad", 0, 1, quoted },
    { "tcpdump/icmp-cksum-oobr-3.pcapng", "ip_good", 0, 1, quoted },
    { "tcpdump/icmp-cksum-oobr-3.pcapng", "udp_good", 0, 1, quoted },
    { "tcpdump/icmp-cksum-oobr-4.pcapng", "ip_good", 0, 1, quoted },
    { "tcpdump/icmp-cksum-oobr-4.pcapng", "udp_good", 0, 1, quoted },
    { "tcpdump/icmp-icmp_print-oobr-1.pcap", "icmp", 0, 1, cut_icmp },
    { "tcpdump/icmp-icmp_print-oobr-2.pcap", "icmp", 0, 1, frame_relay },
    { "tcpdump/icmp-icmp_print-oobr-2.pcap", "ip_bad", 0, 3, frame_relay },
    { "tcpdump/juniper_es_oobr.pcap", "packets", 1, 0, refused },
    { "tcpdump/of10_7050sx_bsn-oobr.pcap", "tcp_bad", 1, 0, cut_partial },
    { "tcpdump/of10_7050sx_bsn-oobr.pcap", "tcp_unverified", 0, 1,
      cut_partial },
    { "zeek/tunnels/gre-sample.pcap", "ip_good", 80, 82, quoted },
    { "zeek/tunnels/gre-sample.pcap", "udp_good", 8, 10, quoted },
};

struct comparison {
    const char *file;
    const char *at; /* its line of the oracle */
    const char *end;
    bool seen[DISAGREEMENTS_MAX];
    int files;
    int failures;
};

static const struct disagreement *known_of(struct comparison *with,
                                           const char *figure)
{
    for (size_t i = 0; i < sizeof disagreements / sizeof *disagreements; i++)
        if (strcmp(disagreements[i].file, with->file) == 0 &&
            strcmp(disagreements[i].figure, figure) == 0) {
            with->seen[i] = true;
            return &disagreements[i];
        }
    return NULL;
}

static void compare(struct comparison *with, const char *figure, int64_t here,
                    int64_t tshark)
{
    const struct disagreement *known = known_of(with, figure);

    if (known == NULL ? here == tshark
                      : known->here == here && known->tshark == tshark)
        return;
    with->failures++;
    print_error("%s: %s %lld here, %lld by tshark; %s\n", with->file, figure,
                (long long)here, (long long)tshark,
                known == NULL ? "not in the table" : known->why);
}

static void compare_sums(struct comparison *with,
                         const struct capture_counts *counts)
{
    static const char *const verdicts[COUNT_VERDICTS] = {
        [COUNT_GOOD] = "good",
        [COUNT_BAD] = "bad",
        [COUNT_NO_SUM] = "absent",
        [COUNT_UNVERIFIED] = "unverified",
    };

    for (size_t layer = COUNT_IP; layer <= COUNT_TCP; layer++)
        for (size_t i = 0; i < COUNT_VERDICTS; i++) {
            const int64_t *sums = counts->sums[layer][i];
            char figure[32];
            char in_icmp[64];

            snprintf(figure, sizeof figure, "%s_%s", count_layer_names[layer],
                     verdicts[i]);
            snprintf(in_icmp, sizeof in_icmp, "%s_with_icmp", figure);
            compare(with, figure, sums[0] + sums[1],
                    json_number(with->at, with->end, figure) +
                        json_number(with->at, with->end, in_icmp));
        }
}

static int64_t icmp_count(const struct capture_counts *counts)
{
    int64_t total = 0;

    for (size_t i = 0; i < COUNT_VERDICTS; i++)
        total +=
            counts->sums[COUNT_ICMP][i][0] + counts->sums[COUNT_ICMP][i][1];
    return total;
}

static void compare_file(struct comparison *with)
{
    struct capture_counts counts;
    char path[sizeof CAPTURES + NAME_BYTES];

    snprintf(path, sizeof path, CAPTURES "%s", with->file);
    assert_true(capture_count(path, &counts));
    /* Loaded, or refused with a reason. */
    if (counts.status != READ_WHOLE || counts.packets == 0)
        assert_true(counts.anomalies > 0);
    with->files++;
    compare(with, "packets", counts.packets,
            json_number(with->at, with->end, "packets"));
    compare(with, "dns_queries", counts.queries,
            json_number(with->at, with->end, "dns_queries"));
    compare(with, "dns_responses", counts.responses,
            json_number(with->at, with->end, "dns_responses"));
    compare(with, "vxlan", counts.vxlan,
            json_number(with->at, with->end, "vxlan"));
    compare(with, "geneve", counts.geneve,
            json_number(with->at, with->end, "geneve"));
    compare(with, "icmp", icmp_count(&counts),
            json_number(with->at, with->end, "icmp"));
    compare(with, "tcp_retransmissions", count_retransmissions(&counts),
            json_number(with->at, with->end, "tcp_retransmissions"));
    compare_sums(with, &counts);
}

static void test_oracle(void **state)
{
    FILE *oracle = fopen(CAPTURES "oracle.jsonl", "r");
    struct comparison with = { .files = 0 };
    char line[LINE_BYTES];

    (void)state;
    if (oracle == NULL) {
        print_message("skipped: no %s\n", CAPTURES);
        skip();
    }
    while (fgets(line, sizeof line, oracle) != NULL) {
        char name[NAME_BYTES];

        if (sscanf(line, "{\"file\": \"%199[^\"]\"", name) != 1)
            fail_msg("oracle: %s", line);
        with.file = name;
        with.at = line;
        with.end = line + strlen(line);
        compare_file(&with);
    }
    fclose(oracle);
    _Static_assert(sizeof disagreements / sizeof *disagreements <=
                       DISAGREEMENTS_MAX,
                   "a place for each");
    for (size_t i = 0; i < sizeof disagreements / sizeof *disagreements; i++)
        if (!with.seen[i])
            fail_msg("%s is not in the oracle", disagreements[i].file);
    print_message("%d captures\n", with.files);
    assert_int_equal(with.failures, 0);
    assert_true(with.files > 200);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_oracle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
