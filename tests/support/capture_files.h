/* Small captures for tests, put together field by field. */
#pragma once

#include "support/file_bytes.h"

enum {
    SECOND = 1683280566,
    RECORDS = 3,
};

struct pcap_kind {
    uint32_t magic;
    uint16_t major;
    uint16_t minor;
    bool is_modified;
    bool wire_first;
};

static inline void put_pcap_header(struct file_bytes *file,
                                   const struct pcap_kind *kind,
                                   uint32_t link_type)
{
    put_u32(file, kind->magic);
    put_u16(file, kind->major);
    put_u16(file, kind->minor);
    put_u32(file, 0);
    put_u32(file, 0);
    put_u32(file, 96);
    put_u32(file, link_type);
}

static inline void put_record(struct file_bytes *file,
                              const struct pcap_kind *kind,
                              const uint32_t fields[4])
{
    put_u32(file, fields[0]);
    put_u32(file, fields[1]);
    put_u32(file, kind->wire_first ? fields[3] : fields[2]);
    put_u32(file, kind->wire_first ? fields[2] : fields[3]);
    if (kind->is_modified) {
        put_u32(file, 2);
        put_u16(file, 0x0800);
        put_number(file, 4, 1);
        put_number(file, 0, 1);
    }
    for (uint32_t i = 0; i < fields[2]; i++)
        put_number(file, i + 1, 1);
}

static inline void put_pcap_file(struct file_bytes *file,
                                 const struct pcap_kind *kind)
{
    put_pcap_header(file, kind, 1);
    for (uint32_t i = 0; i < RECORDS; i++)
        put_record(file, kind,
                   (const uint32_t[4]){ SECOND + i, 7 + i, 10 + i, 20 });
}

enum {
    SECTION = 0x0a0d0d0a,
    INTERFACE = 1,
    OLD_PACKET = 2,
    SIMPLE_PACKET = 3,
    NAMES = 4,
    STATISTICS = 5,
    ENHANCED_PACKET = 6,
    SECRETS = 10,
};

static inline void put_section(struct file_bytes *file)
{
    size_t start = put_block(file, SECTION);

    put_u32(file, 0x1a2b3c4d);
    put_u16(file, 1);
    put_u16(file, 0);
    put_u64(file, UINT64_MAX);
    put_option(file, 1, "before the fix", 14);
    put_block_end(file, start);
}

static inline size_t put_interface(struct file_bytes *file, uint16_t link_type,
                                   uint32_t snaplen)
{
    size_t start = put_block(file, INTERFACE);

    put_u16(file, link_type);
    put_u16(file, 0);
    put_u32(file, snaplen);
    return start;
}

static inline size_t put_packet(struct file_bytes *file, uint32_t interface,
                                uint64_t stamp, uint32_t captured,
                                uint32_t wire)
{
    size_t start = put_block(file, ENHANCED_PACKET);

    put_u32(file, interface);
    put_u32(file, (uint32_t)(stamp >> 32));
    put_u32(file, (uint32_t)stamp);
    put_u32(file, captured);
    put_u32(file, wire);
    for (uint32_t i = 0; i < captured; i++)
        put_number(file, 1, 1);
    put_padding(file);
    return start;
}

/* One of each block: two interfaces of different kinds, nanoseconds at the
 * second, direction and drops at a packet, statistics, names, secrets. */
static inline void put_pcapng_file(struct file_bytes *file)
{
    size_t start;

    put_section(file);
    start = put_interface(file, 1, 262144);
    put_option(file, 2, "eth0", 4);
    put_option(file, 3, "uplink", 6);
    put_option(file, 11, "\0udp port 53", 12);
    put_u32(file, 0);
    put_block_end(file, start);
    start = put_interface(file, 101, 96);
    put_option(file, 2, "wg0", 3);
    put_option(file, 9, "\x09", 1);
    put_option_number(file, 14, 100, 8);
    put_block_end(file, start);

    start = put_packet(file, 0, (uint64_t)SECOND * 1000000 + 5, 9, 60);
    put_option_number(file, 2, 1, 4);
    put_option_number(file, 4, 3, 8);
    put_option(file, 1, "here", 4);
    put_block_end(file, start);
    start =
        put_packet(file, 1, (uint64_t)(SECOND - 100) * 1000000000 + 7, 10, 10);
    put_option_number(file, 2, 2, 4);
    put_block_end(file, start);
    start = put_block(file, OLD_PACKET);
    put_u16(file, 1);
    put_u16(file, 0xffff);
    put_u32(file, 0);
    put_u32(file, 8);
    put_u32(file, 3);
    put_u32(file, 4);
    put_bytes(file, "\1\1\1", 3);
    put_block_end(file, start);
    start = put_block(file, SIMPLE_PACKET);
    put_u32(file, 5);
    put_bytes(file, "\1\1\1\1\1", 5);
    put_block_end(file, start);

    start = put_block(file, NAMES);
    put_bytes(file, "\0\0\0\0", 4);
    put_block_end(file, start);
    start = put_block(file, SECRETS);
    put_bytes(file, "KLSTkeep me out", 15);
    put_block_end(file, start);
    start = put_block(file, STATISTICS);
    put_u32(file, 0);
    put_u64(file, 0);
    put_option_number(file, 4, 1000, 8);
    put_option_number(file, 5, 10, 8);
    put_option_number(file, 7, 2, 8);
    put_block_end(file, start);
}
