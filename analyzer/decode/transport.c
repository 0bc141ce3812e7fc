/* UDP, TCP, ICMP, ICMPv6 and SCTP. */
#include "decode/checksum.h"
#include "decode/decoder.h"

enum {
    UDP_HEADER_BYTES = 8,
    TCP_HEADER_BYTES = 20,
    TCP_OPTION_END = 0,
    TCP_OPTION_NOP = 1,
    TCP_OPTION_MSS = 2,
    TCP_OPTION_TIMESTAMP = 8,
};

/* A fragment's checksum covers what other frames hold. */
static uint64_t covered_end(const struct decoding *decoding)
{
    return decoding->ip.layer->is_fragment ? UINT64_MAX
                                           : decoding->promised_end;
}

void decoding_check_transport(struct decoding *decoding, struct layer *layer,
                              uint8_t protocol)
{
    const struct ip_context *ip = &decoding->ip;
    uint64_t bytes = decoding->promised_end - layer->offset;
    uint64_t bare = (uint64_t)ip->source_sum + ip->destination_sum + protocol;

    layer->pseudo = checksum_fold(bare + bytes);
    *decoding_check(decoding) = (struct check){
        .layer = layer,
        .rule = CHECK_SUM_PSEUDO,
        .start = layer->offset,
        .end = covered_end(decoding),
        .pseudo_bare = checksum_fold(bare),
        .zero_means_none = protocol == PROTOCOL_UDP,
        .is_doubtful = ip->is_doubtful,
    };
}

/* Of a header whose checksum has no pseudo-header. */
static void check_alone(struct decoding *decoding, struct layer *layer,
                        enum check_rule rule)
{
    *decoding_check(decoding) = (struct check){
        .layer = layer,
        .rule = rule,
        .start = layer->offset,
        .end = covered_end(decoding),
        .is_doubtful = decoding->ip.is_doubtful,
    };
}

/* A length of 0 is a jumbogram's (RFC 2675), the low 16 bits of a longer one
 * a segmentation offload's. What a fragment says is the datagram's length. */
static bool apply_udp_length(struct decoding *decoding, uint16_t length)
{
    uint64_t around = decoding_left(decoding) + UDP_HEADER_BYTES;

    if (length == 0 || (around > UINT16_MAX && (uint16_t)around == length))
        return true;
    if (length < UDP_HEADER_BYTES)
        return false;
    decoding_promise(decoding, length - (uint64_t)UDP_HEADER_BYTES);
    return true;
}

static struct key decode_udp(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    uint16_t length;

    layer->source_port = reader_u16(in);
    layer->destination_port = reader_u16(in);
    length = reader_u16(in);
    layer->stored = reader_u16(in);
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    if (!apply_udp_length(decoding, length))
        return (struct key){ KEY_MALFORMED, 0 };
    decoding_check_transport(decoding, layer, PROTOCOL_UDP);
    return (struct key){ KEY_UDP_PORT, layer->destination_port };
}

const struct decoder udp_decoder = {
    .name = "udp",
    .defined_in = "RFC 768",
    .kind = LAYER_UDP,
    .decode = decode_udp,
};

static void read_tcp_option(struct layer *layer, uint8_t kind,
                            struct reader *value)
{
    if (kind == TCP_OPTION_MSS && reader_left(value) == 2)
        layer->mss = reader_u16(value);
    if (kind == TCP_OPTION_TIMESTAMP && reader_left(value) == 8)
        layer->timestamp = reader_u32(value);
}

/* Malformed options are the receiver's business: reading ends there. */
static void read_tcp_options(struct layer *layer, struct reader options)
{
    while (reader_left(&options) > 0) {
        uint8_t kind = reader_u8(&options);
        uint8_t length;
        struct reader value;

        if (kind == TCP_OPTION_END)
            return;
        if (kind == TCP_OPTION_NOP)
            continue;
        length = reader_u8(&options);
        if (length < 2)
            return;
        value = reader_take(&options, length - (size_t)2);
        if (!reader_ok(&options))
            return;
        read_tcp_option(layer, kind, &value);
    }
}

static struct key decode_tcp(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;
    size_t header_bytes;

    layer->source_port = reader_u16(in);
    layer->destination_port = reader_u16(in);
    layer->sequence = reader_u32(in);
    layer->acknowledgment = reader_u32(in);
    header_bytes = (reader_u8(in) >> 4) * 4u;
    layer->flags = reader_u8(in);
    layer->window = reader_u16(in);
    layer->stored = reader_u16(in);
    reader_skip(in, 2); /* urgent pointer */
    if (!reader_ok(in))
        return (struct key){ KEY_PAYLOAD, 0 };
    if (header_bytes < TCP_HEADER_BYTES)
        return (struct key){ KEY_MALFORMED, 0 };
    decoding_check_transport(decoding, layer, PROTOCOL_TCP);
    read_tcp_options(layer, reader_take(in, header_bytes - TCP_HEADER_BYTES));
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder tcp_decoder = {
    .name = "tcp",
    .defined_in = "RFC 9293",
    .kind = LAYER_TCP,
    .decode = decode_tcp,
};

static void read_icmp(struct reader *in, struct layer *layer)
{
    layer->type = reader_u8(in);
    layer->code = reader_u8(in);
    layer->stored = reader_u16(in);
    layer->rest = reader_u32(in);
}

/* No pseudo-header in ICMP for IPv4. */
static struct key decode_icmp(struct decoding *decoding, struct layer *layer)
{
    layer->protocol = PROTOCOL_ICMP;
    read_icmp(&decoding->in, layer);
    if (reader_ok(&decoding->in))
        check_alone(decoding, layer, CHECK_SUM);
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder icmp_decoder = {
    .name = "icmp",
    .defined_in = "RFC 792",
    .kind = LAYER_ICMP,
    .decode = decode_icmp,
};

static struct key decode_icmpv6(struct decoding *decoding, struct layer *layer)
{
    layer->protocol = PROTOCOL_ICMPV6;
    read_icmp(&decoding->in, layer);
    if (reader_ok(&decoding->in))
        decoding_check_transport(decoding, layer, PROTOCOL_ICMPV6);
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder icmpv6_decoder = {
    .name = "icmpv6",
    .defined_in = "RFC 4443",
    .kind = LAYER_ICMP,
    .decode = decode_icmpv6,
};

/* Its checksum is a CRC of 32 bits: only the verdict is kept. */
static struct key decode_sctp(struct decoding *decoding, struct layer *layer)
{
    struct reader *in = &decoding->in;

    layer->source_port = reader_u16(in);
    layer->destination_port = reader_u16(in);
    reader_skip(in, 8); /* verification tag, checksum */
    if (reader_ok(in))
        check_alone(decoding, layer, CHECK_CRC32C);
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder sctp_decoder = {
    .name = "sctp",
    .defined_in = "RFC 9260",
    .kind = LAYER_SCTP,
    .decode = decode_sctp,
};
