/* DNS as tcpdump's print-domain.c writes it:
 *
 *   6699+ [1au] A? kubernetes.default.svc.cluster.local. (54)
 *   6699 NXDomain*- q: A? x.example. 0/1/0 ns: example. SOA ... (105)
 *
 * '+' recursion desired, '*' authoritative, '-' no recursion, '|' truncated,
 * '$' authentic data, '%' checking disabled. */
#include "store/rows.h"
#include "text/printed.h"

enum {
    LABEL_BYTES_MAX = 63,
    NAME_WIRE_BYTES_MAX = 255,
    HEADER_BYTES = 12,
};

static const struct {
    const char *name;
    uint16_t type;
} types[] = {
    { "A", 1 },      { "NS", 2 },     { "CNAME", 5 },  { "SOA", 6 },
    { "PTR", 12 },   { "HINFO", 13 }, { "MX", 15 },    { "TXT", 16 },
    { "AAAA", 28 },  { "SRV", 33 },   { "NAPTR", 35 }, { "OPT", 41 },
    { "DS", 43 },    { "RRSIG", 46 }, { "NSEC", 47 },  { "DNSKEY", 48 },
    { "SVCB", 64 },  { "HTTPS", 65 }, { "CAA", 257 },  { "ANY", 255 },
    { "AXFR", 252 },
};

/* In the order of ns_resp[] in print-domain.c; an answer without a word has
 * rcode 0. */
static const struct {
    const char *word;
    uint8_t rcode;
} rcodes[] = {
    { "FormErr", 1 }, { "ServFail", 2 }, { "NXDomain", 3 }, { "NotImp", 4 },
    { "Refused", 5 }, { "YXDomain", 6 }, { "YXRRSet", 7 },  { "NXRRSet", 8 },
    { "NotAuth", 9 }, { "NotZone", 10 },
};

uint16_t printed_dns_type(struct text name)
{
    int64_t number;

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (text_equals(name, types[i].name))
            return types[i].type;
    if ((text_skip(&name, "Type") || text_skip(&name, "TYPE")) &&
        text_integer(name, &number) && number > 0 && number <= UINT16_MAX)
        return (uint16_t)number;
    return 0;
}

static struct text digits_of(struct text text)
{
    size_t length = 0;

    while (length < text.length && text.bytes[length] >= '0' &&
           text.bytes[length] <= '9')
        length++;
    return text_first(text, length);
}

/* The marks behind the id or the error word. */
static bool take_marks(struct text marks, struct printed_dns *dns)
{
    for (size_t i = 0; i < marks.length; i++) {
        char mark = marks.bytes[i];

        if (mark == '|')
            dns->is_truncated = true;
        else if (mark != '+' && mark != '%' && mark != '*' && mark != '-' &&
                 mark != '$')
            return false;
    }
    return true;
}

static bool take_rcode(struct text word, struct printed_dns *dns)
{
    for (size_t i = 0; i < sizeof rcodes / sizeof rcodes[0]; i++) {
        struct text marks = word;

        if (!text_skip(&marks, rcodes[i].word) || !take_marks(marks, dns))
            continue;
        dns->rcode = rcodes[i].rcode;
        return true;
    }
    return false;
}

/* "1/0/2" */
static bool take_counts(struct text word, struct printed_dns *dns)
{
    int64_t counts[3];

    for (size_t i = 0; i < 3; i++) {
        struct text part = i < 2 ? text_until(&word, '/') : word;

        if (!text_integer(part, &counts[i]) || counts[i] < 0 ||
            counts[i] > UINT16_MAX)
            return false;
    }
    for (size_t i = 0; i < 3; i++)
        dns->counts[i] = (uint16_t)counts[i];
    return true;
}

/* "[1au]" "[1a]" "[2n]"; other brackets mean nothing here. */
static void take_bracket(struct text word, struct printed_dns *dns)
{
    struct text digits;
    int64_t count;

    (void)text_skip(&word, "[");
    digits = digits_of(word);
    if (!text_integer(digits, &count) || count > UINT16_MAX)
        return;
    word = text_from(word, digits.length);
    if (text_equals(word, "a]"))
        dns->counts[0] = (uint16_t)count;
    else if (text_equals(word, "n]"))
        dns->counts[1] = (uint16_t)count;
    else if (text_equals(word, "au]"))
        dns->counts[2] = (uint16_t)count;
}

