/* The case file: the one place that writes SQLite.
 *
 * Settings and their reasons: journal_mode=TRUNCATE, synchronous=FULL,
 * locking_mode=EXCLUSIVE, 8 KiB pages, 20 rows an INSERT, indexes when a
 * case is correlated. A file's rows and its row in `evidence` commit together.
 */
#pragma once

#include "base/failure.h"
#include "base/reader.h"
#include "store/tables.h"

#include <stdbool.h>
#include <stdint.h>

struct sqlite3;
struct store;

enum store_mode {
    STORE_TEMPORARY, /* path is NULL: an unlinked file, gone at close */
    STORE_WRITE,     /* made if it is not there; must be ours if it is */
    STORE_UPDATE,    /* as STORE_WRITE, but it must be there and be ours */
    STORE_READ,      /* mode=ro, defensive, untrusted schema */
};

/* NULL and a reason: not a case file, other version, in use, cannot open. */
struct store *store_open(const char *path, enum store_mode mode,
                         struct failure *failure) MUST_CHECK;
/* Ends what is open; uncommitted rows are gone. Accepts NULL. */
void store_close(struct store *store);
/* For correlate/, diagnose/, report/: prepared statements of their own. */
struct sqlite3 *store_database(struct store *store);

bool store_begin(struct store *store, struct failure *failure) MUST_CHECK;
bool store_commit(struct store *store, struct failure *failure) MUST_CHECK;
void store_rollback(struct store *store);

/* Inserts a row struct at once. */
bool store_insert(struct store *store, enum table_id table, const void *row,
                  struct failure *failure) MUST_CHECK;
/* Inserts a checked record (see record.h); rows gather to INSERTs of 20 and
 * are written at the latest by store_flush() or store_commit(). */
bool store_insert_record(struct store *store, enum table_id table,
                         struct reader columns,
                         struct failure *failure) MUST_CHECK;
/* False if a checked record has NULL where the table takes none (`nulls` as
 * record_check() gives them): the reader that sent it is broken. */
bool store_takes_record(struct store *store, enum table_id table,
                        uint64_t nulls);
bool store_flush(struct store *store, struct failure *failure) MUST_CHECK;

/* Runs SQL text of ours that gives no rows. */
bool store_execute(struct store *store, const char *sql,
                   struct failure *failure) MUST_CHECK;
/* One integer from SQL text of ours; `otherwise` if there is no row or it is
 * NULL. */
bool store_integer(struct store *store, const char *sql, int64_t otherwise,
                   int64_t *value, struct failure *failure) MUST_CHECK;
/* Creates the indexes that correlation needs, and ANALYZE. Idempotent. */
bool store_index(struct store *store, struct failure *failure) MUST_CHECK;

/* Every connection that store_open() makes has the functions of
 * store/functions.h. */
