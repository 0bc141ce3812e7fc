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

struct sum_key {
    uint32_t pair; /* its index, 0 for none */
    uint16_t interface;
    uint8_t direction;
    uint8_t depth;
    uint8_t header; /* enum profile_header */
    uint8_t state;  /* enum checksum_state */
    uint8_t tunnel; /* around it, see profile_tunnel_code() */
    uint8_t spare[5];
};

/* A row in the making. */
struct sum {
    struct pool_entry entry;
    struct sum_key key;
    struct checksum_tally_row row;
};

/* A header of a profile, and how many packets of it count. */
struct tally {
    const struct profile *profile;
    uint8_t depth;
    uint8_t header;
    uint8_t state;
    int64_t packets;
};

static void write_row(void *context, void *entry)
{
    const struct tallies *tallies = context;
    const struct sum *sum = entry;

    if (sum->row.packets > 0)
        sink_put(tallies->outlet->sink, TABLE_CHECKSUM_TALLY, &sum->row);
}

void tallies_init(struct tallies *tallies, struct outlet *outlet)
{
    tallies->outlet = outlet;
    pool_init(
        &tallies->pairs,
        &(struct pool_shape){
            .entry_bytes = sizeof(struct pair),
            .key_bytes = sizeof(struct pair_key),
            .capacity = pool_room(TALLIES_PAIRS_MAX, outlet->capture_bytes) });
    pool_init(&tallies->sums, &(struct pool_shape){
                                  .entry_bytes = sizeof(struct sum),
                                  .key_bytes = sizeof(struct sum_key),
                                  .capacity = pool_room(TALLIES_SUMS_MAX,
                                                        outlet->capture_bytes),
                                  .evict = write_row,
                                  .context = tallies });
}

void tallies_deinit(struct tallies *tallies)
{
    pool_deinit(&tallies->pairs);
    pool_deinit(&tallies->sums);
}

/* The pair's index, 0 beyond the first TALLIES_PAIRS_MAX of them. */
static uint32_t pair_of(struct tallies *tallies,
                        const struct profile_level *outermost)
{
    struct pair_key key = { .address_bytes = outermost->address_bytes };
    struct pair *pair;

    memcpy(key.source, outermost->source, sizeof key.source);
    memcpy(key.destination, outermost->destination, sizeof key.destination);
    pair = pool_find(&tallies->pairs, &key);
    if (pair == NULL && tallies->pairs.count == tallies->pairs.capacity)
        return 0;
    if (pair == NULL)
        pair = pool_add(&tallies->pairs, &key);
    return (uint32_t)pair->entry.index;
}

static struct sum *sum_new(struct tallies *tallies, const struct sum_key *key,
                           const struct tally *tally)
{
    struct sum *sum = pool_add(&tallies->sums, key);
    const struct profile *profile = tally->profile;
    const struct profile_level *outermost = &profile->key.levels[0];
    struct checksum_tally_row *row = &sum->row;

    row->evidence_id = tallies->outlet->evidence_id;
    row->interface = profile->interface_number;
    row->direction = profile_direction(profile);
    row->depth = key->depth;
    row->tunnel = profile_tunnel(profile, key->depth);
    row->layer = profile_header_name((enum profile_header)key->header);
    row->state = checksum_name((enum checksum_state)key->state);
    row->first_frame = profile->first_frame;
    if (key->pair != 0) {
        row->source = address_of(outermost->source, outermost->address_bytes);
        row->destination =
            address_of(outermost->destination, outermost->address_bytes);
    }
    return sum;
}

/* The sum with this key, made if it is new; NULL in a full table. */
static struct sum *sum_of(struct tallies *tallies, const struct sum_key *key,
                          const struct tally *tally)
{
    struct sum *sum = pool_find(&tallies->sums, key);

    if (sum != NULL)
        return sum;
    if (tallies->sums.count < tallies->sums.capacity)
        return sum_new(tallies, key, tally);
    outlet_add(tallies->outlet,
               &(struct oddity){ .name = "track.tallies-full",
                                 .interface = ABSENT,
                                 .frame = tally->profile->first_frame,
                                 .byte_offset = ABSENT },
               tally->packets);
    return NULL;
}

static void add(struct tallies *tallies, uint32_t pair,
                const struct tally *tally)
{
    const struct profile *profile = tally->profile;
    struct sum_key key = {
        .pair = pair,
        .interface = profile->key.interface,
        .direction = profile->key.direction,
        .depth = tally->depth,
        .header = tally->header,
        .state = tally->state,
        .tunnel = profile_tunnel_code(profile, tally->depth),
    };
    struct sum *sum;

    if (tally->header == PROFILE_NONE || tally->state == CHECKSUM_NONE)
        return;
    sum = sum_of(tallies, &key, tally);
    if (sum == NULL)
        return;
    sum->row.packets += tally->packets;
    if (profile->first_frame < sum->row.first_frame)
        sum->row.first_frame = profile->first_frame;
    if (profile->last_frame > sum->row.last_frame)
        sum->row.last_frame = profile->last_frame;
}

void tallies_add(struct tallies *tallies, const struct profile *profile)
{
    uint32_t pair = pair_of(tallies, &profile->key.levels[0]);

    for (uint8_t depth = 0; depth < profile->key.level_count; depth++) {
        const struct profile_level *level = &profile->key.levels[depth];
        struct tally tally = {
            .profile = profile,
            .depth = depth,
            .header = PROFILE_IP,
            .state = level->ip_state,
            .packets = profile->packets,
        };

        add(tallies, pair, &tally);
        tally.header = level->transport;
        tally.state = level->transport_state;
        add(tallies, pair, &tally);
    }
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

void tallies_take_back_fragment(struct tallies *tallies,
                                const struct view *joined,
                                const struct profile *profile)
{
    uint8_t depth = (uint8_t)(joined->counted_levels - 1);
    struct tally tally = {
        .profile = profile,
        .depth = depth,
        .header = profile->key.levels[depth].transport,
        .packets = -1,
    };

    if (tally.header == PROFILE_NONE)
        return;
    tally.state = (uint8_t)state_in_fragment(joined->levels[depth].transport);
    add(tallies, pair_of(tallies, &profile->key.levels[0]), &tally);
}

void tallies_finish(struct tallies *tallies)
{
    pool_evict_all(&tallies->sums);
}
