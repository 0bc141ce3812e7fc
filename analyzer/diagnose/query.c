#include "diagnose/query.h"

#include "store/address.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <string.h>

bool query_run(struct sqlite3 *database, const char *sql, query_fn *take,
               void *context, struct failure *failure)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);

    if (result == SQLITE_OK) {
        result = sqlite3_step(statement);
        while (result == SQLITE_ROW) {
            take(context, statement);
            result = sqlite3_step(statement);
        }
    }
    if (result != SQLITE_DONE)
        fail(failure, "case file: %s", sqlite3_errmsg(database));
    (void)sqlite3_finalize(statement);
    return result == SQLITE_DONE;
}

const char *query_text(struct arena *arena, struct sqlite3_stmt *row,
                       int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return text == NULL ? NULL : arena_copy(arena, text, strlen(text));
}

const char *query_text_or_empty(struct arena *arena, struct sqlite3_stmt *row,
                                int column)
{
    const char *text = query_text(arena, row, column);

    return text == NULL ? "" : text;
}

const char *query_address(struct arena *arena, struct sqlite3_stmt *row,
                          int column)
{
    char text[ADDRESS_TEXT_BYTES];
    struct address address;

    if (sqlite3_column_type(row, column) != SQLITE_BLOB)
        return NULL;
    address = address_of(sqlite3_column_blob(row, column),
                         (size_t)sqlite3_column_bytes(row, column));
    if (address.length == 0)
        return NULL;
    address_format(&address, text);
    return arena_copy(arena, text, strlen(text));
}

int64_t query_integer(struct sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL
               ? ABSENT
               : sqlite3_column_int64(row, column);
}
