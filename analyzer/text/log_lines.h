/* The lines of a log, one after the other: for a file that is one, and for
 * the parts of a file of something else that are (kubectl cluster-info dump
 * ends in the logs of all pods). */
#pragma once

#include "base/input.h"
#include "store/sink.h"
#include "text/readers.h"

struct log_reader;

/* Both outlive the reader. */
struct log_reader *log_reader_create(struct input *input, struct sink *sink);
void log_reader_destroy(struct log_reader *reader);
/* The next line, without its line end. Was it longer than what is given? */
void log_reader_take(struct log_reader *reader, struct text raw, int64_t number,
                     bool was_cut);
/* The lines so far are all of one part: none waits for what comes later. */
void log_reader_end_part(struct log_reader *reader);
/* Ends the last part, and tells what was not understood. */
enum read_status log_reader_finish(struct log_reader *reader);
