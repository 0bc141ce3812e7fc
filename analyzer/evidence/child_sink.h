/* The sink of a reader process: rows become records in a pipe.
 *
 * The first and the last record are rows of `evidence`: what the file is, and
 * how reading it went. Between them stand its facts. The pipe that nobody
 * reads any more closes the sink. */
#pragma once

#include "store/sink.h"

#include <stdint.h>

struct child_sink {
    struct sink sink; /* must be first */
    int descriptor;
    int64_t evidence_id;
    int64_t line_offset; /* lines of the document before this piece of it */
    uint8_t *buffer;
    size_t used;
    int64_t first_ns; /* of log lines with an exact time; ABSENT */
    int64_t last_ns;
};

void child_sink_init(struct child_sink *sink, int descriptor,
                     int64_t evidence_id);
void child_sink_deinit(struct child_sink *sink);
/* Writes what waits; closes the sink if it cannot. */
void child_sink_flush(struct child_sink *sink);
