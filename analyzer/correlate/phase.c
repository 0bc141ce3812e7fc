#include "correlate/phase.h"

#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHANGES_MAX = 1024, /* settings that changed; more are not looked at */
    WHAT_BYTES_MAX = 600,
};

/* v_change has one row for each setting that differs between two readings
 * that follow each other on one node. */
struct change {
    int64_t earliest_ns;
    int64_t latest_ns;
    const char *what;
    const char *before_ref;
    const char *after_ref;
};

struct changes {
    struct change list[CHANGES_MAX];
    size_t count;
};

static bool load_changes(struct changes *changes, struct sqlite3 *database,
                         struct arena *arena, struct failure *failure)
{
    struct sqlite3_stmt *rows =
        sql_prepare(database,
                    "SELECT earliest_ns, latest_ns, what, before_ref, after_ref"
                    " FROM v_change ORDER BY earliest_ns, latest_ns, what",
                    failure);
    bool ok = rows != NULL;

    while (ok && sql_next(rows, &ok, failure)) {
        if (changes->count == CHANGES_MAX)
            continue;
        changes->list[changes->count++] = (struct change){
            .earliest_ns = sql_integer(rows, 0),
            .latest_ns = sql_integer(rows, 1),
            .what = sql_text(arena, rows, 2),
            .before_ref = sql_text(arena, rows, 3),
            .after_ref = sql_text(arena, rows, 4),
        };
    }
    sqlite3_finalize(rows);
    return ok;
}

/* Joins a change that overlaps the group: its interval becomes what both
 * allow, its text names both. */
static void join(struct arena *arena, struct change *group,
                 const struct change *change)
{
    if (change->earliest_ns > group->earliest_ns)
        group->earliest_ns = change->earliest_ns;
    if (change->latest_ns < group->latest_ns)
        group->latest_ns = change->latest_ns;
    if (strlen(group->what) + strlen(change->what) < WHAT_BYTES_MAX)
        group->what = arena_format(arena, "%s; %s", group->what, change->what);
}

static size_t group_changes(struct arena *arena, struct changes *changes)
{
    size_t groups = 0;

    for (size_t i = 0; i < changes->count; i++) {
        struct change *group = groups > 0 ? &changes->list[groups - 1] : NULL;

        if (group != NULL && changes->list[i].earliest_ns < group->latest_ns)
            join(arena, group, &changes->list[i]);
        else
            changes->list[groups++] = changes->list[i];
    }
    return groups;
}

/* The end of the longest pause between questions inside the interval. */
static bool find_boundary(struct sqlite3 *database, const struct change *change,
                          int64_t *at_ns, struct failure *failure)
{
    struct sqlite3_stmt *row = sql_prepare(
        database,
        "SELECT at FROM (SELECT asked_ns AS at,"
        "  asked_ns - lag(asked_ns, 1, :earliest) OVER (ORDER BY asked_ns)"
        "  AS pause FROM exchange WHERE asked_ns > :earliest"
        "  AND asked_ns <= :latest) ORDER BY pause DESC, at LIMIT 1",
        failure);
    bool ok = row != NULL;

    *at_ns = change->latest_ns;
    if (ok) {
        sql_bind_integer(row, ":earliest", change->earliest_ns);
        sql_bind_integer(row, ":latest", change->latest_ns);
        if (sql_next(row, &ok, failure) && sql_integer(row, 0) != ABSENT)
            *at_ns = sql_integer(row, 0);
    }
    sqlite3_finalize(row);
    return ok;
}

static bool insert_phase(struct sqlite3_stmt *insert, int64_t number,
                         int64_t start_ns, const struct change *change,
                         struct failure *failure)
{
    sql_bind_integer(insert, ":number", number);
    sql_bind_integer(insert, ":start_ns", start_ns);
    sql_bind_text(insert, ":what", change != NULL ? change->what : NULL);
    sql_bind_integer(insert, ":earliest_ns",
                     change != NULL ? change->earliest_ns : ABSENT);
    sql_bind_integer(insert, ":latest_ns",
                     change != NULL ? change->latest_ns : ABSENT);
    sql_bind_text(insert, ":before",
                  change != NULL ? change->before_ref : NULL);
    sql_bind_text(insert, ":after", change != NULL ? change->after_ref : NULL);
    return sql_done(insert, failure);
}

static bool insert_phases(struct sqlite3 *database,
                          const struct changes *changes, size_t groups,
                          struct failure *failure)
{
    struct sqlite3_stmt *insert =
        sql_prepare(database,
                    "INSERT INTO phase VALUES (:number, :start_ns, NULL, :what,"
                    " :earliest_ns, :latest_ns, :before, :after)",
                    failure);
    bool ok = insert != NULL && insert_phase(insert, 0, ABSENT, NULL, failure);

    for (size_t i = 0; ok && i < groups; i++) {
        int64_t start_ns;

        ok = find_boundary(database, &changes->list[i], &start_ns, failure) &&
             insert_phase(insert, (int64_t)i + 1, start_ns, &changes->list[i],
                          failure);
    }
    sqlite3_finalize(insert);
    return ok;
}

bool phase_make(struct sqlite3 *database, struct failure *failure)
{
    struct changes *changes = memory_allocate(1, sizeof *changes);
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = sql_execute(database, "DELETE FROM phase", failure) &&
         load_changes(changes, database, &arena, failure) &&
         insert_phases(database, changes, group_changes(&arena, changes),
                       failure) &&
         sql_run(database, "phase", failure);
    arena_deinit(&arena);
    free(changes);
    return ok;
}
