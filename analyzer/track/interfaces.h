/* The interfaces of a capture: what it says of them, and sums of what was
 * seen. The index of an interface is small and dense, its number is the
 * capture's own. */
#pragma once

#include "track/outlet.h"
#include "track/tracker.h"

#include <stdint.h>

struct interface_sums;

struct interfaces {
    struct outlet *outlet;
    struct interface_sums *sums; /* TRACKER_INTERFACES_MAX of them */
    uint16_t count;
    uint16_t last; /* found last: most captures have one */
};

void interfaces_init(struct interfaces *interfaces, struct outlet *outlet);
void interfaces_deinit(struct interfaces *interfaces);
void interfaces_declare(struct interfaces *interfaces,
                        const struct tracker_interface *declared);
/* The index of an interface number, made if it is new. A capture with more
 * than TRACKER_INTERFACES_MAX gets the last one for all others. */
uint16_t interfaces_index(struct interfaces *interfaces, int64_t number,
                          int link_type);
int64_t interfaces_number(const struct interfaces *interfaces, uint16_t index);
/* Adds a frame to the sums of its interface. */
void interfaces_count(struct interfaces *interfaces, uint16_t index,
                      const struct tracker_frame *frame);
/* Writes a row for each. */
void interfaces_finish(struct interfaces *interfaces);
