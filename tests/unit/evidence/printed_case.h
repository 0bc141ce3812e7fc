/* Reads a text as if it were a printed capture in a bundle. */
#pragma once

#include "evidence/printed_capture.h"
#include "support/row_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct printed_case {
    struct row_text rows;
    struct tracker_totals totals;
    enum read_status status;
    int bid;
};

static inline void printed_case_read(struct printed_case *test,
                                     const char *text, size_t length)
{
    static const struct decode_options options;
    size_t head_bytes = length < INPUT_HEAD_BYTES ? length : INPUT_HEAD_BYTES;
    uint8_t *head = malloc(head_bytes > 0 ? head_bytes : 1);
    FILE *file = tmpfile();
    struct arena arena;
    struct input input = { .evidence_id = 1,
                           .size_bytes = (int64_t)length,
                           .path = "pasted",
                           .head = head,
                           .head_bytes = head_bytes,
                           .arena = &arena };

    if (head == NULL || file == NULL ||
        fwrite(text, 1, length, file) != length || fflush(file) != 0)
        abort();
    memcpy(head, text, head_bytes);
    (void)lseek(fileno(file), 0, SEEK_SET);
    input.descriptor = fileno(file);
    arena_init(&arena);
    row_text_init(&test->rows);
    test->bid = printed_capture_bid(&input);
    test->status =
        printed_capture_read(&input, &options, &test->rows.sink, &test->totals);
    arena_deinit(&arena);
    fclose(file);
    free(head);
}

static inline void printed_case_end(struct printed_case *test)
{
    row_text_deinit(&test->rows);
}
