#include "evidence/printed_packet.h"

#include "decode/decoder.h"
#include "decode/stated.h"
#include "store/rows.h"

#include <string.h>

enum {
    IPV4_HEADER_BYTES = 20,
    IPV6_HEADER_BYTES = 40,
    UDP_HEADER_BYTES = 8,
    TCP_HEADER_BYTES = 20,
    ETHERNET_HEADER_BYTES = 14,
    GRE_HEADER_BYTES = 4,
    QUOTED_BYTES = IPV4_HEADER_BYTES + 4,
    QUOTED_IPV6_BYTES = IPV6_HEADER_BYTES + 4,
};

struct maker {
    const struct printed_packet *printed;
    struct printed_frame *frame;
    int64_t ip_bytes[PRINTED_LEVELS_MAX];
};

static int64_t ip_header_bytes(const struct printed_level *level)
{
    return level->source.length == 16 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES;
}

/* What lies between an IP header and the one inside a tunnel. */
static int64_t tunnel_bytes(const struct printed_level *level)
{
    if (level->tunnel[0] == '\0')
        return 0;
    if (strcmp(level->tunnel, "gre") == 0)
        return GRE_HEADER_BYTES;
    return UDP_HEADER_BYTES + 8 + ETHERNET_HEADER_BYTES;
}

/* Without -v no IP length is printed: it follows from what is inside. */
static int64_t size_of(const struct printed_level *level, int64_t inside)
{
    if (level->ip_bytes != ABSENT)
        return level->ip_bytes;
    if (level->tunnel != NULL)
        return inside > 0
                   ? ip_header_bytes(level) + tunnel_bytes(level) + inside
                   : 0;
    if (level->payload_bytes == ABSENT)
        return 0;
    return ip_header_bytes(level) + level->payload_bytes +
           (level->protocol == PROTOCOL_TCP ? TCP_HEADER_BYTES
                                            : UDP_HEADER_BYTES);
}

static struct layer *add_layer(struct maker *maker,
                               const struct decoder *decoder, size_t depth)
{
    struct packet *packet = &maker->frame->packet;
    struct layer *layer = &packet->layers[packet->layer_count++];

    *layer = (struct layer){ .decoder = decoder,
                             .kind = decoder->kind,
                             .depth = (uint8_t)depth };
    return layer;
}

static void add_link(struct maker *maker)
{
    const struct printed_packet *printed = maker->printed;
    struct layer *layer;

    if (!printed->has_macs)
        return;
    layer = add_layer(maker, &ethernet_decoder, 0);
    memcpy(layer->source, printed->source_mac, PRINTED_MAC_BYTES);
    memcpy(layer->destination, printed->destination_mac, PRINTED_MAC_BYTES);
}

static enum checksum_state state_of(const struct printed_sum *sum)
{
    static const enum checksum_state states[] = {
        [PRINTED_SUM_UNSAID] = CHECKSUM_UNVERIFIABLE,
        [PRINTED_SUM_RIGHT] = CHECKSUM_OK,
        [PRINTED_SUM_NONE] = CHECKSUM_ZERO,
        [PRINTED_SUM_WRONG] = CHECKSUM_BAD,
    };

    return states[sum->state];
}

static void set_sum(struct layer *layer, const struct printed_sum *sum)
{
    layer->checksum = state_of(sum);
    layer->stored = sum->stored;
    if (sum->state == PRINTED_SUM_WRONG)
        layer->correct = sum->has_correct ? sum->correct : 0;
    else if (sum->state == PRINTED_SUM_RIGHT)
        layer->correct = sum->stored;
}

static void add_ip(struct maker *maker, size_t depth)
{
    const struct printed_level *level = &maker->printed->levels[depth];
    bool is_ipv4 = level->source.length == 4;
    struct layer *layer =
        add_layer(maker, is_ipv4 ? &ipv4_decoder : &ipv6_decoder, depth);

    layer->protocol = level->protocol;
    layer->address_bytes = level->source.length;
    memcpy(layer->source, level->source.bytes, level->source.length);
    memcpy(layer->destination, level->destination.bytes, level->source.length);
    layer->ip_bytes = (uint32_t)maker->ip_bytes[depth];
    layer->header_bytes = (uint32_t)ip_header_bytes(level);
    layer->ttl = level->ttl == ABSENT ? 0 : (uint8_t)level->ttl;
    layer->ip_id = level->ip_id == ABSENT ? 0 : (uint16_t)level->ip_id;
    layer->id = layer->ip_id;
    layer->dont_fragment = level->dont_fragment;
    /* Fragments are not put together: the first one, in which the message
     * is, stands for the datagram. */
    layer->is_fragment = level->is_fragment && !level->dns.is_there;
    if (is_ipv4 && level->ip_sum.state != PRINTED_SUM_UNSAID)
        set_sum(layer, &level->ip_sum);
}

