#include "track/tallies.h"

#include <string.h>

struct pair_key {
    uint8_t address_bytes;
    uint8_t spare[7];
    uint8_t source[16];
    uint8_t destination[16];
};

struct pair {
    struct pool_entry entry;
    struct pair_key key;
};

/* One header of a profile: 0 is no header with a checksum. */
enum header {
    HEADER_NONE,
    HEADER_IP,
    HEADER_UDP,
    HEADER_TCP,
    HEADER_ICMP,
    HEADER_ICMPV6,
    HEADER_SCTP,
};

static const char *const header_names[] = {
    [HEADER_NONE] = "",     [HEADER_IP] = "ip",     [HEADER_UDP] = "udp",
    [HEADER_TCP] = "tcp",   [HEADER_ICMP] = "icmp", [HEADER_ICMPV6] = "icmpv6",
    [HEADER_SCTP] = "sctp",
};

struct level_states {
    uint8_t ip_state;  /* enum checksum_state */
    uint8_t transport; /* enum header */
    uint8_t transport_state;
    uint8_t tunnel; /* around it, see tunnel_code() */
};

struct profile_key {
    uint32_t pair; /* its index, 0 for none */
    uint16_t interface;
    uint8_t direction;
    uint8_t levels;
    struct level_states states[VIEW_LEVELS_MAX + 1];
};

struct profile {
    struct pool_entry entry;
    struct profile_key key;
    int64_t interface_number;
    const char *direction;
    const char *tunnels[VIEW_LEVELS_MAX];
    int64_t packets;
    int64_t first_frame;
    int64_t last_frame;
};

/* A row in the making: the sum of one header over the profiles. */
struct sum_key {
    uint32_t pair;
    uint16_t interface;
    uint8_t direction;
    uint8_t depth;
    uint8_t header;
    uint8_t state;
    uint8_t spare[6];
    uint64_t tunnel; /* hash of its name */
};

struct sum {
    struct pool_entry entry;
    struct sum_key key;
    struct checksum_tally_row row;
};

static const enum header header_of_kind[] = {
    [LAYER_UDP] = HEADER_UDP,
    [LAYER_TCP] = HEADER_TCP,
    [LAYER_ICMP] = HEADER_ICMP,
    [LAYER_SCTP] = HEADER_SCTP,
};

void tallies_init(struct tallies *tallies, struct outlet *outlet)
{
    tallies->outlet = outlet;
    pool_init(
        &tallies->pairs,
        &(struct pool_shape){
            .entry_bytes = sizeof(struct pair),
            .key_bytes = sizeof(struct pair_key),
            .capacity = pool_room(TALLIES_PAIRS_MAX, outlet->capture_bytes) });
    pool_init(
        &tallies->profiles,
        &(struct pool_shape){ .entry_bytes = sizeof(struct profile),
                              .key_bytes = sizeof(struct profile_key),
                              .capacity = pool_room(TALLIES_PROFILES_MAX,
                                                    outlet->capture_bytes) });
}

void tallies_deinit(struct tallies *tallies)
{
    pool_deinit(&tallies->pairs);
    pool_deinit(&tallies->profiles);
}

/* The pair's index, 0 beyond the first TALLIES_PAIRS_MAX of them. */
static uint32_t pair_of(struct tallies *tallies, const struct layer *ip)
{
    struct pair_key key = { .address_bytes = ip->address_bytes };
    struct pair *pair;

    memcpy(key.source, ip->source, ip->address_bytes);
    memcpy(key.destination, ip->destination, ip->address_bytes);
    pair = pool_find(&tallies->pairs, &key);
    if (pair == NULL && tallies->pairs.count == tallies->pairs.capacity)
        return 0;
    if (pair == NULL)
        pair = pool_add(&tallies->pairs, &key);
    return (uint32_t)pair->entry.index;
}

static enum header transport_header(const struct layer *transport)
{
    if (transport->kind == LAYER_ICMP && transport->protocol == 58)
        return HEADER_ICMPV6;
    return header_of_kind[transport->kind];
}

/* A small code for a tunnel's name, which is one of a dozen. */
static uint8_t tunnel_code(const char *name)
{
    uint8_t code = 0;

    for (; *name != '\0'; name++)
        code = (uint8_t)(code * 31u + (uint8_t)*name);
    return code;
}

static void add_level(struct profile_key *key, const struct view *view,
                      uint8_t depth)
{
    const struct level *level = &view->levels[depth];
    struct level_states *states = &key->states[depth];

    states->tunnel = tunnel_code(view_tunnel(view, depth));
    if (level->ip != NULL && depth >= view->counted_levels)
        states->ip_state = (uint8_t)level->ip->checksum;
    if (level->transport == NULL || level->transport->checksum == CHECKSUM_NONE)
        return;
    states->transport = (uint8_t)transport_header(level->transport);
    states->transport_state = (uint8_t)level->transport->checksum;
}

/* The profile with this key, made if it is new; NULL in a full table. */
static struct profile *profile_of(struct tallies *tallies,
                                  const struct view *view,
                                  const struct profile_key *key)
{
    struct profile *profile = pool_find(&tallies->profiles, key);

    if (profile != NULL)
        return profile;
    if (tallies->profiles.count == tallies->profiles.capacity) {
        outlet_count(tallies->outlet,
                     &(struct oddity){ .name = "track.tallies-full",
                                       .interface = ABSENT,
                                       .frame = view->frame,
                                       .byte_offset = ABSENT });
        return NULL;
    }
    profile = pool_add(&tallies->profiles, key);
    profile->interface_number = view->interface_number;
    profile->direction = view->direction;
    profile->first_frame = view->frame;
    for (uint8_t i = 0; i < key->levels; i++)
        profile->tunnels[i] = view_tunnel(view, i);
    return profile;
}