static bool take_question(struct text word, struct text *rest,
                          struct printed_dns *dns)
{
    struct text name;

    if (!text_ends(word, "?"))
        return false;
    dns->qtype = printed_dns_type(text_first(word, word.length - 1));
    name = text_word(rest);
    if (text_equals(name, "(QM)?") || text_equals(name, "(QU)?"))
        name = text_word(rest);
    dns->name = name;
    dns->has_question = dns->qtype != 0 && name.length > 0;
    return true;
}

/* The length in parentheses is the last word of the message. */
static void take_length(struct text rest, struct printed_dns *dns)
{
    while (rest.length > 0) {
        struct text word = text_word(&rest);
        int64_t length;

        if (text_starts(word, "(") && text_ends(word, ")") &&
            text_integer(text_first(text_from(word, 1), word.length - 2),
                         &length))
            dns->message_bytes = length;
    }
}

static void take_words(struct text rest, struct printed_dns *dns)
{
    while (rest.length > 0) {
        struct text word = text_word(&rest);

        if (take_counts(word, dns)) {
            dns->is_response = true;
            return;
        }
        if (text_equals(word, "q:") || take_rcode(word, dns)) {
            dns->is_response = true;
            continue;
        }
        if (text_starts(word, "[")) {
            /* "[b2&3=0x182]" has no blank in it, nor have the others */
            take_bracket(word, dns);
            continue;
        }
        if (!take_question(word, &rest, dns))
            return;
        if (!dns->is_response)
            return;
        if (text_starts(rest, ","))
            return;
    }
}

void printed_dns_read(struct text rest, struct printed_dns *dns)
{
    struct text word;
    struct text digits;
    int64_t id;

    *dns = (struct printed_dns){ .message_bytes = ABSENT };
    take_length(rest, dns);
    rest = text_trim(rest);
    word = text_word(&rest);
    digits = digits_of(word);
    if (!text_integer(digits, &id) || id > UINT16_MAX ||
        !take_marks(text_from(word, digits.length), dns))
        return;
    dns->id = (uint16_t)id;
    take_words(rest, dns);
    dns->is_there = dns->is_response || dns->has_question;
}

static void put_16(uint8_t *to, unsigned value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

/* Labels up to the root. 0: no name. */
static size_t write_name(struct text name, uint8_t *to, size_t room)
{
    size_t used = 0;

    if (text_equals(name, "."))
        name.length = 0;
    while (name.length > 0) {
        struct text label = text_until(&name, '.');

        if (label.length == 0 || label.length > LABEL_BYTES_MAX ||
            used + label.length + 2 > room ||
            used + label.length + 2 > NAME_WIRE_BYTES_MAX)
            return 0;
        to[used++] = (uint8_t)label.length;
        for (size_t i = 0; i < label.length; i++)
            to[used++] = (uint8_t)label.bytes[i];
    }
    to[used++] = 0;
    return used;
}

size_t printed_dns_write(const struct printed_dns *dns, uint8_t *to,
                         size_t room)
{
    size_t name_bytes;

    if (room < HEADER_BYTES + 1 + 4)
        return 0;
    put_16(to, dns->id);
    put_16(to + 2, (dns->is_response ? 0x8000u : 0u) |
                       (unsigned)dns->opcode << 11 |
                       (dns->is_truncated ? 0x200u : 0u) | dns->rcode);
    put_16(to + 4, dns->has_question ? 1 : 0);
    for (size_t i = 0; i < 3; i++)
        put_16(to + 6 + 2 * i, dns->counts[i]);
    if (!dns->has_question)
        return HEADER_BYTES;
    name_bytes =
        write_name(dns->name, to + HEADER_BYTES, room - HEADER_BYTES - 4);
    if (name_bytes == 0)
        return 0;
    put_16(to + HEADER_BYTES + name_bytes, dns->qtype);
    put_16(to + HEADER_BYTES + name_bytes + 2, 1);
    return HEADER_BYTES + name_bytes + 4;
}
