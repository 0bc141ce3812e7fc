/* ICMP as tcpdump's print-icmp.c and print-icmp6.c write it:
 *
 *   ICMP 10.0.0.6 udp port 53 unreachable, length 72
 *   ICMP6, packet too big, mtu 1450, length 1240 */
#include "store/rows.h"
#include "text/printed_ip.h"
#include "text/printed_number.h"

enum {
    PROTOCOL_ICMP = 1,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_ICMPV6 = 58,
    DNS_PORT = 53,
};

/* To add words: those of print-icmp.c, what they stand for. */
static const struct {
    const char *words;
    uint8_t type;
    uint8_t code;
} icmp_words[] = {
    { "echo request", 8, 0 },
    { "echo reply", 0, 0 },
    { " udp port ", 3, 3 },
    { " tcp port ", 3, 3 },
    { "unreachable - need to frag", 3, 4 },
    { "unreachable - admin prohibited filter", 3, 13 },
    { " unreachable - admin prohibited", 3, 10 },
    { "host unreachable - admin prohibited", 3, 10 },
    { " protocol ", 3, 2 },
    { "net ", 3, 0 },
    { "host ", 3, 1 },
    { "time exceeded in-transit", 11, 0 },
    { "ip reassembly time exceeded", 11, 1 },
    { "redirect ", 5, 1 },
    { "parameter problem", 12, 0 },
    { "source quench", 4, 0 },
};

static const struct {
    const char *words;
    uint8_t type;
    uint8_t code;
} icmpv6_words[] = {
    { "echo request", 128, 0 },
    { "echo reply", 129, 0 },
    { "udp port ", 1, 4 },
    { "tcp port ", 1, 4 },
    { "unreachable prohibited", 1, 1 },
    { "unreachable route", 1, 0 },
    { "unreachable address", 1, 3 },
    { "packet too big", 2, 0 },
    { "time exceeded in-transit", 3, 0 },
    { "time exceeded in-reassembly", 3, 1 },
    { "neighbor solicitation", 135, 0 },
    { "neighbor advertisement", 136, 0 },
    { "router solicitation", 133, 0 },
    { "router advertisement", 134, 0 },
};

/* "ICMP 10.0.0.6 udp port 49407 unreachable, length 107": the address and the
 * port are those that the quoted packet was for. */
static void read_quoted(struct text line, struct printed_level *level)
{
    struct text address = text_word(&line);
    bool is_udp;

    if (!address_parse(address, &level->quoted_destination))
        return;
    line = text_trim(line);
    is_udp = text_skip(&line, "udp port ");
    if (!is_udp && !text_skip(&line, "tcp port "))
        return;
    level->quoted_protocol = is_udp ? PROTOCOL_UDP : PROTOCOL_TCP;
    if (!printed_take_decimal(&line, &level->quoted_port))
        level->quoted_port = text_starts(line, "domain") ? DNS_PORT : ABSENT;
}

/* "(wrong icmp cksum 1234 (->3caf)!)"; -v, which prints the IP header, says
 * nothing of a right one. */
static void read_icmp_sum(struct text line, struct printed_level *level)
{
    ptrdiff_t at = text_find(line, "(wrong icmp cksum ");

    if (level->ttl != ABSENT)
        level->sum.state = PRINTED_SUM_RIGHT;
    if (at < 0)
        return;
    line = text_from(line, (size_t)at + sizeof "(wrong icmp cksum " - 1);
    if (!printed_take_hex(&line, "", &level->sum.stored))
        return;
    level->sum.state = PRINTED_SUM_WRONG;
    level->sum.has_correct =
        printed_take_hex(&line, " (->", &level->sum.correct);
}

/* Up to ", length 72 (wrong icmp cksum 1234 (->3caf)!)". */
static void skip_icmp(struct text *rest)
{
    ptrdiff_t at = text_find(*rest, ", length ");

    if (at < 0) {
        *rest = text_slice(NULL, 0);
        return;
    }
    *rest = text_from(*rest, (size_t)at + sizeof ", length " - 1);
    (void)printed_take_decimal(rest, &(int64_t){ 0 });
    *rest = text_trim(*rest);
    if (text_starts(*rest, "(wrong icmp")) {
        (void)text_until(rest, '!');
        (void)text_skip(rest, ")");
    }
}

void printed_icmp_read(struct text *rest, struct printed_level *level)
{
    struct text line = text_trim(*rest);
    int64_t mtu;

    level->protocol = PROTOCOL_ICMP;
    (void)text_skip(&line, "ICMP ");
    for (size_t i = 0; i < sizeof icmp_words / sizeof icmp_words[0]; i++) {
        if (text_find(text_first(line, 120), icmp_words[i].words) < 0)
            continue;
        level->type = icmp_words[i].type;
        level->code = icmp_words[i].code;
        break;
    }
    if (printed_number_after(line, "(mtu ", &mtu))
        level->mtu = mtu;
    if (level->type == 3)
        read_quoted(line, level);
    read_icmp_sum(text_first(line, 200), level);
    skip_icmp(rest);
}

void printed_icmpv6_read(struct text *rest, struct printed_level *level)
{
    struct text line = text_trim(*rest);
    int64_t mtu;

    level->protocol = PROTOCOL_ICMPV6;
    for (size_t i = 0; i < sizeof icmpv6_words / sizeof icmpv6_words[0]; i++) {
        if (text_find(text_first(line, 160), icmpv6_words[i].words) < 0)
            continue;
        level->type = icmpv6_words[i].type;
        level->code = icmpv6_words[i].code;
        break;
    }
    if (printed_number_after(line, "mtu ", &mtu))
        level->mtu = mtu;
    *rest = text_slice(NULL, 0);
}
