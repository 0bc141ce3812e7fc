#include "correlate/judge.h"

#include "store/rows.h"

#include <string.h>

enum {
    /* A capture that ends sooner than this after the last question cannot
     * tell whether an answer came: resolvers wait 2 to 5 s. */
    PATIENCE_MS = 2000,
    /* A repeat this soon after an answer may have crossed it on the way; the
     * shortest timeout that resolvers take is 1 s. */
    CROSSING_MS = 500,
};

#define NS_PER_MS INT64_C(1000000)

static bool is(const char *text, const char *expected)
{
    return text != NULL && strcmp(text, expected) == 0;
}

/* The lowest stop that saw the question; one that saw the answer as well wins
 * among equals, as two captures of one interface may differ in what they
 * dropped. */
static const struct member *nearest(const struct exchange_view *view)
{
    const struct member *best = NULL;

    for (size_t i = 0; i < view->count; i++) {
        const struct member *member = &view->members[i];
        int stop = member->stop == STOP_UNKNOWN ? STOP_COUNT : member->stop;
        int best_stop = best == NULL                 ? STOP_COUNT + 1
                        : best->stop == STOP_UNKNOWN ? STOP_COUNT
                                                     : best->stop;

        if (member->asked_ns == ABSENT)
            continue;
        if (stop < best_stop ||
            (stop == best_stop && best->answered_ns == ABSENT &&
             member->answered_ns != ABSENT))
            best = member;
    }
    return best != NULL ? best : &view->members[0];
}

static const struct member *farthest_query(const struct exchange_view *view)
{
    const struct member *best = NULL;

    for (size_t i = 0; i < view->count; i++) {
        const struct member *member = &view->members[i];

        if (member->asked_ns != ABSENT &&
            (best == NULL || member->stop > best->stop))
            best = member;
    }
    return best;
}

/* The last place that saw the answer on its way to the client. */
static const struct member *nearest_answer(const struct exchange_view *view)
{
    const struct member *best = NULL;

    for (size_t i = 0; i < view->count; i++) {
        const struct member *member = &view->members[i];
        bool is_nearer =
            best == NULL || best->stop == STOP_UNKNOWN ||
            (member->stop != STOP_UNKNOWN && member->stop < best->stop);

        if (member->answered_ns != ABSENT && is_nearer)
            best = member;
    }
    return best;
}

/* A packet that came in damaged: `is_arrival` says that the place is at the
 * receiving node, where an unfinished checksum is no sender's artefact. */
static bool is_damaged(const char *checksum, const char *outer, bool is_arrival,
                       bool partial_is_dropped)
{
    if (is(checksum, "bad") || is(outer, "bad"))
        return true;
    return is_arrival && partial_is_dropped &&
           (is(checksum, "partial") || is(outer, "partial"));
}

static bool is_remote(const struct exchange_view *view)
{
    const struct route_ends *ends = &view->ends;

    return ends->client_node != NULL && ends->server_node != NULL &&
           strcmp(ends->client_node, ends->server_node) != 0;
}

static bool answer_is_damaged(const struct exchange_view *view,
                              const struct member *member)
{
    return is_damaged(member->response_checksum, member->response_outer,
                      is_remote(view) && member->stop >= 0 &&
                          member->stop <= STOP_CLIENT_LAST,
                      view->partial_is_dropped_at_client);
}

static bool query_is_damaged(const struct exchange_view *view,
                             const struct member *member)
{
    return is_damaged(member->query_checksum, member->query_outer,
                      is_remote(view) && member->stop > STOP_CLIENT_LAST,
                      view->partial_is_dropped_at_server);
}

static bool is_error_code(const char *rcode)
{
    return rcode != NULL && strcmp(rcode, "NOERROR") != 0 &&
           strcmp(rcode, "NXDOMAIN") != 0;
}

static bool saw_answer(const struct exchange_view *view,
                       const struct member *near)
{
    return view->is_connection ? near->is_established
                               : near->answered_ns != ABSENT;
}

bool member_is_repeat(const struct member *a, const struct member *b)
{
    return a->vantage == b->vantage && a->depth == b->depth &&
           a->client_port == b->client_port &&
           address_equals(&a->client, &b->client) &&
           address_equals(&a->server, &b->server);
}

/* Whoever asks the same again from the same port did not get the answer that
 * passed here. At the client itself it arrived, whatever the client did with
 * it; and after an error code (SERVFAIL) glibc asks again. */
static bool was_asked_again(const struct exchange_view *view,
                            const struct member *near)
{
    if (!view->is_datagram || near->answered_ns == ABSENT || near->stop == 0 ||
        near->stop == 1 || is_error_code(near->rcode))
        return false;
    for (size_t i = 0; i < view->count; i++) {
        const struct member *again = &view->members[i];

        if (again->asked_ns != ABSENT && member_is_repeat(near, again) &&
            again->asked_ns >= near->answered_ns + CROSSING_MS * NS_PER_MS)
            return true;
    }
    return false;
}

