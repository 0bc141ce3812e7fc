/* Loads a bundle into a case: every file of it, read or not, gets its row in
 * `evidence`, and what its reader finds gets rows of its own.
 *
 * Each file is read by a process of its own that can do nothing but read it
 * and send rows. Several run at once; their rows are taken in the order of
 * the files, so that the case does not depend on who was faster. A reader
 * that dies, hangs or talks nonsense is a fact about its file, not the end. */
#pragma once

#include "base/failure.h"
#include "decode/packet.h"
#include "evidence/kinds.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct load_totals {
    int64_t files;   /* rows in evidence that this load added */
    int64_t read;    /* wholly or partly */
    int64_t skipped; /* the case had them already */
    int64_t facts;
};

struct load_options {
    struct decode_options decode;
    unsigned threads;         /* readers at once; 0: one a core */
    const char *spool_folder; /* NULL: see spool.h */
    const struct kind *kinds; /* NULL: evidence_kinds */
    int64_t reader_seconds;   /* of CPU and of waiting, beside what the size
                                 of the file earns it; 0: 30 */
    /* Called for each finished file; may be NULL. */
    void (*progress)(void *context, const struct evidence_row *row);
    void *progress_context;
    struct load_totals *totals; /* may be NULL */
};

/* paths ends with NULL; "-" is standard input. Files that the case has, by
 * path and content, are skipped. Makes the indexes at the end. False if the
 * world fails, or if there is no file at all that was understood. */
bool evidence_load(struct store *store, const struct load_options *options,
                   const char *const *paths,
                   struct failure *failure) MUST_CHECK;
