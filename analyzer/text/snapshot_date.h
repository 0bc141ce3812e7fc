/* Dates as date(1) and the headings of iptables-save print them. */
#pragma once

#include "text/snapshot.h"

/* Puts the clue 'taken'; a time without a zone is taken as if it were UTC and
 * marked by the value 'local'. False if the text is no date. */
bool snapshot_taken(struct snapshot *snapshot, struct text text);
