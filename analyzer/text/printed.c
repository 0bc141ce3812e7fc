#include "text/printed.h"

#include "base/clock.h"
#include "store/rows.h"
#include "text/printed_ip.h"

enum {
    NUMBER_DIGITS_MAX = 9, /* of -# in front of the time */
};

struct printed_level printed_level_none(void)
{
    return (struct printed_level){ .source_port = ABSENT,
                                   .destination_port = ABSENT,
                                   .ip_bytes = ABSENT,
                                   .ttl = ABSENT,
                                   .ip_id = ABSENT,
                                   .payload_bytes = ABSENT,
                                   .prefix_bytes = ABSENT,
                                   .type = ABSENT,
                                   .code = ABSENT,
                                   .mtu = ABSENT,
                                   .quoted_port = ABSENT,
                                   .tunnel_id = ABSENT };
}

static void packet_reset(struct printed_packet *packet)
{
    *packet = (struct printed_packet){ .frame_bytes = ABSENT };
    for (size_t i = 0; i < PRINTED_LEVELS_MAX; i++)
        packet->levels[i] = printed_level_none();
}

static bool take_number(struct text *text, size_t digits_max, int64_t *value)
{
    size_t length = 0;

    while (length < text->length && length <= digits_max &&
           text->bytes[length] >= '0' && text->bytes[length] <= '9')
        length++;
    if (length == 0 || length > digits_max ||
        !text_integer(text_first(*text, length), value))
        return false;
    *text = text_from(*text, length);
    return true;
}

/* ".711294": micro- or nanoseconds. */
static bool take_fraction(struct text *text, int64_t *ns)
{
    int64_t unit = NS_PER_SECOND;
    size_t digits = 0;

    *ns = 0;
    if (!text_skip(text, "."))
        return false;
    while (text->length > 0 && text->bytes[0] >= '0' && text->bytes[0] <= '9' &&
           digits < 9) {
        unit /= 10;
        *ns += (text->bytes[0] - '0') * unit;
        *text = text_from(*text, 1);
        digits++;
    }
    return digits > 0;
}

/* "10:37:06.711294" */
static bool take_clock(struct text *text, int64_t *at_ns)
{
    int64_t hour;
    int64_t minute;
    int64_t second;
    int64_t fraction;

    if (!take_number(text, 2, &hour) || !text_skip(text, ":") ||
        !take_number(text, 2, &minute) || !text_skip(text, ":") ||
        !take_number(text, 2, &second) || !take_fraction(text, &fraction) ||
        hour > 23 || minute > 59 || second > 60)
        return false;
    *at_ns = (hour * 3600 + minute * 60 + second) * NS_PER_SECOND + fraction;
    return true;
}

/* "2026-11-22 10:37:06.711294" of -tttt, in the zone of whoever ran it: read
 * as UTC, as the stamps of logs without a zone are. */
static bool take_dated(struct text *text, int64_t *at_ns)
{
    struct civil_time civil = { 0 };
    int64_t year;
    int64_t month;
    int64_t day;
    int64_t clock_ns;
    int64_t midnight_ns;

    if (!take_number(text, 4, &year) || !text_skip(text, "-") ||
        !take_number(text, 2, &month) || !text_skip(text, "-") ||
        !take_number(text, 2, &day) || !text_skip(text, " ") ||
        !take_clock(text, &clock_ns))
        return false;
    civil.year = (int)year;
    civil.month = (int)month;
    civil.day = (int)day;
    if (!clock_from_civil(&civil, &midnight_ns))
        return false;
    *at_ns = midnight_ns + clock_ns;
    return true;
}

/* "1732271826.327147" of -tt. */
static bool take_epoch(struct text *text, int64_t *at_ns)
{
    int64_t seconds;
    int64_t fraction;

    if (!take_number(text, 10, &seconds) || seconds < 100000000 ||
        seconds > INT64_C(7258118400) || !take_fraction(text, &fraction))
        return false;
    *at_ns = seconds * NS_PER_SECOND + fraction;
    return true;
}

#define QUERY                                                                 \
    " IP 10.244.1.3.40001 > 10.96.0.10.53: 6699+ A? kubernetes.default. (36)" \
    "\n"

/* To read another stamp of tcpdump: its function and a row. */
const struct printed_form printed_forms[] = {
    {
        .name = "tcpdump",
        .take = take_clock,
        .sample = "22:13:20.000000" QUERY,
    },
    {
        .name = "tcpdump -tttt",
        .take = take_dated,
        .has_date = true,
        .sample = "2026-11-22 10:37:06.710981" QUERY,
    },
    {
        .name = "tcpdump -tt",
        .take = take_epoch,
        .has_date = true,
        .sample = "1795343826.710981" QUERY,
    },
};
const size_t printed_form_count =
    sizeof printed_forms / sizeof printed_forms[0];

static bool take_time(struct text *line, struct printed_packet *packet)
{
    for (size_t i = 0; i < printed_form_count; i++) {
        struct text rest = *line;

        if (!printed_forms[i].take(&rest, &packet->at_ns) ||
            !text_starts(rest, " "))
            continue;
        packet->has_date = printed_forms[i].has_date;
        *line = rest;
        return true;
    }
    return false;
}

