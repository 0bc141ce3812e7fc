#include "correlate/partial.h"

#include "correlate/sql.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* v_partial_handshake says of each handshake packet that came in unfinished
 * whether its receiver answered it. */
static const char nodes_sql[] =
    "SELECT n.node,"
    " (SELECT count(*) FROM v_partial_handshake AS a"
    "  WHERE a.node = n.node AND a.is_accepted = 1),"
    " (SELECT count(*) FROM v_partial_handshake AS a"
    "  WHERE a.node = n.node AND a.is_accepted = 0),"
    " coalesce((SELECT sum(d.delta) FROM v_counter_delta AS d"
    "  WHERE d.node = n.node AND d.delta > 0"
    "    AND d.name IN ('Udp.InCsumErrors', 'Tcp.InCsumErrors')), 0)"
    " FROM (SELECT DISTINCT node FROM vantage WHERE node IS NOT NULL) AS n"
    " ORDER BY n.node";

bool partial_load(struct partial_nodes *nodes, struct sqlite3 *database,
                  struct arena *arena, struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(database, nodes_sql, failure);
    bool ok = rows != NULL;

    *nodes = (struct partial_nodes){ 0 };
    while (ok && sql_next(rows, &ok, failure)) {
        nodes->list =
            memory_resize(nodes->list, nodes->count + 1, sizeof *nodes->list);
        nodes->list[nodes->count++] = (struct partial_node){
            .node = sql_text(arena, rows, 0),
            .accepted = sql_integer(rows, 1),
            .dropped = sql_integer(rows, 2),
            .counted = sql_integer(rows, 3),
        };
    }
    sqlite3_finalize(rows);
    return ok;
}

void partial_deinit(struct partial_nodes *nodes)
{
    free(nodes->list);
    *nodes = (struct partial_nodes){ 0 };
}

bool partial_is_dropped(const struct partial_nodes *nodes, const char *node)
{
    for (size_t i = 0; node != NULL && i < nodes->count; i++) {
        const struct partial_node *entry = &nodes->list[i];

        if (strcmp(entry->node, node) != 0)
            continue;
        if (entry->accepted + entry->dropped > 0)
            return entry->dropped > entry->accepted;
        return entry->counted > 0;
    }
    return false;
}
