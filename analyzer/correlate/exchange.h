/* Puts exchanges together: the rows of all places that saw one question.
 *
 * Rows meet by `identity`, which NAT and tunnels leave alone, and by time.
 * One forwarder's question and the one it asks in turn may share an identity
 * (CoreDNS before 1.8.7 keeps the id): the kind of the server tells them
 * apart. Memory is that of one identity's rows, MEMBERS_MAX at most. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

/* Fills `exchange` and `sighting` from dns_exchange and tcp_connection.
 * Needs owner, vantage, clock_offset and phase. */
bool exchange_make(struct sqlite3 *database,
                   struct failure *failure) MUST_CHECK;
