#include "evidence/record_stream.h"

#include "base/memory.h"
#include "store/record.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    LENGTH_BYTES = 4,
    BUFFER_BYTES = RECORD_BYTES_MAX + LENGTH_BYTES,
};

void record_stream_init(struct record_stream *stream)
{
    *stream = (struct record_stream){ .pipe = -1 };
    stream->buffer = memory_allocate(BUFFER_BYTES, 1);
}

void record_stream_deinit(struct record_stream *stream)
{
    free(stream->buffer);
    *stream = (struct record_stream){ .pipe = -1 };
}

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

void record_stream_begin(struct record_stream *stream, int pipe_end,
                         int64_t seconds)
{
    stream->pipe = pipe_end;
    stream->at = 0;
    stream->end = 0;
    stream->deadline_ms = now_ms() + seconds * 1000;
    stream->trouble = NULL;
}

bool record_stream_break(struct record_stream *stream)
{
    stream->trouble = "reader broke the protocol";
    return false;
}

/* False, with trouble, if nothing comes in time. */
static bool wait_for_bytes(struct record_stream *stream)
{
    struct pollfd wait = { .fd = stream->pipe, .events = POLLIN };
    int ready;

    do {
        int64_t left_ms = stream->deadline_ms - now_ms();

        if (left_ms > INT_MAX)
            left_ms = INT_MAX;
        ready = left_ms <= 0 ? 0 : poll(&wait, 1, (int)left_ms);
    } while (ready < 0 && errno == EINTR);
    if (ready == 0)
        stream->trouble = "reader hangs";
    return ready > 0;
}

/* More bytes behind those that are there. */
static bool fill(struct record_stream *stream)
{
    size_t kept = stream->end - stream->at;
    ssize_t got;

    memmove(stream->buffer, stream->buffer + stream->at, kept);
    stream->at = 0;
    stream->end = kept;
    do {
        if (!wait_for_bytes(stream))
            return false;
        got = read(stream->pipe, stream->buffer + kept, BUFFER_BYTES - kept);
    } while (got < 0 && errno == EINTR);
    if (got <= 0)
        return false;
    stream->end += (size_t)got;
    return true;
}

/* An end inside a record comes from a process that died writing. */
static bool have(struct record_stream *stream, size_t length)
{
    while (stream->end - stream->at < length)
        if (!fill(stream))
            return false;
    return true;
}

bool record_stream_next(struct record_stream *stream, enum table_id *table,
                        struct reader *columns)
{
    struct reader in;
    size_t length;

    if (stream->trouble != NULL || !have(stream, LENGTH_BYTES))
        return false;
    in = reader_over(stream->buffer, stream->end);
    reader_skip(&in, stream->at);
    length = (size_t)reader_little_endian(&in, LENGTH_BYTES);
    if (length > RECORD_BYTES_MAX)
        return record_stream_break(stream);
    if (!have(stream, LENGTH_BYTES + length))
        return false;
    in = reader_over(stream->buffer, stream->end);
    reader_skip(&in, stream->at + LENGTH_BYTES);
    stream->at += LENGTH_BYTES + length;
    return record_check(reader_take(&in, length), table, columns,
                        &stream->nulls) ||
           record_stream_break(stream);
}
