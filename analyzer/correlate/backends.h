/* One question sent to several endpoints in turn.
 *
 * A forwarder keeps its client's id when an endpoint refuses and it tries the
 * next (CoreDNS forward), as does glibc with the next nameserver of its list:
 * the identities are equal, and what one endpoint answered is no answer of the
 * other's. No packet is ever translated to two endpoints, so two pods asked are
 * two questions. */
#pragma once

#include "correlate/judge.h"
#include "correlate/owners.h"

#include <stddef.h>

/* Moves those of one endpoint to the front, in their order, and returns how
 * many they are: all, where only one endpoint was asked. Places that saw the
 * question before it was translated follow the client's port, else the time.
 * Takes the square of count. */
size_t backends_part(const struct owners *owners, struct member *members,
                     size_t count);
