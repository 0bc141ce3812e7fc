#include "correlate/exchange.h"

#include "correlate/partial.h"
#include "correlate/parties.h"
#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* A question asked again under the same identity after this long is another
 * question: glibc gives up after 20 s with two servers. */
#define ONE_QUESTION_NS (INT64_C(25) * INT64_C(1000000000))

/* What was seen so far of one question to one class of server: a cache asks
 * on under the id it was asked with, so that classes are told apart. */
struct bucket {
    struct arena texts;
    struct member members[MEMBERS_MAX];
    size_t count;
    int64_t last_ns;
    int64_t left_out;
};

enum {
    CLASS_COUNT = 3, /* of enum server_class */
};

struct maker {
    struct sqlite3 *database;
    struct arena arena; /* lives as long as the maker */
    struct owners owners;
    struct coverage coverage;
    struct partial_nodes partial;
    struct sql_row insert;          /* in the order of exchange's columns */
    struct sql_row insert_sighting; /* and of sighting's */
    struct sql_row insert_anomaly;
    int64_t last_id;
    bool is_connection;
    char transport[4];                  /* of the identity */
    struct bucket buckets[CLASS_COUNT]; /* of the identity */
    struct arena *texts;                /* of the bucket at hand */
};

static const char *vantage_name(struct maker *maker,
                                const struct vantage *vantage)
{
    if (vantage == NULL)
        return NULL;
    if (vantage->kind == VANTAGE_POD && vantage->pod != NULL)
        return arena_format(maker->texts, "pod %s", vantage->pod);
    return arena_format(maker->texts, "%s %s",
                        vantage->node != NULL ? vantage->node : "?",
                        vantage->name != NULL ? vantage->name : "?");
}

static const char *last_state(struct maker *maker,
                              const struct judgement *judgement)
{
    const struct member *last = judgement->last_seen;
    const char *inner;
    const char *outer;

    if (last == NULL)
        return NULL;
    inner = judgement->is_answer_lost ? last->response_checksum
                                      : last->query_checksum;
    outer =
        judgement->is_answer_lost ? last->response_outer : last->query_outer;
    if (outer == NULL)
        return inner;
    return arena_format(maker->texts, "%s/%s", inner != NULL ? inner : "",
                        outer);
}

static int64_t known(int value)
{
    return value < 0 ? ABSENT : value;
}

static bool insert_sightings(struct maker *maker,
                             const struct exchange_view *view,
                             struct failure *failure)
{
    bool ok = true;

    for (size_t i = 0; ok && i < view->count; i++) {
        const struct member *member = &view->members[i];
        struct sql_row *row = &maker->insert_sighting;

        sql_put_integer(row, maker->last_id);
        sql_put_text(row, view->is_connection ? "tcp" : "dns");
        sql_put_integer(row, member->vantage->evidence_id);
        sql_put_integer(row, member->number);
        sql_put_integer(row, member->stop);
        ok = sql_row_done(row, failure);
    }
    return ok;
}

static void bind_parties(struct maker *maker, const struct parties *parties,
                         const struct exchange_view *view,
                         const char *transport)
{
    struct sql_row *row = &maker->insert;
    static const struct address none;

    sql_put_text(row,
                 parties_leg(&maker->owners, parties,
                             parties_class(&maker->owners, parties->server),
                             transport));
    sql_put_text(row, transport);
    sql_put_address(row, &parties->client->client);
    sql_put_integer(row, parties->client->client_port);
    sql_put_text(row, parties_client_kind(parties));
    sql_put_text(row, parties->client_owner->name);
    sql_put_text(row, view->ends.client_node);
    sql_put_address(row, parties->service != NULL ? &parties->service->server
                                                  : &none);
    sql_put_address(row, &parties->server->server);
    sql_put_text(row, parties->server_owner->name);
    sql_put_text(row, view->ends.server_node);
    sql_put_text(row, parties_path(parties, &view->ends));
    sql_put_text(row, parties_via(parties));
}

struct tries {
    int64_t count;
    int64_t last_ns;
};

/* The most that one place saw: an answer that passes ends a row, and a repeat
 * after it is a row of its own. */
