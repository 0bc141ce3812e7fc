#include "track/settling.h"

#include "base/memory.h"

#include <stddef.h>
#include <stdlib.h>

void settling_init(struct settling *settling, uint32_t capacity)
{
    *settling = (struct settling){ .room = capacity };
    settling->queue = memory_allocate(capacity, sizeof *settling->queue);
}

void settling_deinit(struct settling *settling)
{
    free(settling->queue);
    *settling = (struct settling){ .room = 0 };
}

static struct settling_entry *at(const struct settling *settling,
                                 uint32_t position)
{
    uint64_t place = (uint64_t)settling->first + position;

    return &settling->queue[place % settling->room];
}

void settling_add(struct settling *settling, const struct settling_entry *entry)
{
    if (settling->count == settling->room)
        return;
    *at(settling, settling->count) = *entry;
    settling->count++;
}

const struct settling_entry *settling_take(struct settling *settling,
                                           int64_t before_ns)
{
    const struct settling_entry *first;

    if (settling->count == 0)
        return NULL;
    first = at(settling, 0);
    if (first->at_ns >= before_ns)
        return NULL;
    settling->first = (settling->first + 1) % settling->room;
    settling->count--;
    return first;
}

const struct settling_entry *settling_ahead(const struct settling *settling,
                                            uint32_t calls)
{
    return calls < settling->count ? at(settling, calls) : NULL;
}
