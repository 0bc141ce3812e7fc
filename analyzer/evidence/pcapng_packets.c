#include "evidence/pcapng_options.h"
#include "evidence/pcapng_time.h"

enum {
    PACKET_FLAGS = 2,
    PACKET_DROPS = 4,
    OLD_DROPS_UNKNOWN = 0xffff,
};

static enum packet_direction direction_of(uint32_t flags)
{
    static const enum packet_direction directions[4] = {
        DIRECTION_UNKNOWN,
        DIRECTION_IN,
        DIRECTION_OUT,
        DIRECTION_UNKNOWN,
    };

    return directions[flags & 3];
}

static void read_packet_options(struct pcapng_section *section,
                                struct reader *body,
                                struct capture_interface *interface,
                                struct capture_frame *frame)
{
    struct pcapng_option option;

    while (pcapng_next_option(section, body, &option))
        if (option.code == PACKET_FLAGS)
            frame->direction = direction_of(pcapng_u32(section, &option.value));
        else if (option.code == PACKET_DROPS)
            pcapng_add_count(&interface->dropped_on_frames,
                             pcapng_option_count(section, &option));
        else if (option.code == PCAPNG_COMMENT)
            pcapng_keep_comment(section, &option, true);
}

/* The packet's bytes and the options behind them. */
static void read_packet(struct pcapng_section *section, struct reader *body,
                        struct capture_interface *interface,
                        struct capture_frame *frame)
{
    size_t padding = (4 - frame->captured_bytes % 4) % 4;
    struct reader packet = reader_take(body, frame->captured_bytes);

    if (!reader_ok(body)) {
        pcapng_note(section, "a packet is longer than its block");
        return;
    }
    frame->bytes = packet.base + packet.at;
    frame->offset = section->block_offset;
    reader_skip(body, padding);
    read_packet_options(section, body, interface, frame);
    capture_file_frame(section->file, interface - section->file->interfaces,
                       frame);
}

static void read_time(struct pcapng_section *section, struct reader *body,
                      const struct capture_interface *interface,
                      struct capture_frame *frame)
{
    struct capture_file *file = section->file;
    uint64_t high = pcapng_u32(section, body);
    uint64_t stamp = high << 32 | pcapng_u32(section, body);
    struct pcapng_time time;

    if (pcapng_time_of(stamp, interface->resolution, interface->offset_s,
                       &time)) {
        frame->at_ns = capture_file_time(file, time.seconds, time.nanoseconds,
                                         section->block_offset);
        return;
    }
    frame->at_ns = file->last_ns;
    frame->is_untimed = true;
    capture_file_note(file, CAPTURE_NO_TIME, section->block_offset,
                      "in a unit that no clock has: taken for the time "
                      "of the packet before");
}

void pcapng_read_enhanced_packet(struct pcapng_section *section,
                                 struct reader *body)
{
    struct capture_interface *interface =
        pcapng_interface(section, pcapng_u32(section, body));
    struct capture_frame frame = { 0 };

    if (interface == NULL)
        return;
    read_time(section, body, interface, &frame);
    frame.captured_bytes = pcapng_u32(section, body);
    frame.wire_bytes = pcapng_u32(section, body);
    read_packet(section, body, interface, &frame);
}

/* The packet block before the enhanced one; some writers still use it. */
void pcapng_read_old_packet(struct pcapng_section *section, struct reader *body)
{
    struct capture_interface *interface =
        pcapng_interface(section, pcapng_u16(section, body));
    uint16_t drops = pcapng_u16(section, body);
    struct capture_frame frame = { 0 };

    if (interface == NULL)
        return;
    if (drops != OLD_DROPS_UNKNOWN)
        pcapng_add_count(&interface->dropped_on_frames, drops);
    read_time(section, body, interface, &frame);
    frame.captured_bytes = pcapng_u32(section, body);
    frame.wire_bytes = pcapng_u32(section, body);
    read_packet(section, body, interface, &frame);
}

/* A packet of interface 0 without time: it gets that of the one before. */
void pcapng_read_simple_packet(struct pcapng_section *section,
                               struct reader *body)
{
    struct capture_interface *interface = pcapng_interface(section, 0);
    struct capture_frame frame = { .at_ns = section->file->last_ns,
                                   .is_untimed = true };

    if (interface == NULL)
        return;
    frame.wire_bytes = pcapng_u32(section, body);
    frame.captured_bytes = frame.wire_bytes;
    if (interface->snaplen_bytes > 0 &&
        (int64_t)frame.captured_bytes > interface->snaplen_bytes)
        frame.captured_bytes = (size_t)interface->snaplen_bytes;
    capture_file_note(section->file, CAPTURE_NO_TIME, section->block_offset,
                      "simple packets have none: taken for the time of the "
                      "packet before");
    read_packet(section, body, interface, &frame);
}
