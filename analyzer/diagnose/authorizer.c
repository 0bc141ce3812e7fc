#include "diagnose/authorizer.h"

#include "base/memory.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Functions whose result depends on their arguments only. Not in it: random,
 * randomblob, zeroblob, all of date and time (they know 'now' and the time
 * zone), load_extension, fts, sqlite_*, changes, last_insert_rowid, soundex.
 * In order, for bsearch(). */
/* clang-format off */
static const char *const functions[] = {
    "->", "->>", "abs", "acos", "address_of", "address_text", "asin", "atan",
    "atan2", "avg", "ceil", "ceiling", "char", "coalesce", "cos", "count",
    "counted", "cume_dist", "degrees", "dense_rank", "exp", "first_value",
    "floor", "format", "glob", "group_concat", "hex", "ifnull", "iif", "instr",
    "json", "json_array", "json_array_length", "json_extract",
    "json_group_array", "json_group_object", "json_object", "json_quote",
    "json_type", "json_valid", "lag", "last_value", "lead", "length", "like",
    "likelihood", "likely", "ln", "log", "log10", "log2", "lower", "ltrim",
    "max", "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "pi",
    "pow", "power", "printf", "quote", "radians", "rank", "ref", "regexp",
    "replace", "round", "row_number", "rtrim", "same_subnet", "sign", "sin",
    "sqrt", "substr", "substring", "sum", "tan", "time_text", "total", "trim",
    "trunc", "typeof", "unicode", "unlikely", "upper",
};
/* clang-format on */

/* Tables that are functions over a value. */
static const char *const value_tables[] = { "json_each", "json_tree" };

static int compare_names(const void *a, const void *b)
{
    const char *const *name_a = a;
    const char *const *name_b = b;

    return strcasecmp(*name_a, *name_b);
}

static bool is_one_of(const char *name, const void *names, size_t count)
{
    return name != NULL && count > 0 &&
           bsearch(&name, names, count, sizeof name, compare_names) != NULL;
}

/* SQLite says sqlite_master whichever of its two names was written, so what
 * to look for is what they share. */
static int deny(struct authorizer *authorizer, const char *what,
                const char *name)
{
    if (authorizer->denied[0] == '\0') {
        snprintf(authorizer->denied, sizeof authorizer->denied,
                 "not authorized: a rule may not %s%s%s", what,
                 name[0] == '\0' ? "" : " ", name);
        snprintf(authorizer->denied_name, sizeof authorizer->denied_name,
                 "%.*s", strncmp(name, "sqlite_", 7) == 0 ? 7 : INT_MAX, name);
    }
    return SQLITE_DENY;
}

/* What is denied by name: the first argument of each. */
static const struct {
    int action;
    const char *what;
} denials[] = {
    { .action = SQLITE_PRAGMA, .what = "use the pragma" },
    { .action = SQLITE_ATTACH, .what = "attach a database" },
    { .action = SQLITE_DETACH, .what = "detach a database" },
    { .action = SQLITE_INSERT, .what = "write to" },
    { .action = SQLITE_UPDATE, .what = "write to" },
    { .action = SQLITE_DELETE, .what = "write to" },
    { .action = SQLITE_TRANSACTION, .what = "use a transaction" },
    { .action = SQLITE_SAVEPOINT, .what = "use a savepoint" },
    { .action = SQLITE_ANALYZE, .what = "analyze" },
    { .action = SQLITE_REINDEX, .what = "reindex" },
};

static int deny_action(struct authorizer *authorizer, int action,
                       const char *name)
{
    /* CREATE, DROP, and a table that is a function: not what was written. */
    if (name != NULL && strncmp(name, "sqlite_", 7) == 0)
        return deny(authorizer, "do anything but read the case", "");
    for (size_t i = 0; i < sizeof denials / sizeof denials[0]; i++)
        if (denials[i].action == action)
            return deny(authorizer, denials[i].what, name == NULL ? "" : name);
    return deny(authorizer, "do anything but read the case", "");
}

