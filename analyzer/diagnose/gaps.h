/* What the bundle lacks, and the command that collects it. */
#pragma once

#include "diagnose/verdict.h"

enum {
    GAPS_MAX = 32,
};

/* One more, unless the same is there or GAPS_MAX are. */
void gap_add(const struct gap *gap, struct verdict *verdict, struct gap *gaps);

/* What would make the verdict surer, beside what the case's own views told:
 *   explained, not confirmed   what the cause's supporting signs need
 *   undecided                  what the rivals' signs need
 *   undetermined               what the signs of the best causes need
 *   healthy                    nodes that nobody captured at
 * and files that have no time. Whatever is not sure has at least one gap.
 * Needs status, causes and confidence. */
void gaps_add(struct verdict *verdict, struct arena *arena);
