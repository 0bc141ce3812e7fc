/* Tunnels over UDP.
 *
 * They are found by the destination port alone, in both directions: source
 * ports are a hash of the inner flow. The same ports are now and then a
 * client's, so each decoder says what its header has to look like. */
#include "decode/decoder.h"

enum {
    VXLAN_BYTES = 8,
    VXLAN_HAS_VNI = 0x08,
    VXLAN_HAS_POLICY = 0x80, /* draft-smith-vxlan-group-policy */
    VXLAN_HAS_PROTOCOL = 0x04,
    VXLAN_REMOTE_CHECKSUM = 0x200000, /* draft-herbert-vxlan-rco */
    GENEVE_BYTES = 8,
    GTP_BYTES = 8,
    GTP_USER_DATA = 255,
    GTP_HAS_EXTENSION = 0x04,
    GTP_HAS_OPTIONAL = 0x07,
    GUE_CONTROL = 0x20,
    IPV4_HEADER_BYTES = 20,
    IPV6_HEADER_BYTES = 40,
};

/* Linux drops what has flags that it does not know; so RFC 7348's "ignored
 * on receipt" is not met with. All flags 0 is a VXLAN header without a VNI,
 * which is malformed: a DNS message would have to have the id 0. */
static bool vxlan_fits(struct reader head, uint64_t payload_bytes)
{
    uint32_t flags = reader_u32(&head);
    uint32_t top = flags >> 24;
    uint32_t below = flags & 0xffffff;

    (void)payload_bytes;
    if (flags == 0)
        return true;
    if ((top & VXLAN_HAS_VNI) == 0 ||
        (top & ~(uint32_t)(VXLAN_HAS_VNI | VXLAN_HAS_POLICY)) != 0)
        return false;
    return (top & VXLAN_HAS_POLICY) != 0 ||
           (below & ~(uint32_t)VXLAN_REMOTE_CHECKSUM) == 0;
}

static struct key decode_vxlan(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;

    layer->flags = reader_u8(in);
    reader_skip(in, 3);
    layer->id = reader_u24(in);
    reader_skip(in, 1);
    if (reader_ok(in) && (layer->flags & VXLAN_HAS_VNI) == 0)
        return (struct key){ KEY_MALFORMED, 0 };
    return (struct key){ KEY_ETHER_TYPE, ETHER_BRIDGED };
}

const struct decoder vxlan_decoder = {
    .name = "vxlan",
    .defined_in = "RFC 7348",
    .kind = LAYER_TUNNEL,
    .head_bytes = VXLAN_BYTES,
    .fits = vxlan_fits,
    .decode = decode_vxlan,
};

static bool vxlan_gpe_fits(struct reader head, uint64_t payload_bytes)
{
    uint32_t flags = reader_u32(&head);

    (void)payload_bytes;
    return (flags >> 24 & (VXLAN_HAS_VNI | VXLAN_HAS_PROTOCOL)) != 0 &&
           (flags >> 24 & 0xc0) == 0 && (flags & 0xffff00) == 0;
}

static struct key decode_vxlan_gpe(struct decoding *decoding,
                                   struct layer *layer)
{
    static const uint16_t ether_types[] = { 0, ETHER_IPV4, ETHER_IPV6,
                                            ETHER_BRIDGED };
    struct reader *in = &decoding->in;
    uint8_t protocol;

    layer->flags = reader_u8(in);
    reader_skip(in, 2);
    protocol = reader_u8(in);
    layer->id = reader_u24(in);
    reader_skip(in, 1);
    if ((layer->flags & VXLAN_HAS_PROTOCOL) == 0)
        return (struct key){ KEY_ETHER_TYPE, ETHER_BRIDGED };
    if (protocol == 0 || protocol >= sizeof(ether_types) / sizeof(uint16_t))
        return (struct key){ KEY_UNKNOWN, protocol };
    return (struct key){ KEY_ETHER_TYPE, ether_types[protocol] };
}

const struct decoder vxlan_gpe_decoder = {
    .name = "vxlan-gpe",
    .defined_in = "draft-ietf-nvo3-vxlan-gpe-13",
    .kind = LAYER_TUNNEL,
    .head_bytes = VXLAN_BYTES,
    .fits = vxlan_gpe_fits,
    .decode = decode_vxlan_gpe,
};

/* Version 0; the low bits of the flags are reserved. */
static bool geneve_fits(struct reader head, uint64_t payload_bytes)
{
    uint8_t version_length = reader_u8(&head);
    uint8_t flags = reader_u8(&head);

    return version_length >> 6 == 0 && (flags & 0x3f) == 0 &&
           GENEVE_BYTES + version_length * 4u <= payload_bytes;
}