/* What the header of a datagram was judged to be in its first fragment. UDP
 * says there how long the datagram is, TCP does not: only a partial checksum
 * without the length could be told of it. */
static enum checksum_state state_in_fragment(const struct layer *whole)
{
    bool has_length = whole->kind == LAYER_UDP;

    if (whole->checksum == CHECKSUM_ZERO)
        return CHECKSUM_ZERO;
    if (whole->checksum == CHECKSUM_PARTIAL &&
        (has_length || whole->stored != whole->pseudo))
        return CHECKSUM_PARTIAL;
    return CHECKSUM_UNVERIFIABLE;
}

/* The transport header of a datagram was counted with its first fragment: now
 * that it is judged as a whole, that count goes. */
static void take_back_fragment(struct tallies *tallies,
                               const struct view *joined,
                               struct profile_key key)
{
    uint8_t depth = (uint8_t)(joined->counted_levels - 1);
    struct level_states *states = &key.states[depth];
    struct profile *profile;

    key.levels = joined->counted_levels;
    memset(states + 1, 0, sizeof *states * (VIEW_LEVELS_MAX - depth));
    if (states->transport != HEADER_NONE)
        states->transport_state =
            (uint8_t)state_in_fragment(joined->levels[depth].transport);
    profile = profile_of(tallies, joined, &key);
    if (profile != NULL)
        profile->packets--;
}

void tallies_see(struct tallies *tallies, const struct view *view)
{
    struct profile_key key = {
        .pair = pair_of(tallies, view->levels[0].ip),
        .interface = view->interface,
        .direction = (uint8_t)view->direction[0],
        .levels = view->level_count,
    };
    struct profile *profile;
    uint8_t first = view->counted_levels;

    /* The fragments of a datagram were counted as IP; the transport header
     * that they make up is new. */
    for (uint8_t i = first > 0 ? (uint8_t)(first - 1) : 0;
         i < view->level_count; i++)
        add_level(&key, view, i);
    profile = profile_of(tallies, view, &key);
    if (profile == NULL)
        return;
    profile->packets++;
    profile->last_frame = view->frame;
    if (first > 0)
        take_back_fragment(tallies, view, key);
}

static const struct pair_key *pair_at(const struct tallies *tallies,
                                      uint32_t index)
{
    const struct pair *pairs = (const void *)tallies->pairs.entries;

    return &pairs[index].key;
}

static struct sum *sum_new(struct pool *sums, const struct sum_key *key,
                           const struct tallies *tallies)
{
    struct sum *sum = pool_add(sums, key);
    const struct pair_key *pair = pair_at(tallies, key->pair);

    sum->row.evidence_id = tallies->outlet->evidence_id;
    sum->row.depth = key->depth;
    sum->row.layer = header_names[key->header];
    sum->row.state = checksum_name((enum checksum_state)key->state);
    if (key->pair != 0) {
        sum->row.source = address_of(pair->source, pair->address_bytes);
        sum->row.destination =
            address_of(pair->destination, pair->address_bytes);
    }
    return sum;
}

static void add_header(struct pool *sums, const struct tallies *tallies,
                       const struct profile *profile, const uint8_t header[3])
{
    struct sum_key key = {
        .pair = profile->key.pair,
        .interface = profile->key.interface,
        .direction = profile->key.direction,
        .depth = header[0],
        .header = header[1],
        .state = header[2],
        .tunnel = tunnel_code(profile->tunnels[header[0]]),
    };
    struct sum *sum;

    if (key.header == HEADER_NONE || key.state == CHECKSUM_NONE)
        return;
    sum = pool_find(sums, &key);
    if (sum == NULL) {
        sum = sum_new(sums, &key, tallies);
        sum->row.interface = profile->interface_number;
        sum->row.direction = profile->direction;
        sum->row.tunnel = profile->tunnels[header[0]];
        sum->row.first_frame = profile->first_frame;
    }
    sum->row.packets += profile->packets;
    if (profile->first_frame < sum->row.first_frame)
        sum->row.first_frame = profile->first_frame;
    if (profile->last_frame > sum->row.last_frame)
        sum->row.last_frame = profile->last_frame;
}

static void add_profile(struct pool *sums, const struct tallies *tallies,
                        const struct profile *profile)
{
    for (uint8_t depth = 0; depth < profile->key.levels; depth++) {
        const struct level_states *states = &profile->key.states[depth];
        const uint8_t ip[3] = { depth, HEADER_IP, states->ip_state };
        const uint8_t transport[3] = { depth, states->transport,
                                       states->transport_state };

        add_header(sums, tallies, profile, ip);
        add_header(sums, tallies, profile, transport);
    }
}

static void write_row(void *context, void *entry)
{
    const struct tallies *tallies = context;
    const struct sum *sum = entry;

    if (sum->row.packets > 0)
        sink_put(tallies->outlet->sink, TABLE_CHECKSUM_TALLY, &sum->row);
}

void tallies_finish(struct tallies *tallies)
{
    const struct profile *profiles = (const void *)tallies->profiles.entries;
    struct pool sums;

    pool_init(&sums,
              &(struct pool_shape){ .entry_bytes = sizeof(struct sum),
                                    .key_bytes = sizeof(struct sum_key),
                                    .capacity = tallies->profiles.capacity,
                                    .evict = write_row,
                                    .context = tallies });
    for (uint32_t i = 1; i <= tallies->profiles.used; i++)
        add_profile(&sums, tallies, &profiles[i]);
    pool_evict_all(&sums);
    pool_deinit(&sums);
}
