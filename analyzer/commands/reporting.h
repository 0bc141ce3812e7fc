/* From a loaded case to a written report: correlate, diagnose, render. */
#pragma once

#include "commands/options.h"

struct renderer;

/* The renderer that --format names, or the default of the place the report
 * goes to: text on a terminal, Markdown elsewhere. NULL if there is none of
 * this name. */
const struct renderer *reporting_renderer(const struct options *options);

/* Writes the report. A file named with --output is written beside its place
 * and moved there when it is whole, so that a failure leaves the old one.
 * *status becomes the exit status (see --exit-code). */
bool reporting_write(struct store *store, const struct options *options,
                     const struct renderer *renderer, int *status,
                     struct failure *failure) MUST_CHECK;
