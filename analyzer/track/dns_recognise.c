#include "track/dns_recognise.h"

#include <stddef.h>

enum {
    MDNS_PORT = 5353,
    LLMNR_PORT = 5355,
    HEADER_BYTES = 12,
    LABEL_BYTES_MAX = 63,
    NAME_BYTES_MAX = 255,
    CLASS_IN = 1,
    TYPE_OPT = 41,
    /* Bits of the flags, RFC 1035 4.1.1. */
    IS_RESPONSE = 0x8000,
    NEVER_SET = 0x7840,      /* opcode QUERY; the reserved bit */
    NOT_IN_QUERIES = 0x068f, /* AA, TC, RA, RCODE */
    RCODE = 0x000f,
    RCODE_MAX = 5, /* REFUSED */
    ADDITIONAL_OF_QUERY_MAX = 2,
    RECORDS_MAX = 255,
};

bool dns_port_tells(const struct layer *transport)
{
    return transport->source_port == DNS_PORT ||
           transport->destination_port == DNS_PORT;
}

static bool is_group(const struct layer *ip)
{
    return ip->address_bytes == 4 ? ip->destination[0] >> 4 == 0xe
                                  : ip->destination[0] == 0xff;
}

static bool is_local_discovery(const struct level *flow)
{
    const struct layer *transport = flow->transport;

    return (transport->source_port == MDNS_PORT &&
            transport->destination_port == MDNS_PORT) ||
           transport->source_port == LLMNR_PORT ||
           transport->destination_port == LLMNR_PORT || is_group(flow->ip);
}

static bool is_of_host_name(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

/* Nothing compressed. */
static bool take_name(struct reader *in)
{
    size_t start = reader_offset(in);

    for (;;) {
        uint8_t length = reader_u8(in);

        if (!reader_ok(in) || length > LABEL_BYTES_MAX ||
            reader_offset(in) - start > NAME_BYTES_MAX)
            return false;
        if (length == 0)
            return true;
        for (uint8_t i = 0; i < length; i++)
            if (!is_of_host_name(reader_u8(in)))
                return false;
    }
}

static bool is_type_in_use(uint16_t type)
{
    static const uint16_t types[] = {
        1,   2,   5,  6,  12, 15, 16, /* A NS CNAME SOA PTR MX TXT */
        28,  33,  35, 43, 48, 64, 65, /* AAAA SRV NAPTR DS DNSKEY SVCB HTTPS */
        255, 257,                     /* ANY CAA */
    };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (types[i] == type)
            return true;
    return false;
}

static bool flags_fit(unsigned flags)
{
    if ((flags & NEVER_SET) != 0)
        return false;
    if ((flags & IS_RESPONSE) != 0)
        return (flags & RCODE) <= RCODE_MAX;
    return (flags & NOT_IN_QUERIES) == 0;
}

/* Of answers, authorities and additional records. */
static bool counts_fit(bool is_response, const uint16_t counts[3])
{
    if (is_response)
        return counts[0] <= RECORDS_MAX && counts[1] <= RECORDS_MAX &&
               counts[2] <= RECORDS_MAX;
    return counts[0] == 0 && counts[1] == 0 &&
           counts[2] <= ADDITIONAL_OF_QUERY_MAX;
}

/* What follows the question of a query: nothing, or EDNS first. */
static bool rest_fits(struct reader in, size_t start, uint32_t message_bytes,
                      unsigned additional)
{
    if (additional == 0)
        return reader_offset(&in) - start == message_bytes;
    return reader_u8(&in) == 0 && reader_u16(&in) == TYPE_OPT && reader_ok(&in);
}

static bool is_message(struct reader in, uint32_t message_bytes)
{
    size_t start = reader_offset(&in);
    uint16_t counts[3];
    uint16_t questions;
    unsigned flags;
    bool is_response;

    reader_skip(&in, 2);
    flags = reader_u16(&in);
    questions = reader_u16(&in);
    if (!flags_fit(flags) || questions != 1)
        return false;
    is_response = (flags & IS_RESPONSE) != 0;
    for (size_t i = 0; i < 3; i++)
        counts[i] = reader_u16(&in);
    if (!counts_fit(is_response, counts) || !take_name(&in) ||
        !is_type_in_use(reader_u16(&in)) || reader_u16(&in) != CLASS_IN ||
        !reader_ok(&in))
        return false;
    return is_response || rest_fits(in, start, message_bytes, counts[2]);
}

bool dns_is_recognised(const struct view *view, struct reader message,
                       uint32_t message_bytes)
{
    return message_bytes > HEADER_BYTES &&
           !is_local_discovery(view_flow(view)) &&
           is_message(message, message_bytes);
}
