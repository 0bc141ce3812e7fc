/* IP fragments -> the datagram, so that checksums and messages that span
 * them are judged. IPv4 and IPv6, at any depth.
 *
 * At most FRAGMENTS_DATAGRAMS_MAX are in the making, each FRAGMENTS_SECONDS
 * long; memory for one is allocated when it is first needed. Where fragments
 * overlap, the first one counts. */
#pragma once

#include "track/outlet.h"
#include "track/view.h"

enum {
    FRAGMENTS_DATAGRAMS_MAX = 64,
    FRAGMENTS_SECONDS = 30,
    FRAGMENTS_HEADER_BYTES_MAX = 40,
};

struct datagram;

struct fragments {
    struct outlet *outlet;
    struct datagram *datagrams;
};

void fragments_init(struct fragments *fragments, struct outlet *outlet);
void fragments_deinit(struct fragments *fragments);
/* Adds the fragment that is the innermost level of the view. True if it
 * completes its datagram: `whole` is then a frame of LINKTYPE_RAW, valid
 * until the next call. */
bool fragments_take(struct fragments *fragments, const struct view *view,
                    const struct frame *frame, struct frame *whole);
/* Counts what never became whole. */
void fragments_finish(struct fragments *fragments);
