/* Counts exchanges by who asked whom and how: the table that reports show. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

/* Fills `reachability`. Needs exchange with its phases. One pass over the
 * exchanges in the order of their cell and latency. */
bool reachability_make(struct sqlite3 *database,
                       struct failure *failure) MUST_CHECK;
