/* Hosts that no file names, known by the packets between them.
 *
 * Captures alone still tell where they were taken: each tunnel packet at a
 * host's uplink has that host at one end. The host takes its name from what
 * the paths of its captures have in common and those of others have not, as
 * "node1" in "node1_eth0.pcap"; else its address is its name. */
#pragma once

#include "base/failure.h"
#include "correlate/path_names.h"

#include <stdbool.h>

struct sqlite3;

/* Makes the temporary tables endpoint and learned_node, the hosts that only
 * the packets name, and adds the words that stand for them to nodes. Needs
 * evidence.node where paths tell it. */
bool endpoint_learn(struct sqlite3 *database, struct path_names *nodes,
                    struct failure *failure) MUST_CHECK;
/* The word that all paths at own have and none of the others; NULL. own and
 * count say which of the paths are its. The text lives in arena. */
const char *endpoint_word(struct arena *arena, const struct text *paths,
                          const bool *is_own, size_t count);
