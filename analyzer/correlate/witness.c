#include "correlate/witness.h"

#include "store/rows.h"

#include <string.h>

static bool is_local(const struct exchange_view *view)
{
    const struct route_ends *ends = &view->ends;

    return ends->client_node != NULL && ends->server_node != NULL &&
           strcmp(ends->client_node, ends->server_node) == 0;
}

enum sight witness_sight(const struct exchange_view *view,
                         const struct member *member)
{
    if (member->vantage->kind == VANTAGE_BRIDGE && is_local(view))
        return SIGHT_BLIND;
    return member->vantage->answers;
}

static int stop_of(const struct member *member)
{
    return member->stop == STOP_UNKNOWN ? STOP_COUNT : member->stop;
}

/* The lowest stop; one that saw the answer as well wins among equals, as two
 * captures of one interface may differ in what they dropped. */
static bool is_better(const struct member *member, const struct member *best)
{
    if (best == NULL || stop_of(member) != stop_of(best))
        return best == NULL || stop_of(member) < stop_of(best);
    return best->answered_ns == ABSENT && member->answered_ns != ABSENT;
}

const struct member *witness_near(const struct exchange_view *view)
{
    const struct member *best = NULL;

    for (size_t i = 0; i < view->count; i++)
        if (view->members[i].asked_ns != ABSENT &&
            is_better(&view->members[i], best))
            best = &view->members[i];
    return best != NULL ? best : &view->members[0];
}

const struct member *witness_of_both(const struct exchange_view *view)
{
    const struct member *best = NULL;

    for (size_t i = 0; i < view->count; i++)
        if (view->members[i].asked_ns != ABSENT &&
            witness_sight(view, &view->members[i]) == SIGHT_CLEAR &&
            is_better(&view->members[i], best))
            best = &view->members[i];
    return best;
}

const struct member *witness_of_query(const struct exchange_view *view)
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

const struct member *witness_of_answer(const struct exchange_view *view)
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
