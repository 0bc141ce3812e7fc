/* IP addresses as the case file keeps them: 4 or 16 bytes in network order. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    ADDRESS_TEXT_BYTES = 48,
    ENDPOINT_TEXT_BYTES = 60,
};

struct address {
    uint8_t length; /* 4, 16, or 0: no address (NULL in the case file) */
    uint8_t bytes[16];
};

/* From 4 or 16 bytes; any other length gives no address. */
static inline struct address address_of(const uint8_t *bytes, size_t length)
{
    struct address address = { 0 };

    if (length == 4)
        memcpy(address.bytes, bytes, 4);
    else if (length == 16)
        memcpy(address.bytes, bytes, 16);
    else
        return address;
    address.length = (uint8_t)length;
    return address;
}
/* "10.1.2.3", "fd00::1", "[fd00::1]", "fe80::1%eth0" (the zone is dropped),
 * "::ffff:10.1.2.3" (becomes IPv4). */
bool address_parse(struct text text, struct address *address);
/* "10.1.2.3:53", "[fd00::1]:53". */
bool endpoint_parse(struct text text, struct address *address, int64_t *port);
/* "10.1.2.0/24"; a bare address gets its full length. */
bool prefix_parse(struct text text, struct address *address, int64_t *length);
bool address_equals(const struct address *a, const struct address *b);
/* As inet_ntop(): "" for no address. Returns buffer. */
char *address_format(const struct address *address,
                     char buffer[ADDRESS_TEXT_BYTES]);
