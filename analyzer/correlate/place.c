#include "correlate/place.h"

#include "correlate/endpoint.h"
#include "correlate/path_names.h"
#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <string.h>

struct places {
    struct sqlite3 *database;
    struct arena arena;
    struct path_names nodes;      /* node names and their other spellings */
    struct path_names pods;       /* pod name -> pod name */
    struct path_names pod_nodes;  /* pod name -> node */
    struct path_names interfaces; /* interface name -> itself */
    struct path_names folders;    /* folder with one host name -> that host */
    struct path_names runs;       /* collection with one host name -> it */
    struct path_names host_pods;  /* pods in their node's network */
};

/* Fills a dictionary from rows of (name, value). */
static bool fill_names(struct places *places, struct path_names *names,
                       const char *sql, struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(places->database, sql, failure);
    bool ok = rows != NULL;

    while (ok && sql_next(rows, &ok, failure))
        path_names_add(names, sql_text(&places->arena, rows, 0),
                       sql_text(&places->arena, rows, 1));
    sqlite3_finalize(rows);
    return ok;
}

/* Host names that are pods': a host routes the pod's address to an interface
 * of its own, or the path says so. The form of the name proves nothing:
 * Cluster API draws the names of nodes as a ReplicaSet those of pods. */
static const char pod_hosts_sql[] =
    "DROP TABLE IF EXISTS temp.pod_host;"
    "CREATE TEMP TABLE pod_host AS"
    " SELECT DISTINCT c.value AS name"
    " FROM clue AS c JOIN evidence AS e ON e.id = c.evidence_id"
    " WHERE c.name = 'hostname' AND ("
    "  e.path LIKE '%pods/' || c.value || '%'"
    "  OR e.path LIKE '%pod-' || c.value || '%'"
    "  OR EXISTS (SELECT 1 FROM interface_address AS a"
    "      JOIN evidence AS f ON f.id = a.evidence_id"
    "      JOIN route AS r ON r.destination = a.address"
    "      WHERE r.prefix_length IN (32, 128) AND r.gateway IS NULL"
    "        AND r.type = 'unicast' AND r.evidence_id <> a.evidence_id"
    "        AND (instr(f.path, c.value) > 0"
    "             OR rtrim(f.path, replace(f.path, '/', '')) ="
    "                rtrim(e.path, replace(e.path, '/', ''))"
    "                AND instr(f.path, '/') > 0)))";

/* Where neither the cluster nor a host says a name, folders do: one that holds
 * the addresses of one host, while others hold those of others, is named
 * after it. Folders for times ("before") hold several hosts. */
static const char folder_hosts_sql[] =
    "DROP TABLE IF EXISTS temp.folder_host;"
    "CREATE TEMP TABLE folder_host AS"
    " WITH RECURSIVE host(path, address) AS ("
    "  SELECT e.path, min(a.address) FROM interface_address AS a"
    "  JOIN evidence AS e ON e.id = a.evidence_id"
    "  WHERE length(a.address) = 4 AND a.prefix_length < 32"
    "    AND substr(a.address, 1, 1) <> x'7f'"
    "    AND substr(a.address, 1, 2) <> x'a9fe' GROUP BY e.id"
    " ), part(rest, folder, address) AS ("
    "  SELECT path, NULL, address FROM host"
    "  UNION ALL"
    "  SELECT substr(rest, instr(rest, '/') + 1),"
    "   substr(rest, 1, instr(rest, '/') - 1), address"
    "  FROM part WHERE instr(rest, '/') > 0"
    " )"
    " SELECT folder AS name, min(address) AS address FROM part"
    " WHERE folder IS NOT NULL GROUP BY folder"
    " HAVING count(DISTINCT address) = 1;"
    "DELETE FROM folder_host WHERE"
    " (SELECT count(DISTINCT address) FROM folder_host) < 2"
    " OR EXISTS (SELECT 1 FROM kube_object WHERE kind = 'node')"
    " OR EXISTS (SELECT 1 FROM clue WHERE name = 'hostname');";

/* Nodes as the cluster names them; where no object says, as they name
 * themselves. A host name that is a node's first label is that node's. */
