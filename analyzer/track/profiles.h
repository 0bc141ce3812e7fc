/* Packets that differ in nothing that is only counted: the place, the sender,
 * addresses and services at every level, the checksum states.
 *
 * Stations, checksum tallies and traffic are sums over packets, each in a
 * table of its own. To search five entries for each packet costs more than to
 * decode it; so packets are counted here first, under all of that at once, and
 * a profile is added to those sums when another takes its room, and at the
 * end. A fixed table that needs no order: what a set has no room for is
 * spilled from it. */
#pragma once

#include "base/memory.h"
#include "track/view.h"

#include <stdalign.h>

enum {
    PROFILES_SETS_MAX = 1 << 12,
    PROFILES_WAYS = 4,
    PROFILES_NO_PORT = 0,
};

/* A header that may have a checksum. */
enum profile_header {
    PROFILE_NONE,
    PROFILE_IP,
    PROFILE_UDP,
    PROFILE_TCP,
    PROFILE_ICMP,
    PROFILE_ICMPV6,
    PROFILE_SCTP,
};

/* 48 bytes without padding. */
struct profile_level {
    uint32_t tunnel_id; /* of the tunnel inside, see has_tunnel_id */
    uint16_t source_port;
    uint16_t destination_port; /* the service's alone, see traffic.h */
    uint8_t has_tunnel_id;
    uint8_t tunnel; /* the tunnel inside: a code for its name */
    uint8_t protocol;
    uint8_t address_bytes;   /* 0: a tunnel without IP */
    uint8_t ip_state;        /* enum checksum_state */
    uint8_t transport;       /* enum profile_header */
    uint8_t transport_state; /* enum checksum_state */
    uint8_t spare;
    uint8_t source[16];
    uint8_t destination[16];
};

/* Without padding; levels beyond level_count do not belong to it. */
struct profile_key {
    uint16_t interface; /* index, see interfaces.h */
    uint8_t direction;  /* its first letter */
    uint8_t level_count;
    uint8_t counted_levels; /* as in the view */
    uint8_t has_mac;        /* of the sender on the outermost link */
    uint8_t mac[6];
    uint8_t spare[4];
    struct profile_level levels[VIEW_LEVELS_MAX];
};

struct profile_bytes {
    int64_t sum;
    uint32_t most; /* of one packet */
};

/* Of the packets that were not counted before, see view's is_counted. */
struct profile_traffic {
    int64_t packets;
    int64_t last_frame;
    int64_t last_ns;
    struct profile_bytes bytes[VIEW_LEVELS_MAX];
    int64_t first_frame;
    int64_t first_ns;
};

/* What changes with each packet is together, on two lines of the cache. */
struct profile {
    alignas(MEMORY_LINE_BYTES) struct profile_key key;
    int64_t packets;
    int64_t last_frame;
    struct profile_traffic traffic;
    int64_t first_frame;
    int64_t interface_number;
    const char *carries[VIEW_LEVELS_MAX]; /* the tunnel inside each level */
};

/* What is known of a packet before its turn. */
struct profile_hint {
    struct profile_key key;
    uint64_t hash;
};

/* Called with a profile that leaves the table. */
typedef void profile_spill_fn(void *context, const struct profile *profile);

struct profiles {
    struct profile *slots; /* sets of PROFILES_WAYS; unset where tag is 0 */
    uint32_t *tags;        /* one for each slot; 0: empty */
    uint32_t set_mask;
    profile_spill_fn *spill;
    void *context;
};

/* capture_bytes: as for pool_room(). */
void profiles_init(struct profiles *profiles, int64_t capture_bytes,
                   profile_spill_fn *spill, void *context);
void profiles_deinit(struct profiles *profiles);
/* Names the profile of a packet. */
void profile_name(const struct view *view, struct profile_key *key);
/* Asks for the memory of the set of hint->key; and once that has come, of its
 * slot. */
void profiles_expect(const struct profiles *profiles,
                     struct profile_hint *hint);
void profiles_expect_slot(const struct profiles *profiles,
                          const struct profile_hint *hint);
/* Counts a packet under what profiles_expect() said of it. */
void profiles_see(struct profiles *profiles, const struct view *view,
                  const struct profile_hint *hint);
/* Spills everything, what was seen first first. */
void profiles_finish(struct profiles *profiles);
/* The profile of a packet by itself. */
void profile_of_view(const struct view *view, struct profile *profile);
/* The name of a header, "" for PROFILE_NONE. */
const char *profile_header_name(enum profile_header header);
/* As the view has it: "in" "out" "". */
const char *profile_direction(const struct profile *profile);
/* The tunnel around a level: "" if none; and the code for its name. */
const char *profile_tunnel(const struct profile *profile, size_t depth);
uint8_t profile_tunnel_code(const struct profile *profile, size_t depth);
