/* Which nodes drop packets that arrive with an unfinished checksum.
 *
 * On virtual links (veth, virtio between guests of one host) the kernel
 * carries the mark "checksum still to be made" along, and what a capture
 * shows as partial is accepted. On a real wire it is dropped. What decides is
 * what became of them: handshakes that went on, answers that were forwarded,
 * or neither, and counters that grew. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;

struct partial_node {
    const char *node;
    int64_t accepted; /* partial packets after which the receiver went on */
    int64_t dropped;  /* and after which it did not */
    int64_t counted;  /* growth of its checksum error counters */
};

struct partial_nodes {
    struct partial_node *list;
    size_t count;
};

bool partial_load(struct partial_nodes *nodes, struct sqlite3 *database,
                  struct arena *arena, struct failure *failure) MUST_CHECK;
void partial_deinit(struct partial_nodes *nodes);
/* True if this node is known to drop them; false for NULL. */
bool partial_is_dropped(const struct partial_nodes *nodes, const char *node);
