/* The file that --output names.
 *
 * It is written beside its place and moved there when it is whole, so that a
 * failure leaves the old one. It keeps the mode of the old one, or gets the
 * mode that a shell would give it; a symbolic link stays one; a pipe or a
 * device is written to as it is. */
#pragma once

#include "base/failure.h"

#include <stddef.h>

/* False if the file could not be written now: better told before an analysis
 * than after it. Leaves nothing. */
bool output_file_try(const char *path, struct failure *failure) MUST_CHECK;
bool output_file_write(const char *path, const char *bytes, size_t length,
                       struct failure *failure) MUST_CHECK;
