#include "correlate/coverage.h"

#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define WIDEN_NS (INT64_C(10) * INT64_C(1000000000))
/* Between two files of one capture, from the last packet to the next. */
#define ROTATION_NS INT64_C(1000000000)
/* After that, questions asked before it are answered, as a rule. */
#define SETTLE_NS INT64_C(50000000)

static enum vantage_kind kind_of(const char *name)
{
    static const char *const names[] = {
        [VANTAGE_OTHER] = "other",       [VANTAGE_POD] = "pod",
        [VANTAGE_VETH] = "veth",         [VANTAGE_BRIDGE] = "bridge",
        [VANTAGE_LOOPBACK] = "loopback", [VANTAGE_TUNNEL] = "tunnel",
        [VANTAGE_UPLINK] = "uplink",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return (enum vantage_kind)i;
    return VANTAGE_OTHER;
}

static const char vantages_sql[] =
    "SELECT v.evidence_id, v.interface, v.node, v.name, v.pod, v.kind,"
    " e.first_ns, e.last_ns, coalesce(c.offset_ns, 0),"
    " v.sees_questions, v.sees_answers, e.path"
    " FROM vantage AS v JOIN evidence AS e ON e.id = v.evidence_id"
    " LEFT JOIN clock_offset AS c ON c.node = v.node"
    " ORDER BY v.evidence_id, v.interface";

static enum sight sight_of(int64_t sees)
{
    return sees == ABSENT ? SIGHT_UNCLEAR
           : sees == 0    ? SIGHT_BLIND
                          : SIGHT_CLEAR;
}

static struct vantage read_vantage(struct arena *arena,
                                   struct sqlite3_stmt *row)
{
    struct vantage vantage = {
        .evidence_id = sql_integer(row, 0),
        .interface = sql_integer(row, 1),
        .node = sql_text(arena, row, 2),
        .name = sql_text(arena, row, 3),
        .pod = sql_text(arena, row, 4),
        .kind = kind_of(sql_text(arena, row, 5)),
        .path = sql_text(arena, row, 11),
        .first_ns = sql_integer(row, 6),
        .last_ns = sql_integer(row, 7),
        .offset_ns = sql_integer(row, 8),
        .questions = sight_of(sql_integer(row, 9)),
        .answers = sight_of(sql_integer(row, 10)),
    };

    if (vantage.first_ns != ABSENT)
        vantage.first_ns += vantage.offset_ns;
    if (vantage.last_ns != ABSENT)
        vantage.last_ns += vantage.offset_ns;
    return vantage;
}

static bool same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* True if the second capture goes on where the first ends, as the files of
 * tcpdump -C and -G do. */
static bool goes_on(const struct vantage *first, const struct vantage *second)
{
    return first != second && same(first->name, second->name) &&
           same(first->node, second->node) &&
           (first->pod == second->pod || same(first->pod, second->pod)) &&
           first->first_ns != ABSENT && second->first_ns != ABSENT &&
           second->first_ns >= first->last_ns &&
           second->first_ns - first->last_ns < ROTATION_NS;
}

static void find_seams(const struct coverage *coverage, struct vantage *vantage)
{
    for (size_t i = 0; i < coverage->count; i++) {
        vantage->goes_on_after |= goes_on(vantage, &coverage->list[i]);
        vantage->went_on_before |= goes_on(&coverage->list[i], vantage);
    }
}

bool vantage_is_at_seam(const struct vantage *vantage, int64_t at_ns)
{
    return (vantage->goes_on_after && at_ns > vantage->last_ns - SETTLE_NS &&
            at_ns < vantage->last_ns + SETTLE_NS) ||
           (vantage->went_on_before && at_ns > vantage->first_ns - SETTLE_NS &&
            at_ns < vantage->first_ns + SETTLE_NS);
}

static void widen(const struct coverage *coverage, struct vantage *vantage)
{
    int64_t earliest = vantage->first_ns;
    int64_t latest = vantage->last_ns;

    vantage->from_ns = vantage->first_ns;
    vantage->until_ns = vantage->last_ns;
    if (vantage->node == NULL || vantage->first_ns == ABSENT)
        return;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct vantage *other = &coverage->list[i];

        if (other->node == NULL || strcmp(other->node, vantage->node) != 0 ||
            other->first_ns == ABSENT || other->first_ns > vantage->last_ns ||
            other->last_ns < vantage->first_ns)
            continue;
        if (other->first_ns < earliest)
            earliest = other->first_ns;
        if (other->last_ns > latest)
            latest = other->last_ns;
    }
    vantage->from_ns = earliest > vantage->first_ns - WIDEN_NS
                           ? earliest
                           : vantage->first_ns - WIDEN_NS;
    vantage->until_ns = latest < vantage->last_ns + WIDEN_NS
                            ? latest
                            : vantage->last_ns + WIDEN_NS;
}

