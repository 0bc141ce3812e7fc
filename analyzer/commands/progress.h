/* What a person sees while files are loaded: on standard error, a counter on
 * a terminal, a line for each file with --verbose, nothing with --quiet. */
#pragma once

#include "commands/options.h"

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool has_counter;
    bool has_lines;
    int64_t files;
    int64_t facts;
    char spool_folder[4096];
};

/* The load options that the command line gives. `progress` must outlive
 * them. */
void progress_init(struct progress *progress, const struct options *options,
                   struct load_options *load);
/* Takes the counter off the terminal. */
void progress_end(struct progress *progress);
