/* The Corefile that node-cache prints at its start, "Using config file:" in
 * front: what it serves by, with all stub domains and upstreams filled in.
 * Each start prints one; the last of a file is what counts. */
#pragma once

#include "base/memory.h"
#include "base/text.h"
#include "store/sink.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LOG_COREFILE_BYTES = 64 * 1024,
};

struct log_corefile {
    char *bytes; /* allocated with the first */
    size_t used;
    int64_t first_line;
};

void log_corefile_deinit(struct log_corefile *corefile);
/* Forgets the one before. */
void log_corefile_begin(struct log_corefile *corefile);
/* False if the line was left out, as all together would be too long. */
bool log_corefile_add(struct log_corefile *corefile, struct text line,
                      int64_t number);
/* Puts the rows of the last one, if there was one. */
void log_corefile_tell(const struct log_corefile *corefile, int64_t evidence_id,
                       struct arena *arena, struct sink *sink);
