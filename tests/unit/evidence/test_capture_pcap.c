/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "support/capture_files.h"
#include "support/frame_log.h"

static const struct pcap_kind microseconds = { 0xa1b2c3d4, 2, 4, false, false };

static const struct pcap_kind kinds[] = {
    { 0xa1b2c3d4, 2, 4, false, false },  { 0xa1b23c4d, 2, 4, false, false },
    { 0xa1b2cd34, 2, 4, true, false },   { 0xa1b2c3d4, 2, 2, false, true },
    { 0xa1b2c3d4, 2, 3, false, false },  { 0xa1b2c3d4, 2, 3, false, true },
    { 0xa1b2c3d4, 543, 0, false, true },
};

/* What every kind of file must give, with the time of frame n in *_ns. */
static void expect_file(const struct pcap_kind *kind)
{
    const char *direction = kind->is_modified ? " out" : "";
    long long unit = kind->magic == 0xa1b23c4d ? 1 : 1000;
    char expected[512];
    int length =
        snprintf(expected, sizeof expected, "interface 0 link=1 snaplen=96\n");

    for (int i = 0; i < RECORDS; i++) {
        int bytes = 10 + i;

        length += snprintf(expected + length, sizeof expected - (size_t)length,
                           "%d at=%lld interface=0%s %d/20 link=1 sum=%d\n",
                           i + 1, (SECOND + i) * 1000000000LL + (7 + i) * unit,
                           direction, bytes, bytes * (bytes + 1) / 2);
    }
    assert_string_equal(frame_log.text, expected);
}

static void test_every_magic_in_both_orders(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        for (int order = 0; order < 2; order++) {
            struct file_bytes file = { .is_big_endian = order == 1 };

            put_pcap_file(&file, &kinds[i]);
            log_capture("x.pcap", file.bytes, file.length);
            assert_int_equal(frame_log.status, READ_WHOLE);
            expect_file(&kinds[i]);
            assert_int_equal(row_text_count(&frame_log.rows, "anomaly"), 0);
        }
}

/* Whole records in front of a cut are all delivered, and every cut that can
 * be seen is said. */
static void test_every_prefix(void **state)
{
    struct file_bytes file = { .length = 0 };
    size_t borders[RECORDS + 1];

    (void)state;
    put_pcap_header(&file, &microseconds, 1);
    for (uint32_t i = 0; i <= RECORDS; i++) {
        borders[i] = file.length;
        if (i < RECORDS)
            put_record(&file, &microseconds,
                       (const uint32_t[4]){ SECOND, i, 10 + i, 20 });
    }
    for (size_t length = 0; length <= file.length; length++) {
        int64_t whole = 0;
        bool is_border = false;

        for (int i = 0; i <= RECORDS; i++) {
            whole += i > 0 && borders[i] <= length;
            is_border = is_border || borders[i] == length;
        }
        log_capture("x.pcap", file.bytes, length);
        assert_int_equal(frame_log.frames, whole);
        assert_int_equal(frame_log.status == READ_WHOLE, is_border);
        assert_int_equal(
            row_text_has(&frame_log.rows, "capture.truncated", NULL),
            !is_border && length >= 4);
    }
}

static void test_truncated_names_frame_and_offset(void **state)
{
    struct file_bytes file = { .length = 0 };

    (void)state;
    put_pcap_file(&file, &microseconds);
    log_capture("x.pcap", file.bytes, file.length - 1);
    assert_int_equal(frame_log.status, READ_PARTLY);
    /* 24, then records of 26 and 27 bytes */
    assert_true(row_text_has(&frame_log.rows, "capture.truncated", "frame=2",
                             "byte_offset=77",
                             "inside frame 3 that begins at offset 77", NULL));
}

static void test_empty(void **state)
{
    struct file_bytes file = { .length = 0 };

    (void)state;
    put_pcap_header(&file, &microseconds, 1);
    log_capture("x.pcap", file.bytes, file.length);
    assert_int_equal(frame_log.status, READ_WHOLE);
    assert_true(
        row_text_has(&frame_log.rows, "capture.empty", "24 bytes", NULL));
    log_capture("x.pcap", file.bytes, 0);
    assert_int_equal(frame_log.status, READ_NOT_UNDERSTOOD);
    assert_true(
        row_text_has(&frame_log.rows, "capture.empty", "0 bytes", NULL));
}

struct trouble_case {
    uint32_t fields[4];
    const char *anomaly;
    const char *detail;
    int64_t frames; /* of two before and one after */
};

