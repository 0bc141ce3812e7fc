#include "track/dns_name.h"

#include <stdio.h>

enum {
    LABEL_KIND = 0xc0, /* RFC 1035: 00 a label, 11 a pointer */
    LABEL_POINTER = 0xc0,
    POINTER_OFFSET = 0x3fff,
    HEADER_BYTES = 12, /* of the message, which holds no name */
};

/* Where in the message the name is being read, and what it has cost. */
struct walk {
    struct reader at;
    size_t lowest; /* the earliest place seen: pointers go below it */
    unsigned pointers;
    unsigned bytes; /* of the name so far */
};

static bool fault(struct dns_name_reader *names, const char *what, size_t at)
{
    names->what = what;
    names->fault_at = at - reader_offset(&names->message);
    return false;
}

static bool ends_early(struct dns_name_reader *names, size_t at)
{
    names->is_short = true;
    return fault(names, "dns.short-name", at);
}

/* Lengths of labels are below 'A', so that a name can be taken as a whole; and
 * without a branch, so that the compiler takes many bytes at a time. */
static void lower(struct dns_name *name)
{
    for (unsigned i = 0; i < name->length; i++) {
        unsigned is_upper = (uint8_t)(name->bytes[i] - 'A') < 26;

        name->bytes[i] = (uint8_t)(name->bytes[i] | is_upper << 5);
    }
}

static bool take_label(struct dns_name_reader *names, struct walk *walk,
                       unsigned length, struct dns_name *name)
{
    size_t start = reader_offset(&walk->at) - 1;
    struct reader label = reader_take(&walk->at, length);

    if (!reader_ok(&walk->at))
        return ends_early(names, start);
    if (walk->bytes + length + 1 > DNS_NAME_BYTES_MAX)
        return fault(names, "dns.name-too-long", start);
    if (names->budget < length + 1)
        return fault(names, "dns.names-too-many", start);
    names->budget -= length + 1;
    if (name != NULL)
        name->bytes[walk->bytes] = (uint8_t)length;
    walk->bytes++;
    if (name != NULL)
        reader_copy(&label, name->bytes + walk->bytes, length);
    walk->bytes += length;
    return true;
}

static bool follow_pointer(struct dns_name_reader *names, struct walk *walk,
                           unsigned high)
{
    size_t start = reader_offset(&walk->at) - 1;
    unsigned low = reader_u8(&walk->at);
    size_t offset = (high << 8 | low) & POINTER_OFFSET;
    size_t target = reader_offset(&names->message) + offset;

    if (!reader_ok(&walk->at))
        return ends_early(names, start);
    if (offset < HEADER_BYTES)
        return fault(names, "dns.pointer-to-header", start);
    if (target >= walk->lowest)
        return fault(
            names, target > start ? "dns.pointer-forward" : "dns.pointer-loop",
            start);
    if (++walk->pointers > DNS_POINTERS_MAX)
        return fault(names, "dns.pointer-chain", start);
    if (names->budget < 2)
        return fault(names, "dns.names-too-many", start);
    names->budget -= 2;
    walk->lowest = target;
    walk->at = names->message;
    reader_skip(&walk->at, offset);
    return true;
}

bool dns_name_read(struct dns_name_reader *names, struct reader *in,
                   struct dns_name *name)
{
    struct walk walk = { .at = *in, .lowest = reader_offset(in) };

    for (;;) {
        size_t start = reader_offset(&walk.at);
        unsigned length = reader_u8(&walk.at);
        bool was_direct = walk.pointers == 0;

        if (!reader_ok(&walk.at))
            return ends_early(names, start);
        if ((length & LABEL_KIND) == LABEL_POINTER) {
            if (!follow_pointer(names, &walk, length))
                return false;
            if (was_direct)
                reader_skip(in, start + 2 - reader_offset(in));
            continue;
        }
        if ((length & LABEL_KIND) != 0)
            return fault(names, "dns.bad-label", start);
        if (!take_label(names, &walk, length, name))
            return false;
        if (length > 0)
            continue;
        if (was_direct)
            *in = walk.at;
        if (name != NULL) {
            name->length = (uint8_t)walk.bytes;
            lower(name);
        }
        return true;
    }
}

enum byte_form {
    BYTE_PLAIN,
    BYTE_QUOTED,  /* "\\." */
    BYTE_NUMBERED /* "\\032": what is not printable */
};

static enum byte_form form_of(uint8_t byte)
{
    if (byte <= ' ' || byte >= 0x7f)
        return BYTE_NUMBERED;
    switch (byte) {
    case '.':
    case '\\':
    case '"':
    case '(':
    case ')':
    case ';':
    case '@':
        return BYTE_QUOTED;
    default:
        return BYTE_PLAIN;
    }
}

static char *put_byte(char *to, uint8_t byte)
{
    switch (form_of(byte)) {
    case BYTE_NUMBERED:
        return to + snprintf(to, 5, "\\%03u", byte);
    case BYTE_QUOTED:
        *to++ = '\\';
        break;
    case BYTE_PLAIN:
        break;
    }
    *to++ = (char)byte;
    return to;
}

char *dns_name_format(const struct dns_name *name,
                      char text[DNS_NAME_TEXT_BYTES])
{
    struct reader in = reader_over(name->bytes, name->length);
    char *to = text;

    while (reader_left(&in) > 0) {
        struct reader label = reader_take(&in, reader_u8(&in));

        if (reader_left(&label) == 0 || !reader_ok(&in))
            break;
        while (reader_left(&label) > 0)
            to = put_byte(to, reader_u8(&label));
        *to++ = '.';
    }
    if (to == text)
        *to++ = '.';
    *to = '\0';
    return text;
}
