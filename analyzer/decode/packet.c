#include "decode/packet.h"

#include "decode/decoder.h"

/* What a kind of layer does to the depth: a header that may begin a packet,
 * after one that encloses packets, is one tunnel deeper. So no decoder has to
 * know whether it is in a tunnel, and IP in IP needs no layer of its own. */
struct nesting {
    bool begins;
    bool encloses;
};

static const struct nesting nestings[] = {
    [LAYER_LINK] = { .begins = true },
    [LAYER_TAG] = { .begins = true },
    [LAYER_ARP] = { .begins = true },
    [LAYER_IP] = { .begins = true, .encloses = true },
    [LAYER_EXTENSION] = { .begins = false },
    [LAYER_UDP] = { .begins = false },
    [LAYER_TCP] = { .begins = false },
    [LAYER_ICMP] = { .begins = false },
    [LAYER_SCTP] = { .begins = false },
    [LAYER_TUNNEL] = { .encloses = true },
    [LAYER_OPAQUE] = { .begins = false },
};

/* The layer of a new header; NULL if there is no room for it. */
static struct layer *layer_begin(struct decoding *decoding,
                                 const struct decoder *decoder)
{
    struct packet *packet = decoding->packet;
    /* Copied, as gcc 12 clears a struct of this size with `rep stos`, which
     * costs 20 ns. */
    static const struct layer blank;
    struct nesting nesting = nestings[decoder->kind];
    bool is_deeper = nesting.begins && decoding->is_enclosed;
    struct layer *layer;

    if (packet->layer_count == PACKET_LAYERS_MAX)
        return NULL;
    if (is_deeper && packet->tunnel_count == PACKET_TUNNELS_MAX)
        return NULL;
    if (is_deeper)
        packet->tunnel_count++;
    decoding->is_enclosed =
        nesting.encloses || (decoding->is_enclosed && !nesting.begins);

    layer = &packet->layers[packet->layer_count++];
    *layer = blank;
    layer->decoder = decoder;
    layer->kind = decoder->kind;
    layer->depth = packet->tunnel_count;
    layer->offset = (uint32_t)reader_offset(&decoding->in);
    return layer;
}

static void layer_end(const struct decoding *decoding, struct layer *layer)
{
    uint64_t payload_bytes = decoding_left(decoding);

    if (payload_bytes > UINT32_MAX)
        payload_bytes = UINT32_MAX;
    layer->header_bytes =
        (uint32_t)reader_offset(&decoding->in) - layer->offset;
    layer->payload_bytes = (uint32_t)payload_bytes;
    layer->captured_bytes = (uint32_t)reader_left(&decoding->in);
}

/* Why a header could not be read to its end. */
static enum packet_end cut_end(const struct decoding *decoding)
{
    bool is_cut =
        decoding->is_snapped && decoding->in.end == decoding->frame_end;

    if (decoding->promised_end <= decoding->in.end)
        return PACKET_SHORT;
    return is_cut || decoding->in_fragment ? PACKET_SNAPPED : PACKET_SHORT;
}

static enum packet_end decode_layers(struct decoding *decoding, struct key next)
{
    for (;;) {
        const struct decoder *decoder = decoder_for(decoding, next);
        struct layer *layer;

        if (next.space == KEY_MALFORMED)
            return PACKET_MALFORMED;
        if (next.space == KEY_PAYLOAD)
            return PACKET_COMPLETE;
        if (decoder == NULL && next.space == KEY_UDP_PORT)
            return PACKET_COMPLETE;
        if (decoder == NULL)
            return PACKET_UNKNOWN;

        layer = layer_begin(decoding, decoder);
        if (layer == NULL)
            return PACKET_TOO_DEEP;
        next = decoder->decode(decoding, layer);
        layer_end(decoding, layer);
        if (!reader_ok(&decoding->in))
            return cut_end(decoding);
    }
}

void packet_decode(const struct decode_options *options,
                   const struct frame *frame, struct packet *packet)
{
    bool is_snapped = frame->wire_bytes > frame->captured_bytes;
    struct decoding decoding;

    decoding.options = options;
    decoding.packet = packet;
    decoding.in = reader_over(frame->bytes, frame->captured_bytes);
    decoding.promised_end =
        is_snapped ? frame->wire_bytes : frame->captured_bytes;
    decoding.frame_end = frame->captured_bytes;
    decoding.is_snapped = is_snapped;
    decoding.in_fragment = false;
    decoding.is_enclosed = false;
    decoding.ip = (struct ip_context){ .layer = NULL };
    decoding.check_count = 0;

    packet->layer_count = 0;
    packet->tunnel_count = 0;
    packet->direction = DIRECTION_UNKNOWN;
    packet->ifindex = 0;
    packet->end = decode_layers(
        &decoding, (struct key){ KEY_LINK_TYPE, (uint32_t)frame->link_type });
    packet->payload = decoding.in;
    packet->payload.failed = false;
    decoding_judge(&decoding);
}

const struct layer *packet_last(const struct packet *packet,
                                enum layer_kind kind)
{
    for (size_t i = packet->layer_count; i > 0; i--)
        if (packet->layers[i - 1].kind == kind)
            return &packet->layers[i - 1];
    return NULL;
}

const struct layer *packet_at(const struct packet *packet, enum layer_kind kind,
                              uint8_t depth)
{
    for (size_t i = 0; i < packet->layer_count; i++)
        if (packet->layers[i].kind == kind && packet->layers[i].depth == depth)
            return &packet->layers[i];
    return NULL;
}

const char *layer_name(const struct layer *layer)
{
    return layer->decoder->name;
}
