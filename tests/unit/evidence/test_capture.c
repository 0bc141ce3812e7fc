/* Captures through the real tracker: hand-made ones and those of others. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "evidence/capture.h"
#include "support/capture_files.h"
#include "support/row_text.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <unistd.h>

static const struct decode_options options = {
    .vxlan_ports = { 4789, 8472 },
    .vxlan_port_count = 2,
};

static enum read_status read_capture(int descriptor, const char *path,
                                     struct row_text *rows,
                                     struct tracker_totals *totals)
{
    uint8_t head[INPUT_HEAD_BYTES];
    ssize_t head_bytes = pread(descriptor, head, sizeof head, 0);
    struct input input = {
        .descriptor = descriptor,
        .evidence_id = 7,
        .size_bytes = lseek(descriptor, 0, SEEK_END),
        .path = path,
        .head = head,
        .head_bytes = head_bytes > 0 ? (size_t)head_bytes : 0,
    };

    return capture_read(&input, &options, &rows->sink, totals);
}

static void test_interfaces_and_totals(void **state)
{
    struct file_bytes bytes = { .is_big_endian = true };
    struct tracker_totals totals;
    struct row_text rows;
    FILE *file = tmpfile();

    (void)state;
    assert_non_null(file);
    put_pcapng_file(&bytes);
    assert_int_equal(pwrite(fileno(file), bytes.bytes, bytes.length, 0),
                     bytes.length);
    row_text_init(&rows);
    assert_int_equal(read_capture(fileno(file), "a.pcapng", &rows, &totals),
                     READ_WHOLE);
    assert_int_equal(totals.packets, 4);
    assert_true(row_text_has(&rows, "capture_interface:", "evidence_id=7",
                             "number=0", "name='eth0'", "filter='udp port 53'",
                             "link_type=1", "packets=2", "snapped=1",
                             "received=1000", "dropped=12", NULL));
    assert_true(row_text_has(&rows, "capture_interface:", "number=1",
                             "name='wg0'", "link_type=101", "packets=2", NULL));
    assert_true(
        row_text_has(&rows, "clue:", "name='format'", "value='pcapng'", NULL));
    row_text_deinit(&rows);
    fclose(file);
}

static void read_file(const char *path)
{
    int descriptor = open(path, O_RDONLY);
    struct tracker_totals totals;
    struct row_text rows;
    enum read_status status;

    assert_true(descriptor >= 0);
    row_text_init(&rows);
    status = read_capture(descriptor, path, &rows, &totals);
    if (totals.packets == 0 && status == READ_WHOLE)
        assert_true(row_text_has(&rows, "capture.empty", NULL));
    if (totals.packets > 0)
        assert_true(row_text_count(&rows, "capture_interface") > 0);
    row_text_deinit(&rows);
    close(descriptor);
}

/* All bytes of all frames of others, under the sanitizers. */
static void test_captures_of_others(void **state)
{
    static const char *const patterns[] = {
        SHARED_FOLDER "/captures/*/*.pcap*",
        SHARED_FOLDER "/captures/*/*/*.pcap*",
    };
    size_t files = 0;

    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        glob_t found;

        if (glob(patterns[i], 0, NULL, &found) != 0)
            continue;
        for (size_t n = 0; n < found.gl_pathc; n++)
            read_file(found.gl_pathv[n]);
        files += found.gl_pathc;
        globfree(&found);
    }
    print_message("%zu captures of others\n", files);
    if (files == 0)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interfaces_and_totals),
        cmocka_unit_test(test_captures_of_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
