/* What separates failures from successes.
 *
 * Each factor (path, transport, kind of client, service, server, size ...)
 * divides the exchanges in two; the odds ratio says how much more often one
 * half fails. Stratified by every other factor (Mantel-Haenszel) a confounder
 * loses its ratio, a cause keeps it. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

/* Fills `factor`. Needs exchange. */
bool factor_make(struct sqlite3 *database, struct failure *failure) MUST_CHECK;
