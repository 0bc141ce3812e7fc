/* How many headers were in which checksum state, per interface, direction
 * and pair of outermost addresses. */
#pragma once

#include "track/outlet.h"
#include "track/pool.h"
#include "track/profiles.h"

enum {
    TALLIES_PAIRS_MAX = 1 << 12,
    TALLIES_SUMS_MAX = 1 << 15,
};

struct tallies {
    struct outlet *outlet;
    struct pool pairs;
    struct pool sums;
};

void tallies_init(struct tallies *tallies, struct outlet *outlet);
void tallies_deinit(struct tallies *tallies);
/* Adds the packets of a profile. */
void tallies_add(struct tallies *tallies, const struct profile *profile);
/* The transport header of a datagram was counted with its first fragment: now
 * that it is judged as a whole, that count goes. profile: of `joined`. */
void tallies_take_back_fragment(struct tallies *tallies,
                                const struct view *joined,
                                const struct profile *profile);
/* Writes the rows. */
void tallies_finish(struct tallies *tallies);
