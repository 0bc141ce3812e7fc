/* Takes the rows of one reader process into the case.
 *
 * Nothing it sends is trusted: each record is checked to its last byte, names
 * its own evidence and no other, and leaves no required column out. The
 * number of rows and the time are bounded by the size of the file. */
#pragma once

#include "evidence/layouts.h"
#include "evidence/ledger.h"
#include "evidence/load.h"
#include "evidence/reader_process.h"
#include "evidence/source.h"

#include <stdbool.h>

struct receiver; /* its buffers, for all files */

struct receiver *receiver_create(struct ledger *ledger,
                                 const struct load_options *options);
void receiver_destroy(struct receiver *receiver);

/* Reads the process to its end and writes rows and evidence row; without a
 * process (pipe -1) only the row. *row says what was written, its texts valid
 * until the next call; row->id is 0 if the case had the file already. */
bool receiver_take(struct receiver *receiver, struct reader_process *process,
                   const struct found *found, struct evidence_row *row,
                   struct failure *failure) MUST_CHECK;