/* Somebody nearer to the server saw an answer that this place had no chance
 * to see, as its capture had ended. */
static bool ended_too_early(const struct member *near, int64_t answered_ns)
{
    return !vantage_covers(near->vantage, answered_ns);
}

static void find_query_fate(const struct coverage *coverage,
                            const struct exchange_view *view,
                            struct judgement *judgement)
{
    const struct member *last = farthest_query(view);

    judgement->last_seen = last;
    if (last == NULL || last->stop == STOP_UNKNOWN)
        return;
    for (int stop = last->stop + 1; stop < STOP_COUNT; stop++) {
        judgement->first_missing =
            coverage_at_stop(coverage, &view->ends, stop, last->asked_ns);
        if (judgement->first_missing != NULL)
            return;
    }
}

static void find_answer_fate(const struct coverage *coverage,
                             const struct exchange_view *view,
                             struct judgement *judgement)
{
    const struct member *last = nearest_answer(view);

    judgement->last_seen = last;
    judgement->is_answer_lost = true;
    if (last == NULL || last->stop == STOP_UNKNOWN)
        return;
    for (int stop = last->stop - 1; stop >= 0; stop--) {
        judgement->first_missing =
            coverage_at_stop(coverage, &view->ends, stop, last->answered_ns);
        if (judgement->first_missing != NULL)
            return;
    }
}

static void judge_server(const struct coverage *coverage,
                         const struct exchange_view *view,
                         struct judgement *judgement)
{
    const struct member *query = farthest_query(view);
    bool has_answer = nearest_answer(view) != NULL;
    bool was_watched =
        query != NULL &&
        (coverage_at_stop(coverage, &view->ends, STOP_SERVER_NEAR,
                          query->asked_ns) != NULL ||
         coverage_at_stop(coverage, &view->ends, STOP_SERVER_NEAR + 1,
                          query->asked_ns) != NULL);
    bool is_near = query != NULL && query->stop >= STOP_SERVER_NEAR;

    judgement->server_saw_query = is_near || has_answer ? 1
                                  : was_watched         ? 0
                                                        : -1;
    judgement->server_sent_answer = has_answer ? 1 : is_near ? 0 : -1;
}

static void judge_unanswered(const struct coverage *coverage,
                             const struct exchange_view *view,
                             struct judgement *judgement)
{
    const struct member *near = judgement->near;
    const struct member *answer = nearest_answer(view);

    judgement->outcome = "failed";
    if (near->is_refused) {
        judgement->failure = "refused";
        judgement->last_seen = near;
        return;
    }
    if (answer != NULL) {
        find_answer_fate(coverage, view, judgement);
        judgement->failure =
            answer_is_damaged(view, answer) ? "answer-damaged" : "answer-lost";
        return;
    }
    find_query_fate(coverage, view, judgement);
    if (judgement->last_seen != NULL &&
        query_is_damaged(view, judgement->last_seen))
        judgement->failure = "query-damaged";
    else if (judgement->server_saw_query != 1 &&
             judgement->first_missing != NULL)
        judgement->failure = "query-lost";
    else
        judgement->failure = "no-answer";
}

static void judge_answered(const struct exchange_view *view,
                           struct judgement *judgement)
{
    const struct member *near = judgement->near;

    if (!view->is_connection && answer_is_damaged(view, near)) {
        judgement->outcome = "failed";
        judgement->failure = "answer-damaged";
        judgement->last_seen = near;
        judgement->is_answer_lost = true;
    } else if (is(near->state, "late")) {
        judgement->outcome = "late";
    } else if (is_error_code(near->rcode)) {
        judgement->outcome = "failed";
        judgement->failure = "error-code";
        judgement->last_seen = near;
    } else {
        judgement->outcome = "answered";
    }
}

void judge_exchange(const struct coverage *coverage,
                    const struct exchange_view *view,
                    struct judgement *judgement)
{
    const struct member *near = nearest(view);
    const struct member *answer = nearest_answer(view);

    *judgement = (struct judgement){
        .near = near,
        .response_bytes = ABSENT,
    };
    for (size_t i = 0; i < view->count; i++)
        if (view->members[i].response_bytes > judgement->response_bytes)
            judgement->response_bytes = view->members[i].response_bytes;
    judge_server(coverage, view, judgement);
    judgement->rcode = answer != NULL ? answer->rcode : NULL;

    if (was_asked_again(view, near)) {
        judge_unanswered(coverage, view, judgement);
    } else if (saw_answer(view, near)) {
        judge_answered(view, judgement);
    } else if (answer != NULL && answer != near &&
               ended_too_early(near, answer->answered_ns)) {
        judgement->near = answer;
        judge_answered(view, judgement);
    } else if (answer == NULL && !near->is_refused &&
               near->last_asked_ns != ABSENT &&
               !vantage_covers(near->vantage,
                               near->last_asked_ns + PATIENCE_MS * NS_PER_MS)) {
        judgement->outcome = "unknown";
    } else {
        judge_unanswered(coverage, view, judgement);
    }
}
