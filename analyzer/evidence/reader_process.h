/* The process that reads one file: confined, with the file on one descriptor
 * and a pipe for its rows on another.
 *
 * First it sends a row of `evidence` that says what the file is (kind, hash),
 * then the facts, then another that says how it went. */
#pragma once

#include "base/failure.h"
#include "evidence/load.h"
#include "evidence/source.h"

#include <stdbool.h>
#include <sys/types.h>

struct reader_process {
    pid_t process; /* 0: none */
    int pipe;      /* -1: none */
};

/* Starts reading what was found. */
bool reader_process_start(struct reader_process *reader,
                          const struct load_options *options,
                          const struct found *found,
                          struct failure *failure) MUST_CHECK;
/* Waits for the end of one that has closed its pipe, or ends it. Returns its
 * wait status. Accepts one that was never started. */
int reader_process_end(struct reader_process *reader, bool is_killed);
/* CPU seconds, and seconds of waiting, that a file of this size may take. */
int64_t reader_process_seconds(const struct load_options *options,
                               int64_t size_bytes);
