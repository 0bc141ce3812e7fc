/* One packet a line, as tshark prints it by default:
 *
 *     1   0.000000  10.133.96.4 -> 10.133.105.0 TCP 116 53 -> 26296 [FIN, ACK]
 *     Seq=1 Ack=1 Win=63 Len=0 TSval=4087396660 TSecr=3434391244
 *     7 2026-11-22 10:37:06.7 10.2.0.4 -> 10.2.0.9 DNS 77 Standard query
 *     response 0x1a2b No such name A x.example SOA ...
 *
 * The arrow is U+2192, or "->" in a plain locale and "-> " before 2.0. Of a
 * tunnelled packet only the innermost addresses are shown. */
#include "base/clock.h"
#include "store/rows.h"
#include "text/printed.h"

enum {
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    DNS_PORT = 53,
    TCP_HEADER_BYTES = 20,
};

const char printed_tshark_sample[] =
    "    1   0.000000  10.244.1.3 \xe2\x86\x92 10.96.0.10   DNS 77 Standard "
    "query 0x1a2b A kubernetes.default\n"
    "    2   0.000371   10.96.0.10 \xe2\x86\x92 10.244.1.3  DNS 77 Standard "
    "query response 0x1a2b Server failure A kubernetes.default\n";

static bool is_arrow(struct text word)
{
    return text_equals(word, "\xe2\x86\x92") || text_equals(word, "->");
}

/* Seconds since the first packet: "0.000371". */
static bool read_seconds(struct text word, int64_t *at_ns)
{
    double seconds;

    if (text_find_byte(word, '.') < 0 || !text_real(word, &seconds) ||
        seconds < 0 || seconds > 4e9)
        return false;
    *at_ns = (int64_t)(seconds * 1e9 + 0.5);
    return true;
}

/* "2026-11-22 10:37:06.710981" of -t ad: the columns of -tttt. */
static bool take_time(struct text *rest, struct printed_packet *packet)
{
    struct text at = text_trim(*rest);
    struct text word = text_word(&at);
    struct printed_packet dated;
    struct text line;

    if (read_seconds(word, &packet->at_ns)) {
        /* -t e prints seconds since 1970 */
        packet->has_date = packet->at_ns > 100000000 * NS_PER_SECOND;
        *rest = at;
        return true;
    }
    line = text_trim(*rest);
    if (!printed_take_start(&line, &dated))
        return false;
    packet->at_ns = dated.at_ns;
    packet->has_date = dated.has_date;
    *rest = line;
    return true;
}

static bool field(struct text line, const char *name, uint32_t *value)
{
    ptrdiff_t at = text_find(line, name);
    size_t length = 0;
    int64_t number;

    if (at < 0)
        return false;
    line = text_from(line, (size_t)at + text_of(name).length);
    while (length < line.length && line.bytes[length] >= '0' &&
           line.bytes[length] <= '9')
        length++;
    if (!text_integer(text_first(line, length), &number) || number < 0 ||
        number > UINT32_MAX)
        return false;
    *value = (uint32_t)number;
    return true;
}

static uint8_t flags_of(struct text brackets)
{
    static const struct {
        const char *name;
        uint8_t flag;
    } names[] = {
        { "FIN", 0x01 }, { "SYN", 0x02 }, { "RST", 0x04 },
        { "PSH", 0x08 }, { "ACK", 0x10 },
    };
    uint8_t flags = 0;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_find(brackets, names[i].name) >= 0)
            flags |= names[i].flag;
    return flags;
}

/* "[TCP Retransmission] 53 -> 26296 [FIN, ACK] Seq=1 Ack=1 Win=63 Len=0" */
static bool read_tcp(struct text line, struct printed_level *level)
{
    uint32_t value = 0;

    line = text_trim(line);
    while (text_skip(&line, "[")) {
        (void)text_until(&line, ']');
        line = text_trim(line);
    }
    if (!text_integer(text_word(&line), &level->source_port) ||
        !is_arrow(text_word(&line)) ||
        !text_integer(text_word(&line), &level->destination_port) ||
        level->source_port < 0 || level->source_port > UINT16_MAX ||
        level->destination_port < 0 || level->destination_port > UINT16_MAX)
        return false;
    line = text_trim(line);
    if (!text_skip(&line, "["))
        return false;
    level->protocol = PROTOCOL_TCP;
    level->flags = flags_of(text_until(&line, ']'));
    level->has_sequence = field(line, "Seq=", &level->sequence);
    level->has_acknowledgment = field(line, "Ack=", &level->acknowledgment);
    if (field(line, "Win=", &value))
        level->window = (uint16_t)value;
    if (field(line, "MSS=", &value))
        level->mss = (uint16_t)value;
    (void)field(line, "TSval=", &level->timestamp);
    level->payload_bytes = field(line, "Len=", &value) ? value : ABSENT;
    return true;
}

static const struct {
    const char *words;
    uint8_t rcode;
} errors[] = {
    { "Format error ", 1 },    { "Server failure ", 2 }, { "No such name ", 3 },
    { "Not implemented ", 4 }, { "Refused ", 5 },
};

/* "Standard query response 0x1a2b Server failure A name OPT". The ports are
 * not shown: the server's is 53, the client's not known. */
static bool read_dns(struct text line, struct printed_level *level)
{
    struct printed_dns *dns = &level->dns;
    struct text word;
    uint64_t id;

    line = text_trim(line);
    if (!text_skip(&line, "Standard query "))
        return false;
    dns->is_response = text_skip(&line, "response ");
    word = text_word(&line);
    line = text_trim(line);
    if (!text_skip(&word, "0x") || !text_hex(word, &id) || id > UINT16_MAX)
        return false;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (text_skip(&line, errors[i].words))
            dns->rcode = errors[i].rcode;
    dns->id = (uint16_t)id;
    dns->qtype = printed_dns_type(text_word(&line));
    dns->name = text_word(&line);
    dns->has_question = dns->qtype != 0 && dns->name.length > 0;
    dns->message_bytes = ABSENT;
    dns->is_there = dns->has_question;
    level->protocol = PROTOCOL_UDP;
    level->source_port = dns->is_response ? DNS_PORT : 0;
    level->destination_port = dns->is_response ? 0 : DNS_PORT;
    return dns->is_there;
}

bool printed_tshark(struct text line, struct printed_packet *packet)
{
    struct text rest = text_trim(line);
    struct printed_level *level = &packet->levels[0];
    struct text protocol;
    int64_t number;

    *packet = (struct printed_packet){ .frame_bytes = ABSENT };
    *level = printed_level_none();
    if (!text_integer(text_word(&rest), &number) || number < 1 ||
        !take_time(&rest, packet) ||
        !address_parse(text_word(&rest), &level->source) ||
        !is_arrow(text_word(&rest)) ||
        !address_parse(text_word(&rest), &level->destination) ||
        level->source.length != level->destination.length)
        return false;
    protocol = text_word(&rest);
    if (!text_integer(text_word(&rest), &packet->frame_bytes))
        return false;
    if (text_equals(protocol, "DNS"))
        (void)read_dns(rest, level);
    else if (text_equals(protocol, "TCP"))
        (void)read_tcp(rest, level);
    packet->level_count = 1;
    return true;
}
