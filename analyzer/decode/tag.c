/* Labels between link and network: VLAN, MPLS, PPPoE, PPP; and ARP, which
 * stands where IP would.
 *
 * VLAN and MPLS decoders read one label; stacks come from the loop. */
#include "decode/decoder.h"

enum {
    CONTROL_WORD_BYTES = 4,
    ETHERNET_TYPE_AT = 12,
    ARP_IPV4_BYTES = 4,
};

static struct key decode_vlan(struct decoding *decoding, struct layer *layer)
{
    layer->id = reader_u16(&decoding->in) & 0x0fffu;
    return key_ether_type(reader_u16(&decoding->in));
}

const struct decoder vlan_decoder = {
    .name = "vlan",
    .defined_in = "IEEE 802.1Q",
    .kind = LAYER_TAG,
    .decode = decode_vlan,
};

static bool is_ethernet_at(const struct reader *in, size_t offset)
{
    int high = reader_peek(in, offset + ETHERNET_TYPE_AT);
    int low = reader_peek(in, offset + ETHERNET_TYPE_AT + 1);
    unsigned type = high < 0 || low < 0 ? 0 : (unsigned)(high << 8 | low);

    return type == ETHER_IPV4 || type == ETHER_IPV6 || type == ETHER_ARP ||
           type == ETHER_VLAN;
}

/* Below the last label nothing says what follows: IP by its version, else a
 * pseudowire with or without a control word (RFC 4385, first nibble 0). */
static struct key key_below_labels(struct reader *in)
{
    struct key ip = key_ip_version(in);
    size_t offset = reader_offset(in);
    int first = reader_peek(in, offset);

    if (first >= 0 && first >> 4 == 0 &&
        is_ethernet_at(in, offset + CONTROL_WORD_BYTES)) {
        reader_skip(in, CONTROL_WORD_BYTES);
        return (struct key){ KEY_ETHER_TYPE, ETHER_BRIDGED };
    }
    if (ip.space == KEY_UNKNOWN && is_ethernet_at(in, offset))
        return (struct key){ KEY_ETHER_TYPE, ETHER_BRIDGED };
    return ip;
}

static struct key decode_mpls(struct decoding *decoding, struct layer *layer)
{
    uint32_t entry = reader_u32(&decoding->in);

    layer->id = entry >> 12;
    layer->ttl = entry & 0xff;
    if ((entry & 0x100) == 0)
        return (struct key){ KEY_ETHER_TYPE, ETHER_MPLS };
    return key_below_labels(&decoding->in);
}

const struct decoder mpls_decoder = {
    .name = "mpls",
    .defined_in = "RFC 3032",
    .kind = LAYER_TAG,
    .decode = decode_mpls,
};

/* The labels follow the UDP header at once: a tunnel without a header. */
static struct key decode_mpls_udp(struct decoding *decoding,
                                  struct layer *layer)
{
    (void)decoding;
    (void)layer;
    return (struct key){ KEY_ETHER_TYPE, ETHER_MPLS };
}

const struct decoder mpls_udp_decoder = {
    .name = "mpls-in-udp",
    .defined_in = "RFC 7510",
    .kind = LAYER_TUNNEL,
    .head_bytes = 4,
    .decode = decode_mpls_udp,
};

static struct key decode_pppoe(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint8_t version_type = reader_u8(in);
    uint8_t code = reader_u8(in);
    uint16_t payload_bytes;

    layer->id = reader_u16(in);
    payload_bytes = reader_u16(in);
    if (!reader_ok(in) || version_type != 0x11)
        return (struct key){ KEY_MALFORMED, 0 };
    decoding_promise(decoding, payload_bytes);
    if (code != 0)
        return (struct key){ KEY_PAYLOAD, 0 };
    return (struct key){ KEY_PPP_PROTOCOL, reader_u16(in) };
}

const struct decoder pppoe_decoder = {
    .name = "pppoe",
    .defined_in = "RFC 2516",
    .kind = LAYER_TAG,
    .decode = decode_pppoe,
};

/* Address and control are there or not; a protocol's first byte is even. */
static struct key decode_ppp(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    int second = reader_peek(in, reader_offset(in) + 1);
    uint32_t protocol;

    (void)layer;
    if (reader_peek(in, reader_offset(in)) == 0xff && second == 0x03)
        reader_skip(in, 2);
    protocol = reader_u8(in);
    if ((protocol & 1) == 0)
        protocol = protocol << 8 | reader_u8(in);
    return (struct key){ KEY_PPP_PROTOCOL, protocol };
}

const struct decoder ppp_decoder = {
    .name = "ppp",
    .defined_in = "RFC 1661, RFC 1662",
    .kind = LAYER_LINK,
    .decode = decode_ppp,
};

static struct key decode_arp(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    size_t hardware_bytes;
    size_t protocol_bytes;

    reader_skip(in, 4); /* kinds of both addresses */
    hardware_bytes = reader_u8(in);
    protocol_bytes = reader_u8(in);
    layer->type = (uint8_t)reader_u16(in);
    if (protocol_bytes != ARP_IPV4_BYTES)
        return (struct key){ KEY_PAYLOAD, 0 };
    reader_skip(in, hardware_bytes);
    reader_copy(in, layer->source, ARP_IPV4_BYTES);
    reader_skip(in, hardware_bytes);
    reader_copy(in, layer->destination, ARP_IPV4_BYTES);
    layer->address_bytes = ARP_IPV4_BYTES;
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder arp_decoder = {
    .name = "arp",
    .defined_in = "RFC 826",
    .kind = LAYER_ARP,
    .decode = decode_arp,
};
