/* The bytes of a packet, where tcpdump printed them (-x, -X, -xx, -XX):
 *
 *     0x0010:  c0a8 380c 9584 2118 005e 3c18 0800 0000  ..8...!..^<.....
 *
 * They are worth more than the words above them: they are the packet. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PRINTED_HEX_BYTES_MAX = 64 * 1024,
};

struct printed_hex {
    uint8_t *bytes; /* PRINTED_HEX_BYTES_MAX of them */
    size_t count;
    bool is_broken; /* a line is missing: the rest is not added */
};

/* Adds a line's bytes; false if it is no such line. */
bool printed_hex_take(struct printed_hex *hex, struct text line);
