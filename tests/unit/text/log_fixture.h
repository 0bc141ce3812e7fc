/* For the tests of the log reader: a text is a file, its rows are text. */
#pragma once

#include "support/row_text.h"
#include "text/log_reader.h"
#include "text/readers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* cmocka wants the four above first. */
#include <cmocka.h>

struct log_run {
    struct row_text rows;
    enum read_status status;
    int bid;
};

static inline void log_run_file(struct log_run *run, const char *path,
                                FILE *file)
{
    uint8_t head[INPUT_HEAD_BYTES];
    struct arena arena;
    struct input input = {
        .descriptor = fileno(file),
        .evidence_id = 1,
        .path = path,
        .head = head,
        .arena = &arena,
    };

    arena_init(&arena);
    row_text_init(&run->rows);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    input.size_bytes = ftell(file);
    rewind(file);
    input.head_bytes = fread(head, 1, sizeof head, file);
    run->bid = log_bid(&input);
    run->status = log_read(&input, &run->rows.sink);
    arena_deinit(&arena);
}

static inline void log_run_bytes(struct log_run *run, const char *path,
                                 const void *bytes, size_t length)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fflush(file), 0);
    log_run_file(run, path, file);
    fclose(file);
}

static inline void log_run_text(struct log_run *run, const char *text)
{
    log_run_bytes(run, "x", text, strlen(text));
}

static inline void log_run_end(struct log_run *run)
{
    row_text_deinit(&run->rows);
}

/* Asserts that one row holds all parts, separated by '|'. */
static inline void assert_row(const struct log_run *run, const char *parts)
{
    const char *line = run->rows.text;

    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        char *row = strndup(line, length);
        char *list = strdup(parts);
        char *rest = NULL;
        bool all = true;

        for (char *part = strtok_r(list, "|", &rest); part != NULL;
             part = strtok_r(NULL, "|", &rest))
            all = all && strstr(row, part) != NULL;
        free(row);
        free(list);
        if (all)
            return;
        line += length + (line[length] != '\0');
    }
    fail_msg("no row has %s in:\n%s", parts, run->rows.text);
}

/* How many rows contain part. */
static inline size_t count_rows(const struct log_run *run, const char *part)
{
    size_t count = 0;

    for (const char *at = strstr(run->rows.text, part); at != NULL;
         at = strstr(at + 1, part))
        count++;
    return count;
}

/* One line at every length, each copy in an allocation of its exact size. */
static inline void take_every_prefix(struct log_messages *messages,
                                     const char *sample)
{
    struct arena arena;

    arena_init(&arena);
    for (size_t length = 0; length <= strlen(sample); length++) {
        char *copy = malloc(length == 0 ? 1 : length);
        struct unwrapper unwrapper;
        struct log_line line = LOG_LINE_NONE;
        struct log_event_row row = LOG_EVENT_ROW_NONE;

        memcpy(copy, sample, length);
        unwrapper_init(&unwrapper, text_of("* ==> \\n\",\"stream\""));
        if (unwrapper_take(&unwrapper, text_slice(copy, length), &line))
            (void)log_content_read(messages, &line, &row, &arena);
        unwrapper_deinit(&unwrapper);
        free(copy);
        arena_reset(&arena);
    }
    arena_deinit(&arena);
}
