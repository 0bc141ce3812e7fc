/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "evidence/capture_file.h"
#include "support/capture_files.h"
#include "support/frame_log.h"

static const char whole_file[] =
    "interface 0 'eth0' description='uplink' filter='udp port 53' link=1 "
    "snaplen=262144\n"
    "interface 1 'wg0' link=101 snaplen=96\n"
    "1 at=1683280566000005000 interface=0 in 9/60 link=1 sum=9\n"
    "2 at=1683280566000000007 interface=1 out 10/10 link=101 sum=10\n"
    "3 at=100000000008 interface=1 3/4 link=101 sum=3\n"
    "4 at=100000000008 interface=0 5/5 link=1 sum=5\n"
    "interface 0 link=1 snaplen=262144 received=1000 dropped=12\n";

static void test_every_block_in_both_orders(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        struct file_bytes file = { .is_big_endian = order == 1 };

        put_pcapng_file(&file);
        log_capture("x.pcapng", file.bytes, file.length);
        assert_string_equal(frame_log.text, whole_file);
        assert_int_equal(frame_log.status, READ_WHOLE);
        assert_true(frame_log.is_sound);
        assert_true(row_text_has(&frame_log.rows, "capture.dropped",
                                 "packets=12", "eth0", "statistics", NULL));
        assert_true(row_text_has(&frame_log.rows, "capture.block-skipped",
                                 "packets=2", "name resolution", NULL));
        assert_true(row_text_has(&frame_log.rows, "capture.no-time", "frame=4",
                                 "packets=1", NULL));
        assert_true(row_text_has(&frame_log.rows, "capture.time-backwards",
                                 "frame=3", NULL));
        assert_true(row_text_has(&frame_log.rows, "name='comment'",
                                 "value='before the fix'", NULL));
        assert_true(row_text_has(&frame_log.rows, "name='comment'",
                                 "value='frame 1: here'", NULL));
        assert_null(strstr(frame_log.rows.text, "keep me out"));
    }
}

/* Whatever is cut off, what is whole before it is there. */
static void test_every_prefix(void **state)
{
    struct file_bytes file = { .is_big_endian = true };
    int64_t frames = 0;

    (void)state;
    put_pcapng_file(&file);
    for (size_t length = 0; length <= file.length; length++) {
        log_capture("x.pcapng", file.bytes, length);
        assert_true(frame_log.frames >= frames);
        assert_true(frame_log.is_sound);
        frames = frame_log.frames;
        if (length >= 4 && frame_log.status != READ_WHOLE)
            assert_true(row_text_has(&frame_log.rows, "capture.truncated",
                                     "byte_offset=", NULL));
        if (frame_log.status != READ_WHOLE)
            assert_null(strstr(frame_log.text, "dropped=12"));
    }
    assert_int_equal(frames, 4);
}

/* Each section counts its interfaces from 0 and has its own byte order. */
static void test_sections(void **state)
{
    struct file_bytes file = { .length = 0 };

    (void)state;
    for (int section = 0; section < 3; section++) {
        file.is_big_endian = section == 1;
        put_section(&file);
        put_block_end(&file, put_interface(&file, 1, 0));
        put_block_end(&file, put_packet(&file, 0, 1000000, 4, 4));
    }
    log_capture("x.pcapng", file.bytes, file.length);
    assert_string_equal(frame_log.text,
                        "interface 0 link=1 snaplen=0\n"
                        "1 at=1000000000 interface=0 4/4 link=1 sum=4\n"
                        "interface 1 link=1 snaplen=0\n"
                        "2 at=1000000000 interface=1 4/4 link=1 sum=4\n"
                        "interface 2 link=1 snaplen=0\n"
                        "3 at=1000000000 interface=2 4/4 link=1 sum=4\n");
    assert_int_equal(row_text_count(&frame_log.rows, "anomaly"), 0);
}

static void test_one_interface_is_a_clue(void **state)
{
    struct file_bytes file = { .length = 0 };
    size_t start;

    (void)state;
    put_section(&file);
    start = put_interface(&file, 1, 0);
    put_option(&file, 2, "cali0123456789a", 15);
    put_block_end(&file, start);
    log_capture("x.pcapng", file.bytes, file.length);
    assert_true(row_text_has(&frame_log.rows, "clue:", "name='interface'",
                             "value='cali0123456789a'", NULL));
    assert_true(row_text_has(&frame_log.rows, "capture.empty", NULL));

    file.length = 0;
    put_pcapng_file(&file);
    log_capture("x.pcapng", file.bytes, file.length);
    assert_false(row_text_has(&frame_log.rows, "name='interface'", NULL));
}

/* Blocks that make no sense inside are counted; those around them are read,
 * and packets keep the numbers that other tools give them. */
