/* IPv4.
 *
 * A total length of 0 is a segmentation offload's: the header is written for
 * the segments that the interface will cut. Linux does so for packets above
 * 64 KB since 6.3 (BIG TCP), some drivers and Windows for any. The length is
 * then what the frame had on the wire: a guess, as there may be padding. */
#include "decode/checksum.h"
#include "decode/decoder.h"

enum {
    IPV4_HEADER_BYTES = 20,
    ADDRESS_BYTES = 4,
    DONT_FRAGMENT = 0x4000,
    MORE_FRAGMENTS = 0x2000,
    OFFSET_MASK = 0x1fff,
    OFFSET_UNIT_BYTES = 8,
};

static void read_fragment(uint16_t field, struct layer *layer)
{
    layer->dont_fragment = (field & DONT_FRAGMENT) != 0;
    layer->more_fragments = (field & MORE_FRAGMENTS) != 0;
    layer->fragment_offset =
        (uint32_t)(field & OFFSET_MASK) * OFFSET_UNIT_BYTES;
    layer->is_fragment = (field & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
}

/* Source and destination as they stand, and their sums. */
static void read_addresses(struct decoding *decoding, struct layer *layer)
{
    reader_copy(&decoding->in, layer->source, ADDRESS_BYTES);
    reader_copy(&decoding->in, layer->destination, ADDRESS_BYTES);
    layer->address_bytes = ADDRESS_BYTES;
    decoding->ip = (struct ip_context){
        .layer = layer,
        .source_sum = checksum_sum_address(layer->source, ADDRESS_BYTES),
        .destination_sum =
            checksum_sum_address(layer->destination, ADDRESS_BYTES),
    };
}

/* The header says how long the packet is, in sum with what is around it.
 * Returns false if it cannot be. */
static bool apply_length(struct decoding *decoding, struct layer *layer,
                         uint16_t total_bytes)
{
    uint64_t header_bytes = reader_offset(&decoding->in) - layer->offset;

    if (total_bytes == 0) {
        decoding->ip.is_doubtful = true;
        layer->ip_bytes = (uint32_t)(header_bytes + decoding_left(decoding));
        return true;
    }
    layer->ip_bytes = total_bytes;
    if (total_bytes < header_bytes)
        return false;
    decoding_promise(decoding, total_bytes - header_bytes);
    return true;
}

static struct key decode_ipv4(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint8_t version_length = reader_u8(in);
    size_t header_bytes = (version_length & 0x0fu) * 4u;
    uint16_t total_bytes;

    reader_skip(in, 1); /* type of service */
    total_bytes = reader_u16(in);
    layer->ip_id = reader_u16(in);
    layer->id = layer->ip_id;
    read_fragment(reader_u16(in), layer);
    layer->ttl = reader_u8(in);
    layer->protocol = reader_u8(in);
    layer->stored = reader_u16(in);
    read_addresses(decoding, layer);
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    if (version_length >> 4 != 4 || header_bytes < IPV4_HEADER_BYTES)
        return (struct key){ KEY_MALFORMED, 0 };

    *decoding_check(decoding) = (struct check){
        .layer = layer,
        .rule = CHECK_SUM,
        .start = layer->offset,
        .end = layer->offset + header_bytes,
        .is_doubtful = total_bytes == 0,
    };
    reader_skip(in, header_bytes - IPV4_HEADER_BYTES);
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    if (!apply_length(decoding, layer, total_bytes))
        return (struct key){ KEY_MALFORMED, 0 };
    decoding->ip.is_doubtful |= layer->is_fragment;
    decoding->in_fragment |= layer->is_fragment;
    if (layer->fragment_offset != 0)
        return (struct key){ KEY_PAYLOAD, 0 };
    return (struct key){ KEY_IP_PROTOCOL, layer->protocol };
}

const struct decoder ipv4_decoder = {
    .name = "ipv4",
    .defined_in = "RFC 791",
    .kind = LAYER_IP,
    .decode = decode_ipv4,
};
