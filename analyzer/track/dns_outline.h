/* The records of a DNS message, walked without building anything: whether
 * they are there, and whether every name in them ends.
 *
 * Runs before ldns sees the message, because ldns 1.8.3 follows up to 65,535
 * pointers for a name (1.2 s for each MB of a capture made for it). Which
 * records hold names is asked of ldns' own descriptors, so that no name is
 * expanded there that was not walked here.
 *
 * Most answers hold nothing that ldns could refuse once they are walked: names
 * and numbers that fill each record's data to the byte (A, AAAA, CNAME, SOA,
 * SRV). They are told apart, as taking a message apart there costs more than
 * all else that is done for it. */
#pragma once

#include "track/dns_name.h"

enum {
    DNS_SECTIONS = 3, /* answer, authority, additional */
    DNS_RECORD_BYTES_MIN = 11,
    /* What names may unfold to: a base and a multiple of the message. The
     * densest honest message repeats a name of 255 bytes in records of 16. */
    DNS_BUDGET_BASE = 4096,
    DNS_BUDGET_FACTOR = 16,
    /* ldns 1.8.3 allocates a record's whole length for each of its fields: a
     * TXT of 65,535 empty strings would cost 4 GB. */
    DNS_MEMORY_BUDGET = 32 << 20,
};

struct dns_outline {
    struct dns_name_reader *names;
    uint16_t counts[DNS_SECTIONS];
    size_t memory_budget;
    bool has_opt;
    bool has_tsig;
    bool needs_judge; /* a record's data says more than was walked */
    /* The OPT record of the additional section (RFC 6891 section 6.1.2). */
    bool has_edns;
    uint16_t edns_bytes;    /* its class */
    uint8_t extended_rcode; /* the upper byte of its TTL */
    struct reader options;  /* its data */
};

/* Moves `in` over all records. False: malformed, see names->what. */
bool dns_outline_read(struct dns_outline *outline, struct reader *in);
