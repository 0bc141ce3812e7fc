#include "store/batch.h"

#include "base/memory.h"
#include "store/record.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* "INSERT INTO t (a, b) VALUES (?, ?), (?, ?)": the one statement that is put
 * together, from our own names only. */
static char *insert_text(const struct table *table, size_t rows)
{
    sqlite3_str *sql = sqlite3_str_new(NULL);

    sqlite3_str_appendf(sql, "INSERT INTO %s (", table->name);
    for (size_t i = 0; i < table->column_count; i++)
        sqlite3_str_appendf(sql, "%s%s", i > 0 ? ", " : "",
                            table->columns[i].name);
    sqlite3_str_appendall(sql, ") VALUES ");
    for (size_t row = 0; row < rows; row++) {
        sqlite3_str_appendall(sql, row > 0 ? ", (" : "(");
        for (size_t i = 0; i < table->column_count; i++)
            sqlite3_str_appendall(sql, i > 0 ? ", ?" : "?");
        sqlite3_str_appendall(sql, ")");
    }
    return sqlite3_str_finish(sql);
}

static bool prepare(struct batch *batch, size_t rows, sqlite3_stmt **statement,
                    struct failure *failure)
{
    const struct table *table = &tables[batch->table];
    char *sql = insert_text(table, rows);
    int result = sqlite3_prepare_v3(batch->database, sql, -1,
                                    SQLITE_PREPARE_PERSISTENT, statement, NULL);

    sqlite3_free(sql);
    if (result != SQLITE_OK)
        return fail(failure, "insert into %s: %s", table->name,
                    sqlite3_errmsg(batch->database));
    return true;
}

static uint64_t required_columns(struct sqlite3 *database,
                                 const struct table *table)
{
    uint64_t required = 0;

    assert(table->column_count <= 64);
    for (size_t i = 0; i < table->column_count; i++) {
        int not_null = 0;

        (void)sqlite3_table_column_metadata(database, "main", table->name,
                                            table->columns[i].name, NULL, NULL,
                                            &not_null, NULL, NULL);
        if (not_null != 0)
            required |= UINT64_C(1) << i;
    }
    return required;
}

bool batch_open(struct batch *batch, struct sqlite3 *database,
                enum table_id table, struct failure *failure)
{
    *batch = (struct batch){ .database = database, .table = table };
    batch->required = required_columns(database, &tables[table]);
    return prepare(batch, 1, &batch->insert_one, failure) &&
           prepare(batch, BATCH_ROWS, &batch->insert_many, failure);
}

void batch_close(struct batch *batch)
{
    (void)sqlite3_finalize(batch->insert_one);
    (void)sqlite3_finalize(batch->insert_many);
    free(batch->bytes);
    *batch = (struct batch){ 0 };
}

bool batch_takes(const struct batch *batch, uint64_t nulls)
{
    return (batch->required & nulls) == 0;
}

static void bind_integer(sqlite3_stmt *statement, int at, int64_t value)
{
    if (value == ABSENT)
        (void)sqlite3_bind_null(statement, at);
    else
        (void)sqlite3_bind_int64(statement, at, value);
}

/* The bytes stay where they are until the statement has run. */
static void bind_column(sqlite3_stmt *statement, int at,
                        const struct record_value *value)
{
    const char *text = (const char *)value->bytes;
    int length = (int)value->length;

    if (value->is_null) {
        (void)sqlite3_bind_null(statement, at);
        return;
    }
    switch (value->type) {
    case COLUMN_INTEGER:
        bind_integer(statement, at, value->integer);
        break;
    case COLUMN_REAL:
        (void)sqlite3_bind_double(statement, at, value->real);
        break;
    case COLUMN_TEXT:
        (void)sqlite3_bind_text(statement, at, text, length, SQLITE_STATIC);
        break;
    case COLUMN_ADDRESS:
        (void)sqlite3_bind_blob(statement, at, text, length, SQLITE_STATIC);
        break;
    }
}

static void bind_row(const struct batch *batch, sqlite3_stmt *statement,
                     size_t row, int *at)
{
    const struct table *table = &tables[batch->table];
    size_t start = row > 0 ? batch->ends[row - 1] : 0;
    struct reader columns = reader_over(batch->bytes, batch->ends[row]);

    reader_skip(&columns, start);
    for (size_t i = 0; i < table->column_count; i++) {
        enum column_type type = table->columns[i].type;
        struct record_value value;

        if (type == COLUMN_INTEGER) {
            bind_integer(statement, (*at)++, record_take_integer(&columns));
            continue;
        }
        record_take(&columns, type, &value);
        bind_column(statement, (*at)++, &value);
    }
}

static bool run(struct batch *batch, sqlite3_stmt *statement,
                struct failure *failure)
{
    (void)sqlite3_step(statement);
    if (sqlite3_reset(statement) != SQLITE_OK)
        return fail(failure, "insert into %s: %s", tables[batch->table].name,
                    sqlite3_errmsg(batch->database));
    return true;
}

static bool write_many(struct batch *batch, struct failure *failure)
{
    int at = 1;

    for (size_t row = 0; row < BATCH_ROWS; row++)
        bind_row(batch, batch->insert_many, row, &at);
    return run(batch, batch->insert_many, failure);
}

static bool write_singly(struct batch *batch, struct failure *failure)
{
    for (size_t row = 0; row < batch->count; row++) {
        int at = 1;

        bind_row(batch, batch->insert_one, row, &at);
        if (!run(batch, batch->insert_one, failure))
            return false;
    }
    return true;
}

bool batch_flush(struct batch *batch, struct failure *failure)
{
    bool ok = batch->count == BATCH_ROWS ? write_many(batch, failure)
                                         : write_singly(batch, failure);

    batch_clear(batch);
    return ok;
}

void batch_clear(struct batch *batch)
{
    batch->count = 0;
    batch->used = 0;
}

bool batch_add(struct batch *batch, struct reader columns,
               struct failure *failure)
{
    size_t length = reader_left(&columns);

    if (length > batch->room - batch->used) {
        batch->room = memory_sum(batch->used, length) * 2;
        batch->bytes = memory_resize(batch->bytes, batch->room, 1);
    }
    if (length > 0)
        memcpy(batch->bytes + batch->used, columns.base + columns.at, length);
    batch->used += length;
    batch->ends[batch->count++] = batch->used;
    return batch->count < BATCH_ROWS || batch_flush(batch, failure);
}
