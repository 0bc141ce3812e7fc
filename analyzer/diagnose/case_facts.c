#include "diagnose/case_facts.h"

#include "diagnose/gaps.h"
#include "diagnose/names.h"
#include "diagnose/query.h"
#include "store/rows.h"

#include <string.h>

enum {
    SYMPTOMS_MAX = 64,
};

struct loading {
    struct verdict *verdict;
    struct arena *arena;
    struct symptom *symptoms;
    struct gap *gaps;
    struct names scope[4]; /* client_node, server_node, transport, client */
    struct names watched;  /* nodes at which something was captured */
    struct names unwatched;
};

static void take_symptom(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;
    struct verdict *verdict = loading->verdict;

    if (verdict->symptom_count == SYMPTOMS_MAX)
        return;
    loading->symptoms[verdict->symptom_count++] = (struct symptom){
        .symptom = query_text_or_empty(loading->arena, row, 0),
        .title = query_text_or_empty(loading->arena, row, 1),
        .failed = query_integer(row, 2),
        .ref = query_text_or_empty(loading->arena, row, 3),
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
    loading->verdict->captures = query_integer(row, 3);
    loading->verdict->damaged = query_integer(row, 4);
}

static void take_unseen_errors(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->unseen_errors = query_integer(row, 0);
}

/* Which of the four lists, and a name for it. */
static void take_scope(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    names_add(&loading->scope[query_integer(row, 0)],
              query_text(loading->arena, row, 1));
}

static void take_window(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->start_ns = query_integer(row, 0);
    loading->verdict->end_ns = query_integer(row, 1);
    loading->verdict->fixed_ns = query_integer(row, 2);
}

static void take_gap(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;
    struct gap gap = {
        .what = query_text_or_empty(loading->arena, row, 0),
        .so = query_text_or_empty(loading->arena, row, 1),
        .collect = query_text_or_empty(loading->arena, row, 2),
    };

    gap_add(&gap, loading->verdict, loading->gaps);
}

static void take_watched(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    names_add(&loading->watched, query_text(loading->arena, row, 0));
}

static bool is_watched(const struct loading *loading, const char *node)
{
    for (size_t i = 0; i < loading->watched.count; i++)
        if (strcmp(loading->watched.names[i], node) == 0)
            return true;
    return false;
}

/* After all take_watched(). */
static void take_node(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;
    const char *node = query_text(loading->arena, row, 0);

    if (node != NULL && !is_watched(loading, node))
        names_add(&loading->unwatched, node);
}

static void take_undated(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->undated = query_integer(row, 0);
    loading->verdict->first_undated = query_text(loading->arena, row, 1);
}

static void take_tunnel(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->tunnel_device = query_text(loading->arena, row, 0);
}

static void take_tunnel_port(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->tunnel_port = query_text(loading->arena, row, 0);
}

static void take_uplink(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->uplink = query_text(loading->arena, row, 0);
}

static void take_service(void *context, struct sqlite3_stmt *row)
{
    struct loading *loading = context;

    loading->verdict->dns_service = query_address(loading->arena, row, 0);
}

/* Whom a twentieth of the failures of the one that is hit most do not reach is
 * hit by noise: questions of which the capture missed the answer. */
static const char scope_sql[] =
    "WITH hit AS (\n"
    "  SELECT client_node, server_node, transport, client_kind,\n"
    "         count(*) AS failed\n"
    "  FROM v_failed WHERE leg <> 'client-to-cache'\n"
    "  GROUP BY client_node, server_node, transport, client_kind),\n"
    "named AS (\n"
    "  SELECT 0 AS list, client_node AS name, failed FROM hit\n"
    "  UNION ALL SELECT 1, server_node, failed FROM hit\n"
    "  UNION ALL SELECT 2, transport, failed FROM hit\n"
    "  UNION ALL SELECT 3, client_kind, failed FROM hit)\n"
    "SELECT list, name FROM (\n"
    "  SELECT list, name, sum(failed) AS n,\n"
    "         max(sum(failed)) OVER (PARTITION BY list) AS most\n"
    "  FROM named GROUP BY list, name)\n"
    "WHERE n * 20 >= most";

/* Captured before listed, and neither of those that the kernel makes with its
 * module. Where nobody listed the links, by the plugins' own names. */
static const char tunnel_sql[] =
    "SELECT interface FROM (\n"
    "  SELECT interface, 0 AS is_guess FROM v_tunnel_link\n"
    "  UNION ALL SELECT interface, 1 FROM v_setting\n"
    "  WHERE interface GLOB 'vxlan.*' OR interface GLOB 'flannel.*'\n"
    "     OR interface IN ('cilium_vxlan', 'genev_sys_6081')) AS t\n"
    "GROUP BY interface\n"
    "ORDER BY min(is_guess),\n"
    "  NOT EXISTS (SELECT 1 FROM v_vantage AS v\n"
    "              WHERE v.kind = 'tunnel' AND v.name = t.interface),\n"
    "  interface IN ('tunl0', 'gre0', 'gretap0', 'erspan0', 'sit0', "
    "'ip6tnl0',\n"
    "                'ip6gre0', 'ip_vti0'),\n"
    "  count(*) DESC, interface\n"
    "LIMIT 1";

/* Lines and readings of which nothing says when they are from; a file's own
 * time is that of whoever copied it last. */
static const char undated_sql[] =
    "SELECT count(*), min(path) FROM v_evidence\n"
    "WHERE facts > 0 AND ((kind = 'log' AND first_ns IS NULL)\n"
    "      OR (kind IN ('snapshot', 'transcript')\n"
    "          AND (taken_ns IS NULL OR taken_is = 'mtime')))";

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
        .sql = "SELECT answered, failed, logged_answers,\n"
               "       (SELECT count(*) FROM v_evidence WHERE packets > 0),\n"
               "       (SELECT count(*) FROM v_failed\n"
               "        WHERE failure LIKE '%-damaged')\n"
               "FROM v_wellbeing",
        .take = take_wellbeing,
    },
    {
        .sql = "SELECT errors FROM v_unseen_error",
        .take = take_unseen_errors,
    },
    {
        .sql = scope_sql,
        .take = take_scope,
    },
    {
        .sql =
            "SELECT start_ns,\n"
            "       coalesce(end_ns, (SELECT max(asked_ns) FROM v_failed)),\n"
            "       fixed_ns FROM v_window",
        .take = take_window,
    },
    {
        .sql = "SELECT what, so, collect FROM v_gap\n"
               "ORDER BY what, so, collect",
        .take = take_gap,
    },
    {
        .sql = "SELECT node FROM v_vantage\n"
               "UNION SELECT node FROM v_evidence\n"
               "WHERE kind = 'capture-text' AND packets > 0",
        .take = take_watched,
    },
    {
        .sql = "SELECT owner FROM v_address WHERE kind = 'node'\n"
               "UNION SELECT node FROM v_evidence",
        .take = take_node,
    },
    {
        .sql = undated_sql,
        .take = take_undated,
    },
    {
        .sql = tunnel_sql,
        .take = take_tunnel,
    },
    {
        .sql = "SELECT port FROM v_overlay_port LIMIT 1",
        .take = take_tunnel_port,
    },
    {
        .sql = "SELECT min(name) FROM v_vantage\n"
               "WHERE kind = 'uplink' AND name IS NOT NULL\n"
               "HAVING count(DISTINCT name) = 1",
        .take = take_uplink,
    },
    {
        .sql = "SELECT min(address) FROM v_owner\n"
               "WHERE kind = 'service' AND is_dns = 1\n"
               "HAVING count(DISTINCT address) = 1",
        .take = take_service,
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
    loading.watched.arena = loading.unwatched.arena = arena;
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
    verdict->watched_nodes = names_list(&loading.watched);
    verdict->unwatched_nodes = names_list(&loading.unwatched);
    return true;
}
