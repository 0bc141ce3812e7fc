#include "decode/stated.h"

#include "decode/checksum.h"

enum {
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    SUM_MODULUS = 0xffff,
};

static uint32_t protocol_of(const struct layer *layer)
{
    if (layer->kind == LAYER_UDP)
        return PROTOCOL_UDP;
    return layer->kind == LAYER_TCP ? PROTOCOL_TCP : layer->protocol;
}

/* RFC 768, RFC 8200 section 8.1; without the length for `bytes` 0. */
static uint16_t pseudo_sum(const struct layer *ip, const struct layer *layer,
                           uint64_t bytes)
{
    uint64_t sum = checksum_sum_address(ip->source, ip->address_bytes);

    sum += checksum_sum_address(ip->destination, ip->address_bytes);
    sum += protocol_of(layer);
    sum += (bytes >> 16) + (bytes & 0xffff);
    return checksum_fold(sum);
}

static uint32_t difference(uint16_t a, uint16_t b)
{
    return ((uint32_t)a + checksum_minus(b)) % SUM_MODULUS;
}

static const struct layer *ip_around(const struct packet *packet, size_t index)
{
    for (size_t i = index; i > 0; i--)
        if (packet->layers[i - 1].kind == LAYER_IP)
            return &packet->layers[i - 1];
    return NULL;
}

/* The length that the header gave is the one of the sum, or none. */
static bool holds_partial(const struct layer *ip, struct layer *layer)
{
    uint64_t bytes = (uint64_t)layer->header_bytes + layer->payload_bytes;

    layer->pseudo = pseudo_sum(ip, layer, bytes);
    return layer->stored == layer->pseudo ||
           layer->stored == pseudo_sum(ip, layer, 0);
}

/* What the inner field still gains, the outer one has lost: it was written
 * for the finished packet. */
static bool is_lco(const struct layer *outer, const struct layer *partial)
{
    return partial != NULL && outer->correct != 0 && partial->correct != 0 &&
           difference(outer->correct, outer->stored) ==
               difference(partial->correct, partial->stored);
}

/* tcpdump sums the bytes as they are; on the wire the inner one is finished. */
static uint16_t correct_on_the_wire(const struct layer *outer,
                                    const struct layer *partial)
{
    uint32_t gained = difference(partial->correct, partial->stored);
    uint32_t correct = (outer->correct + SUM_MODULUS - gained) % SUM_MODULUS;

    return correct == 0 ? SUM_MODULUS : (uint16_t)correct;
}

void stated_judge(struct packet *packet)
{
    const struct layer *partial = NULL;

    for (size_t i = packet->layer_count; i > 0; i--) {
        struct layer *layer = &packet->layers[i - 1];
        const struct layer *ip = ip_around(packet, i - 1);
        bool is_partial;

        if (ip == NULL ||
            (layer->kind != LAYER_UDP && layer->kind != LAYER_TCP))
            continue;
        is_partial = holds_partial(ip, layer);
        if (layer->checksum != CHECKSUM_BAD)
            continue;
        if (is_partial) {
            layer->checksum = CHECKSUM_PARTIAL;
            partial = layer;
        } else if (is_lco(layer, partial)) {
            layer->checksum = CHECKSUM_LCO;
            layer->correct = layer->stored;
        } else if (layer->correct == 0) {
            layer->checksum = CHECKSUM_UNVERIFIABLE;
        } else if (partial != NULL && partial->correct != 0) {
            layer->correct = correct_on_the_wire(layer, partial);
        }
    }
}
