/* What IP carries, as tcpdump's print-udp.c, print-tcp.c, print-icmp.c and
 * the tunnel printers write it:
 *
 *   [bad udp cksum 0xbd67 -> 0x4e7f!] VXLAN, flags [I] (0x08), vni 4096
 *   Flags [S.], cksum 0x1819 (incorrect -> 0x181d), seq 1, ack 2, win 3, ...
 *   ICMP 10.0.0.6 udp port 53 unreachable, length 72
 *
 * Port 8472 is printed as OTV: its instance is the VNI (the same bits). */
#include "store/rows.h"
#include "text/printed_ip.h"

enum {
    PROTOCOL_ICMP = 1,
    PROTOCOL_IPV4 = 4,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_IPV6 = 41,
    PROTOCOL_GRE = 47,
    PROTOCOL_ICMPV6 = 58,
    DNS_PORT = 53,
};

static bool take_hex(struct text *text, const char *prefix, uint16_t *value)
{
    size_t length = 0;
    uint64_t number;

    if (!text_skip(text, prefix))
        return false;
    while (length < text->length && length < 4 &&
           ((text->bytes[length] >= '0' && text->bytes[length] <= '9') ||
            (text->bytes[length] >= 'a' && text->bytes[length] <= 'f')))
        length++;
    if (!text_hex(text_first(*text, length), &number))
        return false;
    *value = (uint16_t)number;
    *text = text_from(*text, length);
    return true;
}

static bool take_decimal(struct text *text, int64_t *value)
{
    size_t length = 0;

    while (length < text->length && text->bytes[length] >= '0' &&
           text->bytes[length] <= '9')
        length++;
    if (!text_integer(text_first(*text, length), value))
        return false;
    *text = text_from(*text, length);
    return true;
}

/* The number behind `word`, anywhere in the text. */
static bool number_after(struct text text, const char *word, int64_t *value)
{
    ptrdiff_t at = text_find(text, word);

    if (at < 0)
        return false;
    text = text_from(text, (size_t)at + text_of(word).length);
    return take_decimal(&text, value);
}

/* "[bad udp cksum 0xbd67 -> 0x4e7f!]", "[udp sum ok]", "[no cksum]";
 * "[bad udp cksum bd67!]" before tcpdump 4.3. */
static void take_udp_sum(struct text *rest, struct printed_sum *sum)
{
    struct text at = text_trim(*rest);
    struct text remark;

    if (!text_starts(at, "["))
        return;
    remark = text_until(&at, ']');
    if (text_equals(remark, "[udp sum ok")) {
        sum->state = PRINTED_SUM_RIGHT;
    } else if (text_equals(remark, "[no cksum") ||
               text_equals(remark, "[no udp cksum")) {
        sum->state = PRINTED_SUM_NONE;
    } else if (text_skip(&remark, "[bad udp cksum ")) {
        if (!take_hex(&remark, "0x", &sum->stored) &&
            !take_hex(&remark, "", &sum->stored))
            return;
        sum->state = PRINTED_SUM_WRONG;
        sum->has_correct = take_hex(&remark, " -> 0x", &sum->correct);
    } else {
        return;
    }
    *rest = at;
}

/* "cksum 0x1819 (incorrect -> 0x181d)", "(incorrect (-> 0x181d)",
 * "(correct)", "(unverified)". */
static void take_tcp_sum(struct text line, struct printed_sum *sum)
{
    ptrdiff_t at = text_find(line, "cksum ");

    if (at < 0)
        return;
    line = text_from(line, (size_t)at + sizeof "cksum " - 1);
    if (!take_hex(&line, "0x", &sum->stored))
        return;
    if (text_skip(&line, " (correct)"))
        sum->state = PRINTED_SUM_RIGHT;
    else if (text_skip(&line, " (incorrect")) {
        sum->state = PRINTED_SUM_WRONG;
        sum->has_correct = take_hex(&line, " -> 0x", &sum->correct) ||
                           take_hex(&line, " (-> 0x", &sum->correct);
    }
}

static void read_tcp_options(struct text line, struct printed_level *level)
{
    int64_t number;

    if (number_after(line, "[mss ", &number) ||
        number_after(line, ",mss ", &number))
        level->mss = (uint16_t)number;
    if (number_after(line, "TS val ", &number))
        level->timestamp = (uint32_t)number;
}