static struct key decode_geneve(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    size_t options_bytes = (reader_u8(in) & 0x3fu) * 4u;
    uint16_t ether_type;

    layer->flags = reader_u8(in);
    ether_type = reader_u16(in);
    layer->id = reader_u24(in);
    reader_skip(in, 1 + options_bytes);
    return key_ether_type(ether_type);
}

const struct decoder geneve_decoder = {
    .name = "geneve",
    .defined_in = "RFC 8926",
    .kind = LAYER_TUNNEL,
    .head_bytes = GENEVE_BYTES,
    .fits = geneve_fits,
    .decode = decode_geneve,
};

/* Version 1 of the user plane (protocol type 1). */
static bool gtp_fits(struct reader head, uint64_t payload_bytes)
{
    uint8_t flags = reader_u8(&head);

    reader_skip(&head, 1);
    return flags >> 4 == 3 &&
           reader_u16(&head) + (uint64_t)GTP_BYTES <= payload_bytes;
}

/* Extension headers: length in units of 4, content, type of the next one. */
static bool skip_gtp_extensions(struct reader *in)
{
    uint8_t next;

    reader_skip(in, 3); /* sequence, N-PDU */
    next = reader_u8(in);
    while (next != 0 && reader_left(in) > 0) {
        size_t bytes = reader_u8(in) * (size_t)4;

        if (bytes == 0)
            return false;
        reader_skip(in, bytes - 2);
        next = reader_u8(in);
    }
    return true;
}

static struct key decode_gtp(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint16_t payload_bytes;

    layer->flags = reader_u8(in);
    layer->type = reader_u8(in);
    payload_bytes = reader_u16(in);
    layer->id = reader_u32(in);
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    decoding_promise(decoding, payload_bytes);
    if (layer->type != GTP_USER_DATA)
        return (struct key){ KEY_PAYLOAD, 0 };
    if ((layer->flags & GTP_HAS_EXTENSION) != 0) {
        if (!skip_gtp_extensions(in))
            return (struct key){ KEY_MALFORMED, 0 };
    } else if ((layer->flags & GTP_HAS_OPTIONAL) != 0) {
        reader_skip(in, 4);
    }
    return key_ip_version(in);
}

const struct decoder gtp_decoder = {
    .name = "gtp-u",
    .defined_in = "3GPP TS 29.281",
    .kind = LAYER_TUNNEL,
    .head_bytes = GTP_BYTES,
    .fits = gtp_fits,
    .decode = decode_gtp,
};

/* An IP header whose length is that of the payload. */
static bool ip_fits(struct reader head, uint64_t payload_bytes)
{
    uint8_t first = reader_u8(&head);
    uint16_t length;

    if (first >> 4 == 4) {
        reader_skip(&head, 1);
        length = reader_u16(&head);
        return (first & 0x0f) >= 5 && (length == payload_bytes || length == 0);
    }
    reader_skip(&head, 3);
    length = reader_u16(&head);
    return first >> 4 == 6 && payload_bytes >= IPV6_HEADER_BYTES &&
           (length == payload_bytes - IPV6_HEADER_BYTES || length == 0);
}

/* Version 1 is a bare IP header: 01 are the first bits of both versions. */
static bool gue_fits(struct reader head, uint64_t payload_bytes)
{
    struct reader copy = head;
    uint8_t first = reader_u8(&copy);

    if (first >> 6 == 0)
        return 4 + (first & 0x1fu) * 4u <= payload_bytes;
    return ip_fits(head, payload_bytes);
}

static struct key decode_gue(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    size_t options_bytes;

    if (reader_peek(in, reader_offset(in)) >> 6 == 1)
        return key_ip_version(in);
    layer->flags = reader_u8(in);
    options_bytes = (layer->flags & 0x1fu) * 4u;
    layer->protocol = reader_u8(in);
    reader_skip(in, 2 + options_bytes);
    if ((layer->flags & GUE_CONTROL) != 0)
        return (struct key){ KEY_PAYLOAD, 0 };
    return (struct key){ KEY_IP_PROTOCOL, layer->protocol };
}

const struct decoder gue_decoder = {
    .name = "gue",
    .defined_in = "draft-ietf-intarea-gue-09",
    .kind = LAYER_TUNNEL,
    .head_bytes = 4,
    .fits = gue_fits,
    .decode = decode_gue,
};

/* The protocol is that of the port, which only the hosts know. */
static struct key decode_fou(struct decoding *decoding, struct layer *layer)
{
    (void)layer;
    return key_ip_version(&decoding->in);
}

const struct decoder fou_decoder = {
    .name = "fou",
    .defined_in = "Linux net/ipv4/fou_core.c",
    .kind = LAYER_TUNNEL,
    .head_bytes = IPV4_HEADER_BYTES,
    .fits = ip_fits,
    .decode = decode_fou,
};
