#include "correlate/exchange.h"

#include "correlate/gather.h"
#include "correlate/partial.h"
#include "correlate/parties.h"
#include "correlate/sql.h"
#include "correlate/tries.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct maker {
    struct arena arena; /* lives as long as the maker */
    struct owners owners;
    struct coverage coverage;
    struct partial_nodes partial;
    struct sql_row insert;          /* in the order of exchange's columns */
    struct sql_row insert_sighting; /* and of sighting's */
    struct sql_row insert_anomaly;
    int64_t last_id;
    struct arena *texts; /* of what was gathered */
};

static const char *vantage_name(struct maker *maker,
                                const struct vantage *vantage)
{
    if (vantage == NULL)
        return NULL;
    if (vantage->kind == VANTAGE_POD && vantage->pod != NULL)
        return arena_format(maker->texts, "pod %s", vantage->pod);
    if (vantage->node == NULL && vantage->name == NULL)
        return vantage->path;
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

static void bind_judgement(struct maker *maker,
                           const struct exchange_view *view,
                           const struct judgement *judgement)
{
    struct sql_row *row = &maker->insert;
    const struct member *near = judgement->near;
    struct tries tries = tries_count(view, near);

    sql_put_integer(row, view->is_connection ? ABSENT : near->dns_id);
    sql_put_text(row, near->qname);
    sql_put_text(row, near->qtype);
    sql_put_integer(row, near->asked_ns);
    sql_put_integer(row, tries.last_ns);
    sql_put_integer(row, judgement->answer != NULL
                             ? judgement->answer->answered_ns
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

/* Rows beyond the bound are not lost in silence: anomaly says how many. */
static bool report_left_out(struct maker *maker,
                            const struct gathered *gathered,
                            struct failure *failure)
{
    struct sql_row *row = &maker->insert_anomaly;
    const struct member *first = &gathered->members[0];

    if (gathered->left_out == 0)
        return true;
    sql_put_integer(row, first->vantage->evidence_id);
    sql_put_text(row, "correlate.too-many-sightings");
    sql_put_integer(row, first->query_frame);
    sql_put_integer(row, ABSENT);
    sql_put_integer(row, ABSENT);
    sql_put_integer(row, gathered->left_out);
    sql_put_text(row, "of one question; the rest is left out");
    return sql_row_done(row, failure);
}

static bool take(void *context, struct gathered *gathered,
                 struct failure *failure)
{
    struct maker *maker = context;
    struct exchange_view view = {
        .members = gathered->members,
        .count = gathered->count,
        .is_connection = gathered->is_connection,
        .is_datagram = strcmp(gathered->transport, "udp") == 0,
    };
    struct parties parties;
    struct judgement judgement;

    maker->texts = gathered->texts;
    if (!report_left_out(maker, gathered, failure))
        return false;
    parties_find(&maker->owners, gathered->members, gathered->count, &view.ends,
                 &parties);
    view.partial_is_dropped_at_client =
        partial_is_dropped(&maker->partial, view.ends.client_node);
    view.partial_is_dropped_at_server =
        partial_is_dropped(&maker->partial, view.ends.server_node);
    judge_exchange(&maker->coverage, &view, &judgement);
    if (view.is_connection && strcmp(judgement.outcome, "answered") == 0)
        return true; /* it opened: its questions speak for themselves */
    if (judgement.near->asked_ns == ABSENT)
        return true; /* only answers were seen: nobody can say who asked */
    maker->last_id++;
    sql_put_integer(&maker->insert, maker->last_id);
    bind_parties(maker, &parties, &view, gathered->transport);
    bind_judgement(maker, &view, &judgement);
    return sql_row_done(&maker->insert, failure) &&
           insert_sightings(maker, &view, failure);
}

static bool open_rows(struct maker *maker, struct sqlite3 *database,
                      struct failure *failure)
{
    return sql_row_open(&maker->insert, database, "exchange", failure) &&
           sql_row_open(&maker->insert_sighting, database, "sighting",
                        failure) &&
           sql_row_open(&maker->insert_anomaly, database, "anomaly", failure);
}

bool exchange_make(struct sqlite3 *database, struct failure *failure)
{
    struct maker maker = { 0 };
    bool ok;

    arena_init(&maker.arena);
    ok = owners_load(&maker.owners, database, &maker.arena, failure) &&
         coverage_load(&maker.coverage, database, &maker.arena, failure) &&
         partial_load(&maker.partial, database, &maker.arena, failure) &&
         open_rows(&maker, database, failure) &&
         gather_all(&(struct gather_from){ .database = database,
                                           .owners = &maker.owners,
                                           .coverage = &maker.coverage,
                                           .take = take,
                                           .context = &maker },
                    failure);
    sql_row_close(&maker.insert);
    sql_row_close(&maker.insert_sighting);
    sql_row_close(&maker.insert_anomaly);
    partial_deinit(&maker.partial);
    coverage_deinit(&maker.coverage);
    owners_deinit(&maker.owners);
    arena_deinit(&maker.arena);
    return ok;
}
