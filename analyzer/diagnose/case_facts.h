/* What the verdict takes from the case as it is: symptoms, scope, window and
 * gaps. The views are named in verdict.h. */
#pragma once

#include "diagnose/verdict.h"

struct sqlite3;

bool case_facts_load(struct verdict *verdict, struct sqlite3 *database,
                     struct arena *arena, struct failure *failure) MUST_CHECK;
/* Where nothing explains, or two causes remain: what the signs of the best
 * causes need and do not have. Needs status and causes. */
void case_facts_add_gaps(struct verdict *verdict, struct arena *arena);
