/* The words of the report for the enumerations of the verdict, and texts that
 * several renderers share. */
#pragma once

#include "diagnose/verdict.h"

#include <stdbool.h>

const char *status_word(enum verdict_status status);
const char *confidence_word(enum confidence confidence); /* NULL for none */
const char *outcome_word(enum cause_outcome outcome);
/* The first command of a cause's list, without the remark behind it. Lives in
 * the arena; NULL if the list is empty. */
const char *first_command(struct arena *arena, const char *const *list);
/* True if this is a command to type, not a sentence. */
bool is_command(const char *text);
/* A filter that shows one piece of evidence: a tshark line for a frame, a sed
 * line for a text line. NULL if the reference names neither. */
const char *ref_command(struct arena *arena, const char *ref);