static struct tries count_tries(const struct exchange_view *view,
                                const struct member *near)
{
    struct tries tries = { .last_ns = near->last_asked_ns };

    for (size_t i = 0; i < view->count; i++) {
        const struct member *first = &view->members[i];
        int64_t count = 0;

        for (size_t k = 0; k < view->count; k++)
            if (member_is_repeat(first, &view->members[k]))
                count += view->members[k].attempts;
        if (count > tries.count)
            tries.count = count;
        if (member_is_repeat(first, near) &&
            first->last_asked_ns > tries.last_ns)
            tries.last_ns = first->last_asked_ns;
    }
    return tries;
}

static void bind_judgement(struct maker *maker,
                           const struct exchange_view *view,
                           const struct judgement *judgement)
{
    struct sql_row *row = &maker->insert;
    const struct member *near = judgement->near;
    struct tries tries = count_tries(view, near);

    sql_put_integer(row, view->is_connection ? ABSENT : near->dns_id);
    sql_put_text(row, near->qname);
    sql_put_text(row, near->qtype);
    sql_put_integer(row, near->asked_ns);
    sql_put_integer(row, tries.last_ns);
    sql_put_integer(row, strcmp(judgement->outcome, "answered") == 0
                             ? near->answered_ns
                             : ABSENT);
    sql_put_integer(row, tries.count);
    sql_put_text(row, judgement->outcome);
    sql_put_text(row, judgement->failure);
    sql_put_text(row, judgement->rcode);
    sql_put_integer(row, 0); /* phase.c tells */
    sql_put_integer(row, judgement->response_bytes);
    sql_put_integer(row, known(judgement->server_saw_query));
    sql_put_integer(row, known(judgement->server_sent_answer));
    sql_put_text(row, judgement->last_seen == NULL
                          ? NULL
                          : vantage_name(maker, judgement->last_seen->vantage));
    sql_put_text(row, last_state(maker, judgement));
    sql_put_text(row, vantage_name(maker, judgement->first_missing));
    sql_put_integer(row, near->vantage->evidence_id);
    sql_put_integer(row, near->query_frame != ABSENT ? near->query_frame
                                                     : near->response_frame);
}

static bool add_exchange(struct maker *maker, struct member *members,
                         size_t count, const char *transport,
                         struct failure *failure)
{
    struct exchange_view view = {
        .members = members,
        .count = count,
        .is_connection = maker->is_connection,
        .is_datagram = strcmp(transport, "udp") == 0,
    };
    struct parties parties;
    struct judgement judgement;

    parties_find(&maker->owners, members, count, &view.ends, &parties);
    view.partial_is_dropped_at_client =
        partial_is_dropped(&maker->partial, view.ends.client_node);
    view.partial_is_dropped_at_server =
        partial_is_dropped(&maker->partial, view.ends.server_node);
    judge_exchange(&maker->coverage, &view, &judgement);
    if (maker->is_connection && strcmp(judgement.outcome, "answered") == 0)
        return true; /* it opened: its questions speak for themselves */
    if (judgement.near->asked_ns == ABSENT)
        return true; /* only answers were seen: nobody can say who asked */
    maker->last_id++;
    sql_put_integer(&maker->insert, maker->last_id);
    bind_parties(maker, &parties, &view, transport);
    bind_judgement(maker, &view, &judgement);
    return sql_row_done(&maker->insert, failure) &&
           insert_sightings(maker, &view, failure);
}

static int64_t first_time(const struct member *member)
{
    return member->asked_ns != ABSENT ? member->asked_ns : member->answered_ns;
}

static int64_t last_time(const struct member *member)
{
    int64_t last = member->last_asked_ns;

    return member->answered_ns > last ? member->answered_ns : last;
}

/* Two rows of one place with other clients are two questions that share an
 * identity by chance. */
static bool conflicts(const struct member *members, size_t count,
                      const struct member *other)
{
    for (size_t i = 0; i < count; i++)
        if (members[i].vantage == other->vantage &&
            members[i].depth == other->depth &&
            (members[i].client_port != other->client_port ||
             !address_equals(&members[i].client, &other->client)) &&
            address_equals(&members[i].server, &other->server))
            return true;
    return false;
}

/* Rows beyond the bound are not lost in silence: anomaly says how many. */
static bool report_left_out(struct maker *maker, struct bucket *bucket,
                            struct failure *failure)
{
    struct sql_row *row = &maker->insert_anomaly;
    const struct member *first = &bucket->members[0];

