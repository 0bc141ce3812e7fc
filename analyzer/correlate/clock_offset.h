/* How the clocks of the nodes differ, from packets seen at two of them.
 *
 * For a question asked at node A and seen at node B, d1 = b - a is the delay
 * one way plus the offset of B's clock; for its answer, d2 = a - b is the
 * delay the other way minus it. With the smallest of each, offset =
 * (d1 - d2) / 2, off by at most (d1 + d2) / 2: delays are not negative. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

/* Fills clock_offset for every node that can be tied to the reference: the
 * node that shares the most packets with others. Needs vantage. */
bool clock_offset_make(struct sqlite3 *database,
                       struct failure *failure) MUST_CHECK;
