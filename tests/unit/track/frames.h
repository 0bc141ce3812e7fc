/* Makes frames for tests: IPv4 in Ethernet or Linux cooked, UDP and TCP with
 * right checksums, VXLAN around them; and feeds them to a tracker. */
#pragma once

#include "support/row_text.h"
#include "track/tracker.h"

#include <string.h>

enum {
    LINK_ETHERNET = 1,
    LINK_COOKED = 113,
    FRAME_ROOM = 70000,
    MS = 1000000,
    FIN = TCP_FIN,
    SYN = TCP_SYN,
    RST = TCP_RST,
    ACK = TCP_ACK,
};

/* "10.0.0.1" is 0x0a000001. */
#define CLIENT UINT32_C(0x0a000002)
#define SERVER UINT32_C(0x0a000a35)
#define NODE_A UINT32_C(0xc0a80001)
#define NODE_B UINT32_C(0xc0a80002)

struct bytes {
    uint8_t data[FRAME_ROOM];
    size_t length;
};

struct scene {
    struct row_text rows;
    struct tracker *tracker;
    struct tracker_totals totals;
    struct bytes frame;
    int64_t number;
    int64_t at_ns;
    int64_t interface;
    int link_type;
    uint16_t ip_id;
    uint16_t fixed_ip_id; /* 0: a new one for each packet */
    uint32_t vni;         /* 0: no tunnel */
    enum packet_direction direction;
};

/* One packet's ends, and for TCP its numbers. */
struct ends {
    uint32_t source;
    uint32_t destination;
    uint16_t source_port;
    uint16_t destination_port;
    uint32_t sequence;
    uint32_t acknowledgment;
    uint8_t flags;
    bool is_corrupt;       /* the checksum */
    bool is_window_closed; /* TCP: 0, else 64000 */
};

static inline void put_bytes(struct bytes *to, const void *from, size_t length)
{
    if (length > 0)
        memcpy(to->data + to->length, from, length);
    to->length += length;
}

static inline void put_number(struct bytes *to, uint64_t value, size_t width)
{
    while (width-- > 0)
        to->data[to->length++] = (uint8_t)(width < 8 ? value >> 8 * width : 0);
}