/* UDP and TCP: header and payload share what the IP length leaves. */
static struct layer *add_ported(struct maker *maker, size_t depth)
{
    const struct printed_level *level = &maker->printed->levels[depth];
    bool is_tcp = level->protocol == PROTOCOL_TCP;
    struct layer *layer =
        add_layer(maker, is_tcp ? &tcp_decoder : &udp_decoder, depth);
    int64_t segment = maker->ip_bytes[depth] - ip_header_bytes(level);
    int64_t header = is_tcp ? TCP_HEADER_BYTES : UDP_HEADER_BYTES;

    if (is_tcp && level->payload_bytes != ABSENT &&
        segment - level->payload_bytes > header)
        header = segment - level->payload_bytes;
    layer->source_port = (uint16_t)level->source_port;
    layer->destination_port = (uint16_t)level->destination_port;
    layer->header_bytes = (uint32_t)header;
    layer->payload_bytes = segment > header ? (uint32_t)(segment - header) : 0;
    if (is_tcp && level->payload_bytes != ABSENT)
        layer->payload_bytes = (uint32_t)level->payload_bytes;
    set_sum(layer, &level->sum);
    return layer;
}

static void set_tcp(struct layer *layer, const struct printed_level *level)
{
    layer->flags = level->flags;
    layer->sequence = level->sequence;
    layer->acknowledgment = level->acknowledgment;
    layer->window = level->window;
    layer->mss = level->mss;
    layer->timestamp = level->timestamp;
}

/* Offsets count from the transport header, which is not there: the message
 * begins where it would end. Records behind the question are not rebuilt, so
 * the message counts as cut; what is not understood is cut, not malformed. */
static void set_dns(struct maker *maker, const struct printed_level *level,
                    struct layer *layer)
{
    struct printed_frame *frame = maker->frame;
    bool is_tcp = layer->kind == LAYER_TCP;
    size_t start = is_tcp ? 0 : UDP_HEADER_BYTES;
    size_t prefix = is_tcp ? 2 : 0;
    uint32_t has_records =
        level->dns.counts[0] + level->dns.counts[1] + level->dns.counts[2] > 0;
    uint32_t used = 0;

    if (level->dns.is_there)
        used = (uint32_t)printed_dns_write(
            &level->dns, frame->payload + start + prefix,
            sizeof frame->payload - start - prefix);
    if (used == 0) {
        layer->payload_bytes += layer->payload_bytes == 0 && !is_tcp;
        return;
    }
    used += (uint32_t)prefix;
    if (layer->payload_bytes < used + has_records)
        layer->payload_bytes = used + has_records;
    if (is_tcp) {
        /* One that goes on in the next segment counts as all there is: those
         * that follow hold nothing to put together. */
        size_t message = layer->payload_bytes - prefix;

        frame->payload[0] = (uint8_t)(message >> 8);
        frame->payload[1] = (uint8_t)message;
    }
    layer->captured_bytes = used;
    frame->packet.payload = reader_over(frame->payload, start + used);
    reader_skip(&frame->packet.payload, start);
}

static void put_address(uint8_t *to, const struct address *address)
{
    memcpy(to, address->bytes, address->length);
}

/* An IP header and two ports, as far as they were printed: port 0 was not. */
static void set_quoted(struct maker *maker, const struct printed_level *level)
{
    const struct printed_packet *printed = maker->printed;
    uint8_t *to = maker->frame->payload;
    struct printed_level quoted = printed->quoted;
    bool is_ipv4 = level->source.length == 4;
    size_t ports_at = is_ipv4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;

    if (!printed->has_quoted) {
        quoted = printed_level_none();
        quoted.source = level->destination;
        quoted.destination = level->quoted_destination;
        quoted.protocol = level->quoted_protocol;
        quoted.destination_port = level->quoted_port;
    }
    if (quoted.destination.length != level->source.length ||
        quoted.source.length != level->source.length)
        return;
    memset(to, 0, QUOTED_IPV6_BYTES);
    to[0] = is_ipv4 ? 0x45 : 0x60;
    to[is_ipv4 ? 9 : 6] = quoted.protocol;
    put_address(to + (is_ipv4 ? 12 : 8), &quoted.source);
    put_address(to + (is_ipv4 ? 16 : 24), &quoted.destination);
    if (quoted.source_port != ABSENT) {
        to[ports_at] = (uint8_t)(quoted.source_port >> 8);
        to[ports_at + 1] = (uint8_t)quoted.source_port;
    }
    if (quoted.destination_port != ABSENT) {
        to[ports_at + 2] = (uint8_t)(quoted.destination_port >> 8);
        to[ports_at + 3] = (uint8_t)quoted.destination_port;
    }
    maker->frame->packet.payload =
        reader_over(to, ports_at + (quoted.destination_port != ABSENT ? 4 : 0));
}

