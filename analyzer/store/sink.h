/* Where a reader puts its rows. It does not know whether they go through a
 * pipe, into a case file or into a test.
 *
 * sink_put() copies what it needs before it returns. A sink that can take no
 * more sets `is_closed`, which sticks: readers of long input test it and
 * stop. */
#pragma once

#include "store/rows.h"
#include "store/tables.h"

#include <stdbool.h>

struct sink;

typedef void sink_put_fn(struct sink *sink, enum table_id table,
                         const void *row);

struct sink {
    sink_put_fn *put;
    bool is_closed;
    int64_t rows; /* taken so far */
};

/* `row` is the row struct of the table. */
static inline void sink_put(struct sink *sink, enum table_id table,
                            const void *row)
{
    if (sink->is_closed)
        return;
    sink->rows++;
    sink->put(sink, table, row);
}

/* Adds an anomaly with its place: frame or line is ABSENT where it has
 * none. */
void sink_anomaly(struct sink *sink, const struct anomaly_row *row);
/* Adds a clue about the file: line is ABSENT if it has none. */
void sink_clue(struct sink *sink, int64_t evidence_id, int64_t line,
               const char *name, const char *value);
