#include "correlate/gather.h"

#include "correlate/backends.h"
#include "correlate/parties.h"
#include "correlate/sql.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define NS_PER_SECOND INT64_C(1000000000)

enum {
    /* A question asked again under the same identity after this long is
     * another question: glibc gives up after 20 s with two servers. */
    ONE_QUESTION_SECONDS = 25,
    /* Not if nobody answered it and the client is the same, or it was seen
     * only as an answer: RES_MAXRETRANS is 30 s, and the tracker takes tries
     * within 60 s for one. */
    ONE_PATIENCE_SECONDS = 65,
    /* The last SYN of tcp_syn_retries 6 comes 32 s after the one before, that
     * of 7 comes 64 s after. */
    ONE_CONNECTION_SECONDS = 65,
    CLASS_COUNT = 3, /* of enum server_class */
};

/* What was seen so far of one question to one class of server: a cache asks
 * on under the id it was asked with, so that classes are told apart. */
struct bucket {
    struct arena texts;
    struct member members[MEMBERS_MAX];
    size_t count;
    int64_t last_ns;
    bool has_answer;
    int64_t left_out;
};

struct gatherer {
    const struct gather_from *from;
    bool is_connection;
    char transport[4];                  /* of the identity */
    struct bucket buckets[CLASS_COUNT]; /* of the identity */
};

/* Rows of one identity come in the order of the reference clock: what is
 * ordered by ends with a row's own time, and the place's offset is added. */
static const char questions_sql[] =
    "SELECT d.identity, d.transport, d.evidence_id, d.interface, d.number,"
    " d.depth, d.client, d.client_port, d.server, d.server_port, d.dns_id,"
    " d.qname, d.qtype, d.rcode, d.state, d.asked_ns, d.last_asked_ns,"
    " d.answered_ns, d.attempts, d.query_frame, d.response_frame,"
    " d.response_bytes, d.query_checksum, d.response_checksum,"
    " d.query_outer_checksum, d.response_outer_checksum, 0, 0,"
    " coalesce(d.is_truncated, 0)"
    " FROM dns_exchange AS d"
    " WHERE d.server_port IN (SELECT port FROM dns_port)"
    "  AND d.state <> 'malformed'"
    " ORDER BY d.identity, coalesce(d.asked_ns, d.answered_ns)";

static const char connections_sql[] =
    "SELECT d.identity, 'tcp', d.evidence_id, d.interface, d.number,"
    " d.depth, d.client, d.client_port, d.server, d.server_port, NULL,"
    " NULL, NULL, NULL, NULL, d.syn_ns, coalesce(d.last_syn_ns, d.syn_ns),"
    " d.syn_ack_ns, d.syns, d.syn_frame, d.syn_ack_frame, NULL,"
    " d.syn_checksum, d.syn_ack_checksum, d.syn_outer_checksum,"
    " d.syn_ack_outer_checksum, d.is_established,"
    " coalesce(d.closed_by = 'server-reset' AND d.is_established = 0, 0), 0"
    " FROM tcp_connection AS d"
    " WHERE d.server_port IN (SELECT port FROM dns_port) AND d.syns > 0"
    " ORDER BY d.identity, d.syn_ns";

static const char no_offset[] = "0";
static const char offset[] =
    "coalesce((SELECT c.offset_ns FROM vantage AS v JOIN clock_offset AS c"
    " ON c.node = v.node WHERE v.evidence_id = d.evidence_id"
    " AND v.interface = d.interface), 0)";

static bool has_offsets(const struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->count; i++)
        if (coverage->list[i].offset_ns != 0)
            return true;
    return false;
}

static int64_t on_reference(const struct vantage *vantage, int64_t at_ns)
{
    return at_ns == ABSENT || vantage == NULL ? at_ns
                                              : at_ns + vantage->offset_ns;
}

/* All but texts, which belong to the bucket that the rest decides. */
static void read_numbers(const struct gatherer *gatherer,
                         struct sqlite3_stmt *row, struct member *member)
{
    const struct vantage *vantage = coverage_find(
        gatherer->from->coverage, sql_integer(row, 2), sql_integer(row, 3));

