#include "store/store.h"

#include "base/memory.h"
#include "store/batch.h"
#include "store/functions.h"
#include "store/record.h"
#include "store/schema.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct store {
    sqlite3 *database;
    struct batch batches[TABLE_COUNT];
    uint8_t *record; /* RECORD_BYTES_MAX, for store_insert() */
};

static const char writer_settings[] = "PRAGMA locking_mode = EXCLUSIVE;"
                                      "PRAGMA page_size = 8192;"
                                      "PRAGMA journal_mode = TRUNCATE;"
                                      "PRAGMA synchronous = FULL;"
                                      "PRAGMA cache_size = -16384;"
                                      "PRAGMA mmap_size = 0;"
                                      "PRAGMA temp_store = FILE;"
                                      "PRAGMA cell_size_check = ON;"
                                      "PRAGMA trusted_schema = OFF;"
                                      "PRAGMA foreign_keys = ON;"
                                      "BEGIN EXCLUSIVE;"
                                      "COMMIT;";

/* The temporary file has no name and is lost with the process: nothing has
 * to survive. A small page cache is faster for appending and bounds memory;
 * sorting spills to disk. */
static const char *const settings[] = {
    [STORE_TEMPORARY] = "PRAGMA page_size = 8192;"
                        "PRAGMA cache_size = -16384;"
                        "PRAGMA temp_store = FILE;"
                        "PRAGMA synchronous = OFF;"
                        "PRAGMA trusted_schema = OFF;"
                        "PRAGMA foreign_keys = ON;",
    [STORE_WRITE] = writer_settings,
    [STORE_UPDATE] = writer_settings,
    [STORE_READ] = "PRAGMA query_only = ON;"
                   "PRAGMA cache_size = -16384;"
                   "PRAGMA mmap_size = 0;"
                   "PRAGMA temp_store = FILE;"
                   "PRAGMA cell_size_check = ON;"
                   "PRAGMA trusted_schema = OFF;",
};

/* One thread uses a connection: no mutex. */
static const int open_flags[] = {
    [STORE_TEMPORARY] =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [STORE_WRITE] =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [STORE_UPDATE] = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE,
    [STORE_READ] = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY,
};

static bool refused(struct store *store, struct failure *failure)
{
    int code = sqlite3_errcode(store->database) & 0xff;

    if (code == SQLITE_NOTADB)
        return fail(failure, "not a case file");
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return fail(failure, "the case file is in use by another process");
    return fail(failure, "%s", sqlite3_errmsg(store->database));
}

/* Sorting and temporary tables go where the case is: there is room for it,
 * and nothing of the evidence is left in a shared folder. SQLite falls back
 * to $TMPDIR where that folder cannot be written. */
static void place_temporary_files(const char *path)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');

    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = NULL;
    if (slash != NULL)
        sqlite3_temp_directory =
            sqlite3_mprintf("%.*s", (int)(slash - path + 1), path);
    else if (path != NULL)
        sqlite3_temp_directory = sqlite3_mprintf(".");
}

static void harden(sqlite3 *database)
{
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
}

static bool open_database(struct store *store, const char *path,
                          enum store_mode mode, struct failure *failure)
{
    const char *name = mode == STORE_TEMPORARY ? "" : path;

    if (sqlite3_open_v2(name, &store->database, open_flags[mode], NULL) !=
        SQLITE_OK)
        return refused(store, failure);
    harden(store->database);
    if (!functions_register(store->database, failure))
        return false;
    if (sqlite3_exec(store->database, settings[mode], NULL, NULL, NULL) !=
        SQLITE_OK)
        return refused(store, failure);
    return true;
}

struct store *store_open(const char *path, enum store_mode mode,
                         struct failure *failure)
{
    struct store *store = memory_allocate(1, sizeof *store);
    bool may_create = mode == STORE_TEMPORARY || mode == STORE_WRITE;

