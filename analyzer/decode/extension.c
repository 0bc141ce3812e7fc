/* IPv6 extension headers, mobility and AH.
 *
 * Two of them change what the pseudo-header of the transport holds: a routing
 * header with segments left names the final destination (RFC 8200 8.1), a
 * home address option the true source (RFC 6275 11.3.1).
 *
 * Keys lead here only from an IP header, so there always is one. */
#include "decode/checksum.h"
#include "decode/decoder.h"

enum {
    ADDRESS_BYTES = 16,
    OPTION_PAD1 = 0x00,
    OPTION_JUMBO = 0xc2,
    OPTION_HOME_ADDRESS = 0xc9,
    ROUTING_SOURCE = 0, /* RFC 2460, withdrawn by RFC 5095 */
    ROUTING_HOME = 2,   /* RFC 6275 */
    ROUTING_SEGMENT = 4 /* RFC 8754 */
};

/* The next header of the current IP header. */
static struct key key_next(struct decoding *decoding, uint8_t protocol)
{
    decoding->ip.layer->protocol = protocol;
    if (protocol == PROTOCOL_NOTHING)
        return (struct key){ KEY_PAYLOAD, 0 };
    return (struct key){ KEY_IPV6_NEXT, protocol };
}

/* The header whose first two bytes were read: eight bytes, and eight more
 * for each unit of its length. */
static struct reader take_rest(struct reader *in, uint8_t length)
{
    return reader_take(in, 6 + (size_t)length * 8);
}

static uint32_t sum_address(struct reader *in)
{
    uint8_t address[ADDRESS_BYTES];

    reader_copy(in, address, ADDRESS_BYTES);
    return checksum_sum_address(address, ADDRESS_BYTES);
}

/* Takes effect for what follows this header. */
static void apply_jumbo(struct decoding *decoding, uint32_t payload_bytes)
{
    struct layer *ip = decoding->ip.layer;
    uint64_t read_bytes = reader_offset(&decoding->in) - ip->offset;
    uint64_t total_bytes = UINT64_C(40) + payload_bytes;

    if (!decoding->ip.is_doubtful || total_bytes < read_bytes)
        return;
    decoding->ip.is_doubtful = false;
    ip->ip_bytes =
        total_bytes > UINT32_MAX ? UINT32_MAX : (uint32_t)total_bytes;
    decoding_promise(decoding, total_bytes - read_bytes);
}

static void apply_option(struct decoding *decoding, uint8_t type,
                         struct reader value)
{
    if (type == OPTION_JUMBO && reader_left(&value) == 4)
        apply_jumbo(decoding, reader_u32(&value));
    if (type == OPTION_HOME_ADDRESS && reader_left(&value) == ADDRESS_BYTES)
        decoding->ip.source_sum = sum_address(&value);
}

static struct key decode_options(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint8_t next = reader_u8(in);
    uint8_t length = reader_u8(in);
    struct reader options = take_rest(in, length);

    (void)layer;
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    while (reader_left(&options) > 0) {
        uint8_t type = reader_u8(&options);

        if (type != OPTION_PAD1) {
            size_t value_bytes = reader_u8(&options);
            struct reader value = reader_take(&options, value_bytes);

            if (!reader_ok(&options))
                return (struct key){ KEY_MALFORMED, 0 };
            apply_option(decoding, type, value);
        }
    }
    return key_next(decoding, next);
}

const struct decoder hop_by_hop_decoder = {
    .name = "hop-by-hop",
    .defined_in = "RFC 8200, RFC 2675",
    .kind = LAYER_EXTENSION,
    .decode = decode_options,
};

const struct decoder destination_decoder = {
    .name = "destination-options",
    .defined_in = "RFC 8200, RFC 6275",
    .kind = LAYER_EXTENSION,
    .decode = decode_options,
};

/* Where the final destination stands among the addresses of a routing
 * header: the last of types 0 and 2, the first of type 4, whose list is in
 * reverse. -1: nowhere that we know. */
