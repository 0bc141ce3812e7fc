#include "track/stations.h"

#include <stdio.h>
#include <string.h>

enum {
    MAC_BYTES = 6,
    MAC_TEXT_BYTES = 18,
};

struct station_key {
    uint16_t interface;
    uint8_t direction; /* its first letter */
    uint8_t address_bytes;
    uint8_t has_mac;
    uint8_t mac[MAC_BYTES];
    uint8_t spare[5];
    uint8_t address[16];
};

struct station {
    struct pool_entry entry;
    struct station_key key;
    int64_t interface_number;
    const char *direction;
    int64_t packets;
};

static void write_row(void *context, void *entry)
{
    struct stations *stations = context;
    const struct station *station = entry;
    const uint8_t *mac = station->key.mac;
    struct station_row row = STATION_ROW_NONE;
    char text[MAC_TEXT_BYTES] = "";

    if (station->key.has_mac)
        snprintf(text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0],
                 mac[1], mac[2], mac[3], mac[4], mac[5]);
    row.evidence_id = stations->outlet->evidence_id;
    row.interface = station->interface_number;
    row.mac = text;
    row.address = address_of(station->key.address, station->key.address_bytes);
    row.direction = station->direction;
    row.packets = station->packets;
    sink_put(stations->outlet->sink, TABLE_STATION, &row);
}

void stations_init(struct stations *stations, struct outlet *outlet)
{
    stations->outlet = outlet;
    pool_init(&stations->pool,
              &(struct pool_shape){
                  .entry_bytes = sizeof(struct station),
                  .key_bytes = sizeof(struct station_key),
                  .capacity = pool_room(STATIONS_MAX, outlet->capture_bytes),
                  .evict = write_row,
                  .context = stations });
}

void stations_deinit(struct stations *stations)
{
    pool_deinit(&stations->pool);
}

void stations_add(struct stations *stations, const struct profile *profile)
{
    const struct profile_level *outermost = &profile->key.levels[0];
    struct station_key key = {
        .interface = profile->key.interface,
        .direction = profile->key.direction,
        .address_bytes = outermost->address_bytes,
        .has_mac = profile->key.has_mac,
    };
    struct station *station;

    /* Its fragments were counted. */
    if (profile->key.counted_levels > 0)
        return;
    memcpy(key.mac, profile->key.mac, MAC_BYTES);
    memcpy(key.address, outermost->source, sizeof key.address);
    station = pool_find(&stations->pool, &key);
    if (station == NULL && stations->pool.count == stations->pool.capacity) {
        outlet_add(stations->outlet,
                   &(struct oddity){ .name = "track.stations-full",
                                     .interface = ABSENT,
                                     .frame = profile->first_frame,
                                     .byte_offset = ABSENT },
                   profile->packets);
        return;
    }
    if (station == NULL) {
        station = pool_add(&stations->pool, &key);
        station->interface_number = profile->interface_number;
        station->direction = profile_direction(profile);
    }
    station->packets += profile->packets;
}

void stations_finish(struct stations *stations)
{
    pool_evict_all(&stations->pool);
}
