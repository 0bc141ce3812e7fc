/* The reader of printed captures over any bytes. */
#define _GNU_SOURCE /* memfd_create */
#include "evidence/printed_capture.h"
#include "support/row_text.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct decode_options options;
    struct arena arena;
    struct row_text rows;
    struct tracker_totals totals;
    struct input input = {
        .descriptor = memfd_create("printed", 0),
        .evidence_id = 1,
        .size_bytes = (int64_t)length,
        .path = "node3_eth0.txt",
        .head = bytes,
        .head_bytes = length < INPUT_HEAD_BYTES ? length : INPUT_HEAD_BYTES,
        .arena = &arena,
    };

    if (input.descriptor < 0 ||
        write(input.descriptor, bytes, length) != (ssize_t)length)
        return 0;
    (void)lseek(input.descriptor, 0, SEEK_SET);
    arena_init(&arena);
    row_text_init(&rows);
    (void)printed_capture_bid(&input);
    (void)printed_capture_read(&input, &options, &rows.sink, &totals);
    row_text_deinit(&rows);
    arena_deinit(&arena);
    close(input.descriptor);
    return 0;
}
