/* The words of the report for the enumerations of the verdict, and texts that
 * several renderers share. */
#pragma once

#include "diagnose/verdict.h"

#include <stdbool.h>

const char *status_word(enum verdict_status status);
const char *confidence_word(enum confidence confidence); /* NULL for none */
const char *outcome_word(enum cause_outcome outcome);
/* What a rule advises: a command to type, and what is said about it. */
struct step {
    const char *command; /* NULL: it is a sentence */
    const char *remark;  /* NULL: none */
};

/* Takes the command off the front of a text. Lives in the arena, or in the
 * text; nothing of both for NULL. */
struct step step_of(struct arena *arena, const char *text);
/* True if the command changes nothing: it cures nothing by itself. */
bool step_only_looks(const char *command);
/* A filter that shows one piece of evidence: a tshark line for a frame, a sed
 * line for a text line. NULL if the reference names neither. */
const char *ref_command(struct arena *arena, const char *ref);
