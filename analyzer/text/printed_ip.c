/* IP headers as print-ip.c and print-ip6.c write them:
 *
 *   IP (tos 0x0, ttl 63, id 44133, offset 0, flags [DF], proto TCP (6),
 *   length 52) 10.133.96.4.53 > 10.133.105.0.26296: Flags [F.], cksum ...
 *   IP6 (hlim 64, next-header UDP (17) payload length: 62) fd00::1.4 > ...
 *
 * Without -v there are no parentheses, with -e no word "IP". */
#include "text/printed_ip.h"

#include "store/rows.h"

enum {
    IPV6_HEADER_BYTES = 40,
};

/* Ports that tcpdump -n without -nn still writes as names. */
static const struct {
    const char *name;
    int64_t port;
} services[] = {
    { "domain", 53 },     { "http", 80 },         { "https", 443 },
    { "ntp", 123 },       { "ssh", 22 },          { "mdns", 5353 },
    { "vxlan", 4789 },    { "geneve", 6081 },     { "otv", 8472 },
    { "bootps", 67 },     { "bootpc", 68 },       { "snmp", 161 },
    { "http-alt", 8080 }, { "bgp", 179 },         { "llmnr", 5355 },
    { "domain-s", 853 },  { "postgresql", 5432 },
};

static bool read_port(struct text word, int64_t *port)
{
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        if (!text_equals(word, services[i].name))
            continue;
        *port = services[i].port;
        return true;
    }
    return text_integer(word, port) && *port >= 0 && *port <= UINT16_MAX;
}

static size_t dots_in(struct text word)
{
    size_t dots = 0;

    for (size_t i = 0; i < word.length; i++)
        dots += word.bytes[i] == '.' ? 1 : 0;
    return dots;
}

bool printed_endpoint(struct text word, struct address *address, int64_t *port)
{
    size_t at = word.length;

    *port = ABSENT;
    while (at > 0 && word.bytes[at - 1] != '.')
        at--;
    if (text_find_byte(word, ':') < 0 && dots_in(word) <= 3)
        return address_parse(word, address);
    /* "::ffff:10.0.0.1" ends like a port; one dot less and it is one */
    if (at == 0 || (text_find_byte(word, ':') >= 0 && dots_in(word) == 3))
        return address_parse(word, address);
    return address_parse(text_first(word, at - 1), address) &&
           read_port(text_from(word, at), port);
}

/* The number behind a word, up to what is no digit. */
static int64_t number_after(struct text text, const char *word)
{
    ptrdiff_t at = text_find(text, word);
    size_t length = 0;
    int64_t value;

    if (at < 0)
        return ABSENT;
    text = text_from(text, (size_t)at + text_of(word).length);
    while (length < text.length && text.bytes[length] >= '0' &&
           text.bytes[length] <= '9')
        length++;
    return text_integer(text_first(text, length), &value) ? value : ABSENT;
}

/* "bad cksum 88e9 (->88ec)!" */
static void read_ip_sum(struct text header, struct printed_sum *sum)
{
    ptrdiff_t at = text_find(header, "bad cksum ");
    struct text word;
    uint64_t stored;
    uint64_t correct;

    sum->state = PRINTED_SUM_RIGHT; /* -v would say otherwise */
    if (at < 0)
        return;
    header = text_from(header, (size_t)at + sizeof "bad cksum " - 1);
    word = text_word(&header);
    header = text_trim(header);
    if (!text_hex(word, &stored) || stored > UINT16_MAX ||
        !text_skip(&header, "(->") ||
        !text_hex(text_until(&header, ')'), &correct) || correct > UINT16_MAX)
        return;
    sum->state = PRINTED_SUM_WRONG;
    sum->stored = (uint16_t)stored;
    sum->correct = (uint16_t)correct;
    sum->has_correct = true;
}

static void read_header(struct text header, struct printed_level *level)
{
    ptrdiff_t proto = text_find(header, "proto ");
    int64_t payload = number_after(header, "payload length: ");
    int64_t number;

    if (proto < 0)
        proto = text_find(header, "next-header ");
    if (proto >= 0) {
        number = number_after(text_from(header, (size_t)proto), "(");
        level->protocol =
            number > 0 && number <= UINT8_MAX ? (uint8_t)number : 0;
    }
    if (payload != ABSENT) {
        level->ip_bytes = payload + IPV6_HEADER_BYTES;
        level->ttl = number_after(header, "hlim ");
        return;
    }
    level->ttl = number_after(header, "ttl ");
    level->ip_id = number_after(header, "id ");
    level->ip_bytes = number_after(header, ", length ");
    level->dont_fragment = text_find(header, "flags [DF") >= 0;
    level->fragment_offset = number_after(header, "offset ");
    level->is_fragment =
        level->fragment_offset > 0 || text_find(header, "flags [+") >= 0;
    read_ip_sum(header, &level->ip_sum);
}

/* Parentheses nest: "proto UDP (17)". */
static bool take_parentheses(struct text *rest, struct text *inside)
{
    size_t depth = 0;

    for (size_t i = 0; i < rest->length; i++) {
        if (rest->bytes[i] == '(')
            depth++;
        else if (rest->bytes[i] == ')')
            depth--;
        if (depth > 0)
            continue;
        *inside = text_first(*rest, i + 1);
        *rest = text_from(*rest, i + 1);
        return true;
    }
    return false;
}

bool printed_ip_read(struct text *rest, struct printed_level *level)
{
    struct text at = text_trim(*rest);
    struct text header = { 0 };
    struct text word;

    if (text_skip(&at, "IP6 ") || text_skip(&at, "IP "))
        at = text_trim(at);
    if (text_starts(at, "(")) {
        if (!take_parentheses(&at, &header))
            return false;
        read_header(header, level);
    }
    word = text_word(&at);
    if (!printed_endpoint(word, &level->source, &level->source_port) ||
        !text_equals(text_word(&at), ">"))
        return false;
    word = text_word(&at);
    if (text_ends(word, ":"))
        word.length--;
    if (!printed_endpoint(word, &level->destination,
                          &level->destination_port) ||
        level->destination.length != level->source.length)
        return false;
    printed_transport_read(&at, level);
    *rest = at;
    return true;
}
