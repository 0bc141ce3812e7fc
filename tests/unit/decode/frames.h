/* Frames as text, for the tests of decode/: hex in, one line out.
 *
 * "ethernet, ipv4 ok, udp zero, vxlan 4096, ...: complete" names each layer,
 * what its checksum says, the id of tags and tunnels, and how it ended. */
#pragma once

#include "decode/packet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    FRAME_BYTES_MAX = 2048,
    FRAME_TEXT_BYTES = 2048,
};

struct sample {
    const char *name;
    const char *caption; /* as tcpdump 4.99 prints it */
    int link_type;
    const char *hex;
    const char *reads; /* as frame_describe() tells it */
};

static const struct decode_options no_options = { .vxlan_port_count = 0 };

static inline size_t frame_from_hex(const char *hex,
                                    uint8_t bytes[FRAME_BYTES_MAX])
{
    size_t count = 0;
    unsigned value;
    int used;

    while (sscanf(hex, " %2x%n", &value, &used) == 1) {
        assert_true(count < FRAME_BYTES_MAX);
        bytes[count++] = (uint8_t)value;
        hex += used;
    }
    return count;
}

static inline const char *end_name(enum packet_end end)
{
    static const char *const names[] = {
        [PACKET_COMPLETE] = "complete",   [PACKET_UNKNOWN] = "unknown",
        [PACKET_MALFORMED] = "malformed", [PACKET_SNAPPED] = "snapped",
        [PACKET_SHORT] = "short",         [PACKET_TOO_DEEP] = "too deep",
    };

    return names[end];
}

static inline void describe_layer(const struct layer *layer, char *text,
                                  size_t room)
{
    bool has_id = layer->id != 0 &&
                  (layer->kind == LAYER_TAG || layer->kind == LAYER_TUNNEL ||
                   layer->kind == LAYER_OPAQUE);
    char id[16] = "";

    if (has_id)
        snprintf(id, sizeof(id), " %u", (unsigned)layer->id);
    snprintf(text, room, "%s%s%s%s%s", layer_name(layer), id,
             layer->checksum == CHECKSUM_NONE ? "" : " ",
             checksum_name(layer->checksum),
             layer->is_fragment && layer->kind == LAYER_IP ? " fragment" : "");
}

static inline const char *frame_describe(const struct packet *packet)
{
    static char text[FRAME_TEXT_BYTES];
    char layer[64];
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < packet->layer_count; i++) {
        describe_layer(&packet->layers[i], layer, sizeof(layer));
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
                                 i > 0 ? ", " : "", layer);
    }
    snprintf(text + used, sizeof(text) - used, ": %s", end_name(packet->end));
    return text;
}

/* The frame in an allocation of its size, so that a sanitizer sees the first
 * byte beyond. The packet's payload must not be read afterwards. */
static inline void frame_decode_exactly(const struct frame *frame,
                                        struct packet *packet)
{
    uint8_t *exact = malloc(frame->captured_bytes);
    struct frame copy = *frame;
    struct quoted_packet quoted;

    assert_true(exact != NULL || frame->captured_bytes == 0);
    if (frame->captured_bytes > 0)
        memcpy(exact, frame->bytes, frame->captured_bytes);
    copy.bytes = exact;
    packet_decode(&no_options, &copy, packet);
    (void)packet_quoted(packet, &quoted);
    free(exact);
}

/* What holds of every packet, whatever its bytes. */
static inline void assert_packet_is_sound(const struct packet *packet,
                                          size_t captured_bytes)
{
    size_t at = 0;

    assert_true(packet->layer_count <= PACKET_LAYERS_MAX);
    assert_true(packet->tunnel_count <= PACKET_TUNNELS_MAX);
    assert_false(packet->payload.failed);
    assert_true(packet->payload.at <= packet->payload.end);
    assert_true(packet->payload.end <= captured_bytes);
    for (size_t i = 0; i < packet->layer_count; i++) {
        const struct layer *layer = &packet->layers[i];

        assert_true(layer->offset == at);
        at += layer->header_bytes;
        assert_true(at + layer->captured_bytes <= captured_bytes);
        assert_true(layer->captured_bytes <= layer->payload_bytes);
        assert_true(layer->depth <= packet->tunnel_count);
        assert_non_null(layer->decoder);
        if (layer->checksum == CHECKSUM_UNVERIFIABLE)
            assert_int_equal(layer->correct, 0);
    }
    assert_int_equal(packet->payload.at, at);
}

