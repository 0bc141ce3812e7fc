#include "decode/checksum.h"

enum {
    CRC_NIBBLES = 16,
};

static struct reader window(const struct reader *over, size_t start, size_t end)
{
    struct reader whole = *over;

    whole.at = 0;
    reader_skip(&whole, start);
    return reader_take(&whole, end - start);
}

/* Words of 32 bits in a sum of 64: the carries of 4 G words fit, and one
 * fold at the end does what an end-around carry does at each step. */
uint64_t checksum_sum(const struct reader *over, size_t start, size_t end)
{
    struct reader bytes = window(over, start, end);
    uint64_t sum = 0;

    while (reader_left(&bytes) >= 8) {
        uint64_t word = reader_u64(&bytes);

        sum += (word >> 32) + (word & 0xffffffff);
    }
    while (reader_left(&bytes) >= 2)
        sum += reader_u16(&bytes);
    if (reader_left(&bytes) > 0)
        sum += (uint64_t)reader_u8(&bytes) << 8;
    return (sum & 0xffffffff) + (sum >> 32);
}

/* Polynomial 0x1edc6f41, reflected. Four bits at a time: SCTP is rare. */
static const uint32_t crc_of_nibble[CRC_NIBBLES] = {
    0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3,
    0x61c69362, 0x7198540d, 0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
    0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
};

uint32_t checksum_crc32c(const struct reader *over, size_t start, size_t end,
                         size_t field_offset)
{
    struct reader bytes = window(over, start, end);
    uint32_t crc = 0xffffffff;

    while (reader_left(&bytes) > 0) {
        size_t offset = reader_offset(&bytes);
        uint8_t byte = reader_u8(&bytes);

        if (offset < field_offset || offset >= field_offset + 4)
            crc ^= byte;
        crc = crc >> 4 ^ crc_of_nibble[crc & 0x0f];
        crc = crc >> 4 ^ crc_of_nibble[crc & 0x0f];
    }
    return ~crc;
}
