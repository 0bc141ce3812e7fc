/* The cases of signs: DIR/SIGN/{fires,silent}.sql, each a list of INSERTs
 * into an empty case. In the first the sign must fire, in the second it must
 * be silent: testable, and without a row. DIR/base.sql, if it is there, runs
 * before each: the ground that all cases share. */
#pragma once

#include "diagnose/rules.h"

/* Called for each case: `problem` is NULL if it is as it should be. */
typedef void rule_case_fn(void *context, const char *sign, const char *name,
                          const char *problem);

/* Runs the cases of all signs, or where `rules` holds some that are not
 * embedded, of those. A sign that lacks a case is a problem, and so is a
 * folder that belongs to no sign. `*wrong` counts them. */
bool rule_cases_run(const struct rules *rules, const char *directory,
                    rule_case_fn *report, void *context, size_t *wrong,
                    struct failure *failure) MUST_CHECK;
