/* Which node, namespace, interface and time a file speaks of.
 *
 * In this order: what the file or its layout says (clues), a node's or pod's
 * name in its path, a host name said by a neighbour in the same folder, and
 * for captures the address that all their packets share. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

bool place_evidence(struct sqlite3 *database,
                    struct failure *failure) MUST_CHECK;
