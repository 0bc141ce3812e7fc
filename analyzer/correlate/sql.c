#include "correlate/sql.h"

#include "base/embedded.h"
#include "store/rows.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

extern const struct embedded correlate_sql[];

static bool database_fail(struct sqlite3 *database, const char *what,
                          struct failure *failure)
{
    return fail(failure, "%s: %s", what, sqlite3_errmsg(database));
}

bool sql_execute(struct sqlite3 *database, const char *text,
                 struct failure *failure)
{
    if (sqlite3_exec(database, text, NULL, NULL, NULL) != SQLITE_OK)
        return database_fail(database, "correlate", failure);
    return true;
}

bool sql_run(struct sqlite3 *database, const char *name,
             struct failure *failure)
{
    char path[128];

    snprintf(path, sizeof path, "analyzer/correlate/%s.sql", name);
    for (const struct embedded *file = correlate_sql; file->path != NULL;
         file++)
        if (strcmp(file->path, path) == 0)
            return sql_execute(database, file->text, failure) ||
                   fail_add(failure, "%s", name);
    return fail(failure, "correlate: no step %s", name);
}

struct sqlite3_stmt *sql_prepare(struct sqlite3 *database, const char *text,
                                 struct failure *failure)
{
    struct sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(database, text, -1, &statement, NULL) != SQLITE_OK) {
        database_fail(database, "correlate", failure);
        return NULL;
    }
    return statement;
}

bool sql_next(struct sqlite3_stmt *statement, bool *ok, struct failure *failure)
{
    int result = sqlite3_step(statement);

    *ok = result == SQLITE_ROW || result == SQLITE_DONE;
    if (!*ok)
        database_fail(sqlite3_db_handle(statement), "correlate", failure);
    return result == SQLITE_ROW;
}

bool sql_done(struct sqlite3_stmt *statement, struct failure *failure)
{
    int result = sqlite3_step(statement);

    if (result != SQLITE_DONE)
        return database_fail(sqlite3_db_handle(statement), "correlate",
                             failure);
    sqlite3_reset(statement);
    return true;
}

int64_t sql_integer(struct sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return ABSENT;
    return sqlite3_column_int64(statement, column);
}

const char *sql_text(struct arena *arena, struct sqlite3_stmt *statement,
                     int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    if (text == NULL)
        return NULL;
    return arena_copy(arena, text,
                      (size_t)sqlite3_column_bytes(statement, column));
}

struct address sql_address(struct sqlite3_stmt *statement, int column)
{
    const void *bytes = sqlite3_column_blob(statement, column);
    int length = sqlite3_column_bytes(statement, column);

    if (bytes == NULL)
        return (struct address){ 0 };
    return address_of(bytes, (size_t)length);
}

static int parameter(struct sqlite3_stmt *statement, const char *name)
{
    return sqlite3_bind_parameter_index(statement, name);
}

void sql_bind_integer(struct sqlite3_stmt *statement, const char *name,
                      int64_t value)
{
    if (value == ABSENT)
        sqlite3_bind_null(statement, parameter(statement, name));
    else
        sqlite3_bind_int64(statement, parameter(statement, name), value);
}

void sql_bind_text(struct sqlite3_stmt *statement, const char *name,
                   const char *value)
{
    sqlite3_bind_text(statement, parameter(statement, name), value, -1,
                      SQLITE_STATIC);
}

void sql_bind_address(struct sqlite3_stmt *statement, const char *name,
                      const struct address *value)
{
    if (value->length == 0)
        sqlite3_bind_null(statement, parameter(statement, name));
    else
        sqlite3_bind_blob(statement, parameter(statement, name), value->bytes,
                          value->length, SQLITE_STATIC);
}

bool sql_row_open(struct sql_row *row, struct sqlite3 *database,
                  const char *table, struct failure *failure)
{
    char text[256];
    struct sqlite3_stmt *columns;
    size_t used;

    snprintf(text, sizeof text, "SELECT * FROM %s", table);
    columns = sql_prepare(database, text, failure);
    if (columns == NULL)
        return false;
    *row = (struct sql_row){
        .column_count = sqlite3_column_count(columns),
        .next = 1,
    };
    sqlite3_finalize(columns);
    used =
        (size_t)snprintf(text, sizeof text, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < row->column_count && used < sizeof text - 4; i++) {
        memcpy(text + used, ", ?", 4);
        used += 3;
    }
    memcpy(text + used, ")", 2);
    row->insert = sql_prepare(database, text, failure);
    return row->insert != NULL;
}

void sql_row_close(struct sql_row *row)
{
    sqlite3_finalize(row->insert);
    *row = (struct sql_row){ 0 };
}

void sql_put_integer(struct sql_row *row, int64_t value)
{
    if (value == ABSENT)
        sqlite3_bind_null(row->insert, row->next++);
    else
        sqlite3_bind_int64(row->insert, row->next++, value);
}

void sql_put_text(struct sql_row *row, const char *value)
{
    sqlite3_bind_text(row->insert, row->next++, value, -1, SQLITE_STATIC);
}

void sql_put_address(struct sql_row *row, const struct address *value)
{
    if (value->length == 0)
        sqlite3_bind_null(row->insert, row->next++);
    else
        sqlite3_bind_blob(row->insert, row->next++, value->bytes, value->length,
                          SQLITE_STATIC);
}

bool sql_row_done(struct sql_row *row, struct failure *failure)
{
    assert(row->next == row->column_count + 1);
    row->next = 1;
    return sql_done(row->insert, failure);
}

static bool bits_equal(const uint8_t *a, const uint8_t *b, int length)
{
    int whole = length / 8;
    int rest = length % 8;

    if (memcmp(a, b, (size_t)whole) != 0)
        return false;
    return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

static void address_in(sqlite3_context *context, int count,
                       sqlite3_value **values)
{
    int bytes = sqlite3_value_bytes(values[0]);
    int length = sqlite3_value_int(values[2]);

    (void)count;
    for (int i = 0; i < 3; i++)
        if (sqlite3_value_type(values[i]) == SQLITE_NULL)
            return;
    sqlite3_result_int(context,
                       bytes == sqlite3_value_bytes(values[1]) && length >= 0 &&
                           length <= bytes * 8 &&
                           bits_equal(sqlite3_value_blob(values[0]),
                                      sqlite3_value_blob(values[1]), length));
}

static void address_of_text(sqlite3_context *context, int count,
                            sqlite3_value **values)
{
    const char *bytes = (const char *)sqlite3_value_text(values[0]);
    struct text text;
    struct address address;
    ptrdiff_t scheme;
    int64_t number;

    (void)count;
    if (bytes == NULL)
        return;
    text = text_trim(text_slice(bytes, (size_t)sqlite3_value_bytes(values[0])));
    scheme = text_find(text, "://");
    if (scheme >= 0)
        text = text_from(text, (size_t)scheme + 3);
    if (prefix_parse(text, &address, &number) ||
        endpoint_parse(text, &address, &number))
        sqlite3_result_blob(context, address.bytes, address.length,
                            SQLITE_TRANSIENT);
}

bool sql_functions(struct sqlite3 *database, struct failure *failure)
{
    if (sqlite3_create_function(database, "address_in", 3,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                address_in, NULL, NULL) != SQLITE_OK ||
        sqlite3_create_function(database, "address_of", 1,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                address_of_text, NULL, NULL) != SQLITE_OK)
        return database_fail(database, "correlate", failure);
    return true;
}
