#include "diagnose/confine.h"

#include <ctype.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    STEPS_BETWEEN_LOOKS = 1000,
};

/* A recursion that does nothing else takes 400 million steps in eleven
 * seconds here. The heaviest of 115 signs takes 3.5 million on the largest
 * recorded bundle (11 MB): a case a hundred times as large fits. */
const struct confine_budget confine_default_budget = {
    .steps = INT64_C(400000000),
    .rows = 100000,
};

static const int64_t heap_bytes_max = INT64_C(256) * 1024 * 1024;

/* Values between SQLite's defaults and its "high-security" column
 * (sqlite.org/security.html): views of ours nest deeper than the latter. */
static const struct {
    int limit;
    int value;
} limits[] = {
    { .limit = SQLITE_LIMIT_LENGTH, .value = 1000000 },
    { .limit = SQLITE_LIMIT_SQL_LENGTH, .value = 100000 },
    { .limit = SQLITE_LIMIT_COLUMN, .value = 100 },
    { .limit = SQLITE_LIMIT_EXPR_DEPTH, .value = 100 },
    { .limit = SQLITE_LIMIT_COMPOUND_SELECT, .value = 50 },
    { .limit = SQLITE_LIMIT_VDBE_OP, .value = 100000 },
    { .limit = SQLITE_LIMIT_FUNCTION_ARG, .value = 16 },
    { .limit = SQLITE_LIMIT_ATTACHED, .value = 0 },
    { .limit = SQLITE_LIMIT_LIKE_PATTERN_LENGTH, .value = 50 },
    { .limit = SQLITE_LIMIT_VARIABLE_NUMBER, .value = 50 },
    { .limit = SQLITE_LIMIT_TRIGGER_DEPTH, .value = 1 },
    { .limit = SQLITE_LIMIT_WORKER_THREADS, .value = 0 },
};

static const struct {
    int option;
    int value;
} switches[] = {
    { .option = SQLITE_DBCONFIG_DEFENSIVE, .value = 1 },
    { .option = SQLITE_DBCONFIG_TRUSTED_SCHEMA, .value = 0 },
    { .option = SQLITE_DBCONFIG_ENABLE_TRIGGER, .value = 0 },
    { .option = SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, .value = 0 },
    { .option = SQLITE_DBCONFIG_DQS_DML, .value = 0 },
};

_Static_assert(sizeof limits / sizeof limits[0] == CONFINE_LIMITS, "size");
_Static_assert(sizeof switches / sizeof switches[0] == CONFINE_SWITCHES,
               "size");

static int look_at_steps(void *context)
{
    struct confinement *confinement = context;

    confinement->steps_left -= STEPS_BETWEEN_LOOKS;
    confinement->is_out_of_steps = confinement->steps_left <= 0;
    return confinement->is_out_of_steps;
}

