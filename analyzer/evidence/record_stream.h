/* Records out of a pipe whose other end is not trusted: checked one by one,
 * in bounded memory and bounded time. */
#pragma once

#include "base/reader.h"
#include "store/tables.h"

#include <stdbool.h>
#include <stdint.h>

struct record_stream {
    int pipe;
    uint8_t *buffer;
    size_t at;
    size_t end;
    uint64_t nulls; /* bit n: column n of the last record is NULL */
    int64_t deadline_ms;
    const char *trouble; /* why nothing more is read; NULL */
};

void record_stream_init(struct record_stream *stream);
void record_stream_deinit(struct record_stream *stream);
/* Begins with another pipe, which may take so long in all. */
void record_stream_begin(struct record_stream *stream, int pipe_end,
                         int64_t seconds);
/* The next record that is sound in itself, valid until the next call. False
 * at the end of the pipe, and for ever once there is trouble. */
bool record_stream_next(struct record_stream *stream, enum table_id *table,
                        struct reader *columns);
/* Notes that what was sent is not what a reader of ours sends; false. */
bool record_stream_break(struct record_stream *stream);
