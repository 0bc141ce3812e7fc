/* One cause against the signs: its score in decibans and what made it.
 *
 * score = prior + counted supports - counted contradicts. A sign that could
 * not be tested adds nothing to either side and is listed as missing. */
#pragma once

#include "diagnose/rules.h"
#include "diagnose/verdict.h"

/* Thresholds of confidence, in decibans: 100:1, 10:1, 2:1. Beyond 100:1 a
 * person stops asking, at 10:1 it is worth acting on, below 2:1 it is not
 * worth a mention. 10:1 against is ruled out. */
enum {
    SCORE_CONFIRMED = 20,
    SCORE_LIKELY = 10,
    SCORE_POSSIBLE = 3,
    SCORE_RULED_OUT = -10,
};

struct sign_list {
    const struct sign_result *signs; /* by id */
    size_t count;
};

const struct sign_result *sign_list_find(const struct sign_list *list,
                                         const char *id);

/* Fills everything but the texts (see words.h). The outcome is what the
 * cause's own evidence says: never CAUSE_EXPLAINS. */
void weigh_cause(const struct cause_rule *rule, const struct sign_list *signs,
                 struct arena *arena, struct cause_result *result);
/* The confidence of a score, capped at possible while none of the signs that
 * the cause requires fired. */
enum confidence weigh_confidence(double score, bool has_required);
bool weigh_has_required(const struct cause_rule *rule,
                        const struct sign_list *signs);
/* The counted sign of the greatest weight, or NULL. */
const struct weighed_sign *weigh_strongest(const struct weighed_sign *signs,
                                           size_t count);
