/* Checksum arithmetic: the ones-complement sum of RFC 1071 and CRC32c.
 *
 * Sums are kept unfolded in 64 bits. All arithmetic is mod 0xffff, in which
 * 0 and 0xffff are one number: a folded sum of anything but zeros is never
 * 0, so sums compare as they are. */
#pragma once

#include "base/reader.h"

#include <stdint.h>

/* The sum of the bytes [start, end) of what the reader is over, as 16-bit
 * big-endian words, the last one padded. It is below 2^34 for anything below
 * 4 GB: a few may be added without care. */
uint64_t checksum_sum(const struct reader *over, size_t start, size_t end);

/* The sum of an address that was read; its length is even. */
static inline uint32_t checksum_sum_address(const uint8_t *address,
                                            size_t length)
{
    uint32_t sum = 0;

    for (size_t i = 0; i + 1 < length; i += 2)
        sum += (uint32_t)(address[i] << 8 | address[i + 1]);
    return sum;
}

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

/* CRC32c of the bytes [start, end) as SCTP has it, in a little-endian field.
 * The four bytes at field_offset, which hold it, count as 0. */
uint32_t checksum_crc32c(const struct reader *over, size_t start, size_t end,
                         size_t field_offset);
