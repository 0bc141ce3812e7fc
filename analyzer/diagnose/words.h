/* The sentences of a verdict: what the rules say with names filled in, and
 * what only numbers can say. */
#pragma once

#include "base/text.h"
#include "diagnose/judge.h"
#include "diagnose/weigh.h"

/* Title, summary, why, component and commands of a cause. A name in a
 * sentence that the evidence does not give becomes words; in a command it
 * becomes <name>, and so does a value that a shell would not take as one
 * harmless word or list of words: it comes from the evidence. */
void words_for_cause(struct judged *cause, const struct sign_list *signs,
                     const struct verdict *verdict, struct arena *arena);
/* Whether every cause may name it, whatever its signs give. */
bool words_give(struct text name);
/* Why it is ruled out; for CAUSE_RULED_OUT, after words_for_cause() of all. */
void words_for_ruled_out(struct judged *cause, const struct sign_list *signs,
                         struct arena *arena);
/* "1 file", "2 files": of a noun that takes an s. */
const char *count_of(struct arena *arena, int64_t count, const char *noun);
/* Sets verdict->summary; needs everything else of it. */
void words_for_verdict(struct verdict *verdict, struct arena *arena);
