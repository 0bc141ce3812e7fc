/* Puts exchanges together: what all places saw of one question, who asked
 * whom, and what became of it. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

/* Fills `exchange` and `sighting` from dns_exchange and tcp_connection.
 * Needs owner, vantage, clock_offset and phase. */
bool exchange_make(struct sqlite3 *database,
                   struct failure *failure) MUST_CHECK;
