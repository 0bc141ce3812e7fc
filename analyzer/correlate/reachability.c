#include "correlate/reachability.h"

#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_COLUMNS = 8,
};

/* Latencies come in order, those without one last. */
static const char ordered_sql[] =
    "SELECT leg, client_node, client_kind, server_node, path, via, transport,"
    " phase, outcome, attempts, answered_ns - asked_ns FROM exchange"
    " WHERE outcome <> 'unknown'"
    " ORDER BY 1, 2, 3, 4, 5, 6, 7, 8,"
    "  answered_ns IS NULL, answered_ns - asked_ns";

static const char insert_sql[] =
    "INSERT INTO reachability VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, :asked,"
    " :answered, :failed, :late, :retried, :p50, :p99)";

struct cell {
    sqlite3_value *key[KEY_COLUMNS];
    int64_t asked;
    int64_t answered;
    int64_t failed;
    int64_t late;
    int64_t retried;
    int64_t *latencies_ns; /* in order */
    size_t latency_count;
    size_t latency_room;
};

static bool same_key(const struct cell *cell, sqlite3_stmt *row)
{
    for (int i = 0; i < KEY_COLUMNS; i++) {
        const char *old = (const char *)sqlite3_value_text(cell->key[i]);
        const char *now = (const char *)sqlite3_column_text(row, i);

        if ((old == NULL) != (now == NULL) ||
            (old != NULL && strcmp(old, now) != 0))
            return false;
    }
    return true;
}

static void cell_start(struct cell *cell, sqlite3_stmt *row)
{
    for (int i = 0; i < KEY_COLUMNS; i++) {
        sqlite3_value_free(cell->key[i]);
        cell->key[i] = sqlite3_value_dup(sqlite3_column_value(row, i));
    }
    cell->asked = cell->answered = cell->failed = 0;
    cell->late = cell->retried = 0;
    cell->latency_count = 0;
}

static void cell_add(struct cell *cell, sqlite3_stmt *row)
{
    const char *outcome = (const char *)sqlite3_column_text(row, 8);
    bool is_answered = strcmp(outcome, "answered") == 0;
    int64_t latency_ns = sql_integer(row, 10);

    cell->asked++;
    cell->answered += is_answered;
    cell->failed += !is_answered;
    cell->late += strcmp(outcome, "late") == 0;
    cell->retried += sql_integer(row, 9) > 1;
    if (!is_answered || latency_ns == ABSENT)
        return;
    if (cell->latency_count == cell->latency_room) {
        cell->latency_room = cell->latency_room * 2 + 256;
        cell->latencies_ns = memory_resize(
            cell->latencies_ns, cell->latency_room, sizeof *cell->latencies_ns);
    }
    cell->latencies_ns[cell->latency_count++] = latency_ns;
}

/* The nearest rank: the smallest value that at least `percent` of them do not
 * exceed. */
static void bind_percentile(sqlite3_stmt *insert, const char *name,
                            const struct cell *cell, size_t percent)
{
    size_t rank = (cell->latency_count * percent + 99) / 100;
    int parameter = sqlite3_bind_parameter_index(insert, name);

    if (rank == 0)
        sqlite3_bind_null(insert, parameter);
    else
        sqlite3_bind_double(insert, parameter,
                            (double)cell->latencies_ns[rank - 1] / 1e6);
}

static bool cell_insert(const struct cell *cell, sqlite3_stmt *insert,
                        struct failure *failure)
{
    if (cell->asked == 0)
        return true;
    for (int i = 0; i < KEY_COLUMNS; i++)
        sqlite3_bind_value(insert, i + 1, cell->key[i]);
    sql_bind_integer(insert, ":asked", cell->asked);
    sql_bind_integer(insert, ":answered", cell->answered);
    sql_bind_integer(insert, ":failed", cell->failed);
    sql_bind_integer(insert, ":late", cell->late);
    sql_bind_integer(insert, ":retried", cell->retried);
    bind_percentile(insert, ":p50", cell, 50);
    bind_percentile(insert, ":p99", cell, 99);
    return sql_done(insert, failure);
}

bool reachability_make(struct sqlite3 *database, struct failure *failure)
{
    struct cell cell = { 0 };
    sqlite3_stmt *rows = sql_prepare(database, ordered_sql, failure);
    sqlite3_stmt *insert = sql_prepare(database, insert_sql, failure);
    bool ok = rows != NULL && insert != NULL &&
              sql_execute(database, "DELETE FROM reachability", failure);

    while (ok && sql_next(rows, &ok, failure)) {
        if (cell.asked == 0 || !same_key(&cell, rows)) {
            ok = cell_insert(&cell, insert, failure);
            cell_start(&cell, rows);
        }
        cell_add(&cell, rows);
    }
    ok = ok && cell_insert(&cell, insert, failure);
    for (int i = 0; i < KEY_COLUMNS; i++)
        sqlite3_value_free(cell.key[i]);
    free(cell.latencies_ns);
    sqlite3_finalize(rows);
    sqlite3_finalize(insert);
    return ok;
}