bool printed_take_start(struct text *line, struct printed_packet *packet)
{
    struct text rest = *line;
    struct text numbered = text_trim(*line);
    int64_t number;

    packet_reset(packet);
    if (take_time(&rest, packet)) {
        *line = rest;
        return true;
    }
    /* -# : "    1  10:37:06.711294 IP ..." */
    if (!take_number(&numbered, NUMBER_DIGITS_MAX, &number) ||
        !text_starts(numbered, "  "))
        return false;
    numbered = text_trim(numbered);
    if (!take_time(&numbered, packet))
        return false;
    *line = numbered;
    return true;
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return -1;
}

/* "52:54:00:60:00:02", a comma behind it or not. */
static bool read_mac(struct text word, uint8_t mac[PRINTED_MAC_BYTES])
{
    if (text_ends(word, ","))
        word.length--;
    if (word.length != 3 * PRINTED_MAC_BYTES - 1)
        return false;
    for (size_t i = 0; i < PRINTED_MAC_BYTES; i++) {
        int high = hex_digit(word.bytes[3 * i]);
        int low = hex_digit(word.bytes[3 * i + 1]);

        if (high < 0 || low < 0 ||
            (i + 1 < PRINTED_MAC_BYTES && word.bytes[3 * i + 2] != ':'))
            return false;
        mac[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* "ethertype IPv4 (0x0800), length 116: ", with 802.1Q tags in between. */
static void take_ethertype(struct text *rest, struct printed_packet *packet)
{
    ptrdiff_t at = text_find(*rest, "length ");
    struct text after;
    int64_t bytes;

    if (at < 0)
        return;
    after = text_from(*rest, (size_t)at + sizeof "length " - 1);
    if (!take_number(&after, 9, &bytes) || !text_skip(&after, ":"))
        return;
    if (packet->frame_bytes == ABSENT)
        packet->frame_bytes = bytes;
    *rest = after;
    /* "ethertype 802.1Q (0x8100), length 120: vlan 5, p 0, ethertype IPv4
     * (0x0800), (tos ..." */
    at = text_find(text_first(*rest, 80), "ethertype ");
    if (text_starts(text_trim(*rest), "vlan ") && at >= 0) {
        after = text_from(*rest, (size_t)at);
        at = text_find(after, "), ");
        if (at >= 0)
            *rest = text_from(after, (size_t)at + 3);
    }
}

/* "52:54:00:60:00:02 > 52:54:00:60:00:03, ethertype ..." */
static bool take_ethernet(struct text *rest, struct printed_packet *packet)
{
    struct text at = text_trim(*rest);
    struct text word = text_word(&at);
    uint8_t source[PRINTED_MAC_BYTES];
    uint8_t destination[PRINTED_MAC_BYTES];

    if (!read_mac(word, source))
        return false;
    if (text_starts(text_trim(at), "(oui"))
        (void)text_until(&at, ')');
    if (!text_equals(text_word(&at), ">") ||
        !read_mac(text_word(&at), destination))
        return false;
    if (!packet->has_macs && packet->level_count == 0) {
        packet->has_macs = true;
        for (size_t i = 0; i < PRINTED_MAC_BYTES; i++) {
            packet->source_mac[i] = source[i];
            packet->destination_mac[i] = destination[i];
        }
    }
    take_ethertype(&at, packet);
    *rest = at;
    return true;
}

static bool is_direction(struct text word)
{
    return text_equals(word, "In") || text_equals(word, "Out") ||
           text_equals(word, "B") || text_equals(word, "M") ||
           text_equals(word, "P");
}

/* "eth0  In  IP ...", with -e "eth0  In  ifindex 2 52:54:... ethertype ...";
 * of Linux cooked v1 only " In IP ...". */
static void take_cooked(struct text *rest, struct printed_packet *packet)
{
    struct text at = text_trim(*rest);
    struct text word = text_word(&at);
    struct text interface = { 0 };
    uint8_t mac[PRINTED_MAC_BYTES];
    struct text next;

    if (!is_direction(word)) {
        interface = word;
        word = text_word(&at);
        if (!is_direction(word))
            return;
    }
    packet->interface = interface;
    packet->direction = word;
    at = text_trim(at);
    if (text_skip(&at, "ifindex "))
        (void)text_word(&at);
    next = at;
    if (read_mac(text_word(&next), mac)) {
        packet->has_macs = true;
        for (size_t i = 0; i < PRINTED_MAC_BYTES; i++)
            packet->source_mac[i] = mac[i];
        at = next;
    }
    if (text_starts(text_trim(at), "ethertype "))
        take_ethertype(&at, packet);
    *rest = at;
}

/* Behind the words of an ICMP error, -v prints the packet it quotes. */
static void take_quoted(struct text rest, struct printed_packet *packet)
{
    const struct printed_level *level =
        &packet->levels[packet->level_count - 1];

    packet->quoted = printed_level_none();
    packet->has_quoted = level->type != ABSENT && rest.length > 0 &&
                         printed_ip_read(&rest, &packet->quoted);
}

bool printed_read(struct text rest, struct printed_packet *packet)
{
    take_cooked(&rest, packet);
    while (packet->level_count < PRINTED_LEVELS_MAX) {
        struct printed_level *level = &packet->levels[packet->level_count];

        (void)take_ethernet(&rest, packet);
        if (!printed_ip_read(&rest, level))
            break;
        packet->level_count++;
        if (level->tunnel != NULL)
            continue;
        take_quoted(rest, packet);
        break;
    }
    return packet->level_count > 0;
}
