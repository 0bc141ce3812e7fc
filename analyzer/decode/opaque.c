/* Encrypted or foreign packets: named and not opened. */
#include "decode/decoder.h"

enum {
    ESP_HEAD_BYTES = 8,
    WIREGUARD_MESSAGE_BYTES_MIN = 32,
    L2TP_VERSION_MASK = 0x000f,
};

static struct key decode_esp(struct decoding *decoding, struct layer *layer)
{
    layer->id = reader_u32(&decoding->in);
    layer->sequence = reader_u32(&decoding->in);
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder esp_decoder = {
    .name = "esp",
    .defined_in = "RFC 4303",
    .kind = LAYER_OPAQUE,
    .decode = decode_esp,
};

/* An SPI of 0 marks key exchange on the same port. */
static bool esp_udp_fits(struct reader head, uint64_t payload_bytes)
{
    (void)payload_bytes;
    return reader_u32(&head) != 0;
}

const struct decoder esp_udp_decoder = {
    .name = "esp-in-udp",
    .defined_in = "RFC 3948",
    .kind = LAYER_OPAQUE,
    .head_bytes = ESP_HEAD_BYTES,
    .fits = esp_udp_fits,
    .decode = decode_esp,
};

/* Four kinds of message, three of them of one size; data in units of 16. */
static bool wireguard_fits(struct reader head, uint64_t payload_bytes)
{
    static const uint8_t sizes[] = { 0, 148, 92, 64 };
    uint64_t type = reader_little_endian(&head, 4);

    if (type == 4)
        return payload_bytes % 16 == 0;
    return type > 0 && type < 4 && payload_bytes == sizes[type];
}

static struct key decode_wireguard(struct decoding *decoding,
                                   struct layer *layer)
{
    layer->type = reader_u8(&decoding->in);
    reader_skip(&decoding->in, 3);
    layer->id = (uint32_t)reader_little_endian(&decoding->in, 4);
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder wireguard_decoder = {
    .name = "wireguard",
    .defined_in = "https://www.wireguard.com/protocol/",
    .kind = LAYER_OPAQUE,
    .head_bytes = WIREGUARD_MESSAGE_BYTES_MIN,
    .fits = wireguard_fits,
    .decode = decode_wireguard,
};

static bool l2tp_fits(struct reader head, uint64_t payload_bytes)
{
    unsigned version = reader_u16(&head) & L2TP_VERSION_MASK;

    (void)payload_bytes;
    return version == 2 || version == 3;
}

static struct key decode_l2tp(struct decoding *decoding, struct layer *layer)
{
    (void)layer;
    reader_skip(&decoding->in, 2);
    return (struct key){ KEY_PAYLOAD, 0 };
}

const struct decoder l2tp_decoder = {
    .name = "l2tp",
    .defined_in = "RFC 2661, RFC 3931",
    .kind = LAYER_OPAQUE,
    .head_bytes = 6,
    .fits = l2tp_fits,
    .decode = decode_l2tp,
};