    if (bucket->left_out == 0)
        return true;
    sql_put_integer(row, first->vantage->evidence_id);
    sql_put_text(row, "correlate.too-many-sightings");
    sql_put_integer(row, first->query_frame);
    sql_put_integer(row, ABSENT);
    sql_put_integer(row, ABSENT);
    sql_put_integer(row, bucket->left_out);
    sql_put_text(row, "of one question; the rest is left out");
    return sql_row_done(row, failure);
}

static bool flush(struct maker *maker, struct bucket *bucket,
                  struct failure *failure)
{
    bool ok = true;

    maker->texts = &bucket->texts;
    if (bucket->count > 0)
        ok = add_exchange(maker, bucket->members, bucket->count,
                          maker->transport, failure) &&
             report_left_out(maker, bucket, failure);
    bucket->count = 0;
    bucket->left_out = 0;
    arena_reset(&bucket->texts);
    return ok;
}

static bool flush_all(struct maker *maker, struct failure *failure)
{
    bool ok = true;

    for (size_t i = 0; ok && i < CLASS_COUNT; i++)
        ok = flush(maker, &maker->buckets[i], failure);
    return ok;
}

/* Times are put on the reference clock in SQL, so that rows come in its
 * order. */
static const char questions_sql[] =
    "SELECT d.identity, d.transport, d.evidence_id, d.interface, d.number,"
    " d.depth, d.client, d.client_port, d.server, d.server_port, d.dns_id,"
    " d.qname, d.qtype, d.rcode, d.state,"
    " d.asked_ns + coalesce(c.offset_ns, 0),"
    " d.last_asked_ns + coalesce(c.offset_ns, 0),"
    " d.answered_ns + coalesce(c.offset_ns, 0), d.attempts, d.query_frame,"
    " d.response_frame, d.response_bytes, d.query_checksum,"
    " d.response_checksum, d.query_outer_checksum, d.response_outer_checksum,"
    " 0, 0"
    " FROM dns_exchange AS d"
    " LEFT JOIN vantage AS v ON v.evidence_id = d.evidence_id"
    "  AND v.interface = d.interface"
    " LEFT JOIN clock_offset AS c ON c.node = v.node"
    " WHERE d.server_port = 53 AND d.state <> 'malformed'"
    " ORDER BY d.identity,"
    "  coalesce(d.asked_ns, d.answered_ns) + coalesce(c.offset_ns, 0),"
    "  d.evidence_id, d.number";

static const char connections_sql[] =
    "SELECT t.identity, 'tcp', t.evidence_id, t.interface, t.number,"
    " t.depth, t.client, t.client_port, t.server, t.server_port, NULL,"
    " NULL, NULL, NULL, NULL, t.syn_ns + coalesce(c.offset_ns, 0),"
    " coalesce(t.last_syn_ns, t.syn_ns) + coalesce(c.offset_ns, 0),"
    " t.syn_ack_ns + coalesce(c.offset_ns, 0), t.syns, t.syn_frame,"
    " t.syn_ack_frame, NULL, t.syn_checksum, t.syn_ack_checksum,"
    " t.syn_outer_checksum, t.syn_ack_outer_checksum, t.is_established,"
    " coalesce(t.closed_by = 'server-reset' AND t.is_established = 0, 0)"
    " FROM tcp_connection AS t"
    " LEFT JOIN vantage AS v ON v.evidence_id = t.evidence_id"
    "  AND v.interface = t.interface"
    " LEFT JOIN clock_offset AS c ON c.node = v.node"
    " WHERE t.server_port = 53 AND t.syns > 0"
    " ORDER BY t.identity, t.syn_ns + coalesce(c.offset_ns, 0),"
    "  t.evidence_id, t.number";

