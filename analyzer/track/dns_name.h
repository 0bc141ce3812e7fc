/* Names in DNS messages, read without trust.
 *
 * RFC 1035 section 4.1.4 lets a name end in a pointer to an earlier one.
 * Compressors only ever point backwards and shallowly, so a pointer that
 * does not go backwards, or the 33rd of a name, is malformed; and what all
 * names of a message unfold to is limited by its length. This bounds the
 * time that any message can take (a 60 kB chain of pointers takes ldns 1.8.3
 * 71 ms). */
#pragma once

#include "base/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DNS_NAME_BYTES_MAX = 255,
    DNS_POINTERS_MAX = 32,
    /* "\255" for each byte, a dot for each label, and NUL. */
    DNS_NAME_TEXT_BYTES = 4 * DNS_NAME_BYTES_MAX + 2,
};

/* Uncompressed, ASCII letters in lower case, the root label included. */
struct dns_name {
    uint8_t bytes[DNS_NAME_BYTES_MAX];
    uint8_t length;
};

struct dns_name_reader {
    struct reader message; /* all of it */
    size_t budget;         /* bytes that names may still unfold to */
    const char *what;      /* the fault: "dns.pointer-loop"; NULL if none */
    size_t fault_at;       /* offset in the message */
    bool is_short;         /* the fault is that the bytes end */
};

/* Reads a name off the front of `in`; `name` may be NULL. False: malformed,
 * see `what`. */
bool dns_name_read(struct dns_name_reader *names, struct reader *in,
                   struct dns_name *name);
/* Presentation format with a final dot: "a\.b.example.". Returns text. */
char *dns_name_format(const struct dns_name *name,
                      char text[DNS_NAME_TEXT_BYTES]);
