/* Classic pcap: a header of 24 bytes and records (FORMATS 5.1).
 *
 * Read here and not by libpcap, which is the second opinion of the tests.
 * It delivers most damaged files without a word (of 6,440 one-byte changes to
 * headers 64 % gave "end of file, no error"), cuts what exceeds the snaplen,
 * swaps lengths where it believes it must, refuses a record it finds too long
 * without its place, and drops the direction that 'modified' files hold. Each
 * of these is a fact about the evidence, with a byte offset that a report
 * shows. The layout is forty lines; reading it in the window costs less than
 * a call of pcap_next_ex() for each packet.
 *
 * Nothing marks the start of a record. So one that cannot be true ends the
 * reading: what follows could only be guessed at. A file cut between two
 * records cannot be told from a whole one. */
#include "evidence/capture_file.h"

#include "base/clock.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

enum {
    FILE_HEADER_BYTES = 24,
    RECORD_HEADER_BYTES = 16,
    MODIFIED_HEADER_BYTES = 24,
    /* Bits 26 to 31 of the link type tell about an FCS at the end of frames,
     * which the lengths in the packets leave out. */
    LINK_TYPE_MASK = 0x03ffffff,
};

/* Writers before libpcap 0.4 put the two lengths the other way round. */
enum length_order {
    CAPTURED_FIRST,
    WIRE_FIRST,
    SMALLER_IS_CAPTURED, /* version 2.3 was written in both ways */
};

struct pcap_variant {
    uint32_t magic;
    int64_t fraction_ns; /* unit of the second word of the time */
    size_t record_bytes;
};

static const struct pcap_variant variants[] = {
    {
        .magic = 0xa1b2c3d4,
        .fraction_ns = 1000,
        .record_bytes = RECORD_HEADER_BYTES,
    },
    {
        .magic = 0xa1b23c4d,
        .fraction_ns = 1,
        .record_bytes = RECORD_HEADER_BYTES,
    },
    {
        .magic = 0xa1b2cd34,
        .fraction_ns = 1000,
        .record_bytes = MODIFIED_HEADER_BYTES,
    },
};

struct pcap_layout {
    const struct pcap_variant *variant;
    bool is_big_endian;
    enum length_order lengths;
    uint32_t captured_bytes_max;
};

struct record {
    uint32_t seconds;
    uint32_t fraction;
    uint32_t captured_bytes;
    uint32_t wire_bytes;
    enum packet_direction direction;
};

static uint64_t number(struct reader *in, const struct pcap_layout *layout,
                       size_t width)
{
    return layout->is_big_endian ? reader_big_endian(in, width)
                                 : reader_little_endian(in, width);
}

static uint32_t word(struct reader *in, const struct pcap_layout *layout)
{
    return (uint32_t)number(in, layout, 4);
}

static void find_variant(struct reader in, struct pcap_layout *layout)
{
    struct reader again = in;
    uint32_t big = reader_u32(&in);
    uint32_t little = (uint32_t)reader_little_endian(&again, 4);

    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++)
        if (variants[i].magic == big || variants[i].magic == little) {
            layout->variant = &variants[i];
            layout->is_big_endian = variants[i].magic == big;
        }
    assert(layout->variant != NULL); /* the caller chose by the magic */
}

/* As libpcap 1.10: versions 2.0 to 2.4, and 543.0 of Digital UNIX. */
static bool read_version(struct capture_file *file, struct reader *in,
                         struct pcap_layout *layout)
{
    unsigned major = (unsigned)number(in, layout, 2);
    unsigned minor = (unsigned)number(in, layout, 2);

    if ((major != 2 || minor > 4) && (major != 543 || minor != 0)) {
        capture_file_lose(file, CAPTURE_VERSION, 4,
                          "version %u.%u of the format", major, minor);
        return false;
    }
    layout->lengths = CAPTURED_FIRST;
    if (major == 543 || minor < 3)
        layout->lengths = WIRE_FIRST;
    else if (minor == 3)
        layout->lengths = SMALLER_IS_CAPTURED;
    return true;
}

/* Some link types of old have longer packets, and none of them is decoded:
 * they get what the snaplen allows. */
static uint32_t captured_most(uint32_t snaplen_bytes)
{
    if (snaplen_bytes < CAPTURE_SNAPLEN_MAX)
        return CAPTURE_SNAPLEN_MAX;
    if (snaplen_bytes > CAPTURE_BLOCK_BYTES_MAX - MODIFIED_HEADER_BYTES)
        return CAPTURE_BLOCK_BYTES_MAX - MODIFIED_HEADER_BYTES;
    return snaplen_bytes;
}