static const char node_names_sql[] =
    "WITH node(name) AS ("
    "  SELECT DISTINCT name FROM kube_object WHERE kind = 'node'"
    "  UNION SELECT DISTINCT node FROM kube_object"
    "        WHERE kind = 'pod' AND node IS NOT NULL AND node <> ''"
    "  UNION SELECT DISTINCT value FROM clue WHERE name = 'hostname'"
    "        AND NOT EXISTS (SELECT 1 FROM kube_object AS o"
    "            WHERE o.kind = 'node' AND (o.name = clue.value"
    "            OR o.name LIKE clue.value || '.%'"
    "            OR clue.value LIKE o.name || '.%'))"
    "        AND value NOT IN (SELECT o.name FROM kube_object AS o"
    "            WHERE o.kind = 'pod')"
    "        AND value NOT IN (SELECT name FROM pod_host)"
    "  UNION SELECT name FROM folder_host)"
    " SELECT name, name FROM node"
    " UNION SELECT substr(name, 1, instr(name, '.') - 1), name FROM node"
    "   WHERE instr(name, '.') > 1"
    " UNION SELECT DISTINCT c.value, n.name FROM clue AS c, node AS n"
    "   WHERE c.name = 'hostname' AND c.value LIKE n.name || '.%'"
    " UNION SELECT address_text(address), name FROM kube_object"
    "   WHERE kind = 'node' AND address IS NOT NULL"
    " UNION SELECT replace(address_text(address), '.', '-'), name"
    "   FROM kube_object WHERE kind = 'node' AND address IS NOT NULL";

static const char pod_names_sql[] =
    "SELECT DISTINCT name, name FROM kube_object WHERE kind = 'pod'"
    " UNION SELECT name, name FROM pod_host WHERE name NOT IN"
    "  (SELECT name FROM kube_object WHERE kind = 'node'"
    "   UNION SELECT node FROM kube_object WHERE node IS NOT NULL)";

static const char host_pods_sql[] =
    "SELECT DISTINCT name, name FROM kube_object"
    " WHERE kind = 'pod' AND is_host_network = 1";

static const char pod_nodes_sql[] =
    "SELECT DISTINCT name, node FROM kube_object"
    " WHERE kind = 'pod' AND node IS NOT NULL";

static const char interface_names_sql[] =
    "SELECT DISTINCT interface, interface FROM setting"
    " WHERE source IN ('ip link', 'ethtool -k') AND interface <> ''"
    " UNION SELECT DISTINCT interface, interface FROM interface_address"
    " UNION VALUES ('any', 'any')";

static bool collect_names(struct places *places, struct failure *failure)
{
    return sql_execute(places->database, pod_hosts_sql, failure) &&
           sql_execute(places->database, folder_hosts_sql, failure) &&
           fill_names(places, &places->nodes, node_names_sql, failure) &&
           fill_names(places, &places->pods, pod_names_sql, failure) &&
           fill_names(places, &places->pod_nodes, pod_nodes_sql, failure) &&
           fill_names(places, &places->host_pods, host_pods_sql, failure) &&
           fill_names(places, &places->interfaces, interface_names_sql,
                      failure);
}

static struct text folder_of(struct text path)
{
    size_t length = path.length;

    while (length > 0 && path.bytes[length - 1] != '/')
        length--;
    return text_first(path, length);
}

/* Folders in which exactly one host names itself (uname, hostname), and what
 * a collector kept of one host, wherever in there it does. */
static bool collect_folders(struct places *places, struct failure *failure)
{
    struct sqlite3_stmt *rows =
        sql_prepare(places->database,
                    "SELECT e.path, c.value, (SELECT r.value FROM clue AS r"
                    "  WHERE r.evidence_id = e.id AND r.name = 'collection')"
                    " FROM clue AS c JOIN evidence AS e"
                    " ON e.id = c.evidence_id WHERE c.name = 'hostname'"
                    " AND c.value NOT IN (SELECT name FROM pod_host)"
                    " AND e.path NOT GLOB '*#L[0-9]*'",
                    failure);
    bool ok = rows != NULL;

    while (ok && sql_next(rows, &ok, failure)) {
        const char *path = sql_text(&places->arena, rows, 0);
        const char *host = sql_text(&places->arena, rows, 1);
        const char *run = sql_text(&places->arena, rows, 2);
        const char *node = path_names_get(&places->nodes, text_of(host));
        struct text folder = folder_of(text_of(path));

        node = node != NULL ? node : host;
        path_names_add(&places->folders, text_copy(&places->arena, folder),
                       node);
        if (run != NULL)
            path_names_add(&places->runs, run, node);
    }
    sqlite3_finalize(rows);
    return ok;
}

