#include "correlate/clock_offset.h"

#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* Offsets below this are not applied: delays on one switch are as large. */
#define OFFSET_MIN_NS INT64_C(2000000)

struct pair {
    const char *a;
    const char *b;
    int64_t offset_ns; /* of b's clock against a's */
    int64_t error_ns;
    int64_t packets;
};

struct pairs {
    struct pair *list;
    size_t count;
};

/* A negative sum of both delays is impossible for steady clocks: such a pair
 * is not used. */
static bool load_pairs(struct pairs *pairs, struct sqlite3 *database,
                       struct arena *arena, struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(
        database,
        /* fewer than three matched packets say nothing */
        "SELECT a, b, (d1 - d2) / 2, (d1 + d2) / 2, packets FROM pair"
        " WHERE packets >= 3 AND d1 + d2 >= 0 ORDER BY packets DESC, a, b",
        failure);
    bool ok = rows != NULL;

    while (ok && sql_next(rows, &ok, failure)) {
        pairs->list =
            memory_resize(pairs->list, pairs->count + 1, sizeof *pairs->list);
        pairs->list[pairs->count++] = (struct pair){
            .a = sql_text(arena, rows, 0),
            .b = sql_text(arena, rows, 1),
            .offset_ns = sql_integer(rows, 2),
            .error_ns = sql_integer(rows, 3),
            .packets = sql_integer(rows, 4),
        };
    }
    sqlite3_finalize(rows);
    return ok;
}

struct solved {
    const char *node;
    int64_t ahead_ns; /* of the reference */
    int64_t error_ns;
    int64_t packets;
};

struct solution {
    struct solved *list;
    size_t count;
};

static const struct solved *solution_find(const struct solution *solution,
                                          const char *node)
{
    for (size_t i = 0; i < solution->count; i++)
        if (strcmp(solution->list[i].node, node) == 0)
            return &solution->list[i];
    return NULL;
}

static void solution_add(struct solution *solution, struct solved solved)
{
    solution->list = memory_resize(solution->list, solution->count + 1,
                                   sizeof *solution->list);
    solution->list[solution->count++] = solved;
}

/* Walks from the reference along the pairs with the most packets. */
static void solve(const struct pairs *pairs, struct solution *solution)
{
    bool has_grown = pairs->count > 0;

    if (has_grown)
        solution_add(solution, (struct solved){ .node = pairs->list[0].a });
    while (has_grown) {
        has_grown = false;
        for (size_t i = 0; i < pairs->count; i++) {
            const struct pair *pair = &pairs->list[i];
            const struct solved *a = solution_find(solution, pair->a);
            const struct solved *b = solution_find(solution, pair->b);
            const struct solved *known = a != NULL ? a : b;
            int64_t sign = a != NULL ? 1 : -1;

            if ((a == NULL) == (b == NULL))
                continue;
            solution_add(
                solution,
                (struct solved){
                    .node = a != NULL ? pair->b : pair->a,
                    .ahead_ns = known->ahead_ns + sign * pair->offset_ns,
                    .error_ns = known->error_ns + pair->error_ns,
                    .packets = pair->packets,
                });
            has_grown = true;
            break;
        }
    }
}

static bool store_solution(const struct solution *solution,
                           struct sqlite3 *database, struct failure *failure)
{
    struct sqlite3_stmt *insert =
        sql_prepare(database,
                    "INSERT INTO clock_offset VALUES"
                    " (:node, :offset_ns, :error_ns, :packets, :reference)",
                    failure);
    bool ok = insert != NULL;

    for (size_t i = 0; ok && i < solution->count; i++) {
        const struct solved *solved = &solution->list[i];
        int64_t size_ns =
            solved->ahead_ns < 0 ? -solved->ahead_ns : solved->ahead_ns;

        sql_bind_text(insert, ":node", solved->node);
        sql_bind_integer(insert, ":offset_ns",
                         size_ns < OFFSET_MIN_NS ? 0 : -solved->ahead_ns);
        sql_bind_integer(insert, ":error_ns", solved->error_ns);
        sql_bind_integer(insert, ":packets", solved->packets);
        sql_bind_text(insert, ":reference", solution->list[0].node);
        ok = sql_done(insert, failure);
    }
    sqlite3_finalize(insert);
    return ok;
}

bool clock_offset_make(struct sqlite3 *database, struct failure *failure)
{
    struct pairs pairs = { 0 };
    struct solution solution = { 0 };
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = sql_run(database, "clock_offset", failure) &&
         load_pairs(&pairs, database, &arena, failure) &&
         sql_execute(database, "DROP TABLE pair", failure);
    if (ok) {
        solve(&pairs, &solution);
        ok = store_solution(&solution, database, failure);
    }
    free(pairs.list);
    free(solution.list);
    arena_deinit(&arena);
    return ok;
}
