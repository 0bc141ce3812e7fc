/* GRE and what comes in it: NVGRE, ERSPAN, EoIP.
 *
 * Its protocol types are Ethernet types, transparent Ethernet being 0x6558.
 * NVGRE is that with a key of 24 bits VSID and 8 bits flow. ERSPAN is
 * one tunnel with the GRE header before it. */
#include "decode/decoder.h"

enum {
    GRE_CHECKSUM = 0x8000,
    GRE_ROUTING = 0x4000,
    GRE_KEY = 0x2000,
    GRE_SEQUENCE = 0x1000,
    GRE_ACKNOWLEDGMENT = 0x0080, /* version 1 */
    GRE_VERSION = 0x0007,
    ERSPAN_HAS_PLATFORM = 0x0001,
};

/* The checksum covers header and payload, without a pseudo-header. */
static void read_gre_checksum(struct decoding *decoding, struct layer *layer)
{
    layer->stored = reader_u16(&decoding->in);
    reader_skip(&decoding->in, 2);
    if (reader_ok(&decoding->in))
        *decoding_check(decoding) = (struct check){
            .layer = layer,
            .rule = CHECK_SUM,
            .start = layer->offset,
            .end = decoding->promised_end,
            .is_doubtful = decoding->ip.is_doubtful,
        };
}

/* MikroTik's EoIP: version 1, the key is a length and a tunnel id in little
 * endian. */
static struct key decode_eoip(struct decoding *decoding, struct layer *layer)
{
    uint16_t payload_bytes = reader_u16(&decoding->in);

    layer->id = (uint32_t)reader_little_endian(&decoding->in, 2);
    if (reader_ok(&decoding->in))
        decoding_promise(decoding, payload_bytes);
    return (struct key){ KEY_ETHER_TYPE, ETHER_BRIDGED };
}

/* Version 1 otherwise is PPTP's: PPP, often compressed or encrypted. */
static struct key decode_version_1(struct decoding *decoding,
                                   struct layer *layer, uint32_t head)
{
    struct reader *in = &decoding->in;

    if ((head & 0xffff) == ETHER_EOIP)
        return decode_eoip(decoding, layer);
    reader_skip(in, 2);
    layer->id = reader_u16(in);
    if ((head >> 16 & GRE_SEQUENCE) != 0)
        layer->sequence = reader_u32(in);
    if ((head >> 16 & GRE_ACKNOWLEDGMENT) != 0)
        layer->acknowledgment = reader_u32(in);
    return (struct key){ KEY_PAYLOAD, 0 };
}

static struct key decode_gre(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint32_t head = reader_u32(in);
    uint32_t flags = head >> 16;
    uint16_t type = (uint16_t)head;

    if ((flags & GRE_VERSION) == 1)
        return decode_version_1(decoding, layer, head);
    if ((flags & GRE_VERSION) != 0 || (flags & GRE_ROUTING) != 0)
        return (struct key){ KEY_UNKNOWN, type };
    if ((flags & GRE_CHECKSUM) != 0)
        read_gre_checksum(decoding, layer);
    if ((flags & GRE_KEY) != 0)
        layer->id = reader_u32(in);
    if ((flags & GRE_SEQUENCE) != 0)
        layer->sequence = reader_u32(in);
    if (type == ETHER_ERSPAN && (flags & GRE_SEQUENCE) == 0)
        type = ETHER_BRIDGED; /* ERSPAN I has no header of its own */
    return (struct key){ KEY_ETHER_TYPE, type };
}

const struct decoder gre_decoder = {
    .name = "gre",
    .defined_in = "RFC 2784, RFC 2890, RFC 7637",
    .kind = LAYER_TUNNEL,
    .decode = decode_gre,
};

static struct key decode_erspan(struct decoding *decoding, struct layer *layer)
{
    layer->id = reader_u32(&decoding->in) & 0x03ff;
    reader_skip(&decoding->in, 4); /* index of the port */
    return (struct key){ KEY_ETHER_TYPE, ETHER_BRIDGED };
}

const struct decoder erspan_decoder = {
    .name = "erspan",
    .defined_in = "draft-foschiano-erspan-03",
    .kind = LAYER_TUNNEL,
    .decode = decode_erspan,
};

static struct key decode_erspan3(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint16_t flags;

    layer->id = reader_u32(in) & 0x03ff;
    reader_skip(in, 6); /* time, security group */
    flags = reader_u16(in);
    if ((flags & ERSPAN_HAS_PLATFORM) != 0)
        reader_skip(in, 8);
    /* Frame type: 0 Ethernet, 2 IP. */
    if ((flags >> 10 & 0x1f) == 2)
        return key_ip_version(in);
    return (struct key){ KEY_ETHER_TYPE, ETHER_BRIDGED };
}

const struct decoder erspan3_decoder = {
    .name = "erspan3",
    .defined_in = "draft-foschiano-erspan-03",
    .kind = LAYER_TUNNEL,
    .decode = decode_erspan3,
};