/* The nearest component of the path, the file name first, that holds a name. */
static const char *find_in_path(struct path_names *names, struct text path)
{
    while (path.length > 0) {
        struct text folder = folder_of(path);
        const char *found =
            path_names_find(names, text_from(path, folder.length));

        if (found != NULL)
            return found;
        if (folder.length == 0)
            return NULL;
        path = text_first(folder, folder.length - 1);
    }
    return NULL;
}

/* Names that interfaces have by themselves, for a bundle that lists none. */
static bool is_interface_like(struct text word)
{
    static const char *const starts[] = {
        "eth",     "ens",    "enp",  "eno",       "bond",         "vxlan",
        "flannel", "genev",  "tunl", "cali",      "lxc",          "veth",
        "cni",     "docker", "wg",   "wireguard", "nodelocaldns",
    };

    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        size_t length = strlen(starts[i]);

        if (word.length > length && memcmp(word.bytes, starts[i], length) == 0)
            return true;
    }
    return false;
}

static bool is_extension(struct text rest)
{
    return text_starts(rest, ".pcap") || text_starts(rest, ".txt") ||
           text_starts(rest, ".log") || text_starts(rest, ".out");
}

/* "vxlan.calico" in "node1_vxlan.calico.pcap". */
static const char *interface_like_word(struct arena *arena, struct text name)
{
    size_t start = 0;

    for (size_t i = 0; i <= name.length; i++) {
        struct text word = text_slice(name.bytes + start, i - start);
        bool is_end = i == name.length || strchr("_@-+ ", name.bytes[i]) ||
                      is_extension(text_from(name, i));

        if (!is_end)
            continue;
        if (is_interface_like(word))
            return text_copy(arena, word);
        start = i + 1;
    }
    return NULL;
}

/* A piece of a document has no neighbours: people paste from everywhere. */
static bool is_piece(struct text path)
{
    ptrdiff_t at = text_find(path, "#L");
    int64_t line;

    return at >= 0 && text_integer(text_from(path, (size_t)at + 2), &line);
}

struct placement {
    const char *near; /* prose in front of a piece of a document; or NULL */
    const char *node;
    const char *netns;
    const char *pod;
    const char *interface;
};

static const char *node_for(struct places *places, const char *name)
{
    const char *node =
        name != NULL ? path_names_get(&places->nodes, text_of(name)) : NULL;

    return node != NULL ? node : name;
}

/* The node that a collector wrote into the name of what it kept. Where no node
 * is called so - the name may hold more (a label of sos) or less - the host
 * that names itself in there knows better. */
static const char *node_of_run(struct places *places, const char *name,
                               const char *run)
{
    const char *node =
        name == NULL ? NULL : path_names_get(&places->nodes, text_of(name));

    if (node == NULL && run != NULL)
        node = path_names_get(&places->runs, text_of(run));
    return node != NULL ? node : name;
}

/* The network namespace of what is said to be of a pod or of a node. */
static const char *netns_for(struct places *places,
                             const struct placement *placement)
{
    const char *pod = placement->pod;

    if (pod != NULL && path_names_get(&places->host_pods, text_of(pod)) == NULL)
        return pod;
    return placement->node != NULL ? "" : NULL;
}

/* A pod's name wins over a node's: it is the more precise of the two. Only
 * snapshots and captures have a network namespace. */
static void place(struct places *places, const char *path, const char *kind,
                  struct placement *placement)
{
    struct text whole = text_of(path);
    struct text folder = folder_of(whole);
    bool is_capture = text_starts(text_of(kind), "capture");
    bool in_namespace = is_capture || strcmp(kind, "snapshot") == 0;

    if (placement->pod == NULL)
        placement->pod = find_in_path(&places->pods, whole);
    if (placement->node == NULL)
        placement->node = find_in_path(&places->nodes, whole);
    if (placement->node == NULL && placement->pod != NULL)
        placement->node =
            path_names_get(&places->pod_nodes, text_of(placement->pod));
    if (placement->node == NULL && placement->near != NULL)
        placement->node =
            path_names_find(&places->nodes, text_of(placement->near));
    if (placement->interface == NULL && placement->near != NULL && is_capture)
        placement->interface =
            path_names_find(&places->interfaces, text_of(placement->near));
    if (placement->node == NULL && !is_piece(whole))
        placement->node = path_names_get(&places->folders, folder);
    if (placement->interface == NULL && is_capture)
        placement->interface = path_names_find(&places->interfaces,
                                               text_from(whole, folder.length));
    if (placement->interface == NULL && is_capture)
        placement->interface = interface_like_word(
            &places->arena, text_from(whole, folder.length));
    if (placement->netns == NULL && in_namespace)
        placement->netns = netns_for(places, placement);
}

