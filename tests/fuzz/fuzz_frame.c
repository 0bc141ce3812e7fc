/* Any bytes as a frame of any link type, snapped or not. */
#include "decode/packet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct decode_options options = { .vxlan_ports = { 7777 },
                                                   .vxlan_port_count = 1 };
    static struct packet packet;
    struct reader in = reader_over(bytes, length);
    struct frame frame = { .link_type = reader_u16(&in) };
    struct quoted_packet quoted;
    size_t snapped_bytes = reader_u8(&in);

    frame.bytes = bytes + reader_offset(&in);
    frame.captured_bytes = reader_left(&in);
    frame.wire_bytes = frame.captured_bytes + snapped_bytes;
    packet_decode(&options, &frame, &packet);
    (void)packet_quoted(&packet, &quoted);
    return 0;
}
