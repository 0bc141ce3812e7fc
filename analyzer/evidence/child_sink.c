#include "evidence/child_sink.h"

#include "base/memory.h"
#include "evidence/line_shift.h"
#include "store/record.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = RECORD_BYTES_MAX + 4,
    FLUSH_BYTES = 128 * 1024,
};

void child_sink_flush(struct child_sink *sink)
{
    size_t done = 0;

    while (done < sink->used && !sink->sink.is_closed) {
        ssize_t wrote =
            write(sink->descriptor, sink->buffer + done, sink->used - done);

        if (wrote > 0)
            done += (size_t)wrote;
        else if (wrote == 0 || errno != EINTR)
            sink->sink.is_closed = true;
    }
    sink->used = 0;
}

static void see_time(struct child_sink *sink, int64_t at_ns)
{
    if (at_ns == ABSENT)
        return;
    if (sink->first_ns == ABSENT || at_ns < sink->first_ns)
        sink->first_ns = at_ns;
    if (sink->last_ns == ABSENT || at_ns > sink->last_ns)
        sink->last_ns = at_ns;
}

static size_t write_row(struct child_sink *sink, enum table_id table,
                        const void *row)
{
    return record_write(sink->buffer + sink->used, BUFFER_BYTES - sink->used,
                        table, row);
}

/* A row of many long texts that no record can hold. */
static size_t write_instead(struct child_sink *sink, enum table_id table)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;

    row.evidence_id = sink->evidence_id;
    row.name = "reader.row-too-long";
    row.packets = 1;
    row.detail = tables[table].name;
    return write_row(sink, TABLE_ANOMALY, &row);
}

static void put(struct sink *base, enum table_id table, const void *row)
{
    struct child_sink *sink = (struct child_sink *)base;
    unsigned char room[LINE_SHIFT_ROW_BYTES];
    size_t length;

    if (sink->line_offset > 0)
        row = line_shift(table, row, sink->line_offset, room);
    length = write_row(sink, table, row);
    if (length == 0) {
        child_sink_flush(sink);
        length = write_row(sink, table, row);
    }
    if (length == 0)
        length = write_instead(sink, table);
    sink->used += length;
    if (table == TABLE_LOG_EVENT)
        see_time(sink, ((const struct log_event_row *)row)->at_ns);
    if (sink->used >= FLUSH_BYTES)
        child_sink_flush(sink);
}

void child_sink_init(struct child_sink *sink, int descriptor,
                     int64_t evidence_id)
{
    *sink = (struct child_sink){ .sink.put = put,
                                 .descriptor = descriptor,
                                 .evidence_id = evidence_id,
                                 .first_ns = ABSENT,
                                 .last_ns = ABSENT };
    sink->buffer = memory_allocate(BUFFER_BYTES, 1);
}

void child_sink_deinit(struct child_sink *sink)
{
    free(sink->buffer);
    sink->buffer = NULL;
}
