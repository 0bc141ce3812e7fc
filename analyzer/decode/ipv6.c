/* IPv6: the fixed header. Its extension headers are in extension.c.
 *
 * A payload length of 0 is a jumbogram's, whose length stands in the
 * hop-by-hop header (RFC 2675), or a segmentation offload's of which the
 * kernel took that header off before the capture (Linux BIG TCP): until the
 * option is seen the length is what the frame had on the wire. */
#include "decode/checksum.h"
#include "decode/decoder.h"

enum {
    ADDRESS_BYTES = 16,
};

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

static struct key decode_ipv6(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint32_t version = reader_u32(in) >> 28;
    uint16_t payload_bytes = reader_u16(in);

    layer->protocol = reader_u8(in);
    layer->ttl = reader_u8(in);
    read_addresses(decoding, layer);
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    if (version != 6)
        return (struct key){ KEY_MALFORMED, 0 };

    if (payload_bytes != 0 || layer->protocol == PROTOCOL_NOTHING)
        decoding_promise(decoding, payload_bytes);
    else
        decoding->ip.is_doubtful = true;
    layer->ip_bytes =
        (uint32_t)(reader_offset(in) - layer->offset + decoding_left(decoding));
    if (layer->protocol == PROTOCOL_NOTHING)
        return (struct key){ KEY_PAYLOAD, 0 };
    return (struct key){ KEY_IPV6_NEXT, layer->protocol };
}

const struct decoder ipv6_decoder = {
    .name = "ipv6",
    .defined_in = "RFC 8200",
    .kind = LAYER_IP,
    .decode = decode_ipv6,
};
