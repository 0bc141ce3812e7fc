#include "evidence/ledger.h"

#include <sqlite3.h>
#include <stdio.h>

static const char make_indexes[] =
    "CREATE INDEX IF NOT EXISTS evidence_path ON evidence (path);"
    "CREATE INDEX IF NOT EXISTS evidence_content ON evidence (sha256);";

static const char select_path[] = "SELECT 1 FROM evidence"
                                  " WHERE path = :path AND sha256 = :sha256";

static const char select_content[] = "SELECT path FROM evidence"
                                     " WHERE sha256 = :sha256"
                                     "   AND kind = 'capture'"
                                     "   AND why IS NULL"
                                     " ORDER BY id"
                                     " LIMIT 1";

static const char update_row[] = "UPDATE evidence"
                                 " SET format = :format,"
                                 "     status = :status,"
                                 "     why = :why,"
                                 "     packets = :packets,"
                                 "     facts = :facts,"
                                 "     first_ns = :first_ns,"
                                 "     last_ns = :last_ns"
                                 " WHERE id = :id";

static bool prepare(struct ledger *ledger, const char *sql,
                    sqlite3_stmt **statement, struct failure *failure)
{
    sqlite3 *database = store_database(ledger->store);

    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT,
                           statement, NULL) != SQLITE_OK)
        return fail(failure, "evidence: %s", sqlite3_errmsg(database));
    return true;
}

bool ledger_open(struct ledger *ledger, struct store *store,
                 struct failure *failure)
{
    *ledger = (struct ledger){ .store = store };
    return store_execute(store, make_indexes, failure) &&
           store_integer(store, "SELECT max(id) + 1 FROM evidence", 1,
                         &ledger->next_id, failure) &&
           prepare(ledger, select_path, &ledger->by_path, failure) &&
           prepare(ledger, select_content, &ledger->by_content, failure) &&
           prepare(ledger, update_row, &ledger->update, failure);
}

void ledger_close(struct ledger *ledger)
{
    (void)sqlite3_finalize(ledger->by_path);
    (void)sqlite3_finalize(ledger->by_content);
    (void)sqlite3_finalize(ledger->update);
    *ledger = (struct ledger){ 0 };
}

static void bind_text(sqlite3_stmt *statement, const char *name,
                      const char *text)
{
    (void)sqlite3_bind_text(statement,
                            sqlite3_bind_parameter_index(statement, name), text,
                            -1, SQLITE_STATIC);
}

static void bind_integer(sqlite3_stmt *statement, const char *name,
                         int64_t value)
{
    int at = sqlite3_bind_parameter_index(statement, name);

    if (value == ABSENT)
        (void)sqlite3_bind_null(statement, at);
    else
        (void)sqlite3_bind_int64(statement, at, value);
}

bool ledger_knows(struct ledger *ledger, const char *path, const char *sha256)
{
    bool knows;

    bind_text(ledger->by_path, ":path", path);
    bind_text(ledger->by_path, ":sha256", sha256);
    knows = sqlite3_step(ledger->by_path) == SQLITE_ROW;
    (void)sqlite3_reset(ledger->by_path);
    return knows;
}

bool ledger_find_capture(struct ledger *ledger, const char *sha256, char *path,
                         size_t room)
{
    bool found;

    bind_text(ledger->by_content, ":sha256", sha256);
    found = sqlite3_step(ledger->by_content) == SQLITE_ROW;
    if (found)
        snprintf(path, room, "%s",
                 (const char *)sqlite3_column_text(ledger->by_content, 0));
    (void)sqlite3_reset(ledger->by_content);
    return found;
}

bool ledger_insert(struct ledger *ledger, const struct evidence_row *row,
                   struct failure *failure)
{
    return store_insert(ledger->store, TABLE_EVIDENCE, row, failure);
}

bool ledger_update(struct ledger *ledger, const struct evidence_row *row,
                   struct failure *failure)
{
    sqlite3_stmt *update = ledger->update;

    bind_integer(update, ":id", row->id);
    bind_text(update, ":format", row->format);
    bind_text(update, ":status", row->status);
    bind_text(update, ":why", row->why);
    bind_integer(update, ":packets", row->packets);
    bind_integer(update, ":facts", row->facts);
    bind_integer(update, ":first_ns", row->first_ns);
    bind_integer(update, ":last_ns", row->last_ns);
    (void)sqlite3_step(update);
    if (sqlite3_reset(update) != SQLITE_OK)
        return fail(failure, "evidence: %s",
                    sqlite3_errmsg(store_database(ledger->store)));
    return true;
}
