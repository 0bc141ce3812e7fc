/* A printed packet as the layers that the tracker takes: the same structs
 * that decode/ makes from bytes, from the values that tcpdump printed. */
#pragma once

#include "decode/packet.h"
#include "text/printed.h"

enum {
    PRINTED_PAYLOAD_BYTES = 512, /* of a DNS header and question */
};

struct printed_frame {
    struct packet packet;
    uint8_t payload[PRINTED_PAYLOAD_BYTES];
    size_t wire_bytes; /* of the outermost packet; 0 if not known */
};

void printed_frame_make(const struct printed_packet *printed,
                        struct printed_frame *frame);
