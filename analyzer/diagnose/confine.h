/* SQL of a rule, confined: a stranger's rule can at worst be wrong.
 *
 * While confined, the connection only reads (query_only), an authorizer lets
 * through SELECT over the case's own tables and views and functions of a
 * list, SQLite's limits are low, and work is bounded in steps of its virtual
 * machine: a count, not a clock, so that the same rule stops at the same
 * place on every machine. Nothing that depends on time, chance or locale can
 * be called. confine_end() puts everything back. */
#pragma once

#include "base/attributes.h"
#include "base/failure.h"
#include "diagnose/authorizer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

struct confine_budget {
    int64_t steps; /* of the virtual machine, for one statement */
    int64_t rows;
};

/* What the program gives a rule: see confine.c for the reasons. */
extern const struct confine_budget confine_default_budget;

enum {
    CONFINE_LIMITS = 12,
    CONFINE_SWITCHES = 5,
    CONFINE_REASON_BYTES = 256,
};

struct confinement {
    struct sqlite3 *database;
    struct confine_budget budget;
    struct authorizer authorizer;
    int64_t steps_left;
    bool is_out_of_steps;
    char reason[CONFINE_REASON_BYTES]; /* of the last stop */
    int former_limits[CONFINE_LIMITS];
    int former_switches[CONFINE_SWITCHES];
    int64_t former_heap_bytes;
    bool was_query_only;
    bool is_begun;
};

/* Why a statement was refused, and the byte of the SQL it concerns. */
struct refusal {
    char text[CONFINE_REASON_BYTES];
    size_t offset;
};

enum confine_step {
    CONFINE_ROW,
    CONFINE_DONE,
    CONFINE_STOPPED, /* by a limit or an SQL error: see confine_reason() */
};

/* After a failure, confine_end() has nothing to do and may be called. */
bool confine_begin(struct confinement *confinement, struct sqlite3 *database,
                   const struct confine_budget *budget,
                   struct failure *failure) MUST_CHECK;
/* Statements must have been finalized. */
void confine_end(struct confinement *confinement);

/* The offset of the first byte that is neither white space nor comment. */
size_t confine_first(const char *sql);
/* One statement, and nothing after it, that reads and gives columns. False
 * and a refusal otherwise. */
bool confine_prepare(struct confinement *confinement, const char *sql,
                     struct sqlite3_stmt **statement,
                     struct refusal *refusal) MUST_CHECK;
/* Gives the statement its budget; to be called before its first step. */
void confine_start(struct confinement *confinement);
enum confine_step confine_step(struct confinement *confinement,
                               struct sqlite3_stmt *statement);
/* Why the last step stopped. */
const char *confine_reason(const struct confinement *confinement);
