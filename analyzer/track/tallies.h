/* How many headers were in which checksum state, per interface, direction
 * and pair of outermost addresses.
 *
 * The one idea: the states of all headers of a frame are one small profile.
 * Frames are counted per profile, and taken apart into headers only when the
 * rows are written. */
#pragma once

#include "track/outlet.h"
#include "track/pool.h"
#include "track/view.h"

enum {
    TALLIES_PAIRS_MAX = 1 << 12,
    TALLIES_PROFILES_MAX = 1 << 15,
};

struct tallies {
    struct outlet *outlet;
    struct pool pairs;
    struct pool profiles;
};

void tallies_init(struct tallies *tallies, struct outlet *outlet);
void tallies_deinit(struct tallies *tallies);
void tallies_see(struct tallies *tallies, const struct view *view);
/* Writes the rows. */
void tallies_finish(struct tallies *tallies);
