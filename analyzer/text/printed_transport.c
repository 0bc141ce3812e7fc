/* What IP carries, as tcpdump's print-udp.c and print-tcp.c write it:
 *
 *   [bad udp cksum 0xbd67 -> 0x4e7f!] 17177+ [1au] A? www.tcpdump.org. (56)
 *   Flags [S.], cksum 0x1819 (incorrect -> 0x181d), seq 1, ack 2, win 3, ...
 *
 * Tunnels are in printed_tunnel.c, ICMP in printed_icmp.c. */
#include "store/rows.h"
#include "text/printed_ip.h"
#include "text/printed_number.h"

enum {
    PROTOCOL_IPV4 = 4,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_IPV6 = 41,
    DNS_PORT = 53,
};

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
        if (!printed_take_hex(&remark, "0x", &sum->stored) &&
            !printed_take_hex(&remark, "", &sum->stored))
            return;
        sum->state = PRINTED_SUM_WRONG;
        sum->has_correct = printed_take_hex(&remark, " -> 0x", &sum->correct);
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
    if (!printed_take_hex(&line, "0x", &sum->stored))
        return;
    if (text_skip(&line, " (correct)"))
        sum->state = PRINTED_SUM_RIGHT;
    else if (text_skip(&line, " (incorrect")) {
        sum->state = PRINTED_SUM_WRONG;
        sum->has_correct = printed_take_hex(&line, " -> 0x", &sum->correct) ||
                           printed_take_hex(&line, " (-> 0x", &sum->correct);
    }
}

static void read_tcp_options(struct text line, struct printed_level *level)
{
    int64_t number;

    if (printed_number_after(line, "[mss ", &number) ||
        printed_number_after(line, ",mss ", &number))
        level->mss = (uint16_t)number;
    if (printed_number_after(line, "TS val ", &number))
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
    level->has_sequence = printed_number_after(line, " seq ", &number);
    level->sequence = level->has_sequence ? (uint32_t)number : 0;
    level->has_acknowledgment = printed_number_after(line, " ack ", &number);
    level->acknowledgment = level->has_acknowledgment ? (uint32_t)number : 0;
    if (printed_number_after(line, " win ", &number))
        level->window = (uint16_t)number;
    read_tcp_options(line, level);
    at = text_find(line, ", length ");
    *rest = text_slice(NULL, 0);
    if (at < 0)
        return;
    line = text_from(line, (size_t)at + sizeof ", length " - 1);
    if (!printed_take_decimal(&line, &level->payload_bytes))
        return;
    (void)text_skip(&line, ":");
    if (level->payload_bytes > 0 &&
        (level->source_port == DNS_PORT || level->destination_port == DNS_PORT))
        printed_dns_read(line, &level->dns);
    if (printed_number_after(text_first(line, 40), "[prefix length(", &number))
        level->prefix_bytes = number;
    *rest = line;
}

static void read_udp(struct text *rest, struct printed_level *level)
{
    int64_t number;

    if (level->protocol == 0)
        level->protocol = PROTOCOL_UDP;
    take_udp_sum(rest, &level->sum);
    if (printed_tunnel_take(rest, level))
        return;
    if (level->source_port == DNS_PORT || level->destination_port == DNS_PORT) {
        printed_dns_read(*rest, &level->dns);
        level->payload_bytes = level->dns.message_bytes;
    }
    if (level->payload_bytes == ABSENT &&
        printed_number_after(*rest, "length ", &number))
        level->payload_bytes = number;
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
        printed_icmpv6_read(rest, level);
    else if (text_starts(line, "ICMP"))
        printed_icmp_read(rest, level);
    else if (level->source_port != ABSENT || level->protocol == PROTOCOL_UDP)
        read_udp(rest, level);
    else if (!printed_tunnel_take(rest, level))
        *rest = text_slice(NULL, 0);
}
