#include "commands/commands.h"

#include "commands/query_format.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* Without a question: what can be asked. */
static const char list_views[] =
    "SELECT v.name AS view, group_concat(c.name, ', ') AS columns"
    " FROM sqlite_schema AS v, pragma_table_info(v.name) AS c"
    " WHERE v.type = 'view'"
    " GROUP BY v.name"
    " ORDER BY v.name";

static bool is_blank(const char *tail)
{
    return tail[strspn(tail, " \t\r\n;")] == '\0';
}

/* Pragmas that only tell what there is; table_info is behind list_views. */
static const char *const pragmas[] = { "table_info", "table_xinfo",
                                       "table_list" };

/* A question reads the case, and neither another file nor a setting. */
static int authorize(void *context, int action, const char *first,
                     const char *second, const char *schema, const char *inner)
{
    (void)context;
    (void)second;
    (void)schema;
    (void)inner;
    if (action == SQLITE_ATTACH || action == SQLITE_DETACH)
        return SQLITE_DENY;
    if (action != SQLITE_PRAGMA)
        return SQLITE_OK;
    for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++)
        if (strcmp(first, pragmas[i]) == 0)
            return SQLITE_OK;
    return SQLITE_DENY;
}

/* A mistake in the SQL is wrong usage; a case file that cannot be read is
 * not. */
static int wrong(sqlite3 *database, struct failure *failure)
{
    int code = sqlite3_errcode(database) & 0xff;
    const char *why = sqlite3_errmsg(database);

    if (code == SQLITE_ERROR || code == SQLITE_AUTH || code == SQLITE_TOOBIG ||
        code == SQLITE_MISMATCH)
        return options_wrong(&command_query, "%s", why);
    fail(failure, "query: %s", why);
    return EXIT_WORLD;
}

static int prepare(sqlite3 *database, const char *sql, sqlite3_stmt **statement,
                   struct failure *failure)
{
    const char *tail = "";

    if (sqlite3_prepare_v2(database, sql, -1, statement, &tail) != SQLITE_OK)
        return wrong(database, failure);
    if (*statement == NULL)
        return options_wrong(&command_query, "the question is empty");
    if (!is_blank(tail))
        return options_wrong(&command_query, "more than one statement");
    if (sqlite3_stmt_readonly(*statement) == 0 ||
        sqlite3_column_count(*statement) == 0)
        return options_wrong(&command_query, "the statement does not read");
    return EXIT_DONE;
}

static int query(struct store *store, const char *sql,
                 const struct query_format *format, struct failure *failure)
{
    sqlite3 *database = store_database(store);
    sqlite3_stmt *statement = NULL;
    int status;

    (void)sqlite3_set_authorizer(database, authorize, NULL);
    status = prepare(database, sql, &statement, failure);
    if (status == EXIT_DONE && format->print(statement) != SQLITE_DONE)
        status = wrong(database, failure);
    (void)sqlite3_finalize(statement);
    (void)sqlite3_set_authorizer(database, NULL, NULL);
    return status;
}

static int run(const struct options *options, struct failure *failure)
{
    const struct query_format *format =
        query_format_find(options->format != NULL ? options->format : "table");
    struct store *store;
    int status;

    if (format == NULL)
        return options_wrong(&command_query,
                             "there is no format '%s': it is table, csv or "
                             "json",
                             options->format);
    if (options->case_path == NULL)
        return options_wrong(&command_query, "-c FILE is missing");
    if (options->argument_count > 1)
        return options_wrong(&command_query, "one question at a time: quote "
                                             "it");
    store = store_open(options->case_path, STORE_READ, failure);
    if (store == NULL)
        return EXIT_WORLD;
    status =
        query(store,
              options->argument_count == 1 ? options->arguments[0] : list_views,
              format, failure);
    store_close(store);
    return status;
}

const struct command command_query = {
    .name = "query",
    .arguments = "[\"SELECT ...\"]",
    .summary = "Asks a case file in SQL, or lists its views",
    .details = "Formats: table (default), csv, json. Addresses are written "
               "out; text from\n"
               "evidence is escaped.\n",
    .options = OPTION_CASE | OPTION_FORMAT,
    .run = run,
};
