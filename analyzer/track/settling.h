/* Entries of a pool whose row will not change any more, in the order in which
 * that began: their rows need not wait until the entries are forgotten, which
 * may be at the end of the capture. Rows that flow while the capture is read
 * are stored meanwhile, by another process.
 *
 * An entry that is gone when its time has come is passed over, and one that
 * finds no room is written when it is forgotten: nothing depends on this but
 * when a row is written. */
#pragma once

#include "track/pool.h"

#include <stdint.h>

struct settling_entry {
    int64_t at_ns;
    int64_t number; /* of what the pool's entry is about, never used again */
    uint32_t index;
};

struct settling {
    struct settling_entry *queue; /* a ring */
    uint32_t room;
    uint32_t first;
    uint32_t count;
};

/* Room for all that is in a pool of that capacity. */
void settling_init(struct settling *settling, uint32_t capacity);
void settling_deinit(struct settling *settling);
void settling_add(struct settling *settling,
                  const struct settling_entry *entry);
/* Takes the first entry if it was added before `before_ns`, or NULL; valid
 * until the next call. */
const struct settling_entry *settling_take(struct settling *settling,
                                           int64_t before_ns);
/* The one that will be first after some calls more, or NULL. */
const struct settling_entry *settling_ahead(const struct settling *settling,
                                            uint32_t calls);
