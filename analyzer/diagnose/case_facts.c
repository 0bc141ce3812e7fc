#include "diagnose/case_facts.h"

#include "diagnose/names.h"
#include "diagnose/query.h"
#include "store/rows.h"

#include <string.h>

enum {
    SYMPTOMS_MAX = 64,
    GAPS_MAX = 32,
    BEST_CAUSES = 3,
};

struct loading {
    struct verdict *verdict;
    struct arena *arena;
    struct symptom *symptoms;
    struct gap *gaps;
    struct names scope[4]; /* client_node, server_node, transport, client */
};

static const char *text_or_empty(const struct loading *loading,
                                 struct sqlite3_stmt *row, int column)
{
    const char *text = query_text(loading->arena, row, column);

    return text == NULL ? "" : text;
}

static void take_symptom(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;
    struct verdict *verdict = loading->verdict;

    if (verdict->symptom_count == SYMPTOMS_MAX)
        return;
    loading->symptoms[verdict->symptom_count++] = (struct symptom){
        .symptom = text_or_empty(loading, row, 0),
        .title = text_or_empty(loading, row, 1),
        .failed = query_integer(row, 2),
        .ref = text_or_empty(loading, row, 3),
    };
}

static void take_wellbeing(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;
    int64_t answered = query_integer(row, 0);
    int64_t failed = query_integer(row, 1);

    loading->verdict->answered = answered > 0 ? answered : 0;
    loading->verdict->failed = failed > 0 ? failed : 0;
    loading->verdict->logged_answers = query_integer(row, 2);
}

static void take_scope(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    for (int i = 0; i < 4; i++)
        names_add(&loading->scope[i], query_text(loading->arena, row, i));
}

static void take_window(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->start_ns = query_integer(row, 0);
    loading->verdict->end_ns = query_integer(row, 1);
    loading->verdict->fixed_ns = query_integer(row, 2);
}

static void add_gap(const struct gap *gap, struct verdict *verdict,
                    struct gap *gaps)
{
    if (verdict->gap_count == GAPS_MAX)
        return;
    for (size_t i = 0; i < verdict->gap_count; i++)
        if (strcmp(gaps[i].what, gap->what) == 0 &&
            strcmp(gaps[i].collect, gap->collect) == 0)
            return;
    gaps[verdict->gap_count++] = *gap;
}

static void take_gap(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;
    struct gap gap = {
        .what = text_or_empty(loading, row, 0),
        .so = text_or_empty(loading, row, 1),
        .collect = text_or_empty(loading, row, 2),
    };

    add_gap(&gap, loading->verdict, loading->gaps);
}

/* Rows in an order of their own, so that a view needs none. */
static const struct {
    const char *sql;
    query_fn *take;
} facts[] = {
    {
        .sql = "SELECT symptom, title, failed, ref FROM v_symptom\n"
               "ORDER BY failed DESC, symptom, title",
        .take = take_symptom,
    },
    {
        .sql = "SELECT answered, failed, logged_answers FROM v_wellbeing",
        .take = take_wellbeing,
    },
    {
        .sql = "SELECT client_node, server_node, transport, client\n"
               "FROM v_scope",
        .take = take_scope,
    },
    {
        .sql = "SELECT start_ns, end_ns, fixed_ns FROM v_window",
        .take = take_window,
    },
    {
        .sql = "SELECT what, so, collect FROM v_gap\n"
               "ORDER BY what, so, collect",
        .take = take_gap,
    },
};

bool case_facts_load(struct verdict *verdict, struct sqlite3 *database,
                     struct arena *arena, struct failure *failure)
{
    struct loading loading = {
        .verdict = verdict,
        .arena = arena,
        .symptoms =
            arena_allocate(arena, SYMPTOMS_MAX * sizeof(struct symptom)),
        .gaps = arena_allocate(arena, GAPS_MAX * sizeof(struct gap)),
    };

    verdict->start_ns = verdict->end_ns = verdict->fixed_ns = ABSENT;
    verdict->symptoms = loading.symptoms;
    verdict->gaps = loading.gaps;
    for (int i = 0; i < 4; i++)
        loading.scope[i].arena = arena;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (!query_run(database, facts[i].sql, facts[i].take, &loading,
                       failure))
            return false;
    verdict->from_nodes = names_list(&loading.scope[0]);
    verdict->to_nodes = names_list(&loading.scope[1]);
    verdict->transports = names_list(&loading.scope[2]);
    verdict->clients = names_list(&loading.scope[3]);
    return true;
}

static void add_missing(const struct cause_result *cause,
                        struct verdict *verdict, struct arena *arena,
                        struct gap *gaps)
{
    for (size_t i = 0; i < cause->missing_count; i++) {
        const struct sign_result *sign = cause->missing[i].sign;
        struct gap gap = {
            .what = sign->missing,
            .so = arena_format(arena,
                               "cannot tell: \"%s\", which bears on \"%s\"",
                               sign->title, cause->title),
            .collect = sign->collect,
        };

        if (sign->outcome == SIGN_NOT_TESTABLE)
            add_gap(&gap, verdict, gaps);
    }
}

/* In an undecided verdict the best causes are the rivals; otherwise the first
 * ones that are not ruled out and lack something. */
static void add_missing_of_best(struct verdict *verdict, struct arena *arena,
                                struct gap *gaps)
{
    size_t taken = 0;

    for (size_t i = 0; i < verdict->cause_count; i++)
        add_missing(verdict->causes[i], verdict, arena, gaps);
    if (verdict->cause_count > 0)
        return;
    for (size_t i = 0; i < verdict->all_cause_count && taken < BEST_CAUSES;
         i++) {
        const struct cause_result *cause = &verdict->all_causes[i];

        if (cause->outcome == CAUSE_RULED_OUT || cause->missing_count == 0)
            continue;
        add_missing(cause, verdict, arena, gaps);
        taken++;
    }
}

void case_facts_add_gaps(struct verdict *verdict, struct arena *arena)
{
    static const struct gap nothing_missing = {
        .what = "A capture of the failures at every place they pass",
        .so = "the evidence that is here can be judged, and does not settle "
              "the cause",
        .collect = "tcpdump -i any -w NODE_any.pcap port 53 or udp port 4789 "
                   "or udp port 8472 (on both nodes of a pair that fails)",
    };
    struct gap *gaps = arena_allocate(arena, GAPS_MAX * sizeof *gaps);

    if (verdict->status != VERDICT_UNDETERMINED &&
        verdict->status != VERDICT_UNDECIDED)
        return;
    memcpy(gaps, verdict->gaps, verdict->gap_count * sizeof *gaps);
    verdict->gaps = gaps;
    add_missing_of_best(verdict, arena, gaps);
    if (verdict->gap_count == 0)
        add_gap(&nothing_missing, verdict, gaps);
}