/* The prompt of a piece is nearer to it than what people write around it. */
static void take_host(struct places *places, const char *host,
                      struct placement *placement)
{
    const char *pod =
        host != NULL ? path_names_get(&places->pods, text_of(host)) : NULL;

    if (placement->pod == NULL)
        placement->pod = pod;
    if (placement->node == NULL && pod == NULL)
        placement->node = node_for(places, host);
}

static bool place_all(struct places *places, struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(
        places->database,
        "SELECT e.id, e.path, e.kind,"
        " (SELECT value FROM clue WHERE evidence_id = e.id AND name = 'node'),"
        " (SELECT value FROM clue WHERE evidence_id = e.id AND name = 'pod'),"
        " (SELECT value FROM clue WHERE evidence_id = e.id"
        "  AND name = 'interface'),"
        " (SELECT value FROM clue WHERE evidence_id = e.id"
        "  AND name = 'hostname'),"
        " (SELECT value FROM clue WHERE evidence_id = e.id AND name = 'near'),"
        " (SELECT value FROM clue WHERE evidence_id = e.id"
        "  AND name = 'collection'),"
        " (SELECT value FROM clue WHERE evidence_id = e.id AND name = 'netns')"
        " FROM evidence AS e ORDER BY e.id",
        failure);
    struct sqlite3_stmt *update =
        sql_prepare(places->database,
                    "UPDATE evidence SET node = :node, netns = :netns,"
                    " interface = :interface WHERE id = :id",
                    failure);
    bool ok = rows != NULL && update != NULL;

    while (ok && sql_next(rows, &ok, failure)) {
        struct arena *arena = &places->arena;
        const char *host = sql_text(arena, rows, 6);
        const char *run = sql_text(arena, rows, 8);
        struct placement placement = {
            .node = node_of_run(places, sql_text(arena, rows, 3), run),
            .netns = sql_text(arena, rows, 9),
            .pod = sql_text(arena, rows, 4),
            .interface = sql_text(arena, rows, 5),
            .near = sql_text(arena, rows, 7),
        };

        if (placement.near != NULL)
            take_host(places, host, &placement);
        place(places, sql_text(arena, rows, 1), sql_text(arena, rows, 2),
              &placement);
        if (placement.node == NULL && placement.pod == NULL)
            placement.node = node_for(places, host);
        sql_bind_text(update, ":node", placement.node);
        sql_bind_text(update, ":netns", placement.netns);
        sql_bind_text(update, ":interface", placement.interface);
        sql_bind_integer(update, ":id", sql_integer(rows, 0));
        ok = sql_done(update, failure);
    }
    sqlite3_finalize(rows);
    sqlite3_finalize(update);
    return ok;
}

bool place_evidence(struct sqlite3 *database, struct failure *failure)
{
    struct places places = { .database = database };
    bool ok;

    arena_init(&places.arena);
    path_names_init(&places.nodes, &places.arena);
    path_names_init(&places.pods, &places.arena);
    path_names_init(&places.pod_nodes, &places.arena);
    path_names_init(&places.interfaces, &places.arena);
    path_names_init(&places.folders, &places.arena);
    path_names_init(&places.runs, &places.arena);
    path_names_init(&places.host_pods, &places.arena);
    ok = collect_names(&places, failure) && collect_folders(&places, failure) &&
         place_all(&places, failure) &&
         endpoint_learn(database, &places.nodes, failure) &&
         place_all(&places, failure) && sql_run(database, "place", failure);
    path_names_deinit(&places.nodes);
    path_names_deinit(&places.pods);
    path_names_deinit(&places.pod_nodes);
    path_names_deinit(&places.interfaces);
    path_names_deinit(&places.folders);
    path_names_deinit(&places.runs);
    path_names_deinit(&places.host_pods);
    arena_deinit(&places.arena);
    return ok;
}
