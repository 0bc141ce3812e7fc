/* A sign at work: its SELECT is prepared, checked and run, confined. */
#pragma once

#include "base/text.h"
#include "diagnose/available.h"
#include "diagnose/confine.h"
#include "diagnose/rules.h"
#include "diagnose/verdict.h"

enum sign_column {
    SIGN_COLUMN_REF,
    SIGN_COLUMN_SAYS,
    SIGN_COLUMN_COMPONENT,
    SIGN_COLUMN_FROM_NODE,
    SIGN_COLUMN_TO_NODE,
    SIGN_COLUMN_TRANSPORT,
    SIGN_COLUMN_CLIENT,
    SIGN_COLUMNS,
};

enum {
    SIGN_TEXT_BYTES = 1024, /* of one value that a row gives */
};

struct sign_program {
    const struct sign_rule *rule;
    struct sqlite3_stmt *statement;
    int columns[SIGN_COLUMNS]; /* -1: it has no such column */
};

/* Tells what is wrong with the rule, and gives true if nothing is. The
 * statement is to be closed before the confinement ends. */
bool sign_prepare(struct sign_program *program, const struct sign_rule *rule,
                  struct confinement *confinement,
                  const struct available *available, struct problems *problems);
void sign_close(struct sign_program *program);
/* Whether its rows have a column of that name. */
bool sign_has_column(const struct sign_program *program, struct text name);

/* Runs it, unless evidence that it needs is missing. */
void sign_run(struct sign_program *program, struct confinement *confinement,
              const struct available *available, struct arena *arena,
              struct sign_result *result);
