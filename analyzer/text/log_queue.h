/* Rows that wait for their time.
 *
 * A log is append-only, so a line without a stamp was written between the
 * timed lines around it. Its row waits until the next timed line, its anchor,
 * is known; at most LOG_QUEUE_ROWS wait, then they go with an open end. Rows
 * leave in the order of their lines. */
#pragma once

#include "base/memory.h"
#include "store/sink.h"

enum {
    LOG_QUEUE_ROWS = 4096,
    LOG_QUEUE_ARENA_BYTES = 1024 * 1024,
};

struct log_queue {
    struct sink *sink;
    struct arena *arena; /* the texts of the rows; reset when none waits */
    struct log_event_row *rows;
    size_t count;
    int64_t anchor_ns; /* the last timed line, ABSENT if there was none */
};

void log_queue_init(struct log_queue *queue, struct sink *sink,
                    struct arena *arena);
void log_queue_deinit(struct log_queue *queue);
/* A line was written in [earliest_ns, latest_ns]: bounds the rows that wait.
 * To be called before the row of that line is begun. */
void log_queue_anchor(struct log_queue *queue, int64_t earliest_ns,
                      int64_t latest_ns);
/* Other lines than these follow: no bound holds across. */
void log_queue_break(struct log_queue *queue);
/* An empty row; it is part of the queue only once it is committed. */
struct log_event_row *log_queue_begin(struct log_queue *queue);
/* Sends a row that has its time, keeps one that has none. */
void log_queue_commit(struct log_queue *queue);