static bool read_header(struct capture_file *file, struct pcap_layout *layout)
{
    size_t length = capture_window_have(&file->window, FILE_HEADER_BYTES);
    struct reader in = capture_window_peek(&file->window, length);
    struct capture_interface *interface;

    if (length < FILE_HEADER_BYTES) {
        capture_file_cut(file, 0, "the file's header");
        return false;
    }
    find_variant(in, layout);
    reader_skip(&in, 4);
    if (!read_version(file, &in, layout))
        return false;
    reader_skip(&in, 8); /* time zone and accuracy: 0 in every real file */

    interface = capture_file_add(file);
    interface->snaplen_bytes = word(&in, layout);
    interface->link_type = (int)(word(&in, layout) & LINK_TYPE_MASK);
    interface->is_decoded = link_type_is_known(interface->link_type);
    layout->captured_bytes_max =
        captured_most((uint32_t)interface->snaplen_bytes);
    tracker_interface(file->tracker,
                      &(struct tracker_interface){
                          .link_type = interface->link_type,
                          .snaplen_bytes = interface->snaplen_bytes,
                          .received = ABSENT,
                          .dropped = ABSENT,
                      });
    capture_window_skip(&file->window, FILE_HEADER_BYTES);
    return true;
}

/* The kernel's PACKET_HOST to PACKET_OUTGOING; 3 is somebody else's packet,
 * seen because the interface was promiscuous. */
static enum packet_direction direction_of(uint8_t packet_type)
{
    if (packet_type <= 2)
        return DIRECTION_IN;
    return packet_type == 4 ? DIRECTION_OUT : DIRECTION_UNKNOWN;
}

static bool lengths_are_swapped(const struct record *record,
                                enum length_order order)
{
    return order == WIRE_FIRST || (order == SMALLER_IS_CAPTURED &&
                                   record->captured_bytes > record->wire_bytes);
}

static struct record read_record(struct reader *in,
                                 const struct pcap_layout *layout)
{
    struct record record = { .seconds = word(in, layout) };

    record.fraction = word(in, layout);
    record.captured_bytes = word(in, layout);
    record.wire_bytes = word(in, layout);
    if (lengths_are_swapped(&record, layout->lengths)) {
        uint32_t wire_bytes = record.captured_bytes;

        record.captured_bytes = record.wire_bytes;
        record.wire_bytes = wire_bytes;
    }
    if (layout->variant->record_bytes == MODIFIED_HEADER_BYTES) {
        reader_skip(in, 4 + 2); /* ifindex, ethertype */
        record.direction = direction_of(reader_u8(in));
        reader_skip(in, 1);
    }
    return record;
}

/* A fraction of a second or more is kept out of the seconds: whether it was
 * meant in another unit, nobody knows. */
static int64_t record_time(struct capture_file *file,
                           const struct record *record, int64_t fraction_ns,
                           int64_t offset)
{
    int64_t nanoseconds = record->fraction * fraction_ns;

    if (nanoseconds >= NS_PER_SECOND) {
        capture_file_note(file, CAPTURE_SUBSECOND, offset,
                          "%" PRIu32 " %s are more than a second",
                          record->fraction, fraction_ns == 1 ? "ns" : "us");
        nanoseconds = NS_PER_SECOND - 1;
    }
    return capture_file_time(file, record->seconds, nanoseconds, offset);
}

static void cut_in_frame(struct capture_file *file, int64_t offset)
{
    char inside[40];

    snprintf(inside, sizeof inside, "frame %" PRId64, file->frames + 1);
    capture_file_cut(file, offset, inside);
}

/* The record's header, if all of the record is there and can be true. */
static bool find_record(struct capture_file *file,
                        const struct pcap_layout *layout, struct record *record)
{
    int64_t offset = capture_window_offset(&file->window);
    size_t header_bytes = layout->variant->record_bytes;
    size_t have = capture_window_have(&file->window, header_bytes);
    struct reader in = capture_window_peek(&file->window, have);

    if (have == 0 && !file->window.failed)
        return false;
    *record = read_record(&in, layout);
    if (reader_ok(&in) && record->captured_bytes > layout->captured_bytes_max) {
        capture_file_lose(file, CAPTURE_RECORD_MALFORMED, offset,
                          "frame %" PRId64 " claims %" PRIu32
                          " captured bytes: not read from here on",
                          file->frames + 1, record->captured_bytes);
        return false;
    }
    header_bytes += reader_ok(&in) ? record->captured_bytes : 0;
    if (capture_window_have(&file->window, header_bytes) < header_bytes) {
        cut_in_frame(file, offset);
        return false;
    }
    return true;
}

static bool next_record(struct capture_file *file,
                        const struct pcap_layout *layout)
{
    int64_t offset = capture_window_offset(&file->window);
    struct capture_frame frame = { .offset = offset };
    size_t header_bytes = layout->variant->record_bytes;
    struct record record;
    struct reader in;

    if (!find_record(file, layout, &record))
        return false;
    in = capture_window_peek(&file->window,
                             header_bytes + record.captured_bytes);
    file->frames++;
    reader_skip(&in, header_bytes);
    frame.bytes = in.base + in.at;
    frame.captured_bytes = record.captured_bytes;
    frame.wire_bytes = record.wire_bytes;
    frame.direction = record.direction;
    frame.at_ns =
        record_time(file, &record, layout->variant->fraction_ns, offset);
    capture_file_frame(file, 0, &frame);
    capture_window_skip(&file->window,
                        (int64_t)header_bytes + record.captured_bytes);
    return true;
}

void pcap_file_read(struct capture_file *file)
{
    struct pcap_layout layout = { 0 };

    if (!read_header(file, &layout))
        return;
    while (!file->sink->is_closed && next_record(file, &layout))
        continue;
}
