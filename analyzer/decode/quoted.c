/* The packet that an ICMP error quotes. It is no layer: it was not sent with
 * this frame, its lengths are those of another packet and its checksums were
 * changed on the way. */
#include "decode/decoder.h"

enum {
    IPV4_ADDRESS_BYTES = 4,
    IPV6_ADDRESS_BYTES = 16,
    EXTENSIONS_MAX = 8,
};

/* ICMP: unreachable, source quench, redirect, time exceeded, parameter. */
static bool quotes(const struct layer *icmp)
{
    if (icmp->protocol == PROTOCOL_ICMPV6)
        return icmp->type >= 1 && icmp->type <= 4;
    return icmp->type == 3 || icmp->type == 4 || icmp->type == 5 ||
           icmp->type == 11 || icmp->type == 12;
}

/* Leaves `in` at the transport header; false if there is none. */
static bool read_ipv4(struct reader *in, struct quoted_packet *quoted)
{
    size_t header_bytes = (reader_u8(in) & 0x0fu) * 4u;
    bool is_first;

    reader_skip(in, 5);
    is_first = (reader_u16(in) & 0x1fff) == 0;
    reader_skip(in, 1);
    quoted->protocol = reader_u8(in);
    reader_skip(in, 2);
    reader_copy(in, quoted->source, IPV4_ADDRESS_BYTES);
    reader_copy(in, quoted->destination, IPV4_ADDRESS_BYTES);
    if (!reader_ok(in) || header_bytes < 20)
        return false;
    quoted->address_bytes = IPV4_ADDRESS_BYTES;
    reader_skip(in, header_bytes - 20);
    return is_first;
}

static bool is_extension(uint8_t protocol)
{
    return protocol == PROTOCOL_HOP_BY_HOP || protocol == PROTOCOL_ROUTING ||
           protocol == PROTOCOL_DESTINATION || protocol == PROTOCOL_FRAGMENT;
}

static bool skip_extensions(struct reader *in, struct quoted_packet *quoted)
{
    for (unsigned i = 0; is_extension(quoted->protocol); i++) {
        bool is_fragment = quoted->protocol == PROTOCOL_FRAGMENT;
        uint8_t next = reader_u8(in);
        size_t length = reader_u8(in);
        uint16_t offset = reader_u16(in);

        reader_skip(in, 4 + (is_fragment ? 0 : length * 8));
        if (!reader_ok(in) || i == EXTENSIONS_MAX)
            return false;
        quoted->protocol = next;
        if (is_fragment && (offset & 0xfff8) != 0)
            return false;
    }
    return true;
}

static bool read_ipv6(struct reader *in, struct quoted_packet *quoted)
{
    reader_skip(in, 6);
    quoted->protocol = reader_u8(in);
    reader_skip(in, 1);
    reader_copy(in, quoted->source, IPV6_ADDRESS_BYTES);
    reader_copy(in, quoted->destination, IPV6_ADDRESS_BYTES);
    if (!reader_ok(in))
        return false;
    quoted->address_bytes = IPV6_ADDRESS_BYTES;
    return skip_extensions(in, quoted);
}

static bool has_ports(uint8_t protocol)
{
    return protocol == PROTOCOL_UDP || protocol == PROTOCOL_TCP ||
           protocol == PROTOCOL_SCTP;
}

bool packet_quoted(const struct packet *packet, struct quoted_packet *quoted)
{
    struct reader in = packet->payload;
    const struct layer *icmp;
    int version;

    *quoted = (struct quoted_packet){ .protocol = 0 };
    if (packet->layer_count == 0 || packet->end != PACKET_COMPLETE)
        return false;
    icmp = &packet->layers[packet->layer_count - 1];
    if (icmp->kind != LAYER_ICMP || !quotes(icmp) || reader_left(&in) == 0)
        return false;

    version = reader_peek(&in, reader_offset(&in)) >> 4;
    if ((version == 4 && read_ipv4(&in, quoted)) ||
        (version == 6 && read_ipv6(&in, quoted))) {
        quoted->source_port = reader_u16(&in);
        quoted->destination_port = reader_u16(&in);
        quoted->has_ports = reader_ok(&in) && has_ports(quoted->protocol);
    }
    if (!quoted->has_ports) {
        quoted->source_port = 0;
        quoted->destination_port = 0;
    }
    return quoted->address_bytes != 0;
}
