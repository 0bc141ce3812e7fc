/* A frame as the modules of this folder see it: its layers sorted by tunnel.
 *
 * levels[0] is the outermost packet, levels[level_count - 1] the flow: the
 * packet that somebody meant to send. A level without `ip` is a tunnel
 * header directly inside another (GRE and ERSPAN). */
#pragma once

#include "decode/packet.h"
#include "store/address.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    VIEW_LEVELS_MAX = PACKET_TUNNELS_MAX + 1,
};

struct level {
    const struct layer *ip;
    const struct layer *transport; /* UDP, TCP, ICMP, SCTP */
    const char *carries;           /* the tunnel inside it; "" if none */
    int64_t carries_id;            /* VNI, key; ABSENT without a tunnel */
};

/* Both ends and the place of a flow. 48 bytes without padding. */
struct flow_key {
    uint16_t interface;
    uint8_t depth;
    uint8_t protocol;
    uint32_t tunnel_id; /* innermost around it, 0 without */
    uint16_t source_port;
    uint16_t destination_port;
    uint16_t dns_id;
    uint8_t address_bytes;
    uint8_t spare;
    uint8_t source[16];
    uint8_t destination[16];
};

struct view {
    const struct packet *packet;
    const struct layer *link; /* NULL on raw IP */
    struct level levels[VIEW_LEVELS_MAX];
    uint8_t level_count;
    bool is_whole; /* the flow's transport header was read to its end */
    uint8_t counted_levels; /* outer levels that an earlier view counted:
                               those of the fragments of this datagram */
    struct reader payload;  /* of the innermost layer */
    int64_t frame;
    int64_t at_ns;
    uint16_t interface; /* index, see interfaces.h */
    int64_t interface_number;
    int link_type;
    struct flow_key key; /* of the flow, see view_name() */
    bool is_loopback;
    const char *direction; /* 'in' 'out' '' */
    bool is_duplicate;     /* the same packet was just seen here */
    bool is_counted;       /* ... and in this direction, too */
};

/* Sorts the layers of the packet; the other fields are the caller's. */
void view_sort(struct view *view, const struct packet *packet);
/* Notes the key of the flow as the packet gives it, ports 0 without. The view
 * has an interface and level_count > 0. */
void view_name(struct view *view);
/* The innermost level. There is one in a view with level_count > 0. */
const struct level *view_flow(const struct view *view);
/* The tunnel around a level: "" if none. */
const char *view_tunnel(const struct view *view, size_t depth);
/* The level that carries the flow's, or NULL. */
const struct level *view_outer(const struct view *view);
/* L4 state of a level, NULL without one. */
const char *level_checksum(const struct level *level);
/* IP protocol number of what the level carries, extension headers skipped. */
uint8_t level_protocol(const struct level *level);
struct address level_source(const struct level *level);
struct address level_destination(const struct level *level);
/* The same flow seen from its other end. */
struct flow_key flow_key_reversed(const struct flow_key *key);
struct address flow_key_source(const struct flow_key *key);
struct address flow_key_destination(const struct flow_key *key);