static const struct {
    char letter;
    uint8_t flag;
} tcp_flags[] = {
    { 'F', 0x01 }, { 'S', 0x02 }, { 'R', 0x04 }, { 'P', 0x08 }, { '.', 0x10 },
};

static void read_flags(struct text flags, struct printed_level *level)
{
    for (size_t i = 0; i < flags.length; i++)
        for (size_t k = 0; k < sizeof tcp_flags / sizeof tcp_flags[0]; k++)
            if (flags.bytes[i] == tcp_flags[k].letter)
                level->flags |= tcp_flags[k].flag;
}

/* "Flags [P.], cksum 0x7796 (correct), seq 1:59, ack 1, win 64240, options
 * [...], length 58 17177+ [1au] A? www.tcpdump.org. (56)" */
static void read_tcp(struct text *rest, struct printed_level *level)
{
    struct text line = text_trim(*rest);
    ptrdiff_t at;
    int64_t number;

    level->protocol = PROTOCOL_TCP;
    (void)text_skip(&line, "Flags [");
    read_flags(text_until(&line, ']'), level);
    take_tcp_sum(text_first(line, 60), &level->sum);
    level->has_sequence = number_after(line, " seq ", &number);
    level->sequence = level->has_sequence ? (uint32_t)number : 0;
    level->has_acknowledgment = number_after(line, " ack ", &number);
    level->acknowledgment = level->has_acknowledgment ? (uint32_t)number : 0;
    if (number_after(line, " win ", &number))
        level->window = (uint16_t)number;
    read_tcp_options(line, level);
    at = text_find(line, ", length ");
    *rest = text_slice(NULL, 0);
    if (at < 0)
        return;
    line = text_from(line, (size_t)at + sizeof ", length " - 1);
    if (!take_decimal(&line, &level->payload_bytes))
        return;
    (void)text_skip(&line, ":");
    if (level->payload_bytes > 0 &&
        (level->source_port == DNS_PORT || level->destination_port == DNS_PORT))
        printed_dns_read(line, &level->dns);
    if (number_after(text_first(line, 40), "[prefix length(", &number))
        level->prefix_bytes = number;
    *rest = line;
}

/* Leaves the rest at what is inside. */
static void enter(struct text *rest, struct text inside,
                  struct printed_level *level, const char *tunnel)
{
    inside = text_trim(inside);
    if (text_skip(&inside, ":") || text_skip(&inside, ","))
        inside = text_trim(inside);
    level->tunnel = tunnel;
    *rest = inside;
}

static bool take_vxlan(struct text *rest, struct printed_level *level)
{
    static const struct {
        const char *name;
        const char *id;
    } forms[] = {
        { "VXLAN, ", "vni " },
        { "VXLAN-GPE, ", "vni " },
        { "OTV, ", "instance " },
    };
    struct text at = text_trim(*rest);

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        ptrdiff_t id;

        if (!text_starts(at, forms[i].name))
            continue;
        id = text_find(text_first(at, 100), forms[i].id);
        if (id < 0)
            return false;
        at = text_from(at, (size_t)id + text_of(forms[i].id).length);
        if (!take_decimal(&at, &level->tunnel_id))
            return false;
        enter(rest, at, level, "vxlan");
        return true;
    }
    return false;
}

/* "Geneve, Flags [C], vni 0xa, options [8 bytes]: IP ..." or, with -v,
 * "Geneve, Flags [none], vni 0xb, proto TEB (0x6558) IP (tos ..." */
static bool take_geneve(struct text *rest, struct printed_level *level)
{
    struct text at = text_trim(*rest);
    size_t length = 0;
    uint64_t vni;
    ptrdiff_t id;

    if (!text_starts(at, "Geneve, "))
        return false;
    id = text_find(text_first(at, 100), "vni 0x");
    if (id < 0)
        return false;
    at = text_from(at, (size_t)id + sizeof "vni 0x" - 1);
    while (length < at.length && at.bytes[length] != ',' &&
           at.bytes[length] != ':' && at.bytes[length] != ' ')
        length++;
    if (!text_hex(text_first(at, length), &vni))
        return false;
    level->tunnel_id = (int64_t)vni;
    at = text_from(at, length);
    if (text_skip(&at, ", proto ")) {
        (void)text_until(&at, ')');
        at = text_trim(at);
    }
    if (text_skip(&at, ", options ["))
        (void)text_until(&at, ']');
    enter(rest, at, level, "geneve");
    return true;
}