bool coverage_load(struct coverage *coverage, struct sqlite3 *database,
                   struct arena *arena, struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(database, vantages_sql, failure);
    size_t room = 0;
    bool ok = rows != NULL;

    *coverage = (struct coverage){ 0 };
    while (ok && sql_next(rows, &ok, failure)) {
        if (coverage->count == room) {
            room = room * 2 + 64;
            coverage->list =
                memory_resize(coverage->list, room, sizeof *coverage->list);
        }
        coverage->list[coverage->count++] = read_vantage(arena, rows);
    }
    sqlite3_finalize(rows);
    for (size_t i = 0; i < coverage->count; i++) {
        widen(coverage, &coverage->list[i]);
        find_seams(coverage, &coverage->list[i]);
    }
    return ok;
}

void coverage_deinit(struct coverage *coverage)
{
    free(coverage->list);
    *coverage = (struct coverage){ 0 };
}

static int compare(const struct vantage *vantage, int64_t evidence_id,
                   int64_t interface)
{
    if (vantage->evidence_id != evidence_id)
        return vantage->evidence_id < evidence_id ? -1 : 1;
    if (vantage->interface != interface)
        return vantage->interface < interface ? -1 : 1;
    return 0;
}

const struct vantage *coverage_find(const struct coverage *coverage,
                                    int64_t evidence_id, int64_t interface)
{
    size_t low = 0;
    size_t high = coverage->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(&coverage->list[middle], evidence_id, interface);

        if (order == 0)
            return &coverage->list[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int stop_at_client(const struct vantage *vantage)
{
    static const int stops[] = {
        [VANTAGE_OTHER] = STOP_UNKNOWN,
        [VANTAGE_POD] = 0,
        [VANTAGE_VETH] = 1,
        [VANTAGE_BRIDGE] = 2,
        [VANTAGE_LOOPBACK] = STOP_UNKNOWN,
        [VANTAGE_TUNNEL] = 3,
        [VANTAGE_UPLINK] = 4,
    };

    return stops[vantage->kind];
}

int vantage_stop(const struct vantage *vantage, const struct route_ends *ends)
{
    int stop = stop_at_client(vantage);
    bool is_pods =
        vantage->kind == VANTAGE_POD || vantage->kind == VANTAGE_VETH;

    if (stop == STOP_UNKNOWN)
        return STOP_UNKNOWN; /* nobody says which packets pass there */
    if (is_pods && vantage->pod != NULL) {
        if (same(vantage->pod, ends->client_pod))
            return stop;
        if (same(vantage->pod, ends->server_pod))
            return STOP_COUNT - 1 - stop;
        return STOP_UNKNOWN;
    }
    if (same(vantage->node, ends->client_node)) {
        /* On one node packets pass no tunnel and no uplink, and whose pod an
         * unnamed veth leads to, nobody says. */
        if (same(ends->client_node, ends->server_node) &&
            vantage->kind != VANTAGE_BRIDGE)
            return STOP_UNKNOWN;
        return stop;
    }
    if (same(vantage->node, ends->server_node))
        return STOP_COUNT - 1 - stop;
    return STOP_UNKNOWN;
}

bool vantage_covers(const struct vantage *vantage, int64_t at_ns)
{
    return vantage->first_ns != ABSENT && vantage->from_ns <= at_ns &&
           vantage->until_ns >= at_ns;
}

static bool would_see(const struct vantage *vantage,
                      const struct route_ends *ends,
                      const struct passing *passing)
{
    enum sight sight =
        passing->is_answer ? vantage->answers : vantage->questions;

    /* What stays on a node may pass from port to port of a bridge, or come
     * to it with translated addresses: there it is not missed. */
    if (vantage->kind == VANTAGE_BRIDGE &&
        same(ends->client_node, ends->server_node))
        return false;
    return sight != SIGHT_BLIND &&
           vantage_stop(vantage, ends) == passing->stop &&
           vantage_covers(vantage, passing->at_ns) &&
           !vantage_is_at_seam(vantage, passing->at_ns);
}

const struct vantage *coverage_of(const struct coverage *coverage,
                                  const struct route_ends *ends,
                                  const struct passing *passing)
{
    for (size_t i = 0; i < coverage->count; i++)
        if (would_see(&coverage->list[i], ends, passing))
            return &coverage->list[i];
    return NULL;
}
