#include "correlate/backends.h"

#include "store/rows.h"

#include <assert.h>

static bool is_pod(const struct owners *owners, const struct member *member)
{
    return owners_find(owners, &member->server)->kind == OWNER_POD;
}

static int64_t distance_ns(const struct member *a, const struct member *b)
{
    int64_t a_ns = a->asked_ns != ABSENT ? a->asked_ns : a->answered_ns;
    int64_t b_ns = b->asked_ns;

    return a_ns > b_ns ? a_ns - b_ns : b_ns - a_ns;
}

static bool is_from_same_port(const struct member *a, const struct member *b)
{
    return a->client_port == b->client_port &&
           address_equals(&a->client, &b->client);
}

/* One client's port first, then the nearest in time. */
static bool is_closer(const struct member *member, const struct member *than,
                      const struct member *to)
{
    bool has_port = is_from_same_port(member, to);

    if (than == NULL || has_port != is_from_same_port(than, to))
        return than == NULL || has_port;
    return distance_ns(to, member) < distance_ns(to, than);
}

/* The server that the question went to in the end, as one place saw it. */
static const struct address *server_of(const bool *is_end,
                                       const struct member *members,
                                       size_t count, size_t which)
{
    const struct member *closest = NULL;

    for (size_t i = 0; i < count; i++)
        if (is_end[i] && is_closer(&members[i], closest, &members[which]))
            closest = &members[i];
    return &closest->server;
}

static bool has_two(const bool *is_end, const struct member *members,
                    size_t count, const struct member **first)
{
    *first = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!is_end[i])
            continue;
        if (*first == NULL)
            *first = &members[i];
        else if (!address_equals(&(*first)->server, &members[i].server))
            return true;
    }
    return false;
}

size_t backends_part(const struct owners *owners, struct member *members,
                     size_t count)
{
    bool is_end[MEMBERS_MAX]; /* saw the question go to an endpoint */
    bool is_of_first[MEMBERS_MAX];
    struct member others[MEMBERS_MAX];
    const struct member *first;
    struct address server;
    size_t kept = 0;
    size_t left = 0;

    assert(count <= MEMBERS_MAX);
    for (size_t i = 0; i < count; i++)
        is_end[i] =
            members[i].asked_ns != ABSENT && is_pod(owners, &members[i]);
    if (!has_two(is_end, members, count, &first))
        return count;
    server = first->server;
    for (size_t i = 0; i < count; i++)
        is_of_first[i] = address_equals(
            is_pod(owners, &members[i]) ? &members[i].server
                                        : server_of(is_end, members, count, i),
            &server);
    for (size_t i = 0; i < count; i++)
        if (is_of_first[i])
            members[kept++] = members[i];
        else
            others[left++] = members[i];
    for (size_t i = 0; i < left; i++)
        members[kept + i] = others[i];
    return kept;
}