static bool pragma_query_only(sqlite3 *database)
{
    sqlite3_stmt *statement = NULL;
    bool is_on = false;

    if (sqlite3_prepare_v2(database, "PRAGMA query_only", -1, &statement,
                           NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        is_on = sqlite3_column_int(statement, 0) != 0;
    (void)sqlite3_finalize(statement);
    return is_on;
}

static void lower_limits(struct confinement *confinement)
{
    sqlite3 *database = confinement->database;

    for (size_t i = 0; i < CONFINE_SWITCHES; i++) {
        (void)sqlite3_db_config(database, switches[i].option, -1,
                                &confinement->former_switches[i]);
        (void)sqlite3_db_config(database, switches[i].option, switches[i].value,
                                NULL);
    }
    for (size_t i = 0; i < CONFINE_LIMITS; i++)
        confinement->former_limits[i] =
            sqlite3_limit(database, limits[i].limit, limits[i].value);
    confinement->former_heap_bytes = sqlite3_hard_heap_limit64(heap_bytes_max);
}

bool confine_begin(struct confinement *confinement, struct sqlite3 *database,
                   const struct confine_budget *budget, struct failure *failure)
{
    *confinement = (struct confinement){
        .database = database,
        .budget = *budget,
        .was_query_only = pragma_query_only(database),
    };
    if (!authorizer_init(&confinement->authorizer, database, failure)) {
        confine_end(confinement);
        return false;
    }
    if (sqlite3_exec(database, "PRAGMA query_only = ON", NULL, NULL, NULL) !=
        SQLITE_OK) {
        fail(failure, "case file: %s", sqlite3_errmsg(database));
        confine_end(confinement);
        return false;
    }
    lower_limits(confinement);
    (void)sqlite3_set_authorizer(database, authorizer_decide,
                                 &confinement->authorizer);
    confine_start(confinement);
    confinement->is_begun = true;
    sqlite3_progress_handler(database, STEPS_BETWEEN_LOOKS, look_at_steps,
                             confinement);
    return true;
}

static void give_back(struct confinement *confinement)
{
    sqlite3 *database = confinement->database;

    sqlite3_progress_handler(database, 0, NULL, NULL);
    (void)sqlite3_set_authorizer(database, NULL, NULL);
    (void)sqlite3_hard_heap_limit64(confinement->former_heap_bytes);
    for (size_t i = 0; i < CONFINE_LIMITS; i++)
        (void)sqlite3_limit(database, limits[i].limit,
                            confinement->former_limits[i]);
    for (size_t i = 0; i < CONFINE_SWITCHES; i++)
        (void)sqlite3_db_config(database, switches[i].option,
                                confinement->former_switches[i], NULL);
    if (!confinement->was_query_only)
        (void)sqlite3_exec(database, "PRAGMA query_only = OFF", NULL, NULL,
                           NULL);
}

void confine_end(struct confinement *confinement)
{
    if (confinement->is_begun)
        give_back(confinement);
    authorizer_deinit(&confinement->authorizer);
    *confinement = (struct confinement){ 0 };
}

static bool refuse(struct refusal *refusal, size_t offset, const char *text)
{
    refusal->offset = offset;
    snprintf(refusal->text, sizeof refusal->text, "%s", text);
    return false;
}

/* Where a name stands in the SQL, any case, outside comments to the end of
 * the line; 0 if it does not. */
static size_t find_name(const char *sql, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = sql; *at != '\0' && length > 0; at++) {
        if (at[0] == '-' && at[1] == '-')
            while (at[1] != '\0' && at[1] != '\n')
                at++;
        else if (strncasecmp(at, name, length) == 0)
            return (size_t)(at - sql);
    }
    return 0;
}

/* The first byte of the statement itself. */
size_t confine_first(const char *sql)
{
    const char *at = sql;

    for (;;) {
        while (isspace((unsigned char)*at))
            at++;
        if (at[0] != '-' || at[1] != '-')
            return *at == '\0' ? 0 : (size_t)(at - sql);
        while (*at != '\0' && *at != '\n')
            at++;
    }
}

static bool refuse_error(const struct confinement *confinement, const char *sql,
                         struct refusal *refusal)
{
    size_t offset = confine_first(sql);

    if (confinement->authorizer.denied[0] != '\0') {
        size_t found = find_name(sql, confinement->authorizer.denied_name);

        return refuse(refusal, found > 0 ? found : offset,
                      confinement->authorizer.denied);
    }
#if SQLITE_VERSION_NUMBER >= 3038000
    if (sqlite3_error_offset(confinement->database) >= 0)
        offset = (size_t)sqlite3_error_offset(confinement->database);
#endif
    return refuse(refusal, offset, sqlite3_errmsg(confinement->database));
}

/* SQLite compiles one statement and hands back the rest: white space and
 * comments give none, anything else gives one or an error. */
static bool tail_is_empty(sqlite3 *database, const char *tail)
{
    while (*tail != '\0') {
        sqlite3_stmt *statement = NULL;
        const char *next = tail;
        int result = sqlite3_prepare_v2(database, tail, -1, &statement, &next);

        (void)sqlite3_finalize(statement);
        if (result != SQLITE_OK || statement != NULL || next == tail)
            return false;
        tail = next;
    }
    return true;
}

bool confine_prepare(struct confinement *confinement, const char *sql,
                     struct sqlite3_stmt **statement, struct refusal *refusal)
{
    const char *tail = NULL;
    size_t start = confine_first(sql);

    *statement = NULL;
    confinement->authorizer.denied[0] = '\0';
    confine_start(confinement);
    if (sqlite3_prepare_v2(confinement->database, sql, -1, statement, &tail) !=
        SQLITE_OK)
        return refuse_error(confinement, sql, refusal);
    if (*statement == NULL)
        return refuse(refusal, 0, "holds no SELECT");
    if (sqlite3_stmt_isexplain(*statement) != 0 ||
        sqlite3_stmt_readonly(*statement) == 0 ||
        sqlite3_column_count(*statement) == 0)
        refuse(refusal, start, "is not a SELECT");
    else if (!tail_is_empty(confinement->database, tail))
        refuse(refusal, (size_t)(tail - sql), "more than one statement");
    else
        return true;
    (void)sqlite3_finalize(*statement);
    *statement = NULL;
    return false;
}

void confine_start(struct confinement *confinement)
{
    confinement->steps_left = confinement->budget.steps;
    confinement->is_out_of_steps = false;
}

static void explain_stop(struct confinement *confinement)
{
    if (confinement->is_out_of_steps)
        snprintf(confinement->reason, sizeof confinement->reason,
                 "stopped after %lld steps",
                 (long long)confinement->budget.steps);
    else
        snprintf(confinement->reason, sizeof confinement->reason, "%s",
                 sqlite3_errmsg(confinement->database));
}

enum confine_step confine_step(struct confinement *confinement,
                               struct sqlite3_stmt *statement)
{
    int result = sqlite3_step(statement);

    if (result == SQLITE_ROW)
        return CONFINE_ROW;
    if (result == SQLITE_DONE)
        return CONFINE_DONE;
    explain_stop(confinement);
    return CONFINE_STOPPED;
}

const char *confine_reason(const struct confinement *confinement)
{
    return confinement->reason;
}
