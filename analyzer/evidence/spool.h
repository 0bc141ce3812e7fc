/* Room for bytes that have no file: members of archives, standard input.
 *
 * A spool file never has a name that another process or an archive could
 * reach: O_TMPFILE, or a random name that is unlinked at once where the file
 * system lacks that. What is short never gets to a disk at all: of 200,000
 * small members ext4 (Linux 6.18) spends a fifth of a load on looking for
 * inodes that were not freed a moment ago. */
#pragma once

#include "base/failure.h"
#include "base/text.h"

#include <stdbool.h>

enum {
    SPOOL_MEMORY_BYTES = 1024 * 1024, /* of each; longer ones are files */
};

/* A new descriptor, read and write: memory, or a file in folder where the
 * kernel has none to give (before Linux 3.17). */
bool spool_open(const char *folder, int *descriptor,
                struct failure *failure) MUST_CHECK;
/* Appends; *descriptor becomes that of a file in folder once it is too long
 * for memory. */
bool spool_write(const char *folder, int *descriptor, struct text bytes,
                 struct failure *failure) MUST_CHECK;
/* $TMPDIR, or /var/tmp: /tmp may be memory. */
const char *spool_folder_default(void);
