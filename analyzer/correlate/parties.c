#include "correlate/parties.h"

#include <string.h>

enum server_class parties_class(const struct owners *owners,
                                const struct member *member)
{
    const struct owner *owner = owners_find(owners, &member->server);

    if (owner->kind == OWNER_CACHE)
        return SERVER_CACHE;
    if (owner->kind == OWNER_SERVICE || owner->is_dns)
        return SERVER_DNS;
    return owner->kind == OWNER_UNKNOWN && member->depth > 0 ? SERVER_DNS
                                                             : SERVER_OTHER;
}

static bool is_nearer(const struct member *a, const struct member *b)
{
    return b == NULL || (a->stop != STOP_UNKNOWN &&
                         (b->stop == STOP_UNKNOWN || a->stop < b->stop));
}

/* A pod's address is never the result of NAT inside the cluster, so it wins
 * as client; the endpoint wins over the service as server. */
static void pick(const struct owners *owners, const struct member *members,
                 size_t count, struct parties *parties)
{
    *parties = (struct parties){ 0 };
    for (size_t i = 0; i < count; i++) {
        const struct member *member = &members[i];
        const struct owner *client = owners_find(owners, &member->client);
        const struct owner *server = owners_find(owners, &member->server);
        bool is_pod = client->kind == OWNER_POD;
        bool was_pod =
            parties->client != NULL && parties->client_owner->kind == OWNER_POD;

        if ((is_pod && !was_pod) ||
            (is_pod == was_pod && is_nearer(member, parties->client))) {
            parties->client = member;
            parties->client_owner = client;
        }
        if (server->kind == OWNER_SERVICE) {
            parties->service = member;
        } else if (parties->server == NULL) {
            parties->server = member;
            parties->server_owner = server;
        }
    }
    if (parties->server == NULL) {
        parties->server = parties->service;
        parties->server_owner = owners_find(owners, &parties->service->server);
    }
}

static const char *pod_name(const struct owner *owner)
{
    return owner->kind == OWNER_POD ? owner->name : NULL;
}

/* An address that several hosts have never leaves its host. */
static const char *client_node(const struct parties *parties)
{
    const struct owner *owner = parties->client_owner;

    if (owner->node == NULL && owner->kind == OWNER_NODE)
        return parties->client->vantage->node;
    return owner->node;
}

void parties_find(const struct owners *owners, struct member *members,
                  size_t count, struct route_ends *ends,
                  struct parties *parties)
{
    pick(owners, members, count, parties);
    *ends = (struct route_ends){
        .client_node = client_node(parties),
        .client_pod = pod_name(parties->client_owner),
        .server_node = parties->server_owner->kind == OWNER_CACHE
                           ? client_node(parties)
                           : parties->server_owner->node,
        .server_pod = pod_name(parties->server_owner),
    };
    for (size_t i = 0; i < count; i++)
        members[i].stop = vantage_stop(members[i].vantage, ends);
    pick(owners, members, count, parties);
}

static bool is_of_cluster(const struct owner *owner)
{
    return owner->kind == OWNER_NODE || owner->kind == OWNER_POD ||
           owner->kind == OWNER_TUNNEL || owner->kind == OWNER_SERVICE;
}

const char *parties_leg(const struct owners *owners,
                        const struct parties *parties, enum server_class server,
                        const char *transport)
{
    bool is_host = parties->client_owner->kind == OWNER_NODE ||
                   parties->client_owner->kind == OWNER_TUNNEL;

    if (server == SERVER_CACHE)
        return "client-to-cache";
    if (server == SERVER_DNS) {
        if (is_host && owners->has_cache &&
            (owners->cache_transport == NULL ||
             strcmp(transport, owners->cache_transport) == 0))
            return "cache-to-dns";
        return "client-to-dns";
    }
    if (is_of_cluster(parties->server_owner))
        return "other"; /* no upstream resolver lives in the cluster */
    if (parties->client_owner->is_dns || (is_host && owners->has_cache))
        return "dns-to-upstream";
    return parties->server_owner->kind == OWNER_UPSTREAM ? "dns-to-upstream"
                                                         : "other";
}

const char *parties_path(const struct parties *parties,
                         const struct route_ends *ends)
{
    if (parties->server_owner->kind == OWNER_UPSTREAM)
        return "external";
    if (ends->client_node == NULL || ends->server_node == NULL)
        return NULL;
    return strcmp(ends->client_node, ends->server_node) == 0 ? "same-node"
                                                             : "cross-node";
}

/* "direct" only where the client's own side was seen: after NAT nobody can
 * tell what was asked. */
const char *parties_via(const struct parties *parties)
{
    int stop = parties->client->stop;

    if (parties->service != NULL)
        return "service";
    return stop == 0 || stop == 1 ? "direct" : NULL;
}

const char *parties_client_kind(const struct parties *parties)
{
    const struct owner *owner = parties->client_owner;

    if (owner->kind == OWNER_POD)
        return "pod";
    return owner->kind == OWNER_NODE || owner->kind == OWNER_TUNNEL ? "host"
                                                                    : NULL;
}
