/* Every header whose checksum is wrong, as a row of its own: the value tells
 * what went wrong (a NATed tunnel header, a constant, noise). */
#pragma once

#include "track/outlet.h"
#include "track/view.h"

struct defects {
    struct outlet *outlet;
    int64_t count;
};

void defects_see(struct defects *defects, const struct view *view);
