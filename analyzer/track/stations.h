/* Source MAC and IP addresses seen at each interface: who it belongs to. */
#pragma once

#include "track/outlet.h"
#include "track/pool.h"
#include "track/profiles.h"

enum {
    STATIONS_MAX = 1 << 12,
};

struct stations {
    struct outlet *outlet;
    struct pool pool;
};

void stations_init(struct stations *stations, struct outlet *outlet);
void stations_deinit(struct stations *stations);
/* Adds the packets of a profile. */
void stations_add(struct stations *stations, const struct profile *profile);
/* Writes a row for each. */
void stations_finish(struct stations *stations);
