#include "track/traffic.h"

#include "track/tracker.h"

#include <string.h>

enum {
    /* Services, addresses, and what is summed by interface and depth. */
    TRAFFIC_ENTRIES_MAX = 3 * TRACKER_TRAFFIC_MAX,
};

struct traffic_key {
    uint16_t interface;
    uint8_t depth;
    uint8_t protocol;
    uint32_t tunnel_id;
    uint16_t source_port;
    uint16_t destination_port;
    uint8_t address_bytes;
    uint8_t direction;
    uint8_t has_tunnel;
    uint8_t spare;
    uint8_t source[16];
    uint8_t destination[16];
};

struct traffic_sum {
    struct pool_entry entry;
    struct traffic_key key;
    int64_t interface_number;
    const char *direction;
    const char *tunnel;
    int64_t packets;
    int64_t bytes;
    int64_t first_ns;
    int64_t last_ns;
    int64_t first_frame;
    int64_t last_frame;
    uint32_t bytes_max;
};

static int64_t port_or_absent(uint16_t port)
{
    return port == PROFILES_NO_PORT ? ABSENT : port;
}

static void write_row(void *context, void *entry)
{
    struct traffic *traffic = context;
    const struct traffic_sum *sum = entry;
    const struct traffic_key *key = &sum->key;
    struct traffic_row row = TRAFFIC_ROW_NONE;

    row.evidence_id = traffic->outlet->evidence_id;
    row.interface = sum->interface_number;
    row.direction = sum->direction;
    row.depth = key->depth;
    row.tunnel = sum->tunnel;
    if (key->has_tunnel)
        row.tunnel_id = key->tunnel_id;
    row.protocol = key->protocol;
    row.source = address_of(key->source, key->address_bytes);
    row.destination = address_of(key->destination, key->address_bytes);
    row.source_port = port_or_absent(key->source_port);
    row.destination_port = port_or_absent(key->destination_port);
    row.packets = sum->packets;
    row.bytes = sum->bytes;
    row.bytes_max = sum->bytes_max;
    row.first_ns = sum->first_ns;
    row.last_ns = sum->last_ns;
    row.first_frame = sum->first_frame;
    row.last_frame = sum->last_frame;
    sink_put(traffic->outlet->sink, TABLE_TRAFFIC, &row);
}

void traffic_init(struct traffic *traffic, struct outlet *outlet)
{
    traffic->outlet = outlet;
    pool_init(&traffic->pool, &(struct pool_shape){
                                  .entry_bytes = sizeof(struct traffic_sum),
                                  .key_bytes = sizeof(struct traffic_key),
                                  .capacity = pool_room(TRAFFIC_ENTRIES_MAX,
                                                        outlet->capture_bytes),
                                  .evict = write_row,
                                  .context = traffic });
}

void traffic_deinit(struct traffic *traffic)
{
    pool_deinit(&traffic->pool);
}

static struct traffic_key key_of(const struct profile *profile, uint8_t depth)
{
    const struct profile_level *level = &profile->key.levels[depth];
    struct traffic_key key = {
        .interface = profile->key.interface,
        .depth = depth,
        .protocol = level->protocol,
        .tunnel_id = level->tunnel_id,
        .source_port = level->source_port,
        .destination_port = level->destination_port,
        .address_bytes = level->address_bytes,
        .direction = profile->key.direction,
        .has_tunnel = level->has_tunnel_id,
    };

    memcpy(key.source, level->source, sizeof key.source);
    memcpy(key.destination, level->destination, sizeof key.destination);
    return key;
}

/* A coarser key for a table that is full; false if there is none. */
static bool coarsen(struct traffic *traffic, struct traffic_key *key)
{
    uint32_t count = traffic->pool.count;

    if (count >= TRACKER_TRAFFIC_MAX && count < 2 * TRACKER_TRAFFIC_MAX) {
        key->source_port = PROFILES_NO_PORT;
        key->destination_port = PROFILES_NO_PORT;
    } else if (count >= 2 * TRACKER_TRAFFIC_MAX) {
        *key = (struct traffic_key){
            .interface = key->interface,
            .depth = key->depth,
            .protocol = key->protocol,
            .address_bytes = key->address_bytes,
            .direction = key->direction,
        };
    }
    return count < TRAFFIC_ENTRIES_MAX;
}

static struct traffic_sum *sum_of(struct traffic *traffic,
                                  const struct profile *profile, uint8_t depth)
{
    struct traffic_key key = key_of(profile, depth);
    struct traffic_sum *sum = pool_find(&traffic->pool, &key);

    if (sum != NULL)
        return sum;
    if (!coarsen(traffic, &key))
        return NULL;
    sum = pool_find(&traffic->pool, &key);
    if (sum != NULL)
        return sum;
    sum = pool_add(&traffic->pool, &key);
    sum->interface_number = profile->interface_number;
    sum->direction = profile_direction(profile);
    sum->tunnel = profile->carries[depth];
    sum->first_frame = INT64_MAX;
    return sum;
}

static void add_level(struct traffic *traffic, const struct profile *profile,
                      uint8_t depth)
{
    const struct profile_traffic *from = &profile->traffic;
    struct traffic_sum *sum = sum_of(traffic, profile, depth);

    if (sum == NULL)
        return;
    sum->packets += from->packets;
    sum->bytes += from->bytes[depth].sum;
    if (from->bytes[depth].most > sum->bytes_max)
        sum->bytes_max = from->bytes[depth].most;
    if (from->first_frame < sum->first_frame) {
        sum->first_frame = from->first_frame;
        sum->first_ns = from->first_ns;
    }
    if (from->last_frame > sum->last_frame) {
        sum->last_frame = from->last_frame;
        sum->last_ns = from->last_ns;
    }
}

void traffic_add(struct traffic *traffic, const struct profile *profile)
{
    const struct profile_key *key = &profile->key;

    if (profile->traffic.packets == 0)
        return;
    for (uint8_t i = key->counted_levels; i < key->level_count; i++)
        if (key->levels[i].address_bytes > 0)
            add_level(traffic, profile, i);
}

void traffic_finish(struct traffic *traffic)
{
    pool_evict_all(&traffic->pool);
}
