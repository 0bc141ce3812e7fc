#include "evidence/ledger.h"

#include "base/memory.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A load that is given one folder leaves out the folder's name in front of
 * paths: `evidence_load` keeps it, from the first id of the load on. It is
 * '' for any other load. */
static const char make_indexes[] =
    "CREATE TABLE IF NOT EXISTS evidence_load ("
    "    first_id INTEGER PRIMARY KEY,"
    "    root TEXT NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS evidence_path ON evidence (path);"
    "CREATE INDEX IF NOT EXISTS evidence_content ON evidence (sha256);";

/* :other is how the file is called if it came with other folders, or without
 * them; in the latter case :root must have been the only one. */
static const char select_path[] =
    "SELECT 1 FROM evidence"
    " WHERE path = :path AND sha256 = :sha256"
    " UNION ALL"
    " SELECT 1 FROM evidence AS e"
    " WHERE e.path = :other AND e.sha256 = :sha256"
    "   AND (:root IS NULL"
    "        OR :root = (SELECT root FROM evidence_load"
    "                     WHERE first_id <= e.id"
    "                     ORDER BY first_id DESC"
    "                     LIMIT 1))";

static const char insert_load[] =
    "INSERT OR REPLACE INTO evidence_load (first_id, root)"
    " VALUES (:first_id, :root)";

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
           prepare(ledger, insert_load, &ledger->insert_load, failure) &&
           prepare(ledger, select_content, &ledger->by_content, failure) &&
           prepare(ledger, update_row, &ledger->update, failure);
}

void ledger_close(struct ledger *ledger)
{
    (void)sqlite3_finalize(ledger->by_path);
    (void)sqlite3_finalize(ledger->by_content);
    (void)sqlite3_finalize(ledger->update);
    (void)sqlite3_finalize(ledger->insert_load);
    free(ledger->root);
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

bool ledger_begin(struct ledger *ledger, const char *root,
                  struct failure *failure)
{
    sqlite3_stmt *insert = ledger->insert_load;

    bind_integer(insert, ":first_id", ledger->next_id);
    bind_text(insert, ":root", root);
    (void)sqlite3_step(insert);
    if (sqlite3_reset(insert) != SQLITE_OK)
        return fail(failure, "evidence: %s",
                    sqlite3_errmsg(store_database(ledger->store)));
    free(ledger->root);
    ledger->root = memory_allocate(strlen(root) + 1, 1);
    memcpy(ledger->root, root, strlen(root) + 1);
    return true;
}

/* Writes the path as it would be with the root in front, or without the first
 * component, which *root then gets. NULL if there is no such path. */
static char *other_path(const struct ledger *ledger, const char *path,
                        struct arena *arena, const char **root)
{
    bool is_alone = ledger->root != NULL && ledger->root[0] != '\0';
    const char *slash = strchr(path, '/');

    *root = NULL;
    if (is_alone)
        return arena_format(arena, "%s/%s", ledger->root, path);
    if (slash == NULL)
        return NULL;
    *root = arena_copy(arena, path, (size_t)(slash - path));
    return arena_copy(arena, slash + 1, strlen(slash + 1));
}

bool ledger_knows(struct ledger *ledger, const char *path, const char *sha256)
{
    struct arena arena;
    const char *root;
    bool knows;

    arena_init(&arena);
    bind_text(ledger->by_path, ":other",
              other_path(ledger, path, &arena, &root));
    bind_text(ledger->by_path, ":root", root);
    bind_text(ledger->by_path, ":path", path);
    bind_text(ledger->by_path, ":sha256", sha256);
    knows = sqlite3_step(ledger->by_path) == SQLITE_ROW;
    (void)sqlite3_reset(ledger->by_path);
    arena_deinit(&arena);
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
