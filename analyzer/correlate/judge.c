#include "correlate/judge.h"

#include "correlate/tries.h"
#include "correlate/witness.h"
#include "store/rows.h"

#include <string.h>

enum {
    /* A capture that ends sooner than this after the last question cannot
     * tell whether an answer came: resolvers wait 2 to 5 s. */
    PATIENCE_MS = 2000,
};

#define NS_PER_MS INT64_C(1000000)

static bool is(const char *text, const char *expected)
{
    return text != NULL && strcmp(text, expected) == 0;
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

bool is_error_code(const char *rcode)
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

/* Somebody nearer to the server saw an answer that this place had no chance
 * to see, as its capture had ended. */
static bool ended_too_early(const struct member *near, int64_t answered_ns)
{
    return !vantage_covers(near->vantage, answered_ns) ||
           vantage_is_at_seam(near->vantage, answered_ns);
}

static void find_query_fate(const struct coverage *coverage,
                            const struct exchange_view *view,
                            struct judgement *judgement)
{
    const struct member *last = witness_of_query(view);

    judgement->last_seen = last;
    if (last == NULL || last->stop == STOP_UNKNOWN)
        return;
    for (int stop = last->stop + 1; stop < STOP_COUNT; stop++) {
        judgement->first_missing = coverage_of(
            coverage, &view->ends,
            &(struct passing){ .stop = stop, .at_ns = last->asked_ns });
        if (judgement->first_missing != NULL)
            return;
    }
}

static void find_answer_fate(const struct coverage *coverage,
                             const struct exchange_view *view,
                             struct judgement *judgement)
{
    const struct member *last = witness_of_answer(view);

    judgement->last_seen = last;
    judgement->is_answer_lost = true;
    if (last == NULL || last->stop == STOP_UNKNOWN)
        return;
    for (int stop = last->stop - 1; stop >= 0; stop--) {
        judgement->first_missing = coverage_of(
            coverage, &view->ends,
            &(struct passing){
                .stop = stop, .at_ns = last->answered_ns, .is_answer = true });
        if (judgement->first_missing != NULL)
            return;
    }
}

static void judge_server(const struct coverage *coverage,
                         const struct exchange_view *view,
                         struct judgement *judgement)
{
    const struct member *query = witness_of_query(view);
    bool has_answer = witness_of_answer(view) != NULL;
    bool is_near = query != NULL && query->stop >= STOP_SERVER_NEAR;
    bool was_watched = false;

    for (int stop = STOP_SERVER_NEAR; query != NULL && stop < STOP_COUNT;
         stop++)
        was_watched =
            was_watched ||
            coverage_of(coverage, &view->ends,
                        &(struct passing){ .stop = stop,
                                           .at_ns = query->asked_ns }) != NULL;

    judgement->server_saw_query = is_near || has_answer ? 1
                                  : was_watched         ? 0
                                                        : -1;
    judgement->server_sent_answer =
        has_answer                                          ? 1
        : is_near && query->vantage->answers == SIGHT_CLEAR ? 0
                                                            : -1;
}

static void judge_unanswered(const struct coverage *coverage,
                             const struct exchange_view *view,
                             struct judgement *judgement)
{
    const struct member *near = judgement->near;
    const struct member *answer = witness_of_answer(view);

    judgement->outcome = "failed";
    if (near->is_refused) {
        judgement->failure = "refused";
        judgement->last_seen = witness_of_query(view);
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

/* By the answer as `place` saw it. */
static void judge_answered(const struct exchange_view *view,
                           const struct member *place,
                           struct judgement *judgement)
{
    if (!view->is_connection && answer_is_damaged(view, place)) {
        judgement->outcome = "failed";
        judgement->failure = "answer-damaged";
        judgement->last_seen = place;
        judgement->is_answer_lost = true;
    } else if (is(place->state, "late")) {
        judgement->outcome = "late";
    } else if (is_error_code(place->rcode)) {
        judgement->outcome = "failed";
        judgement->failure = "error-code";
        judgement->last_seen = place;
    } else {
        judgement->outcome = "answered";
        judgement->answer = place;
    }
    if (place->asked_ns != ABSENT)
        judgement->near = place;
}

/* Who decides. Behind a capture with no eye for answers it is the next place
 * that has one. Where that may be so, the next decides if it saw none. */
static const struct member *find_near(const struct exchange_view *view)
{
    const struct member *near = witness_near(view);
    const struct member *both = witness_of_both(view);

    if (witness_sight(view, near) == SIGHT_CLEAR || both == NULL ||
        saw_answer(view, near))
        return near;
    if (witness_sight(view, near) == SIGHT_BLIND)
        return both;
    return saw_answer(view, both) || tries_wait(view, near) ? near : both;
}

/* Nobody saw an answer: true if that says that there was none. */
static bool silence_tells(const struct exchange_view *view,
                          const struct member *near)
{
    if (near->is_refused)
        return true;
    if (witness_sight(view, near) != SIGHT_CLEAR)
        return tries_wait(view, near);
    return near->last_asked_ns == ABSENT ||
           vantage_covers(near->vantage,
                          near->last_asked_ns + PATIENCE_MS * NS_PER_MS);
}

/* An answer was seen, nearer to the server: true if the place had no chance
 * to see it. A client that asked again later did not get it. */
static bool has_missed(const struct exchange_view *view,
                       const struct member *near, const struct member *answer)
{
    if (witness_sight(view, near) == SIGHT_BLIND)
        return answer->answered_ns >= tries_count(view, near).last_ns;
    return ended_too_early(near, answer->answered_ns);
}

static void judge_outcome(const struct coverage *coverage,
                          const struct exchange_view *view,
                          struct judgement *judgement)
{
    const struct member *near = judgement->near;
    const struct member *answer = witness_of_answer(view);

    if (tries_follow_answer(view, near))
        judge_unanswered(coverage, view, judgement);
    else if (saw_answer(view, near))
        judge_answered(view, near, judgement);
    else if (answer != NULL && answer != near && has_missed(view, near, answer))
        judge_answered(view, answer, judgement);
    else if ((answer == NULL || witness_sight(view, near) != SIGHT_CLEAR) &&
             !silence_tells(view, near))
        judgement->outcome = "unknown";
    else
        judge_unanswered(coverage, view, judgement);
}

void judge_exchange(const struct coverage *coverage,
                    const struct exchange_view *view,
                    struct judgement *judgement)
{
    const struct member *answer = witness_of_answer(view);

    *judgement = (struct judgement){
        .near = find_near(view),
        .rcode = answer != NULL ? answer->rcode : NULL,
        .response_bytes = ABSENT,
    };
    for (size_t i = 0; i < view->count; i++)
        if (view->members[i].response_bytes > judgement->response_bytes)
            judgement->response_bytes = view->members[i].response_bytes;
    judge_server(coverage, view, judgement);
    judge_outcome(coverage, view, judgement);
}
