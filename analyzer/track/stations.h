/* Source MAC and IP addresses seen at each interface: who it belongs to. */
#pragma once

#include "track/outlet.h"
#include "track/pool.h"
#include "track/view.h"

enum {
    STATIONS_MAX = 1 << 12,
};

struct stations {
    struct outlet *outlet;
    struct pool pool;
};

void stations_init(struct stations *stations, struct outlet *outlet);
void stations_deinit(struct stations *stations);
void stations_see(struct stations *stations, const struct view *view);
/* Writes a row for each. */
void stations_finish(struct stations *stations);