    place_temporary_files(path);
    if (open_database(store, path, mode, failure) &&
        schema_prepare(store->database, may_create, failure))
        return store;
    if (path != NULL)
        fail_add(failure, "%s", path);
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (size_t i = 0; i < TABLE_COUNT; i++)
        batch_close(&store->batches[i]);
    /* TRUNCATE leaves an empty journal behind; one file is easier to send.
     * It is removed only after the exclusive lock, which ends with the first
     * read in the other mode. */
    if (store->database != NULL && sqlite3_get_autocommit(store->database))
        (void)sqlite3_exec(store->database,
                           "PRAGMA locking_mode = NORMAL;"
                           "SELECT count(*) FROM sqlite_schema;"
                           "PRAGMA journal_mode = DELETE",
                           NULL, NULL, NULL);
    (void)sqlite3_close_v2(store->database);
    free(store->record);
    free(store);
}

struct sqlite3 *store_database(struct store *store)
{
    return store->database;
}

bool store_execute(struct store *store, const char *sql,
                   struct failure *failure)
{
    char *reason = NULL;
    int result = sqlite3_exec(store->database, sql, NULL, NULL, &reason);

    if (result != SQLITE_OK)
        fail(failure, "case file: %s",
             reason != NULL ? reason : sqlite3_errstr(result));
    sqlite3_free(reason);
    return result == SQLITE_OK;
}

bool store_begin(struct store *store, struct failure *failure)
{
    return store_execute(store, "BEGIN IMMEDIATE", failure);
}

bool store_commit(struct store *store, struct failure *failure)
{
    return store_flush(store, failure) &&
           store_execute(store, "COMMIT", failure);
}

void store_rollback(struct store *store)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        batch_clear(&store->batches[i]);
    (void)sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
}

static struct batch *batch_of(struct store *store, enum table_id table,
                              struct failure *failure)
{
    struct batch *batch = &store->batches[table];

    if (batch->database == NULL &&
        !batch_open(batch, store->database, table, failure)) {
        batch_close(batch);
        return NULL;
    }
    return batch;
}

bool store_insert_record(struct store *store, enum table_id table,
                         struct reader columns, struct failure *failure)
{
    struct batch *batch = batch_of(store, table, failure);

    return batch != NULL && batch_add(batch, columns, failure);
}

bool store_takes_record(struct store *store, enum table_id table,
                        uint64_t nulls)
{
    struct failure failure;
    struct batch *batch = batch_of(store, table, &failure);

    return batch == NULL || batch_takes(batch, nulls);
}

bool store_insert(struct store *store, enum table_id table, const void *row,
                  struct failure *failure)
{
    struct reader columns;
    enum table_id found;
    uint64_t nulls;
    struct batch *batch;
    size_t length;

    if (store->record == NULL)
        store->record = memory_allocate(RECORD_BYTES_MAX, 1);
    length = record_write(store->record, RECORD_BYTES_MAX, table, row);
    columns = reader_over(store->record, length);
    reader_skip(&columns, 4);
    if (!record_check(columns, &found, &columns, &nulls))
        return fail(failure, "a row of %s does not fit", tables[table].name);
    batch = batch_of(store, table, failure);
    return batch != NULL && batch_add(batch, columns, failure) &&
           batch_flush(batch, failure);
}

/* `evidence` first: every other table refers to it. */
bool store_flush(struct store *store, struct failure *failure)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (!batch_flush(&store->batches[i], failure))
            return false;
    return true;
}

bool store_integer(struct store *store, const char *sql, int64_t otherwise,
                   int64_t *value, struct failure *failure)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL);

    *value = otherwise;
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result == SQLITE_ROW &&
        sqlite3_column_type(statement, 0) != SQLITE_NULL)
        *value = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        return fail(failure, "case file: %s", sqlite3_errmsg(store->database));
    return true;
}

bool store_index(struct store *store, struct failure *failure)
{
    return store_execute(store, schema_text("analyzer/store/indexes.sql"),
                         failure) &&
           store_execute(store, "ANALYZE", failure);
}
