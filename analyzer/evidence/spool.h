/* Room for bytes that have no file: members of archives, standard input.
 *
 * A spool file never has a name that another process or an archive could
 * reach: O_TMPFILE, or a random name that is unlinked at once where the file
 * system lacks that. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>
#include <stddef.h>

/* A new descriptor, read and write, in folder. */
bool spool_open(const char *folder, int *descriptor,
                struct failure *failure) MUST_CHECK;
bool spool_write(int descriptor, const void *bytes, size_t length,
                 struct failure *failure) MUST_CHECK;
/* $TMPDIR, or /var/tmp: /tmp may be memory. */
const char *spool_folder_default(void);