/* All but texts, which belong to the bucket that the rest decides. */
static void read_numbers(struct maker *maker, struct sqlite3_stmt *row,
                         struct member *member)
{
    *member = (struct member){
        .vantage = coverage_find(&maker->coverage, sql_integer(row, 2),
                                 sql_integer(row, 3)),
        .number = sql_integer(row, 4),
        .depth = sql_integer(row, 5),
        .client = sql_address(row, 6),
        .client_port = sql_integer(row, 7),
        .server = sql_address(row, 8),
        .server_port = sql_integer(row, 9),
        .dns_id = sql_integer(row, 10),
        .asked_ns = sql_integer(row, 15),
        .last_asked_ns = sql_integer(row, 16),
        .answered_ns = sql_integer(row, 17),
        .attempts = sql_integer(row, 18),
        .query_frame = sql_integer(row, 19),
        .response_frame = sql_integer(row, 20),
        .response_bytes = sql_integer(row, 21),
        .is_established = sql_integer(row, 26) == 1,
        .is_refused = sql_integer(row, 27) == 1,
        .stop = STOP_UNKNOWN,
    };
}

static void read_texts(struct arena *texts, struct sqlite3_stmt *row,
                       struct member *member)
{
    member->qname = sql_text(texts, row, 11);
    member->qtype = sql_text(texts, row, 12);
    member->rcode = sql_text(texts, row, 13);
    member->state = sql_text(texts, row, 14);
    member->query_checksum = sql_text(texts, row, 22);
    member->response_checksum = sql_text(texts, row, 23);
    member->query_outer = sql_text(texts, row, 24);
    member->response_outer = sql_text(texts, row, 25);
}

/* Rows of one identity come in time order: what comes long after the others,
 * or from another client, begins another question. */
static bool take(struct maker *maker, struct sqlite3_stmt *row,
                 struct failure *failure)
{
    struct member member;
    struct bucket *bucket;

    read_numbers(maker, row, &member);
    if (member.vantage == NULL)
        return true;
    bucket = &maker->buckets[parties_class(&maker->owners, &member)];
    if (bucket->count > 0 &&
        (first_time(&member) - bucket->last_ns > ONE_QUESTION_NS ||
         conflicts(bucket->members, bucket->count, &member)) &&
        !flush(maker, bucket, failure))
        return false;
    if (bucket->count == 0 || last_time(&member) > bucket->last_ns)
        bucket->last_ns = last_time(&member);
    if (bucket->count == MEMBERS_MAX) {
        bucket->left_out++;
        return true;
    }
    read_texts(&bucket->texts, row, &member);
    bucket->members[bucket->count++] = member;
    return true;
}

static bool make_from(struct maker *maker, const char *sql,
                      struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(maker->database, sql, failure);
    bool ok = rows != NULL;
    int64_t identity = 0;

    while (ok && sql_next(rows, &ok, failure)) {
        int64_t next = sql_integer(rows, 0);

        if (next != identity)
            ok = flush_all(maker, failure);
        identity = next;
        strncpy(maker->transport, (const char *)sqlite3_column_text(rows, 1),
                sizeof maker->transport - 1);
        ok = ok && take(maker, rows, failure);
    }
    sqlite3_finalize(rows);
    return ok && flush_all(maker, failure);
}

bool exchange_make(struct sqlite3 *database, struct failure *failure)
{
    struct maker *maker = memory_allocate(1, sizeof *maker);
    bool ok;

    maker->database = database;
    arena_init(&maker->arena);
    for (size_t i = 0; i < CLASS_COUNT; i++)
        arena_init(&maker->buckets[i].texts);
    ok = owners_load(&maker->owners, database, &maker->arena, failure) &&
         coverage_load(&maker->coverage, database, &maker->arena, failure) &&
         partial_load(&maker->partial, database, &maker->arena, failure);
    if (ok) {
        ok = sql_row_open(&maker->insert, database, "exchange", failure) &&
             sql_row_open(&maker->insert_sighting, database, "sighting",
                          failure) &&
             sql_row_open(&maker->insert_anomaly, database, "anomaly", failure);
    }
    if (ok)
        ok = make_from(maker, questions_sql, failure);
    maker->is_connection = true;
    if (ok)
        ok = make_from(maker, connections_sql, failure);
    sql_row_close(&maker->insert);
    sql_row_close(&maker->insert_sighting);
    sql_row_close(&maker->insert_anomaly);
    partial_deinit(&maker->partial);
    coverage_deinit(&maker->coverage);
    owners_deinit(&maker->owners);
    for (size_t i = 0; i < CLASS_COUNT; i++)
        arena_deinit(&maker->buckets[i].texts);
    arena_deinit(&maker->arena);
    free(maker);
    return ok;
}
