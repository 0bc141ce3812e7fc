/* The header of a sign file: see rules.h. */
#pragma once

#include "diagnose/rules.h"

/* Fills *rule, whose `file` is set. Texts live in the arena. */
void sign_file_parse(struct sign_rule *rule, struct arena *arena,
                     struct problems *problems);
