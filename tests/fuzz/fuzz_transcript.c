/* Any bytes as a pasted transcript of probes. */
#define _GNU_SOURCE /* memfd_create */
#include "support/row_text.h"
#include "text/readers.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    int descriptor = memfd_create("transcript", 0);
    struct arena arena;
    struct row_text rows;
    struct input input = {
        .descriptor = descriptor,
        .size_bytes = (int64_t)length,
        .path = "transcript",
        .head = bytes,
        .head_bytes = length < INPUT_HEAD_BYTES ? length : INPUT_HEAD_BYTES,
        .arena = &arena,
    };

    arena_init(&arena);
    row_text_init(&rows);
    if (write(descriptor, bytes, length) == (ssize_t)length) {
        (void)transcript_bid(&input);
        (void)transcript_read(&input, &rows.sink);
    }
    row_text_deinit(&rows);
    arena_deinit(&arena);
    close(descriptor);
    return 0;
}