/* "GREv0, Flags [key present], key=0x5, proto IPv4 (0x0800), length 68" */
static bool take_gre(struct text *rest, struct printed_level *level)
{
    struct text at = text_trim(*rest);
    struct text key;
    ptrdiff_t found;
    uint64_t value;

    if (!text_starts(at, "GREv0"))
        return false;
    level->protocol = PROTOCOL_GRE;
    found = text_find(text_first(at, 100), "key=0x");
    if (found >= 0) {
        key = text_from(at, (size_t)found + sizeof "key=0x" - 1);
        if (text_hex(text_until(&key, ','), &value))
            level->tunnel_id = (int64_t)value;
    }
    found = text_find(at, "length ");
    if (found < 0)
        return false;
    at = text_from(at, (size_t)found + sizeof "length " - 1);
    (void)take_decimal(&at, &(int64_t){ 0 });
    enter(rest, at, level, "gre");
    return true;
}

static void read_udp(struct text *rest, struct printed_level *level)
{
    int64_t number;

    if (level->protocol == 0)
        level->protocol = PROTOCOL_UDP;
    take_udp_sum(rest, &level->sum);
    if (take_vxlan(rest, level) || take_geneve(rest, level))
        return;
    if (level->source_port == DNS_PORT || level->destination_port == DNS_PORT) {
        printed_dns_read(*rest, &level->dns);
        level->payload_bytes = level->dns.message_bytes;
    }
    if (level->payload_bytes == ABSENT &&
        number_after(*rest, "length ", &number))
        level->payload_bytes = number;
    *rest = text_slice(NULL, 0);
}

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
    if (!take_decimal(&line, &level->quoted_port))
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
    if (!take_hex(&line, "", &level->sum.stored))
        return;
    level->sum.state = PRINTED_SUM_WRONG;
    level->sum.has_correct = take_hex(&line, " (->", &level->sum.correct);
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
    (void)take_decimal(rest, &(int64_t){ 0 });
    *rest = text_trim(*rest);
    if (text_starts(*rest, "(wrong icmp")) {
        (void)text_until(rest, '!');
        (void)text_skip(rest, ")");
    }
}

static void read_icmp(struct text *rest, struct printed_level *level)
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
    if (number_after(line, "(mtu ", &mtu))
        level->mtu = mtu;
    if (level->type == 3)
        read_quoted(line, level);
    read_icmp_sum(text_first(line, 200), level);
    skip_icmp(rest);
}

static void read_icmpv6(struct text *rest, struct printed_level *level)
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
    if (number_after(line, "mtu ", &mtu))
        level->mtu = mtu;
    *rest = text_slice(NULL, 0);
}

/* IP directly in IP: with -e there is no word "IP" before it. */
static bool is_ip_in_ip(struct text line, const struct printed_level *level)
{
    return text_starts(line, "IP ") || text_starts(line, "IP6 ") ||
           (text_starts(line, "(") && (level->protocol == PROTOCOL_IPV4 ||
                                       level->protocol == PROTOCOL_IPV6));
}

/* The inner header comes without one of the tunnel's own. */
static void enter_ip(struct text *rest, struct text line,
                     struct printed_level *level)
{
    if (level->protocol == 0)
        level->protocol =
            text_starts(line, "IP6 ") ? PROTOCOL_IPV6 : PROTOCOL_IPV4;
    level->tunnel = "";
    *rest = line;
}

void printed_transport_read(struct text *rest, struct printed_level *level)
{
    struct text line = text_trim(*rest);

    if (level->source_port == ABSENT && is_ip_in_ip(line, level)) {
        enter_ip(rest, line, level);
        return;
    }
    if (text_starts(line, "Flags ["))
        read_tcp(rest, level);
    else if (text_starts(line, "ICMP6"))
        read_icmpv6(rest, level);
    else if (text_starts(line, "ICMP"))
        read_icmp(rest, level);
    else if (level->source_port != ABSENT || level->protocol == PROTOCOL_UDP)
        read_udp(rest, level);
    else if (!take_gre(rest, level))
        *rest = text_slice(NULL, 0);
}
