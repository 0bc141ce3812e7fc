/* The log reader over any bytes: nothing may crash, hang or leak. */
#define _GNU_SOURCE /* memfd_create */
#include "support/row_text.h"
#include "text/readers.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct row_text rows;
    struct input input = {
        .descriptor = memfd_create("log", 0),
        .evidence_id = 1,
        .size_bytes = (int64_t)length,
        .path = "coredns-8474476ff8-7qkzp.log",
        .head = bytes,
        .head_bytes = length < INPUT_HEAD_BYTES ? length : INPUT_HEAD_BYTES,
        .arena = &arena,
    };

    if (input.descriptor < 0 ||
        write(input.descriptor, bytes, length) != (ssize_t)length)
        return 0;
    arena_init(&arena);
    row_text_init(&rows);
    (void)log_bid(&input);
    (void)log_read(&input, &rows.sink);
    row_text_deinit(&rows);
    arena_deinit(&arena);
    close(input.descriptor);
    return 0;
}