static void add_icmp(struct maker *maker, size_t depth)
{
    const struct printed_level *level = &maker->printed->levels[depth];
    struct layer *layer;

    if (level->type == ABSENT)
        return;
    layer = add_layer(maker,
                      level->protocol == PROTOCOL_ICMP ? &icmp_decoder
                                                       : &icmpv6_decoder,
                      depth);
    layer->protocol = level->protocol;
    layer->type = (uint8_t)level->type;
    layer->code = (uint8_t)level->code;
    layer->rest = level->mtu == ABSENT ? 0 : (uint32_t)level->mtu;
    set_sum(layer, &level->sum);
    set_quoted(maker, level);
}

static void add_tunnel(struct maker *maker, size_t depth)
{
    static const struct {
        const char *name;
        const struct decoder *decoder;
    } decoders[] = {
        { "vxlan", &vxlan_decoder },
        { "geneve", &geneve_decoder },
        { "gre", &gre_decoder },
    };
    const struct printed_level *level = &maker->printed->levels[depth];

    for (size_t i = 0; i < sizeof decoders / sizeof decoders[0]; i++)
        if (strcmp(level->tunnel, decoders[i].name) == 0)
            add_layer(maker, decoders[i].decoder, depth)->id =
                level->tunnel_id == ABSENT ? 0 : (uint32_t)level->tunnel_id;
}

static void add_transport(struct maker *maker, size_t depth)
{
    const struct printed_level *level = &maker->printed->levels[depth];
    struct layer *layer;

    if (level->protocol == PROTOCOL_ICMP || level->protocol == PROTOCOL_ICMPV6)
        add_icmp(maker, depth);
    if (level->source_port == ABSENT ||
        (level->protocol != PROTOCOL_UDP && level->protocol != PROTOCOL_TCP))
        return;
    layer = add_ported(maker, depth);
    if (layer->kind == LAYER_TCP)
        set_tcp(layer, level);
    if (level->tunnel == NULL)
        set_dns(maker, level, layer);
}

static void measure(struct maker *maker)
{
    const struct printed_packet *printed = maker->printed;
    int64_t inside = 0;

    for (size_t i = printed->level_count; i > 0; i--) {
        int64_t bytes = size_of(&printed->levels[i - 1], inside);

        maker->ip_bytes[i - 1] = bytes > UINT32_MAX ? UINT32_MAX : bytes;
        inside = maker->ip_bytes[i - 1];
    }
    if (printed->levels[0].ip_bytes == ABSENT &&
        printed->frame_bytes > ETHERNET_HEADER_BYTES && maker->ip_bytes[0] == 0)
        maker->ip_bytes[0] = printed->frame_bytes - ETHERNET_HEADER_BYTES;
}

static enum packet_direction direction_of(struct text word)
{
    if (text_equals(word, "Out"))
        return DIRECTION_OUT;
    return text_equals(word, "In") || text_equals(word, "B") ||
                   text_equals(word, "M")
               ? DIRECTION_IN
               : DIRECTION_UNKNOWN;
}

void printed_frame_make(const struct printed_packet *printed,
                        struct printed_frame *frame)
{
    struct maker maker = { .printed = printed, .frame = frame };
    struct packet *packet = &frame->packet;

    packet->layer_count = 0;
    packet->tunnel_count = 0;
    packet->end = PACKET_COMPLETE;
    packet->direction = direction_of(printed->direction);
    packet->ifindex = 0;
    packet->payload = reader_over(frame->payload, 0);
    measure(&maker);
    add_link(&maker);
    for (size_t i = 0; i < printed->level_count; i++) {
        add_ip(&maker, i);
        add_transport(&maker, i);
        if (printed->levels[i].tunnel != NULL)
            add_tunnel(&maker, i);
    }
    stated_judge(packet);
    frame->wire_bytes =
        (size_t)(printed->frame_bytes != ABSENT ? printed->frame_bytes
                                                : maker.ip_bytes[0]);
}
