/* Link headers: how each kind of interface starts a frame.
 *
 * Numbers and layouts are those of https://www.tcpdump.org/linktypes.html. */
#include "decode/decoder.h"

enum {
    MAC_BYTES = 6,
    SLL_ADDRESS_BYTES = 8,
    FAMILY_IPV4 = 2,
    NFLOG_PAYLOAD = 9,
    NFLOG_IN_IFINDEX = 4,
    NFLOG_OUT_IFINDEX = 5,
    NFLOG_HEAD_BYTES = 4,
};

static struct key decode_ethernet(struct decoding *decoding,
                                  struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint16_t type;

    reader_copy(in, layer->destination, MAC_BYTES);
    reader_copy(in, layer->source, MAC_BYTES);
    type = reader_u16(in);
    if (type <= ETHER_LENGTH_MAX && reader_ok(in))
        decoding_promise(decoding, type);
    return key_ether_type(type);
}

const struct decoder ethernet_decoder = {
    .name = "ethernet",
    .defined_in = "IEEE 802.3",
    .kind = LAYER_LINK,
    .decode = decode_ethernet,
};

/* Only SNAP leads on: DSAP and SSAP aa, unnumbered, then an OUI. */
static struct key decode_llc(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint32_t head = reader_u24(in);

    (void)layer;
    if (head != 0xaaaa03 || reader_u24(in) != 0)
        return (struct key){ KEY_UNKNOWN, 0 };
    return key_ether_type(reader_u16(in));
}

const struct decoder llc_decoder = {
    .name = "llc",
    .defined_in = "IEEE 802.2, RFC 1042",
    .kind = LAYER_TAG,
    .decode = decode_llc,
};

/* The family of the host that wrote it: 2 is IPv4 everywhere; IPv6 is 10 on
 * Linux, 24, 28 and 30 on the BSDs and macOS. NULL has the byte order of that
 * host and LOOP the network's; a family is below 256, so the place of its
 * only byte tells. */
static struct key decode_null(struct decoding *decoding, struct layer *layer)
{
    uint32_t family = reader_u32(&decoding->in);

    (void)layer;
    if (family > 0xffff)
        family = family >> 24 | (family >> 8 & 0xff00);
    if (family == FAMILY_IPV4)
        return (struct key){ KEY_ETHER_TYPE, ETHER_IPV4 };
    if (family == 10 || family == 24 || family == 28 || family == 30)
        return (struct key){ KEY_ETHER_TYPE, ETHER_IPV6 };
    return (struct key){ KEY_UNKNOWN, family };
}

const struct decoder null_decoder = {
    .name = "null",
    .defined_in = "LINKTYPE_NULL, LINKTYPE_LOOP",
    .kind = LAYER_LINK,
    .decode = decode_null,
};

/* No header at all: tun devices, WireGuard, ip6tnl. */
static struct key decode_raw(struct decoding *decoding, struct layer *layer)
{
    (void)layer;
    return key_ip_version(&decoding->in);
}

const struct decoder raw_decoder = {
    .name = "raw",
    .defined_in = "LINKTYPE_RAW",
    .kind = LAYER_LINK,
    .decode = decode_raw,
};

/* 0 to us, 1 broadcast, 2 multicast, 3 to somebody else: all received. */
static enum packet_direction sll_direction(unsigned packet_type)
{
    if (packet_type == 4)
        return DIRECTION_OUT;
    return packet_type < 4 ? DIRECTION_IN : DIRECTION_UNKNOWN;
}

static void read_sll_address(struct reader *in, size_t address_bytes,
                             struct layer *layer)
{
    struct reader address = reader_take(in, SLL_ADDRESS_BYTES);

    if (address_bytes == MAC_BYTES)
        reader_copy(&address, layer->source, MAC_BYTES);
}

static struct key decode_sll(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    size_t address_bytes;

    decoding->packet->direction = sll_direction(reader_u16(in));
    reader_skip(in, 2); /* ARPHRD */
    address_bytes = reader_u16(in);
    read_sll_address(in, address_bytes, layer);
    return key_ether_type(reader_u16(in));
}

const struct decoder sll_decoder = {
    .name = "sll",
    .defined_in = "LINKTYPE_LINUX_SLL",
    .kind = LAYER_LINK,
    .decode = decode_sll,
};

static struct key decode_sll2(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint16_t protocol = reader_u16(in);
    size_t address_bytes;

    reader_skip(in, 2);
    decoding->packet->ifindex = reader_u32(in);
    reader_skip(in, 2); /* ARPHRD */
    decoding->packet->direction = sll_direction(reader_u8(in));
    address_bytes = reader_u8(in);
    read_sll_address(in, address_bytes, layer);
    return key_ether_type(protocol);
}

const struct decoder sll2_decoder = {
    .name = "sll2",
    .defined_in = "LINKTYPE_LINUX_SLL2",
    .kind = LAYER_LINK,
    .decode = decode_sll2,
};

static void read_nflog_interface(struct packet *packet, struct reader *value,
                                 uint32_t type)
{
    packet->ifindex = reader_u32(value);
    packet->direction = type == NFLOG_IN_IFINDEX ? DIRECTION_IN : DIRECTION_OUT;
}

/* Attributes have the byte order of the host that wrote them, which nothing
 * says. Types are below 256: the byte that is 0 is the high one. */
static struct key decode_nflog(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    unsigned family = reader_u8(in);

    (void)layer;
    reader_skip(in, 3);
    while (reader_left(in) >= NFLOG_HEAD_BYTES) {
        bool is_little = reader_peek(in, reader_offset(in) + 3) == 0;
        size_t width = 2;
        uint64_t length = is_little ? reader_little_endian(in, width)
                                    : reader_big_endian(in, width);
        uint64_t type = is_little ? reader_little_endian(in, width)
                                  : reader_big_endian(in, width);
        struct reader value;

        if (length < NFLOG_HEAD_BYTES)
            return (struct key){ KEY_MALFORMED, 0 };
        length -= NFLOG_HEAD_BYTES;
        if (type == NFLOG_PAYLOAD) {
            decoding_promise(decoding, length);
            return family == FAMILY_IPV4 || family == 10
                       ? key_ip_version(in)
                       : (struct key){ KEY_UNKNOWN, family };
        }
        value = reader_take(in, ((size_t)length + 3) & ~(size_t)3);
        if (type == NFLOG_IN_IFINDEX || type == NFLOG_OUT_IFINDEX)
            read_nflog_interface(decoding->packet, &value, (uint32_t)type);
    }
    return (struct key){ KEY_UNKNOWN, family };
}

const struct decoder nflog_decoder = {
    .name = "nflog",
    .defined_in = "LINKTYPE_NFLOG",
    .kind = LAYER_LINK,
    .decode = decode_nflog,
};