static void test_wrong_inside(void **state)
{
    struct file_bytes file = { .length = 0 };
    size_t start;

    (void)state;
    put_section(&file);
    put_block_end(&file, put_interface(&file, 1, 0));
    put_block_end(&file, put_packet(&file, 7, 0, 4, 4));
    start = put_block(&file, ENHANCED_PACKET);
    for (int i = 0; i < 3; i++)
        put_u32(&file, 0);
    put_u32(&file, 1000);
    put_u32(&file, 1000);
    put_block_end(&file, start);
    start = put_packet(&file, 0, 0, 4, 4);
    put_u16(&file, 2);
    put_u16(&file, 400);
    put_block_end(&file, start);
    start = put_block(&file, ENHANCED_PACKET);
    put_block_end(&file, start);
    put_block_end(&file, put_packet(&file, 0, 0, 4, 4));

    log_capture("x.pcapng", file.bytes, file.length);
    assert_string_equal(frame_log.text,
                        "interface 0 link=1 snaplen=0\n"
                        "3 at=0 interface=0 4/4 link=1 sum=4\n"
                        "5 at=0 interface=0 4/4 link=1 sum=4\n");
    assert_true(row_text_has(&frame_log.rows, "capture.unknown-interface",
                             "frame=1", "interface 7", NULL));
    assert_true(row_text_has(&frame_log.rows, "capture.block-malformed",
                             "frame=2", "packets=3",
                             "a packet is longer than its block", NULL));
    assert_int_equal(frame_log.status, READ_PARTLY);
}

/* Where the lengths contradict each other, nothing behind is read. */
static void test_wrong_lengths(void **state)
{
    static const uint32_t lengths[] = { 0, 8, 35, 40, 0x7ffffffc, 0xfffffffc };

    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct file_bytes file = { .length = 0 };
        size_t start;
        size_t end;

        put_section(&file);
        put_block_end(&file, put_interface(&file, 1, 0));
        put_block_end(&file, put_packet(&file, 0, 0, 4, 4));
        start = put_packet(&file, 0, 0, 4, 4);
        put_block_end(&file, start);
        put_block_end(&file, put_packet(&file, 0, 0, 4, 4));
        end = file.length;
        file.length = start + 4;
        put_u32(&file, lengths[i]);
        log_capture("x.pcapng", file.bytes, end);
        assert_int_equal(frame_log.frames, 1);
        assert_int_equal(frame_log.status, READ_PARTLY);
        assert_true(row_text_has(&frame_log.rows, "capture.block-malformed",
                                 "frame=1", "not read from here on", NULL));
    }
}

/* A section of a version that nobody knows is not read. */
static void test_unknown_version(void **state)
{
    struct file_bytes file = { .length = 0 };

    (void)state;
    put_section(&file);
    file.bytes[12] = 2;
    put_block_end(&file, put_interface(&file, 1, 0));
    log_capture("x.pcapng", file.bytes, file.length);
    assert_int_equal(frame_log.status, READ_NOT_UNDERSTOOD);
    assert_true(
        row_text_has(&frame_log.rows, "capture.unknown-version", "2.0", NULL));
}

/* Secrets are passed over, however many: their size is no reason to stop. */
static void test_large_blocks_are_passed_over(void **state)
{
    enum {
        SECRET_BYTES = CAPTURE_BLOCK_BYTES_MAX + 4,
    };
    struct file_bytes file = { .length = 0 };
    uint8_t *bytes = memory_allocate(1, SECRET_BYTES + 4096);
    size_t secrets;

    (void)state;
    put_section(&file);
    put_block_end(&file, put_interface(&file, 1, 0));
    secrets = file.length;
    put_u32(&file, SECRETS);
    put_u32(&file, SECRET_BYTES);
    memcpy(bytes, file.bytes, file.length);
    file.length = 0;
    put_u32(&file, SECRET_BYTES);
    put_block_end(&file, put_packet(&file, 0, 0, 4, 4));
    memcpy(bytes + secrets + SECRET_BYTES - 4, file.bytes, file.length);
    log_capture("x.pcapng", bytes, secrets + SECRET_BYTES - 4 + file.length);
    free(bytes);
    assert_int_equal(frame_log.frames, 1);
    assert_int_equal(frame_log.status, READ_WHOLE);
}

static void test_many_interfaces(void **state)
{
    enum {
        COUNT = CAPTURE_INTERFACES_MAX + 5,
    };
    struct file_bytes file = { .length = 0 };
    struct file_bytes one = { .length = 0 };
    uint8_t *bytes;
    size_t length;

    (void)state;
    put_section(&file);
    put_block_end(&one, put_interface(&one, 1, 0));
    bytes = memory_allocate(COUNT + 10, one.length + 64);
    memcpy(bytes, file.bytes, file.length);
    length = file.length;
    for (int i = 0; i < COUNT; i++) {
        memcpy(bytes + length, one.bytes, one.length);
        length += one.length;
    }
    one.length = 0;
    put_block_end(&one, put_packet(&one, COUNT - 1, 0, 4, 4));
    memcpy(bytes + length, one.bytes, one.length);
    log_capture("x.pcapng", bytes, length + one.length);
    free(bytes);
    assert_int_equal(frame_log.frames, 0);
    assert_true(row_text_has(&frame_log.rows, "capture.unknown-interface",
                             "packets=6", "more than 1024", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_block_in_both_orders),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_one_interface_is_a_clue),
        cmocka_unit_test(test_wrong_inside),
        cmocka_unit_test(test_wrong_lengths),
        cmocka_unit_test(test_unknown_version),
        cmocka_unit_test(test_large_blocks_are_passed_over),
        cmocka_unit_test(test_many_interfaces),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    log_deinit();
    return failed;
}
