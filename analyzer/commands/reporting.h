/* From a loaded case to a written report: correlate, diagnose, render. */
#pragma once

#include "commands/options.h"

struct renderer;

/* The renderer that --format names, or the default of the place the report
 * goes to: text on a terminal, Markdown elsewhere. NULL if there is none of
 * this name. */
const struct renderer *reporting_renderer(const struct options *options);

/* Tells that --format names none; gives EXIT_USAGE. */
int reporting_wrong(const struct command *command,
                    const struct options *options);

/* False if what --output names could not be written now. */
bool reporting_try(const struct options *options,
                   struct failure *failure) MUST_CHECK;

/* Writes the report. A failure leaves what --output names as it was. *status
 * becomes the exit status (see --exit-code). */
bool reporting_write(struct store *store, const struct options *options,
                     const struct renderer *renderer, int *status,
                     struct failure *failure) MUST_CHECK;