static bool is_in(const struct authorizer_names *names, const char *name)
{
    return is_one_of(name, names->names, names->count);
}

/* A FROM that no column is taken of is asked about with an empty column, and
 * then the name may be that of a subquery or a common table expression. Such
 * a one gives away nothing; a table of that name, its count of rows. */
static bool is_local_name(const struct authorizer *authorizer,
                          const char *table, const char *column)
{
    return column != NULL && column[0] == '\0' && table != NULL &&
           !is_in(&authorizer->hidden, table) &&
           strncasecmp(table, "sqlite_", 7) != 0 &&
           strncasecmp(table, "pragma_", 7) != 0;
}

static int authorize_read(struct authorizer *authorizer, const char *table,
                          const char *column, const char *schema)
{
    bool is_main = schema == NULL || strcmp(schema, "main") == 0;

    if (is_main && (is_in(&authorizer->tables, table) ||
                    is_one_of(table, value_tables,
                              sizeof value_tables / sizeof value_tables[0]) ||
                    is_local_name(authorizer, table, column)))
        return SQLITE_OK;
    return deny(authorizer, "read", table == NULL ? "" : table);
}

int authorizer_decide(void *context, int action, const char *first,
                      const char *second, const char *schema, const char *inner)
{
    struct authorizer *authorizer = context;

    (void)inner;
    if (action == SQLITE_SELECT || action == SQLITE_RECURSIVE)
        return SQLITE_OK;
    if (action == SQLITE_READ)
        return authorize_read(authorizer, first, second, schema);
    if (action != SQLITE_FUNCTION)
        return deny_action(authorizer, action, first);
    if (is_one_of(second, functions, sizeof functions / sizeof functions[0]))
        return SQLITE_OK;
    return deny(authorizer, "call", second);
}

static bool list_names(struct authorizer_names *names, struct sqlite3 *database,
                       const char *sql, struct failure *failure)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);
    size_t room = 0;

    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    for (; result == SQLITE_ROW; result = sqlite3_step(statement)) {
        if (names->count == room) {
            room = room * 2 + 64;
            names->names =
                memory_resize(names->names, room, sizeof *names->names);
        }
        names->names[names->count++] =
            strdup((const char *)sqlite3_column_text(statement, 0));
    }
    (void)sqlite3_finalize(statement);
    if (result != SQLITE_DONE)
        return fail(failure, "case file: %s", sqlite3_errmsg(database));
    return true;
}

/* Tables that are functions come into being at their first use, which looks
 * like a CREATE TABLE to an authorizer: use them once before there is one. */
static bool connect_value_tables(struct sqlite3 *database,
                                 struct failure *failure)
{
    if (sqlite3_exec(database,
                     "SELECT 1 FROM json_each('[]');"
                     "SELECT 1 FROM json_tree('[]')",
                     NULL, NULL, NULL) != SQLITE_OK)
        return fail(failure, "case file: %s", sqlite3_errmsg(database));
    return true;
}

bool authorizer_init(struct authorizer *authorizer, struct sqlite3 *database,
                     struct failure *failure)
{
    *authorizer = (struct authorizer){ 0 };
    return list_names(&authorizer->tables, database,
                      "SELECT name FROM main.sqlite_schema\n"
                      "WHERE type IN ('table', 'view')\n"
                      "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'\n"
                      "ORDER BY name COLLATE NOCASE",
                      failure) &&
           list_names(&authorizer->hidden, database,
                      "SELECT name FROM sqlite_temp_schema\n"
                      "WHERE type IN ('table', 'view')\n"
                      "ORDER BY name COLLATE NOCASE",
                      failure) &&
           connect_value_tables(database, failure);
}

static void free_names(struct authorizer_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->names[i]);
    free(names->names);
}

void authorizer_deinit(struct authorizer *authorizer)
{
    free_names(&authorizer->tables);
    free_names(&authorizer->hidden);
    *authorizer = (struct authorizer){ 0 };
}
