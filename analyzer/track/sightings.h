/* The same packet, seen again at the same interface within milliseconds.
 *
 * A capture on "any" (Linux cooked v1) holds a packet once for each device
 * that it passes, a loopback capture holds it sent and received. Such
 * sightings are no retransmissions. The newest packets are remembered in a
 * fixed table that simply overwrites itself. */
#pragma once

#include "track/view.h"

enum {
    SIGHTINGS_SETS = 1 << 12,
    SIGHTINGS_WAYS = 2,
};

struct sighting;

struct sightings {
    struct sighting *seen;
};

void sightings_init(struct sightings *sightings);
void sightings_deinit(struct sightings *sightings);
/* What makes a packet the same; and asks for the memory where it will be
 * looked for. */
uint64_t sightings_expect(const struct sightings *sightings,
                          const struct view *view);
/* Sets is_duplicate and is_counted. identity: what sightings_expect() said. */
void sightings_judge(struct sightings *sightings, uint64_t identity,
                     struct view *view);