static ptrdiff_t final_index(uint8_t type, uint8_t length)
{
    ptrdiff_t count = length / 2;

    if (type == ROUTING_SEGMENT)
        return count > 0 ? 0 : -1;
    if (type == ROUTING_SOURCE || type == ROUTING_HOME)
        return count - 1;
    return -1;
}

static struct key decode_routing(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint8_t next = reader_u8(in);
    uint8_t length = reader_u8(in);
    struct reader rest = take_rest(in, length);
    uint8_t segments_left;
    ptrdiff_t final;

    layer->type = reader_u8(&rest);
    segments_left = reader_u8(&rest);
    reader_skip(&rest, 4);
    final = final_index(layer->type, length);
    if (!reader_ok(in) || segments_left == 0)
        return key_next(decoding, next);
    if (final < 0) {
        decoding->ip.is_doubtful = true;
        return key_next(decoding, next);
    }
    reader_skip(&rest, (size_t) final * ADDRESS_BYTES);
    decoding->ip.destination_sum = sum_address(&rest);
    return key_next(decoding, next);
}

const struct decoder routing_decoder = {
    .name = "routing",
    .defined_in = "RFC 8200, RFC 6275, RFC 8754",
    .kind = LAYER_EXTENSION,
    .decode = decode_routing,
};

/* An "atomic" fragment (RFC 6946), offset 0 and no more, is a whole packet. */
static void apply_fragment(struct decoding *decoding, const struct layer *own)
{
    struct layer *ip = decoding->ip.layer;

    ip->is_fragment = own->is_fragment;
    ip->fragment_offset = own->fragment_offset;
    ip->more_fragments = own->more_fragments;
    ip->id = own->id;
    ip->ip_id = (uint16_t)own->id;
    decoding->ip.is_doubtful |= own->is_fragment;
    decoding->in_fragment |= own->is_fragment;
}

static struct key decode_fragment(struct decoding *decoding,
                                  struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint8_t next = reader_u8(in);
    uint16_t field;

    reader_skip(in, 1);
    field = reader_u16(in);
    layer->id = reader_u32(in);
    layer->fragment_offset = field & 0xfff8u;
    layer->more_fragments = (field & 1) != 0;
    layer->is_fragment = layer->more_fragments || layer->fragment_offset != 0;
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    apply_fragment(decoding, layer);
    if (layer->fragment_offset == 0)
        return key_next(decoding, next);
    decoding->ip.layer->protocol = next;
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder fragment_decoder = {
    .name = "fragment",
    .defined_in = "RFC 8200",
    .kind = LAYER_EXTENSION,
    .decode = decode_fragment,
};

static struct key decode_ah(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint8_t next = reader_u8(in);
    size_t words = reader_u8(in);

    reader_skip(in, 2);
    layer->id = reader_u32(in);
    if (reader_ok(in) && words == 0)
        return (struct key){ KEY_MALFORMED, 0 };
    reader_skip(in, words * 4);
    return key_next(decoding, next);
}

const struct decoder ah_decoder = {
    .name = "ah",
    .defined_in = "RFC 4302",
    .kind = LAYER_EXTENSION,
    .decode = decode_ah,
};

static struct key decode_mobility(struct decoding *decoding,
                                  struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint8_t next = reader_u8(in);
    uint8_t length = reader_u8(in);
    struct reader rest = take_rest(in, length);

    layer->type = reader_u8(&rest);
    reader_skip(&rest, 1);
    layer->stored = reader_u16(&rest);
    if (reader_ok(in))
        decoding_check_transport(decoding, layer, PROTOCOL_MOBILITY);
    return key_next(decoding, next);
}

const struct decoder mobility_decoder = {
    .name = "mobility",
    .defined_in = "RFC 6275",
    .kind = LAYER_EXTENSION,
    .decode = decode_mobility,
};
