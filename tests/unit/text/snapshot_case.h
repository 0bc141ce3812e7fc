/* Reads a text as if it were a file of a bundle, for tests of snapshots. */
#pragma once

#include "support/row_text.h"
#include "text/readers.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct snapshot_case {
    struct row_text rows;
    enum read_status status;
    int bid;
};

static inline void case_read_file(struct snapshot_case *test, int descriptor,
                                  const char *path)
{
    uint8_t head[INPUT_HEAD_BYTES];
    ssize_t got = pread(descriptor, head, sizeof head, 0);
    size_t head_bytes = got > 0 ? (size_t)got : 0;
    uint8_t *exact = malloc(head_bytes > 0 ? head_bytes : 1);
    struct arena arena;
    struct input input = { .descriptor = descriptor,
                           .evidence_id = 1,
                           .size_bytes = lseek(descriptor, 0, SEEK_END),
                           .path = path,
                           .head = exact,
                           .head_bytes = head_bytes,
                           .arena = &arena };

    memcpy(exact, head, head_bytes);
    arena_init(&arena);
    row_text_init(&test->rows);
    test->bid = snapshot_bid(&input);
    test->status = snapshot_read(&input, &test->rows.sink);
    arena_deinit(&arena);
    free(exact);
}

static inline void case_read(struct snapshot_case *test, const char *path,
                             const char *text, size_t length)
{
    FILE *file = tmpfile();

    if (file == NULL || fwrite(text, 1, length, file) != length)
        abort();
    fflush(file);
    case_read_file(test, fileno(file), path);
    fclose(file);
}

static inline void case_end(struct snapshot_case *test)
{
    row_text_deinit(&test->rows);
}

/* Takes every occurrence of a part out of the text. */
static inline void case_without(char *text, const char *part)
{
    size_t length = strlen(part);

    for (char *at = strstr(text, part); at != NULL; at = strstr(at, part))
        memmove(at, at + length, strlen(at + length) + 1);
}
