/* Checksums of a packet whose bytes are not there.
 *
 * A printed capture states of a checksum field what it holds and what it
 * should hold. Together with addresses, ports and lengths that is enough for
 * the judgement that decode/judge.c makes of bytes: the pseudo-header needs
 * no payload, and whether an outer sum is right once the inner one is
 * finished (LCO) follows from the differences alone. */
#pragma once

#include "decode/packet.h"

/* The layers hold addresses, protocol, payload_bytes and header_bytes; those
 * with a checksum `stored`, `correct` and a first state: CHECKSUM_BAD for
 * "not right", which becomes partial or lco where the numbers say so; without a
 * `correct` (0) nothing else can be said of it. Any other state stays. Sets
 * `pseudo` of each transport layer. */
void stated_judge(struct packet *packet);
