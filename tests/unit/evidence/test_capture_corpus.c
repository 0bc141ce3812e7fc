/* Captures that other projects made, against two second opinions: tshark's
 * packet counts, and libpcap frame by frame. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/clock.h"
#include "support/frame_log.h"

#include <pcap/pcap.h>

#define CAPTURES SHARED_FOLDER "/captures/"

enum {
    FILE_BYTES_MAX = 8 * 1024 * 1024,
    ORACLE_LINE_BYTES = 1024,
};

/* Where the counts differ, and who is right: this reader in all of them. */
struct disagreement {
    const char *file;
    int64_t here;
    int64_t tshark;
    const char *why;
};

static const char custom[] = "tshark numbers custom blocks as if they were "
                             "packets; the format says they are none";
static const char refused[] = "tshark refuses the file for its link type; the "
                              "packet is there";

static const struct disagreement disagreements[] = {
    { "gopacket/be/test017.pcapng", 0, 4, custom },
    { "gopacket/le/test017.pcapng", 0, 4, custom },
    { "gopacket/be/test018.pcapng", 4, 8, custom },
    { "gopacket/le/test018.pcapng", 4, 8, custom },
    { "gopacket/be/test102.pcapng", 5, 8, custom },
    { "gopacket/le/test102.pcapng", 5, 8, custom },
    { "gopacket/be/test202.pcapng", 8, 11, custom },
    { "gopacket/le/test202.pcapng", 8, 11, custom },
    { "tcpdump/frf16_magic_ie-oobr.pcap", 1, 0, refused },
    { "tcpdump/hoobr_juniper3.pcap", 1, 0, refused },
    { "tcpdump/juniper_es_oobr.pcap", 1, 0, refused },
};

/* What libpcap says where it gives up on files that are read here. */
static const char *const refusals[] = {
    "different from the snapshot length of the first interface",
    "different from the type of the first interface",
    "the capture file has no Interface Description Blocks",
    "unknown pcapng savefile major version number 2", /* nor are they here */
};

static size_t load(const char *path, uint8_t *bytes)
{
    FILE *file = fopen(path, "rb");
    size_t length;

    if (file == NULL)
        return 0;
    length = fread(bytes, 1, FILE_BYTES_MAX, file);
    fclose(file);
    return length;
}

static int64_t expected_here(const char *name, int64_t tshark)
{
    for (size_t i = 0; i < sizeof disagreements / sizeof disagreements[0]; i++)
        if (strcmp(disagreements[i].file, name) == 0) {
            assert_int_equal(disagreements[i].tshark, tshark);
            return disagreements[i].here;
        }
    return tshark;
}

/* libpcap gives no time to simple packets, and adds parts of a second that
 * are more than a second. */
static bool same_time(const struct seen_frame *seen,
                      const struct pcap_pkthdr *header)
{
    int64_t seconds = (uint32_t)header->ts.tv_sec;
    int64_t fraction = header->ts.tv_usec;

    if (seen->at_ns == seconds * NS_PER_SECOND + fraction)
        return true;
    if (seconds == 0 && fraction == 0)
        return row_text_has(&frame_log.rows, "capture.no-time", NULL);
    return row_text_has(&frame_log.rows, "capture.subsecond", NULL);
}

/* libpcap cuts what is longer than the snaplen of the file. */
static bool same_bytes(const struct seen_frame *seen,
                       const struct pcap_pkthdr *header, const u_char *bytes,
                       int snaplen)
{
    if (header->caplen == (bpf_u_int32)snaplen &&
        seen->captured_bytes > header->caplen)
        return row_text_has(&frame_log.rows, "capture.snaplen-exceeded", NULL);
    return seen->captured_bytes == header->caplen &&
           seen->hash == hash_bytes(bytes, header->caplen, 0);
}

static bool same_wire(const struct seen_frame *seen,
                      const struct pcap_pkthdr *header)
{
    return seen->wire_bytes == header->len ||
           (seen->wire_bytes == seen->captured_bytes &&
            row_text_has(&frame_log.rows, "capture.caplen-over-len", NULL));
}

static void expect_refusal(const char *name, const char *error)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (strstr(error, refusals[i]) != NULL)
            return;
    fail_msg("%s: libpcap: %s", name, error);
}

/* libpcap's frames must be the first ones of ours, and all of them unless it
 * says why it stops. */
static void compare_with_libpcap(const char *name, const char *path)
{
    char error[PCAP_ERRBUF_SIZE];
    pcap_t *pcap = pcap_open_offline_with_tstamp_precision(
        path, PCAP_TSTAMP_PRECISION_NANO, error);
    struct pcap_pkthdr *header;
    const u_char *bytes;
    int64_t frames = 0;

    if (pcap == NULL) {
        expect_refusal(name, error);
        return;
    }
    while (pcap_next_ex(pcap, &header, &bytes) == 1) {
        const struct seen_frame *seen;

        assert_true(frames < frame_log.frames);
        seen = &frame_log.seen[frames++];
        if (!same_time(seen, header) || !same_wire(seen, header) ||
            !same_bytes(seen, header, bytes, pcap_snapshot(pcap)))
            fail_msg("%s: frame %d differs", name, (int)frames);
    }
    if (pcap_geterr(pcap)[0] != '\0')
        expect_refusal(name, pcap_geterr(pcap));
    else
        assert_int_equal(frames, frame_log.frames);
    pcap_close(pcap);
}

/* A line is {"file": "...", "bytes": ..., "tshark": {... "packets": n}},
 * without the last where tshark found none. */
static void check_line(const char *line, uint8_t *bytes)
{
    const char *packets = strstr(line, "\"packets\": ");
    char name[200];
    char path[sizeof CAPTURES + sizeof name];
    long long count = 0;

    if (sscanf(line, "{\"file\": \"%199[^\"]\"", name) != 1)
        fail_msg("oracle: %s", line);
    if (packets != NULL)
        count = strtoll(packets + strlen("\"packets\": "), NULL, 10);
    snprintf(path, sizeof path, CAPTURES "%s", name);
    log_capture(path, bytes, load(path, bytes));
    if (frame_log.frames != expected_here(name, count))
        fail_msg("%s: %d packets, tshark counts %lld", name,
                 (int)frame_log.frames, count);
    assert_true(frame_log.is_sound);
    compare_with_libpcap(name, path);
}

static void test_corpus(void **state)
{
    FILE *oracle = fopen(CAPTURES "oracle.jsonl", "r");
    char line[ORACLE_LINE_BYTES];
    uint8_t *bytes;
    int files = 0;

    (void)state;
    if (oracle == NULL) {
        print_message("no captures of others at %s\n", CAPTURES);
        skip();
    }
    bytes = memory_allocate(1, FILE_BYTES_MAX);
    while (fgets(line, sizeof line, oracle) != NULL) {
        check_line(line, bytes);
        files++;
    }
    fclose(oracle);
    free(bytes);
    print_message("%d captures\n", files);
    assert_true(files > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corpus),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    log_deinit();
    return failed;
}
