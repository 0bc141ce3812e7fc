/* Patterns: PCRE2 with bounds, so that a hostile line cannot stop the clock.
 *
 * Subjects are cut at PATTERN_SUBJECT_BYTES (the match limit bounds the
 * backtracking, not the scan from each start offset), a match limit holds,
 * and an error is PATTERN_ERROR, never "no match". JIT where there is one. */
#pragma once

#include "base/attributes.h"
#include "base/failure.h"
#include "base/text.h"

#include <stdbool.h>

enum {
    PATTERN_SUBJECT_BYTES = 16 * 1024,
    PATTERN_MATCH_LIMIT = 100000,
    PATTERN_GROUPS_MAX = 32,
};

enum pattern_result {
    PATTERN_NO_MATCH,
    PATTERN_MATCH,
    PATTERN_ERROR, /* a limit was hit: the answer is not known */
};

struct pattern;

/* Byte mode, not UTF. The pattern text is ours or a rule's: a mistake in it
 * is a failure with its offset. */
struct pattern *pattern_create(const char *expression,
                               struct failure *failure) MUST_CHECK;
void pattern_destroy(struct pattern *pattern);

/* Matches anywhere in subject. Groups stay readable with pattern_group()
 * until the next match with the same pattern. */
enum pattern_result pattern_match(struct pattern *pattern, struct text subject);

/* The named group of the last match; empty (bytes NULL) if it took no part. */
struct text pattern_group(const struct pattern *pattern, const char *name);
/* The numbered group of the last match, 0 being all of it. */
struct text pattern_numbered(const struct pattern *pattern, unsigned number);
