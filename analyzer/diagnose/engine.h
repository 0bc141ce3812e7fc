/* The steps of verdict_make(), for those that need them one by one. */
#pragma once

#include "diagnose/confine.h"
#include "diagnose/rules.h"
#include "diagnose/sign.h"
#include "diagnose/verdict.h"

struct sqlite3;

/* As verdict_make(), over any database that has the views. */
bool engine_verdict(struct sqlite3 *database, const struct rules *rules,
                    struct arena *arena, struct verdict *verdict,
                    struct failure *failure) MUST_CHECK;

/* All signs of a set of rules, prepared before the first of them runs, and
 * the confinement around them. */
struct engine {
    struct confinement confinement;
    struct available available;
    struct sign_program *programs; /* in the order of rules->signs */
    size_t program_count;
};

/* Mistakes in rules go to `problems`; false and a failure if the case cannot
 * be read. engine_close() is due in any case. */
bool engine_open(struct engine *engine, struct sqlite3 *database,
                 const struct rules *rules, struct arena *arena,
                 struct problems *problems, struct failure *failure) MUST_CHECK;
void engine_close(struct engine *engine);
