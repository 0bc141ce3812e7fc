/* Rows of a piece of a document, with the lines of the document.
 *
 * A reader counts the lines of the piece from 1. Every column `line`, and
 * frames that stand for lines, gain what lies before the piece. */
#pragma once

#include "store/tables.h"

#include <stdint.h>

enum {
    LINE_SHIFT_ROW_BYTES = 2048,
};

/* A copy of the row in room, or the row itself where it has no lines. */
const void *line_shift(enum table_id table, const void *row, int64_t offset,
                       unsigned char room[LINE_SHIFT_ROW_BYTES]);
