/* Runs a text reader over a sample, as a file of its own is read. */
#pragma once

#include "support/row_text.h"
#include "text/readers.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef int bid_fn(const struct input *input);
typedef enum read_status read_fn(struct input *input, struct sink *sink);

struct reader_under_test {
    bid_fn *bid;
    read_fn *read;
};

struct reading {
    struct row_text rows;
    enum read_status status;
    int bid;
};

static inline void reading_deinit(struct reading *reading)
{
    row_text_deinit(&reading->rows);
}

/* The head has an allocation of exactly its size, so that a bid that looks
 * past it is caught. */
static inline struct reading read_descriptor(const struct reader_under_test *by,
                                             int descriptor, const char *path)
{
    off_t size = lseek(descriptor, 0, SEEK_END);
    size_t head_bytes =
        size < INPUT_HEAD_BYTES ? (size_t)size : INPUT_HEAD_BYTES;
    uint8_t *head = head_bytes > 0 ? malloc(head_bytes) : NULL;
    struct arena arena;
    struct input input = {
        .descriptor = descriptor,
        .evidence_id = 1,
        .size_bytes = size,
        .path = path,
        .head = head,
        .head_bytes = head_bytes,
        .arena = &arena,
    };
    struct reading reading;

    if (head_bytes > 0)
        assert_int_equal(pread(descriptor, head, head_bytes, 0), head_bytes);
    arena_init(&arena);
    row_text_init(&reading.rows);
    reading.bid = by->bid(&input);
    reading.status = by->read(&input, &reading.rows.sink);
    arena_deinit(&arena);
    free(head);
    return reading;
}

static inline FILE *sample_file(const char *text, size_t length)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fflush(file), 0);
    return file;
}

static inline struct reading read_bytes(const struct reader_under_test *by,
                                        const char *text, size_t length)
{
    FILE *file = sample_file(text, length);
    struct reading reading = read_descriptor(by, fileno(file), "x/sample.txt");

    fclose(file);
    return reading;
}

static inline struct reading read_sample(const struct reader_under_test *by,
                                         const char *text)
{
    return read_bytes(by, text, strlen(text));
}

static inline void read_every_prefix(const struct reader_under_test *by,
                                     const char *text, size_t length)
{
    FILE *file = sample_file(text, length);

    for (size_t left = length + 1; left-- > 0;) {
        struct reading reading;

        assert_int_equal(ftruncate(fileno(file), (off_t)left), 0);
        reading = read_descriptor(by, fileno(file), "sample.txt");
        reading_deinit(&reading);
    }
    fclose(file);
}

/* A file of the shared folder; false where there is none. */
static inline bool read_path(const struct reader_under_test *by,
                             const char *path, struct reading *reading)
{
    int descriptor = open(path, O_RDONLY);

    if (descriptor < 0)
        return false;
    *reading = read_descriptor(by, descriptor, path);
    close(descriptor);
    return true;
}

/* Rows that must be there: each a list of parts of one line. */
enum {
    EXPECTED_PARTS_MAX = 12,
    EXPECTED_ROWS_MAX = 16,
};

struct expected_row {
    const char *part[EXPECTED_PARTS_MAX];
};

static inline bool line_has_parts(const char *line, size_t length,
                                  const struct expected_row *row)
{
    for (size_t i = 0; i < EXPECTED_PARTS_MAX && row->part[i] != NULL; i++) {
        size_t part = strlen(row->part[i]);
        bool found = false;

        for (size_t at = 0; at + part <= length && !found; at++)
            found = memcmp(line + at, row->part[i], part) == 0;
        if (!found)
            return false;
    }
    return true;
}

static inline bool has_row(const struct row_text *rows,
                           const struct expected_row *row)
{
    const char *at = rows->length > 0 ? rows->text : "";

    while (*at != '\0') {
        const char *end = strchr(at, '\n');
        size_t length = end == NULL ? strlen(at) : (size_t)(end - at);

        if (line_has_parts(at, length, row))
            return true;
        at += length + (end != NULL);
    }
    return false;
}

struct shape {
    const char *title;
    const char *text;
    int least_bid;
    enum read_status status;
    const char *table; /* whose rows are counted */
    size_t count;
    struct expected_row rows[EXPECTED_ROWS_MAX];
};

static inline void check_shape(const struct reader_under_test *by,
                               const struct shape *shape)
{
    struct reading reading = read_sample(by, shape->text);
    bool ok = reading.status == shape->status &&
              reading.bid >= shape->least_bid &&
              row_text_count(&reading.rows, shape->table) == shape->count;

    for (size_t i = 0; i < EXPECTED_ROWS_MAX; i++)
        if (shape->rows[i].part[0] != NULL &&
            !has_row(&reading.rows, &shape->rows[i])) {
            print_error("row %zu is missing\n", i);
            ok = false;
        }
    if (!ok)
        print_error("%s: bid %d, status %d, %zu rows of %s\n%s", shape->title,
                    reading.bid, (int)reading.status,
                    row_text_count(&reading.rows, shape->table), shape->table,
                    reading.rows.length > 0 ? reading.rows.text : "");
    assert_true(ok);
    reading_deinit(&reading);
}
