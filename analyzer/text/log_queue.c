#include "text/log_queue.h"

#include <stdlib.h>

static const struct log_event_row empty_row = LOG_EVENT_ROW_NONE;

void log_queue_init(struct log_queue *queue, struct sink *sink,
                    struct arena *arena)
{
    *queue = (struct log_queue){
        .sink = sink,
        .arena = arena,
        .rows = memory_allocate(LOG_QUEUE_ROWS, sizeof *queue->rows),
        .anchor_ns = ABSENT,
    };
}

void log_queue_deinit(struct log_queue *queue)
{
    free(queue->rows);
    *queue = (struct log_queue){ 0 };
}

/* A clock that went back, or a file that is newest first, bounds nothing. */
static void set_bounds(struct log_event_row *row, int64_t latest_ns)
{
    if (latest_ns != ABSENT && row->earliest_ns != ABSENT &&
        latest_ns < row->earliest_ns) {
        row->earliest_ns = ABSENT;
        latest_ns = ABSENT;
    }
    row->latest_ns = latest_ns;
    row->time_is = latest_ns == ABSENT && row->earliest_ns == ABSENT
                       ? "unknown"
                       : "bounded";
}

static void release(struct log_queue *queue, int64_t latest_ns)
{
    for (size_t i = 0; i < queue->count; i++) {
        set_bounds(&queue->rows[i], latest_ns);
        sink_put(queue->sink, TABLE_LOG_EVENT, &queue->rows[i]);
    }
    queue->count = 0;
}

void log_queue_anchor(struct log_queue *queue, int64_t earliest_ns,
                      int64_t latest_ns)
{
    release(queue, latest_ns);
    queue->anchor_ns = earliest_ns;
}

void log_queue_break(struct log_queue *queue)
{
    release(queue, ABSENT);
    queue->anchor_ns = ABSENT;
}

struct log_event_row *log_queue_begin(struct log_queue *queue)
{
    struct log_event_row *row;

    if (queue->count == LOG_QUEUE_ROWS)
        release(queue, ABSENT);
    if (queue->count == 0 && queue->arena->used_bytes > LOG_QUEUE_ARENA_BYTES)
        arena_reset(queue->arena);
    row = &queue->rows[queue->count];
    *row = empty_row;
    return row;
}

void log_queue_commit(struct log_queue *queue)
{
    struct log_event_row *row = &queue->rows[queue->count];

    if (row->at_ns != ABSENT) {
        row->time_is = "exact";
        sink_put(queue->sink, TABLE_LOG_EVENT, row);
        return;
    }
    row->earliest_ns = queue->anchor_ns;
    queue->count++;
}
