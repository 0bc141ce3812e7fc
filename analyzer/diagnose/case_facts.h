/* What the verdict takes from the case as it is: symptoms, scope, window,
 * what was watched, and gaps. The views are named in verdict.h. */
#pragma once

#include "diagnose/verdict.h"

struct sqlite3;

bool case_facts_load(struct verdict *verdict, struct sqlite3 *database,
                     struct arena *arena, struct failure *failure) MUST_CHECK;
