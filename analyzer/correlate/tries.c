#include "correlate/tries.h"

#include "store/rows.h"

enum {
    /* A repeat this soon after an answer may have crossed it on the way; the
     * shortest timeout that resolvers take is 1 s. */
    CROSSING_MS = 500,
    WAIT_MS = 900, /* nobody that waits for an answer asks again sooner */
};

#define NS_PER_MS INT64_C(1000000)

bool tries_are_repeats(const struct member *a, const struct member *b)
{
    return a->vantage == b->vantage && a->depth == b->depth &&
           a->client_port == b->client_port &&
           address_equals(&a->client, &b->client) &&
           address_equals(&a->server, &b->server);
}

/* An answer that passes ends a row, and a repeat after it is a row of its
 * own. */
struct tries tries_count(const struct exchange_view *view,
                         const struct member *near)
{
    struct tries tries = { .last_ns = near->last_asked_ns };

    for (size_t i = 0; i < view->count; i++) {
        const struct member *first = &view->members[i];
        int64_t count = 0;

        for (size_t k = 0; k < view->count; k++)
            if (tries_are_repeats(first, &view->members[k]))
                count += view->members[k].attempts;
        if (count > tries.count)
            tries.count = count;
        if (tries_are_repeats(first, near) &&
            first->last_asked_ns > tries.last_ns)
            tries.last_ns = first->last_asked_ns;
    }
    return tries;
}

/* At the client itself the answer arrived, whatever the client did with it.
 * After an error code (SERVFAIL) glibc asks again, and after a truncated answer
 * a client may, when what it then asked over TCP failed. */
bool tries_follow_answer(const struct exchange_view *view,
                         const struct member *near)
{
    if (!view->is_datagram || near->answered_ns == ABSENT || near->stop == 0 ||
        near->stop == 1 || near->is_truncated || is_error_code(near->rcode))
        return false;
    for (size_t i = 0; i < view->count; i++) {
        const struct member *again = &view->members[i];

        if (again->asked_ns != ABSENT && tries_are_repeats(near, again) &&
            again->asked_ns >= near->answered_ns + CROSSING_MS * NS_PER_MS)
            return true;
    }
    return false;
}

bool tries_wait(const struct exchange_view *view, const struct member *near)
{
    struct tries tries = tries_count(view, near);

    return near->asked_ns != ABSENT && tries.count > 1 &&
           tries.last_ns >= near->asked_ns + WAIT_MS * NS_PER_MS;
}
