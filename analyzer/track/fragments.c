#include "track/fragments.h"

#include "base/clock.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINKTYPE_RAW = 101,
    DATAGRAM_BYTES_MAX = 65535,
    BLOCK_BYTES = 8, /* fragments start at multiples of it */
    BLOCKS = (DATAGRAM_BYTES_MAX + 1) / BLOCK_BYTES,
    IPV4_HEADER_BYTES = 20,
    IPV6_HEADER_BYTES = 40,
};

struct datagram {
    struct flow_key key; /* ports 0 */
    uint32_t id;
    bool is_used;
    bool is_broken; /* can not become whole */
    int64_t started_ns;
    int64_t first_frame;
    uint32_t total_bytes; /* 0: the last fragment is still missing */
    uint32_t block_count;
    uint8_t next_header;
    uint8_t ttl;
    uint8_t have[BLOCKS / 8]; /* a bit for each block */
    uint8_t *bytes;           /* room for a header, then the payload */
};

/* One fragment's part of the payload. */
struct part {
    struct reader bytes;
    uint32_t offset;
    uint8_t next_header;
    bool is_last;
    bool is_cut;
};

void fragments_init(struct fragments *fragments, struct outlet *outlet)
{
    fragments->outlet = outlet;
    fragments->datagrams =
        memory_allocate(FRAGMENTS_DATAGRAMS_MAX, sizeof *fragments->datagrams);
}

void fragments_deinit(struct fragments *fragments)
{
    for (size_t i = 0; i < FRAGMENTS_DATAGRAMS_MAX && fragments->datagrams; i++)
        free(fragments->datagrams[i].bytes);
    free(fragments->datagrams);
    fragments->datagrams = NULL;
}

static void count(struct fragments *fragments, const char *name,
                  const struct view *view)
{
    outlet_count(fragments->outlet,
                 &(struct oddity){ .name = name,
                                   .interface = view->interface_number,
                                   .frame = view->frame,
                                   .byte_offset = ABSENT });
}

static void give_up(struct fragments *fragments, struct datagram *datagram)
{
    datagram->is_used = false;
    outlet_count(fragments->outlet,
                 &(struct oddity){ .name = "ip.fragments-incomplete",
                                   .interface = ABSENT,
                                   .frame = datagram->first_frame,
                                   .byte_offset = ABSENT });
}

static void begin(struct datagram *datagram, const struct view *view,
                  const struct flow_key *key, uint32_t id)
{
    uint8_t *bytes = datagram->bytes;

    if (bytes == NULL)
        bytes =
            memory_allocate(FRAGMENTS_HEADER_BYTES_MAX + DATAGRAM_BYTES_MAX, 1);
    memset(datagram, 0, sizeof *datagram);
    datagram->bytes = bytes;
    datagram->key = *key;
    datagram->id = id;
    datagram->is_used = true;
    datagram->started_ns = view->at_ns;
    datagram->first_frame = view->frame;
}

/* The datagram that this fragment is of; of a full table, the oldest makes
 * room. */
static struct datagram *datagram_of(struct fragments *fragments,
                                    const struct view *view)
{
    struct flow_key key = view->key;
    uint32_t id = view_flow(view)->ip->id;
    struct datagram *place = NULL;

    key.source_port = 0;
    key.destination_port = 0;
    if (key.address_bytes == 16)
        key.protocol = 0; /* only the first fragment tells */
    for (size_t i = 0; i < FRAGMENTS_DATAGRAMS_MAX; i++) {
        struct datagram *datagram = &fragments->datagrams[i];

        if (datagram->is_used && view->at_ns - datagram->started_ns >
                                     FRAGMENTS_SECONDS * NS_PER_SECOND)
            give_up(fragments, datagram);
        if (datagram->is_used && datagram->id == id &&
            memcmp(&datagram->key, &key, sizeof key) == 0)
            return datagram;
        if (place == NULL || (place->is_used && !datagram->is_used) ||
            (place->is_used && datagram->started_ns < place->started_ns))
            place = datagram;
    }
    if (place->is_used)
        give_up(fragments, place);
    begin(place, view, &key, id);
    return place;
}

/* The header in front of the fragment's data. */
static const struct layer *fragment_header(const struct view *view)
{
    const struct layer *ip = view_flow(view)->ip;
    const struct packet *packet = view->packet;

    if (ip->address_bytes == 4)
        return ip;
    for (size_t i = 0; i < packet->layer_count; i++)
        if (packet->layers[i].kind == LAYER_EXTENSION &&
            packet->layers[i].depth == ip->depth &&
            packet->layers[i].is_fragment)
            return &packet->layers[i];
    return NULL;
}

static bool read_part(const struct view *view, const struct frame *frame,
                      struct part *part)
{
    const struct layer *ip = view_flow(view)->ip;
    const struct layer *header = fragment_header(view);
    struct reader in = reader_over(frame->bytes, frame->captured_bytes);

