#include "track/view.h"

#include "store/rows.h"

#include <string.h>

static void add_layer(struct view *view, const struct layer *layer)
{
    struct level *level = &view->levels[layer->depth];

    switch (layer->kind) {
    case LAYER_LINK:
        if (layer->depth == 0 && view->link == NULL)
            view->link = layer;
        return;
    case LAYER_IP:
        level->ip = layer;
        break;
    case LAYER_UDP:
    case LAYER_TCP:
    case LAYER_ICMP:
    case LAYER_SCTP:
        level->transport = layer;
        break;
    case LAYER_TUNNEL:
        level->carries = layer_name(layer);
        level->carries_id = layer->id;
        break;
    case LAYER_TAG:
    case LAYER_ARP:
    case LAYER_EXTENSION:
    case LAYER_OPAQUE:
        return;
    }
    if (layer->depth >= view->level_count)
        view->level_count = (uint8_t)(layer->depth + 1);
}

/* IP directly in IP has no header of its own to be named after. */
static const char *bare_tunnel(const struct level *outer,
                               const struct level *inner)
{
    static const char *const names[2][2] = { { "ipip", "6in4" },
                                             { "4in6", "ip6ip6" } };

    return names[outer->ip->address_bytes == 16]
                [inner->ip->address_bytes == 16];
}

/* The header in which the packet ended, if it ended in one. */
static const struct layer *broken_layer(const struct packet *packet)
{
    if (packet->layer_count == 0 ||
        (packet->end != PACKET_MALFORMED && packet->end != PACKET_SNAPPED &&
         packet->end != PACKET_SHORT))
        return NULL;
    return &packet->layers[packet->layer_count - 1];
}

void view_sort(struct view *view, const struct packet *packet)
{
    const struct layer *broken = broken_layer(packet);
    size_t deepest = 0;

    view->packet = packet;
    view->link = NULL;
    view->level_count = 0;
    view->payload = packet->payload;
    for (size_t i = 0; i < packet->layer_count; i++)
        if (packet->layers[i].depth > deepest)
            deepest = packet->layers[i].depth;
    for (size_t i = 0; i <= deepest && i < VIEW_LEVELS_MAX; i++)
        view->levels[i] = (struct level){ .carries = "", .carries_id = ABSENT };
    for (size_t i = 0; i < packet->layer_count; i++)
        if (packet->layers[i].depth < VIEW_LEVELS_MAX)
            add_layer(view, &packet->layers[i]);
    /* A broken IP header has no addresses to go by. */
    if (broken != NULL && broken->kind == LAYER_IP &&
        broken->depth < VIEW_LEVELS_MAX)
        view->levels[broken->depth].ip = NULL;
    /* What is inside a tunnel may be no IP at all: the tunnel's packet is
     * then the innermost. */
    while (view->level_count > 0 &&
           view->levels[view->level_count - 1].ip == NULL)
        view->level_count--;
    view->is_whole = view->level_count > 0 &&
                     (broken == NULL || broken != view_flow(view)->transport);
    for (size_t i = 0; i + 1 < view->level_count; i++)
        if (view->levels[i].carries[0] == '\0' && view->levels[i].ip != NULL &&
            view->levels[i + 1].ip != NULL)
            view->levels[i].carries =
                bare_tunnel(&view->levels[i], &view->levels[i + 1]);
}

const struct level *view_flow(const struct view *view)
{
    return &view->levels[view->level_count - 1];
}

const char *view_tunnel(const struct view *view, size_t depth)
{
    return depth == 0 ? "" : view->levels[depth - 1].carries;
}

const struct level *view_outer(const struct view *view)
{
    if (view->level_count < 2 || view->levels[view->level_count - 2].ip == NULL)
        return NULL;
    return &view->levels[view->level_count - 2];
}

const char *level_checksum(const struct level *level)
{
    if (level == NULL || level->transport == NULL ||
        level->transport->checksum == CHECKSUM_NONE)
        return NULL;
    return checksum_name(level->transport->checksum);
}

uint8_t level_protocol(const struct level *level)
{
    if (level->transport == NULL)
        return level->ip->protocol;
    switch ((int)level->transport->kind) {
    case LAYER_UDP:
        return 17;
    case LAYER_TCP:
        return 6;
    case LAYER_SCTP:
        return 132;
    default:
        return level->transport->protocol;
    }
}

struct address level_source(const struct level *level)
{
    return address_of(level->ip->source, level->ip->address_bytes);
}

struct address level_destination(const struct level *level)
{
    return address_of(level->ip->destination, level->ip->address_bytes);
}

void view_name(struct view *view)
{
    const struct level *flow = view_flow(view);
    struct flow_key *key = &view->key;

    *key = (struct flow_key){
        .interface = view->interface,
        .depth = (uint8_t)(view->level_count - 1),
        .protocol = level_protocol(flow),
        .address_bytes = flow->ip->address_bytes,
    };
    if (key->depth > 0 && view->levels[key->depth - 1].carries_id != ABSENT)
        key->tunnel_id = (uint32_t)view->levels[key->depth - 1].carries_id;
    if (flow->transport != NULL) {
        key->source_port = flow->transport->source_port;
        key->destination_port = flow->transport->destination_port;
    }
    memcpy(key->source, flow->ip->source, sizeof key->source);
    memcpy(key->destination, flow->ip->destination, sizeof key->destination);
}

struct flow_key flow_key_reversed(const struct flow_key *key)
{
    struct flow_key reversed = *key;

    reversed.source_port = key->destination_port;
    reversed.destination_port = key->source_port;
    memcpy(reversed.source, key->destination, sizeof reversed.source);
    memcpy(reversed.destination, key->source, sizeof reversed.destination);
    return reversed;
}

struct address flow_key_source(const struct flow_key *key)
{
    return address_of(key->source, key->address_bytes);
}

struct address flow_key_destination(const struct flow_key *key)
{
    return address_of(key->destination, key->address_bytes);
}