/* Every prefix, as a packet that ends there and as one that was cut. */
static inline void decode_every_prefix(const struct frame *whole)
{
    static struct packet packet;

    for (size_t length = 0; length <= whole->captured_bytes; length++) {
        struct frame frame = *whole;

        frame.captured_bytes = length;
        frame_decode_exactly(&frame, &packet);
        assert_packet_is_sound(&packet, length);
        if (length < whole->captured_bytes)
            for (size_t i = 0; i < packet.layer_count; i++)
                assert_int_not_equal(packet.layers[i].checksum, CHECKSUM_BAD);
        frame.wire_bytes = length;
        frame_decode_exactly(&frame, &packet);
        assert_packet_is_sound(&packet, length);
    }
}

static inline void assert_samples_read(const struct sample *samples,
                                       size_t count)
{
    static struct packet packet;

    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[FRAME_BYTES_MAX];
        struct frame frame = { .bytes = bytes,
                               .link_type = samples[i].link_type };

        frame.captured_bytes = frame_from_hex(samples[i].hex, bytes);
        frame.wire_bytes = frame.captured_bytes;
        packet_decode(&no_options, &frame, &packet);
        assert_packet_is_sound(&packet, frame.captured_bytes);
        if (strcmp(frame_describe(&packet), samples[i].reads) != 0)
            fail_msg("%s: %s", samples[i].name, frame_describe(&packet));
    }
}

static inline void assert_prefixes_hold(const struct sample *samples,
                                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[FRAME_BYTES_MAX];
        struct frame frame = { .bytes = bytes,
                               .link_type = samples[i].link_type };

        frame.captured_bytes = frame_from_hex(samples[i].hex, bytes);
        frame.wire_bytes = frame.captured_bytes;
        decode_every_prefix(&frame);
    }
}

/* A byte that the checksum covers and that steers nothing: of an IPv4 header
 * the time to live, else the last of the payload, or of the header where
 * there is none. */
static inline size_t covered_byte(const struct layer *layer)
{
    if (layer->kind == LAYER_IP)
        return layer->offset + 8;
    return layer->offset + layer->header_bytes + layer->payload_bytes - 1;
}

/* A header of length 0 is one that the interface finishes: its sum may be
 * right by chance, but is never wrong. */
static inline bool is_unfinished(const struct layer *layer,
                                 const uint8_t *bytes)
{
    return layer->kind == LAYER_IP && bytes[layer->offset + 2] == 0 &&
           bytes[layer->offset + 3] == 0;
}

/* Every checksum that is right is wrong once a byte under it has changed, and
 * says what it should be. */
static inline void assert_damage_is_seen(const struct sample *samples,
                                         size_t count)
{
    static struct packet packet;
    static struct packet damaged;
    size_t judged = 0;

    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[FRAME_BYTES_MAX];
        struct frame frame = { .bytes = bytes,
                               .link_type = samples[i].link_type };

        frame.captured_bytes = frame_from_hex(samples[i].hex, bytes);
        frame.wire_bytes = frame.captured_bytes;
        packet_decode(&no_options, &frame, &packet);
        for (size_t at = 0; at < packet.layer_count; at++) {
            const struct layer *layer = &packet.layers[at];

            if (layer->checksum != CHECKSUM_OK || is_unfinished(layer, bytes))
                continue;
            bytes[covered_byte(layer)] ^= 0x40;
            packet_decode(&no_options, &frame, &damaged);
            bytes[covered_byte(layer)] ^= 0x40;
            if (damaged.layers[at].checksum != CHECKSUM_BAD)
                fail_msg("%s: %s", samples[i].name, frame_describe(&damaged));
            judged++;
        }
    }
    assert_true(judged > 0);
}
