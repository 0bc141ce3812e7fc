/* A cause file: see the table of keys in cause_file.c. */
#pragma once

#include "diagnose/rules.h"

/* Fills *rule, whose `file` is set. Texts live in the arena. */
void cause_file_parse(struct cause_rule *rule, struct arena *arena,
                      struct problems *problems);