static inline void set_16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline uint16_t sum_16(const uint8_t *at, size_t length, uint32_t sum)
{
    for (size_t i = 0; i < length; i++)
        sum += i % 2 == 0 ? (uint32_t)at[i] << 8 : at[i];
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

static inline void put_ipv4(struct scene *scene, const struct ends *ends,
                            unsigned protocol, size_t length)
{
    struct bytes *to = &scene->frame;
    uint8_t *start = to->data + to->length;
    uint16_t id = scene->fixed_ip_id != 0 ? scene->fixed_ip_id : ++scene->ip_id;

    put_number(to, 0x4500, 2);
    put_number(to, 20 + length, 2);
    put_number(to, id, 2);
    put_number(to, 0x4000, 2);
    put_number(to, 0x4000u | protocol, 2);
    put_number(to, 0, 2);
    put_number(to, ends->source, 4);
    put_number(to, ends->destination, 4);
    set_16(start + 10, sum_16(start, 20, 0));
}

static inline void set_checksum(const struct ends *ends, unsigned protocol,
                                uint8_t *header, size_t length)
{
    uint8_t *field = header + (protocol == 6 ? 16 : 6);
    uint32_t pseudo = (ends->source >> 16) + (ends->source & 0xffff) +
                      (ends->destination >> 16) + (ends->destination & 0xffff) +
                      protocol + (uint32_t)length;

    set_16(field, sum_16(header, length, pseudo));
    if (ends->is_corrupt)
        field[0] ^= 0x5a;
}

static inline void put_link(struct scene *scene)
{
    static const uint8_t ethernet[14] = { 2, 0, 0, 0, 0, 1,    2,
                                          0, 0, 0, 0, 2, 0x08, 0x00 };
    static const uint8_t cooked[16] = { 0, 0, 0, 1, 0, 6, 2,    0,
                                        0, 0, 0, 2, 0, 0, 0x08, 0x00 };

    if (scene->link_type == LINK_COOKED)
        put_bytes(&scene->frame, cooked, sizeof cooked);
    else
        put_bytes(&scene->frame, ethernet, sizeof ethernet);
}

/* Everything around the inner packet, which is `length` bytes long. */
static inline void put_outside(struct scene *scene, size_t length)
{
    static const uint8_t ethernet[14] = { 6, 0, 0, 0, 0, 1,    6,
                                          0, 0, 0, 0, 2, 0x08, 0x00 };
    struct ends tunnel = { .source = NODE_A, .destination = NODE_B };
    struct bytes *to = &scene->frame;

    to->length = 0;
    put_link(scene);
    if (scene->vni == 0)
        return;
    put_ipv4(scene, &tunnel, 17, 8 + 8 + 14 + length);
    put_number(to, 40000, 2);
    put_number(to, 4789, 2);
    put_number(to, 8 + 8 + 14 + length, 2);
    put_number(to, 0, 2);
    put_number(to, 0x08000000, 4);
    put_number(to, (uint64_t)scene->vni << 8, 4);
    put_bytes(to, ethernet, sizeof ethernet);
}

static inline void scene_feed(struct scene *scene)
{
    struct tracker_frame frame = {
        .frame = { scene->frame.data, scene->frame.length, scene->frame.length,
                   scene->link_type },
        .number = ++scene->number,
        .at_ns = scene->at_ns,
        .interface = scene->interface,
        .direction = scene->direction,
    };

    tracker_frame(scene->tracker, &frame);
    tracker_flush(scene->tracker);
}

static inline void scene_udp(struct scene *scene, const struct ends *ends,
                             const struct bytes *payload)
{
    size_t length = 8 + payload->length;
    uint8_t *header;

    put_outside(scene, 20 + length);
    put_ipv4(scene, ends, 17, length);
    header = scene->frame.data + scene->frame.length;
    put_number(&scene->frame, ends->source_port, 2);
    put_number(&scene->frame, ends->destination_port, 2);
    put_number(&scene->frame, length, 2);
    put_number(&scene->frame, 0, 2);
    put_bytes(&scene->frame, payload->data, payload->length);
    set_checksum(ends, 17, header, length);
    scene_feed(scene);
}

static inline void scene_tcp(struct scene *scene, const struct ends *ends,
                             const void *payload, size_t payload_bytes)
{
    size_t length = 20 + payload_bytes;
    uint8_t *header;

    put_outside(scene, 20 + length);
    put_ipv4(scene, ends, 6, length);
    header = scene->frame.data + scene->frame.length;
    put_number(&scene->frame, ends->source_port, 2);
    put_number(&scene->frame, ends->destination_port, 2);
    put_number(&scene->frame, ends->sequence, 4);
    put_number(&scene->frame, ends->acknowledgment, 4);
    put_number(&scene->frame, 0x5000u | ends->flags, 2);
    put_number(&scene->frame, ends->is_window_closed ? 0 : 64000, 2);
    put_number(&scene->frame, 0, 4);
    put_bytes(&scene->frame, payload, payload_bytes);
    set_checksum(ends, 6, header, length);
    scene_feed(scene);
}

/* ICMP port unreachable from `from` about the packet in scene->frame, which
 * is quoted without its link header. */
static inline void scene_refuse(struct scene *scene, uint32_t from, uint32_t to)
{
    struct ends ends = { .source = from, .destination = to };
    size_t link = scene->link_type == LINK_COOKED ? 16 : 14;
    struct bytes quoted = { .length = 0 };
    uint8_t *header;

    put_bytes(&quoted, scene->frame.data + link, 28);
    put_outside(scene, 20 + 8 + quoted.length);
    put_ipv4(scene, &ends, 1, 8 + quoted.length);
    header = scene->frame.data + scene->frame.length;
    put_number(&scene->frame, 0x0303, 2);
    put_number(&scene->frame, 0, 2);
    put_number(&scene->frame, 0, 4);
    put_bytes(&scene->frame, quoted.data, quoted.length);
    set_16(header + 2, sum_16(header, 8 + quoted.length, 0));
    scene_feed(scene);
}

static inline void put_name(struct bytes *to, const char *name)
{
    while (*name != '\0') {
        size_t length = strcspn(name, ".");

        put_number(to, length, 1);
        put_bytes(to, name, length);
        name += length + (name[length] == '.');
    }
    put_number(to, 0, 1);
}

static inline struct bytes dns_query(uint16_t id, const char *name,
                                     uint16_t type)
{
    struct bytes message = { .length = 0 };

    put_number(&message, id, 2);
    put_number(&message, 0x0100, 2);
    put_number(&message, 1, 2);
    put_number(&message, 0, 6);
    put_name(&message, name);
    put_number(&message, type, 2);
    put_number(&message, 1, 2);
    return message;
}

/* With one A record, whose name is a pointer to the question. */
static inline struct bytes dns_answer(uint16_t id, const char *name,
                                      uint16_t type)
{
    struct bytes message = dns_query(id, name, type);

    set_16(message.data + 2, 0x8180);
    set_16(message.data + 6, 1);
    put_number(&message, 0xc00c, 2);
    put_number(&message, 1, 2);
    put_number(&message, 1, 2);
    put_number(&message, 30, 4);
    put_number(&message, 4, 2);
    put_number(&message, 0x0a640001, 4);
    return message;
}

static inline void scene_begin(struct scene *scene)
{
    static const struct decode_options none = { .vxlan_port_count = 0 };

    memset(scene, 0, sizeof *scene);
    row_text_init(&scene->rows);
    scene->at_ns = INT64_C(1700000000) * 1000 * MS;
    scene->link_type = LINK_ETHERNET;
    scene->tracker = tracker_create(&none, 7, &scene->rows.sink);
}

/* The rows are complete after this. */
static inline void scene_end(struct scene *scene)
{
    tracker_finish(scene->tracker, &scene->totals);
    tracker_destroy(scene->tracker);
    scene->tracker = NULL;
}

static inline void scene_close(struct scene *scene)
{
    row_text_deinit(&scene->rows);
}

/* A DNS query or answer over UDP between CLIENT:port and SERVER:53. */
static inline void scene_ask(struct scene *scene, uint16_t port,
                             const struct bytes *message)
{
    struct ends ends = { .source = CLIENT,
                         .destination = SERVER,
                         .source_port = port,
                         .destination_port = 53 };

    scene_udp(scene, &ends, message);
}

static inline void scene_answer(struct scene *scene, uint16_t port,
                                const struct bytes *message)
{
    struct ends ends = { .source = SERVER,
                         .destination = CLIENT,
                         .source_port = 53,
                         .destination_port = port };

    scene_udp(scene, &ends, message);
}
