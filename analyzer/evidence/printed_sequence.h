/* TCP numbers as they were on the wire.
 *
 * tcpdump prints them relative to the first packet of a connection that it
 * printed, but for that packet and those with a SYN. So the first is kept and
 * added to what follows. Where the first packet of a text has small numbers,
 * the text begins in the middle: it stays relative, which is good for order
 * and lengths. With -S everything is absolute, which shows. */
#pragma once

#include "text/printed.h"

struct printed_sequences;

struct printed_sequences *printed_sequences_create(void);
void printed_sequences_destroy(struct printed_sequences *sequences);
/* Makes the numbers of a TCP level absolute. Of an answer that goes over
 * several segments tcpdump prints no more than its length: it gets the last
 * question of the connection. A bounded number of connections is remembered;
 * a new one takes the place of another. */
void printed_sequences_restore(struct printed_sequences *sequences,
                               struct printed_level *level);
