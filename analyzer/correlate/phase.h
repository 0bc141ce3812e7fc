/* Changes of the configuration divide the time of a bundle.
 *
 * Two snapshots that differ in a setting that matters (checksum offload, MTU,
 * tunnel attributes, rules that translate DNS) say that it changed between
 * them. Changes whose intervals overlap are one change: an operator works
 * through the nodes. Where in the interval it was, the traffic tells: what
 * parts failures from answers, else the longest pause of the questions, else
 * the later snapshot. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

/* Fills `phase`, and exchange.phase. Needs exchange. */
bool phase_make(struct sqlite3 *database, struct failure *failure) MUST_CHECK;
