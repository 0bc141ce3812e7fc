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

static bool prepare(sqlite3 *database, const char *sql,
                    sqlite3_stmt **statement, struct failure *failure)
{
    const char *tail = "";

    if (sqlite3_prepare_v2(database, sql, -1, statement, &tail) != SQLITE_OK)
        return fail(failure, "query: %s", sqlite3_errmsg(database));
    if (*statement == NULL)
        return fail(failure, "query: it is empty");
    if (!is_blank(tail))
        return fail(failure, "query: more than one statement");
    if (sqlite3_stmt_readonly(*statement) == 0 ||
        sqlite3_column_count(*statement) == 0)
        return fail(failure, "query: it does not read");
    return true;
}

static bool query(struct store *store, const char *sql,
                  const struct query_format *format, struct failure *failure)
{
    sqlite3 *database = store_database(store);
    sqlite3_stmt *statement = NULL;
    bool ok = prepare(database, sql, &statement, failure);
    int result;

    if (ok) {
        result = format->print(statement);
        if (result != SQLITE_DONE)
            ok = fail(failure, "query: %s", sqlite3_errmsg(database));
    }
    (void)sqlite3_finalize(statement);
    return ok;
}

static int run(const struct options *options, struct failure *failure)
{
    const struct query_format *format =
        query_format_find(options->format != NULL ? options->format : "table");
    struct store *store;
    bool ok;

    if (format == NULL)
        return options_wrong(&command_query,
                             "--format takes table, csv or json");
    if (options->case_path == NULL)
        return options_wrong(&command_query, "-c FILE is missing");
    if (options->argument_count > 1)
        return options_wrong(&command_query, "one question at a time: quote "
                                             "it");
    store = store_open(options->case_path, STORE_READ, failure);
    if (store == NULL)
        return EXIT_WORLD;
    ok =
        query(store,
              options->argument_count == 1 ? options->arguments[0] : list_views,
              format, failure);
    store_close(store);
    return ok ? EXIT_DONE : EXIT_WORLD;
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
