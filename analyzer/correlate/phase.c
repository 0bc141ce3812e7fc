#include "correlate/phase.h"

#include "correlate/sql.h"
#include "store/rows.h"

#include <math.h>
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
    const char *node;
    const char *before_ref;
    const char *after_ref;
    size_t group; /* changes that may have been made together */
};

struct changes {
    struct change list[CHANGES_MAX];
    size_t count;
};

static bool load_changes(struct changes *changes, struct sqlite3 *database,
                         struct arena *arena, struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(
        database,
        "SELECT earliest_ns, latest_ns, what, node, before_ref, after_ref"
        " FROM v_change ORDER BY earliest_ns, latest_ns, what, node",
        failure);
    bool ok = rows != NULL;

    while (ok && sql_next(rows, &ok, failure)) {
        if (changes->count == CHANGES_MAX)
            continue;
        changes->list[changes->count++] = (struct change){
            .earliest_ns = sql_integer(rows, 0),
            .latest_ns = sql_integer(rows, 1),
            .what = sql_text(arena, rows, 2),
            .node = sql_text(arena, rows, 3),
            .before_ref = sql_text(arena, rows, 4),
            .after_ref = sql_text(arena, rows, 5),
        };
    }
    sqlite3_finalize(rows);
    return ok;
}

/* Gives changes whose intervals overlap one number. They come in the order of
 * their earliest time; the interval of a group is what all of them allow. */
static size_t number_groups(struct changes *changes)
{
    size_t groups = 0;
    int64_t latest_ns = INT64_MIN;

    for (size_t i = 0; i < changes->count; i++) {
        struct change *change = &changes->list[i];

        if (groups == 0 || change->earliest_ns >= latest_ns) {
            groups++;
            latest_ns = change->latest_ns;
        } else if (change->latest_ns < latest_ns) {
            latest_ns = change->latest_ns;
        }
        change->group = groups - 1;
    }
    return groups;
}

static int change_compare(const void *a, const void *b)
{
    const struct change *left = a;
    const struct change *right = b;
    int order;

    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    order = strcmp(left->what, right->what);
    return order != 0 ? order : strcmp(left->node, right->node);
}

/* Adds a change to its group: the group's interval becomes what both allow,
 * its text "setting on node1, node2; other setting on node1". */
static void join(struct arena *arena, struct change *group,
                 const struct change *previous, const struct change *change)
{
    bool is_same = strcmp(previous->what, change->what) == 0;

    if (change->earliest_ns > group->earliest_ns)
        group->earliest_ns = change->earliest_ns;
    if (change->latest_ns < group->latest_ns)
        group->latest_ns = change->latest_ns;
    if (strlen(group->what) + strlen(change->what) >= WHAT_BYTES_MAX)
        return;
    group->what = is_same
                      ? arena_format(arena, "%s, %s", group->what, change->node)
                      : arena_format(arena, "%s; %s on %s", group->what,
                                     change->what, change->node);
}

/* Fills `groups` in order of time; returns their number. */
static size_t group_changes(struct arena *arena, struct changes *changes,
                            struct change *groups)
{
    size_t count = number_groups(changes);

    qsort(changes->list, changes->count, sizeof *changes->list, change_compare);
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->list[i];
        struct change *group = &groups[change->group];

        if (i == 0 || change[-1].group != change->group) {
            *group = *change;
            group->what =
                arena_format(arena, "%s on %s", change->what, change->node);
        } else {
            join(arena, group, &change[-1], change);
        }
    }
    return count;
}

/* The logarithm of the likelihood of n questions of which f fail, where that is
 * their rate. */
static void bernoulli(sqlite3_context *context, int count,
                      sqlite3_value **values)
{
    double failed = sqlite3_value_double(values[0]);
    double all = sqlite3_value_double(values[1]);
    double answered = all - failed;
    double sum = 0;

    (void)count;
    if (failed > 0)
        sum += failed * log(failed / all);
    if (answered > 0)
        sum += answered * log(answered / all);
    sqlite3_result_double(context, sum);
}

