/* One DNS message: what an exchange is matched and judged by.
 *
 * Header, question and the outline of the records are read here, bounded;
 * only a message that passes goes to ldns, which then judges every record.
 * A message that the capture cut is read as far as it goes: cut is not
 * malformed. */
#pragma once

#include "track/dns_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DNS_HEADER_BYTES = 12,
    DNS_MESSAGE_BYTES_MAX = 65535,
    DNS_TYPE_TEXT_BYTES = 24,
};

struct dns_message {
    bool has_header;
    bool has_question;
    bool is_response;
    bool is_truncated; /* TC */
    bool is_cut;       /* not all of it was captured */
    bool has_edns;
    bool has_extended_error;
    uint16_t id;
    uint8_t opcode;
    uint16_t rcode; /* with the extension of EDNS, where it could be read */
    uint16_t questions;
    uint16_t answers;
    uint16_t qtype;
    uint16_t qclass;
    uint16_t edns_bytes;     /* UDP size that the sender takes */
    uint16_t extended_error; /* RFC 8914; the first, if there are several */
    size_t trailing_bytes;   /* after the last record */

    const char *fault;   /* "dns.pointer-loop"; NULL: well formed */
    const char *reason;  /* the fault without "dns." */
    const char *detail;  /* what ldns says; NULL */
    size_t fault_offset; /* in the message */

    struct dns_name name; /* of the question; "." without one. The last:
                             its unused bytes are not set. */
};

/* Reads the message in the window. is_cut: it went on where the capture did
 * not. Costs about 0.1 us, and what ldns takes. */
void dns_message_read(struct reader in, bool is_cut,
                      struct dns_message *message);
/* "A", "HTTPS", "TYPE65280": a constant, or written to text. */
const char *dns_type_name(uint16_t type, char text[DNS_TYPE_TEXT_BYTES]);
/* "Stale Answer", "EDE65000": a constant, or written to text. */
const char *dns_extended_error_name(uint16_t code,
                                    char text[DNS_TYPE_TEXT_BYTES]);
/* "NOERROR", "RCODE20": a constant, or written to text. */
const char *dns_rcode_name(uint16_t rcode, char text[DNS_TYPE_TEXT_BYTES]);
