/* Why the world refused: one line for people, built from the inside out.
 *
 * A function that can fail for reasons outside the program returns bool and
 * takes a struct failure. It says `return fail(failure, "open %s: %s", ...)`;
 * a caller that knows more puts it in front with fail_add(). main prints the
 * line and ends with status 2. Wrong evidence is not a failure: see
 * store/rows.h, struct anomaly_row. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

enum {
    FAILURE_BYTES = 1024,
};

struct failure {
    char text[FAILURE_BYTES]; /* printable ASCII, no newline; "" if none */
};

/* Sets the reason and returns false. Bytes outside printable ASCII become
 * '?', so that a hostile file name cannot reach the terminal raw. */
bool fail(struct failure *failure, const char *format, ...) PRINTF_LIKE(2, 3);

/* Puts context in front of the reason: "context: reason". Returns false. */
bool fail_add(struct failure *failure, const char *format, ...)
    PRINTF_LIKE(2, 3);
