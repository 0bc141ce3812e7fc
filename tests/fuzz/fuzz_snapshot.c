/* Any bytes as a snapshot: neither bid nor read may go wrong. */
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
    struct input input = { .descriptor = memfd_create("fuzz", 0),
                           .size_bytes = (int64_t)length,
                           .path = "ethtool-S_eth0.txt",
                           .head = bytes,
                           .head_bytes = length < 4096 ? length : 4096,
                           .arena = &arena };

    if (write(input.descriptor, bytes, length) != (ssize_t)length)
        return 0;
    arena_init(&arena);
    row_text_init(&rows);
    (void)snapshot_bid(&input);
    (void)snapshot_read(&input, &rows.sink);
    row_text_deinit(&rows);
    arena_deinit(&arena);
    close(input.descriptor);
    return 0;
}