/* The frame before is at SECOND + 1. */
static const struct trouble_case troubles[] = {
    {
        .fields = { SECOND + 1, 0, 30, 20 },
        .anomaly = "capture.caplen-over-len",
        .detail = "30 bytes captured of a packet of 20",
        .frames = 4,
    },
    {
        .fields = { SECOND + 1, 1000000, 20, 20 },
        .anomaly = "capture.subsecond",
        .detail = "1000000 us",
        .frames = 4,
    },
    {
        .fields = { SECOND, 999750, 20, 20 },
        .anomaly = "capture.time-backwards",
        .detail = "by at most 250 us",
        .frames = 4,
    },
    {
        .fields = { SECOND + 90001, 0, 20, 20 },
        .anomaly = "capture.time-jump",
        .detail = "25 hours",
        .frames = 4,
    },
    {
        .fields = { SECOND + 1, 0, 97, 97 },
        .anomaly = "capture.snaplen-exceeded",
        .detail = "97 bytes captured, the limit is 96",
        .frames = 4,
    },
    {
        .fields = { SECOND + 1, 0, 262145, 20 },
        .anomaly = "capture.record-malformed",
        .detail = "frame 3 claims 262145",
        .frames = 2,
    },
};

static void put_trouble(struct file_bytes *file,
                        const struct trouble_case *trouble)
{
    put_pcap_header(file, &microseconds, 1);
    put_record(file, &microseconds, (const uint32_t[4]){ SECOND, 0, 9, 9 });
    put_record(file, &microseconds, (const uint32_t[4]){ SECOND + 1, 0, 9, 9 });
    if (trouble->fields[2] < 1000) {
        put_record(file, &microseconds, trouble->fields);
    } else {
        for (int i = 0; i < 4; i++)
            put_u32(file, trouble->fields[i]);
    }
    put_record(file, &microseconds,
               (const uint32_t[4]){ trouble->fields[0] + 1, 1, 9, 9 });
}

static void test_troubles(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
        struct file_bytes file = { .is_big_endian = i % 2 == 1 };

        put_trouble(&file, &troubles[i]);
        log_capture("x.pcap", file.bytes, file.length);
        assert_int_equal(frame_log.frames, troubles[i].frames);
        assert_true(row_text_has(&frame_log.rows, troubles[i].anomaly,
                                 troubles[i].detail, "byte_offset=74",
                                 "packets=1", NULL));
        assert_int_equal(row_text_count(&frame_log.rows, "anomaly"), 1);
        assert_int_equal(frame_log.status,
                         troubles[i].frames == 4 ? READ_WHOLE : READ_PARTLY);
        assert_true(frame_log.is_sound);
    }
}

/* 0x04000000 and the highest bits tell of an FCS, the rest is the type. */
static void test_link_types(void **state)
{
    struct file_bytes file = { .length = 0 };

    (void)state;
    put_pcap_header(&file, &microseconds, 0x24000001);
    log_capture("x.pcap", file.bytes, file.length);
    assert_string_equal(frame_log.text, "interface 0 link=1 snaplen=96\n");

    file.length = 0;
    put_pcap_header(&file, &microseconds, 187);
    put_record(&file, &microseconds, (const uint32_t[4]){ SECOND, 0, 9, 9 });
    log_capture("x.pcap", file.bytes, file.length);
    assert_int_equal(frame_log.frames, 1);
    assert_int_equal(frame_log.status, READ_PARTLY);
    assert_true(row_text_has(&frame_log.rows, "capture.unknown-link-type",
                             "packets=1", "link type 187 (BLUETOOTH_HCI_H4)",
                             NULL));
}

static void test_unknown_kinds(void **state)
{
    static const struct pcap_kind unknown[] = {
        { 0xa1b2c3d4, 2, 5, false, false },
        { 0xa1b2c3d4, 1, 4, false, false },
        { 0xa1b234cd, 2, 4, false, false },
        { 0xa12b3c4d, 2, 4, false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        struct file_bytes file = { .length = 0 };

        put_pcap_file(&file, &unknown[i]);
        log_capture("x.pcap", file.bytes, file.length);
        assert_int_equal(frame_log.status, READ_NOT_UNDERSTOOD);
        assert_int_equal(frame_log.frames, 0);
        assert_true(row_text_has(&frame_log.rows, "capture.unknown-", NULL));
    }
}

static int bid_of(const char *name, const char *head, size_t length)
{
    struct input input = {
        .path = name,
        .head = (const uint8_t *)head,
        .head_bytes = length,
    };

    return capture_bid(&input);
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(bid_of("a/x.txt", "\xd4\xc3\xb2\xa1", 4), 100);
    assert_int_equal(bid_of("a/x.txt", "\xa1\xb2\x3c\x4d", 4), 100);
    assert_int_equal(bid_of("a/x", "\x0a\x0d\x0d\x0a", 4), 100);
    assert_int_equal(bid_of("a/x.pcap", "", 0), 60);
    assert_int_equal(bid_of("a/x.log", "", 0), 0);
    assert_int_equal(bid_of("a/x.pcap", "10:36:46 IP", 11), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_magic_in_both_orders),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_truncated_names_frame_and_offset),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_troubles),
        cmocka_unit_test(test_link_types),
        cmocka_unit_test(test_unknown_kinds),
        cmocka_unit_test(test_bid),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    log_deinit();
    return failed;
}
