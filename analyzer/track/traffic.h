/* Packets and bytes from one address to another, to one service port.
 *
 * The service port is the lower one of the two; a tunnel's outer source port
 * varies by flow and is left out. Beyond TRACKER_TRAFFIC_MAX of them, new
 * flows are summed by addresses, and beyond as many again, by nothing but
 * interface and depth (addresses all zero): the number of rows is bounded
 * whatever the capture holds. */
#pragma once

#include "track/outlet.h"
#include "track/pool.h"
#include "track/profiles.h"

struct traffic {
    struct outlet *outlet;
    struct pool pool;
};

void traffic_init(struct traffic *traffic, struct outlet *outlet);
void traffic_deinit(struct traffic *traffic);
/* Adds the packets of a profile. */
void traffic_add(struct traffic *traffic, const struct profile *profile);
/* Writes a row for each. */
void traffic_finish(struct traffic *traffic);