    *member = (struct member){
        .vantage = vantage,
        .number = sql_integer(row, 4),
        .depth = sql_integer(row, 5),
        .client = sql_address(row, 6),
        .client_port = sql_integer(row, 7),
        .server = sql_address(row, 8),
        .server_port = sql_integer(row, 9),
        .dns_id = sql_integer(row, 10),
        .asked_ns = on_reference(vantage, sql_integer(row, 15)),
        .last_asked_ns = on_reference(vantage, sql_integer(row, 16)),
        .answered_ns = on_reference(vantage, sql_integer(row, 17)),
        .attempts = sql_integer(row, 18),
        .query_frame = sql_integer(row, 19),
        .response_frame = sql_integer(row, 20),
        .response_bytes = sql_integer(row, 21),
        .is_established = sql_integer(row, 26) == 1,
        .is_refused = sql_integer(row, 27) == 1,
        .is_truncated = sql_integer(row, 28) == 1,
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

/* True if it is one of the question's own packets, however late. */
static bool is_late_part(const struct bucket *bucket,
                         const struct member *member)
{
    if (bucket->has_answer)
        return false;
    if (member->asked_ns == ABSENT)
        return true;
    for (size_t i = 0; i < bucket->count; i++)
        if (bucket->members[i].client_port == member->client_port &&
            address_equals(&bucket->members[i].client, &member->client) &&
            address_equals(&bucket->members[i].server, &member->server))
            return true;
    return false;
}

static bool begins_another(const struct gatherer *gatherer,
                           const struct bucket *bucket,
                           const struct member *member)
{
    int64_t pause_ns = first_time(member) - bucket->last_ns;
    int64_t seconds = gatherer->is_connection        ? ONE_CONNECTION_SECONDS
                      : is_late_part(bucket, member) ? ONE_PATIENCE_SECONDS
                                                     : ONE_QUESTION_SECONDS;

    return pause_ns > seconds * NS_PER_SECOND ||
           conflicts(bucket->members, bucket->count, member);
}

static bool flush(struct gatherer *gatherer, struct bucket *bucket,
                  struct failure *failure)
{
    struct gathered gathered = {
        .members = bucket->members,
        .is_connection = gatherer->is_connection,
        .transport = gatherer->transport,
        .left_out = bucket->left_out,
        .texts = &bucket->texts,
    };
    size_t left = bucket->count;
    bool ok = true;

    while (ok && left > 0) {
        gathered.count =
            backends_part(gatherer->from->owners, gathered.members, left);
        ok = gatherer->from->take(gatherer->from->context, &gathered, failure);
        gathered.members += gathered.count;
        gathered.left_out = 0;
        left -= gathered.count;
    }
    bucket->count = 0;
    bucket->has_answer = false;
    bucket->left_out = 0;
    arena_reset(&bucket->texts);
    return ok;
}

static bool flush_all(struct gatherer *gatherer, struct failure *failure)
{
    bool ok = true;

    for (size_t i = 0; ok && i < CLASS_COUNT; i++)
        ok = flush(gatherer, &gatherer->buckets[i], failure);
    return ok;
}

/* Rows of one identity come in time order: what comes long after the others,
 * or from another client, begins another question. */
static bool take(struct gatherer *gatherer, struct sqlite3_stmt *row,
                 struct failure *failure)
{
    struct member member;
    struct bucket *bucket;

    read_numbers(gatherer, row, &member);
    if (member.vantage == NULL)
        return true;
    bucket = &gatherer->buckets[parties_class(gatherer->from->owners, &member)];
    if (bucket->count > 0 && begins_another(gatherer, bucket, &member) &&
        !flush(gatherer, bucket, failure))
        return false;
    if (bucket->count == 0 || last_time(&member) > bucket->last_ns)
        bucket->last_ns = last_time(&member);
    bucket->has_answer |= member.answered_ns != ABSENT;
    if (bucket->count == MEMBERS_MAX) {
        bucket->left_out++;
        return true;
    }
    read_texts(&bucket->texts, row, &member);
    bucket->members[bucket->count++] = member;
    return true;
}

static bool gather(struct gatherer *gatherer, const char *sql,
                   struct failure *failure)
{
    const struct gather_from *from = gatherer->from;
    struct arena arena;
    struct sqlite3_stmt *rows;
    int64_t identity = 0;
    bool ok;

    arena_init(&arena);
    rows = sql_prepare(
        from->database,
        arena_format(&arena, "%s + %s, d.evidence_id, d.number", sql,
                     has_offsets(from->coverage) ? offset : no_offset),
        failure);
    arena_deinit(&arena);
    ok = rows != NULL;

    while (ok && sql_next(rows, &ok, failure)) {
        int64_t next = sql_integer(rows, 0);

        if (next != identity)
            ok = flush_all(gatherer, failure);
        identity = next;
        strncpy(gatherer->transport, (const char *)sqlite3_column_text(rows, 1),
                sizeof gatherer->transport - 1);
        ok = ok && take(gatherer, rows, failure);
    }
    sqlite3_finalize(rows);
    return ok && flush_all(gatherer, failure);
}

bool gather_all(const struct gather_from *from, struct failure *failure)
{
    struct gatherer *gatherer = memory_allocate(1, sizeof *gatherer);
    bool ok;

    gatherer->from = from;
    for (size_t i = 0; i < CLASS_COUNT; i++)
        arena_init(&gatherer->buckets[i].texts);
    ok = gather(gatherer, questions_sql, failure);
    gatherer->is_connection = true;
    ok = ok && gather(gatherer, connections_sql, failure);
    for (size_t i = 0; i < CLASS_COUNT; i++)
        arena_deinit(&gatherer->buckets[i].texts);
    free(gatherer);
    return ok;
}