    if (header == NULL)
        return false;
    part->offset = ip->fragment_offset;
    part->is_last = !ip->more_fragments;
    part->is_cut = header->captured_bytes < header->payload_bytes;
    reader_skip(&in, header->offset);
    part->next_header = ip->protocol;
    if (header != ip) /* RFC 8200 section 4.5: its first byte */
        part->next_header = (uint8_t)reader_peek(&in, reader_offset(&in));
    reader_skip(&in, header->header_bytes);
    part->bytes = reader_take(&in, header->captured_bytes);
    return reader_ok(&in);
}

static bool take_block(struct datagram *datagram, uint32_t block)
{
    uint8_t bit = (uint8_t)(1u << block % 8);

    if (datagram->have[block / 8] & bit)
        return false;
    datagram->have[block / 8] |= bit;
    datagram->block_count++;
    return true;
}

/* Copies what is new. Returns how many blocks were there already. */
static uint32_t copy_part(struct datagram *datagram, struct part *part)
{
    uint8_t *to = datagram->bytes + FRAGMENTS_HEADER_BYTES_MAX;
    uint32_t offset = part->offset;
    uint32_t known = 0;

    while (reader_left(&part->bytes) > 0) {
        size_t bytes = reader_left(&part->bytes);

        if (bytes > BLOCK_BYTES)
            bytes = BLOCK_BYTES;
        if (take_block(datagram, offset / BLOCK_BYTES)) {
            reader_copy(&part->bytes, to + offset, bytes);
        } else {
            known++;
            reader_skip(&part->bytes, bytes);
        }
        offset += (uint32_t)bytes;
    }
    return known;
}

static bool is_possible(const struct datagram *datagram,
                        const struct part *part)
{
    size_t bytes = reader_left(&part->bytes);
    size_t end = part->offset + bytes;

    if (bytes == 0 || end > DATAGRAM_BYTES_MAX)
        return false;
    if (!part->is_last && bytes % BLOCK_BYTES != 0)
        return false;
    return datagram->total_bytes == 0 || end <= datagram->total_bytes;
}

static void put_16(uint8_t *to, uint32_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

static size_t write_ipv4(const struct datagram *datagram, uint8_t *to)
{
    uint32_t sum = 0;

    memset(to, 0, IPV4_HEADER_BYTES);
    to[0] = 0x45;
    put_16(to + 2, IPV4_HEADER_BYTES + datagram->total_bytes);
    put_16(to + 4, datagram->id);
    to[8] = datagram->ttl;
    to[9] = datagram->next_header;
    memcpy(to + 12, datagram->key.source, 4);
    memcpy(to + 16, datagram->key.destination, 4);
    for (size_t i = 0; i < IPV4_HEADER_BYTES; i += 2)
        sum += (uint32_t)to[i] << 8 | to[i + 1];
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    put_16(to + 10, ~sum & 0xffff);
    return IPV4_HEADER_BYTES;
}

static size_t write_ipv6(const struct datagram *datagram, uint8_t *to)
{
    memset(to, 0, IPV6_HEADER_BYTES);
    to[0] = 0x60;
    put_16(to + 4, datagram->total_bytes);
    to[6] = datagram->next_header;
    to[7] = datagram->ttl;
    memcpy(to + 8, datagram->key.source, 16);
    memcpy(to + 24, datagram->key.destination, 16);
    return IPV6_HEADER_BYTES;
}

/* The datagram as one packet, its header right in front of the payload. */
static struct frame whole_frame(struct datagram *datagram)
{
    bool is_ipv4 = datagram->key.address_bytes == 4;
    size_t header = is_ipv4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
    uint8_t *start = datagram->bytes + FRAGMENTS_HEADER_BYTES_MAX - header;
    size_t bytes = header + datagram->total_bytes;

    (void)(is_ipv4 ? write_ipv4 : write_ipv6)(datagram, start);
    return (struct frame){
        .bytes = start,
        .captured_bytes = bytes,
        .wire_bytes = bytes,
        .link_type = LINKTYPE_RAW,
    };
}

bool fragments_take(struct fragments *fragments, const struct view *view,
                    const struct frame *frame, struct frame *whole)
{
    struct part part;
    struct datagram *datagram;
    uint32_t known;

    if (!read_part(view, frame, &part))
        return false;
    datagram = datagram_of(fragments, view);
    if (part.is_cut || !is_possible(datagram, &part)) {
        if (!part.is_cut)
            count(fragments, "ip.fragment-impossible", view);
        datagram->is_broken = true;
    }
    if (datagram->is_broken)
        return false;
    if (part.is_last)
        datagram->total_bytes =
            part.offset + (uint32_t)reader_left(&part.bytes);
    if (part.offset == 0) {
        datagram->next_header = part.next_header;
        datagram->ttl = view_flow(view)->ip->ttl;
    }
    known = copy_part(datagram, &part);
    if (known > 0)
        count(fragments, "ip.fragments-overlap", view);
    if (datagram->total_bytes == 0 ||
        datagram->block_count <
            (datagram->total_bytes + BLOCK_BYTES - 1) / BLOCK_BYTES)
        return false;
    *whole = whole_frame(datagram);
    datagram->is_used = false;
    return true;
}

void fragments_finish(struct fragments *fragments)
{
    for (size_t i = 0; i < FRAGMENTS_DATAGRAMS_MAX; i++)
        if (fragments->datagrams[i].is_used)
            give_up(fragments, &fragments->datagrams[i]);
}
