#include "store/address.h"

#include <arpa/inet.h>
#include <string.h>

static bool is_mapped(const uint8_t bytes[16])
{
    static const uint8_t prefix[12] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255
    };

    return memcmp(bytes, prefix, sizeof prefix) == 0;
}

bool address_parse(struct text text, struct address *address)
{
    char string[ADDRESS_TEXT_BYTES];
    uint8_t bytes[16];
    ptrdiff_t zone;

    if (text_starts(text, "[") && text_ends(text, "]"))
        text = text_first(text_from(text, 1), text.length - 2);
    zone = text_find_byte(text, '%');
    if (zone >= 0)
        text = text_first(text, (size_t)zone);
    if (text.length == 0 || text.length >= sizeof string)
        return false;
    memcpy(string, text.bytes, text.length);
    string[text.length] = '\0';
    if (inet_pton(AF_INET, string, bytes) == 1) {
        *address = address_of(bytes, 4);
        return true;
    }
    if (inet_pton(AF_INET6, string, bytes) != 1)
        return false;
    *address =
        is_mapped(bytes) ? address_of(bytes + 12, 4) : address_of(bytes, 16);
    return true;
}

bool endpoint_parse(struct text text, struct address *address, int64_t *port)
{
    size_t colon = text.length;

    while (colon > 0 && text.bytes[colon - 1] != ':')
        colon--;
    if (colon == 0)
        return false;
    return text_integer(text_from(text, colon), port) && *port >= 0 &&
           *port <= 65535 &&
           address_parse(text_first(text, colon - 1), address);
}

bool prefix_parse(struct text text, struct address *address, int64_t *length)
{
    ptrdiff_t slash = text_find_byte(text, '/');
    int64_t most;

    if (slash < 0) {
        if (!address_parse(text, address))
            return false;
        *length = address->length * 8;
        return true;
    }
    if (!address_parse(text_first(text, (size_t)slash), address))
        return false;
    most = address->length * 8;
    return text_integer(text_from(text, (size_t)slash + 1), length) &&
           *length >= 0 && *length <= most;
}

bool address_equals(const struct address *a, const struct address *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

char *address_format(const struct address *address,
                     char buffer[ADDRESS_TEXT_BYTES])
{
    buffer[0] = '\0';
    if (address->length == 4)
        (void)inet_ntop(AF_INET, address->bytes, buffer, ADDRESS_TEXT_BYTES);
    if (address->length == 16)
        (void)inet_ntop(AF_INET6, address->bytes, buffer, ADDRESS_TEXT_BYTES);
    return buffer;
}
