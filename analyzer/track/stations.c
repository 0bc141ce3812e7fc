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

static bool has_mac(const struct view *view)
{
    static const uint8_t none[MAC_BYTES];

    return view->link != NULL &&
           memcmp(view->link->source, none, MAC_BYTES) != 0;
}

void stations_see(struct stations *stations, const struct view *view)
{
    const struct layer *ip = view->levels[0].ip;
    struct station_key key = {
        .interface = view->interface,
        .direction = (uint8_t)view->direction[0],
        .address_bytes = ip->address_bytes,
    };
    struct station *station;

    if (has_mac(view)) {
        key.has_mac = 1;
        memcpy(key.mac, view->link->source, MAC_BYTES);
    }
    memcpy(key.address, ip->source, ip->address_bytes);
    station = pool_find(&stations->pool, &key);
    if (station == NULL && stations->pool.count == stations->pool.capacity) {
        outlet_count(stations->outlet,
                     &(struct oddity){ .name = "track.stations-full",
                                       .interface = ABSENT,
                                       .frame = view->frame,
                                       .byte_offset = ABSENT });
        return;
    }
    if (station == NULL) {
        station = pool_add(&stations->pool, &key);
        station->interface_number = view->interface_number;
        station->direction = view->direction;
    }
    station->packets++;
}

void stations_finish(struct stations *stations)
{
    pool_evict_all(&stations->pool);
}