/* The moment inside the interval that parts failures from answers best: the
 * change point of greatest likelihood over all questions from the change before
 * to the change after, with five at least on either side, as a straggler is no
 * phase. Where it parts nothing (likelihood ratio test, p >= 0.001), the end of
 * the longest pause between questions. */
static const char boundary_sql[] =
    "WITH asked AS ("
    "  SELECT asked_ns AS at, outcome IN ('failed', 'late') AS bad"
    "  FROM exchange WHERE asked_ns > :since AND outcome <> 'unknown'"
    "   AND leg <> 'client-to-cache' AND asked_ns <= :until"
    " ), cut AS ("
    "  SELECT at, at - lag(at, 1, :earliest) OVER o AS pause,"
    "   total(bad) OVER o - bad AS f1, count(*) OVER o - 1 AS n1,"
    "   total(bad) OVER () AS f, count(*) OVER () AS n"
    "  FROM asked WINDOW o AS (ORDER BY at ROWS UNBOUNDED PRECEDING)"
    " ), rated AS ("
    "  SELECT at, pause, CASE WHEN n1 < 5 OR n - n1 < 5 THEN 0"
    "   ELSE 2 * (bernoulli(f1, n1) + bernoulli(f - f1, n - n1)"
    "    - bernoulli(f, n)) END AS ratio"
    "  FROM cut WHERE at > :earliest AND at <= :latest"
    " ) SELECT at FROM rated"
    " WHERE ratio > 10.83 OR EXISTS (SELECT 1 FROM asked WHERE at > :latest)"
    " ORDER BY CASE WHEN ratio > 10.83 THEN ratio ELSE 0 END DESC, pause DESC,"
    " at LIMIT 1";

/* Nothing asked after the interval, and nothing that it parts: the change came
 * after all questions, as far as anybody can tell. */
static bool find_boundary(struct sqlite3 *database, const struct change *change,
                          int64_t until_ns, int64_t *at_ns,
                          struct failure *failure)
{
    struct sqlite3_stmt *row = sql_prepare(database, boundary_sql, failure);
    int64_t since_ns = *at_ns;
    bool ok = row != NULL;

    *at_ns = change->latest_ns;
    if (ok) {
        sql_bind_integer(row, ":since", since_ns);
        sql_bind_integer(row, ":earliest", change->earliest_ns);
        sql_bind_integer(row, ":latest", change->latest_ns);
        sql_bind_integer(row, ":until", until_ns);
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

static bool insert_phases(struct sqlite3 *database, const struct change *groups,
                          size_t count, struct failure *failure)
{
    struct sqlite3_stmt *insert =
        sql_prepare(database,
                    "INSERT INTO phase VALUES (:number, :start_ns, NULL, :what,"
                    " :earliest_ns, :latest_ns, :before, :after)",
                    failure);
    int64_t start_ns = -1; /* earlier times are those of undated texts */
    bool ok = insert != NULL && insert_phase(insert, 0, ABSENT, NULL, failure);

    for (size_t i = 0; ok && i < count; i++) {
        int64_t until_ns =
            i + 1 < count ? groups[i + 1].earliest_ns : INT64_MAX;

        ok =
            find_boundary(database, &groups[i], until_ns, &start_ns, failure) &&
            insert_phase(insert, (int64_t)i + 1, start_ns, &groups[i], failure);
    }
    sqlite3_finalize(insert);
    return ok;
}

static bool add_function(struct sqlite3 *database, struct failure *failure)
{
    return sqlite3_create_function(database, "bernoulli", 2,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                   bernoulli, NULL, NULL) == SQLITE_OK ||
           fail(failure, "correlate: %s", sqlite3_errmsg(database));
}

bool phase_make(struct sqlite3 *database, struct failure *failure)
{
    struct changes *changes = memory_allocate(1, sizeof *changes);
    struct change *groups = memory_allocate(CHANGES_MAX, sizeof *groups);
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = add_function(database, failure) &&
         sql_execute(database, "DELETE FROM phase", failure) &&
         load_changes(changes, database, &arena, failure) &&
         insert_phases(database, groups, group_changes(&arena, changes, groups),
                       failure) &&
         sql_run(database, "phase", failure);
    arena_deinit(&arena);
    free(groups);
    free(changes);
    return ok;
}
