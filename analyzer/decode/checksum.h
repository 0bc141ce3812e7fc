/* Checksum arithmetic: the ones-complement sum of RFC 1071 and CRC32c.
 *
 * Sums are kept unfolded in 64 bits. All arithmetic is mod 0xffff, in which
 * 0 and 0xffff are one number: a folded sum of anything but zeros is never
 * 0, so sums compare as they are. */
#pragma once

#include "base/reader.h"

#include <stdint.h>

/* The sum of the bytes as 16-bit big-endian words, the last one padded. It
 * is below 2^34 for anything below 4 GB: a few may be added without care. */
uint64_t checksum_sum(struct reader bytes);

static inline uint16_t checksum_fold(uint64_t sum)
{
    sum = (sum & 0xffffffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)((sum & 0xffff) + (sum >> 16));
}

/* Add it to a sum to take the value out of it. */
static inline uint16_t checksum_minus(uint16_t value)
{
    return (uint16_t)~value;
}

/* CRC32c as SCTP has it, read as a little-endian field. The four bytes at
 * field_offset, which hold it, count as 0. */
uint32_t checksum_crc32c(struct reader bytes, size_t field_offset);
