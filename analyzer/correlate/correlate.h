/* Facts of several files -> what they say together.
 *
 * Readers see one file each. Here the files meet: which node a file speaks
 * of, who owns an address, where a capture was taken, how the clocks differ,
 * which sightings are one question, whether its answer got through, and which
 * changes of the configuration divide the time. Everything is derived: it is
 * deleted and made again by each call. Mostly SQL (the .sql files of this
 * folder); C where rows must be walked in order. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct store;

bool correlate(struct store *store, struct failure *failure) MUST_CHECK;
