/* From weighed causes to the ones that explain: see verdict_make(). */
#pragma once

#include "diagnose/rules.h"
#include "diagnose/verdict.h"

struct judged {
    const struct cause_rule *rule;
    struct cause_result *result;
    bool is_open;  /* a candidate that nothing was decided about yet */
    bool is_rival; /* one of those between which the verdict is undecided */
    const struct judged *ruled_out_by; /* NULL */
};

/* `causes` by score, the best first. Sets outcome, is_rival, ruled_out_by.
 * Gives false if two causes that exclude each other remain: undecided. */
bool judge_causes(struct judged *causes, size_t count) MUST_CHECK;
