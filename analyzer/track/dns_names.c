/* The numbers in a DNS message by name, as IANA lists them. */
#include "track/dns_message.h"

#include <ldns/ldns.h>
#include <stdio.h>

struct type_name {
    uint16_t type;
    const char *name;
};

/* Types that ldns 1.8.3 has no descriptor of, or no name for. */
static const struct type_name type_names[] = {
    { 41, "OPT" },    { 64, "SVCB" },  { 65, "HTTPS" }, { 249, "TKEY" },
    { 250, "TSIG" },  { 251, "IXFR" }, { 252, "AXFR" }, { 253, "MAILB" },
    { 254, "MAILA" }, { 255, "ANY" },
};

const char *dns_type_name(uint16_t type, char text[DNS_TYPE_TEXT_BYTES])
{
    const ldns_rr_descriptor *descriptor = ldns_rr_descript(type);

    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (type_names[i].type == type)
            return type_names[i].name;
    if (descriptor != NULL && descriptor->_type == type &&
        descriptor->_name != NULL)
        return descriptor->_name;
    snprintf(text, DNS_TYPE_TEXT_BYTES, "TYPE%u", type);
    return text;
}

const char *dns_rcode_name(uint16_t rcode, char text[DNS_TYPE_TEXT_BYTES])
{
    const ldns_lookup_table *known = ldns_lookup_by_id(ldns_rcodes, rcode);

    if (rcode == 16)
        return "BADVERS";
    if (known != NULL)
        return known->name;
    snprintf(text, DNS_TYPE_TEXT_BYTES, "RCODE%u", rcode);
    return text;
}

/* RFC 8914 5.2, and what IANA added up to 29. */
static const char *const extended_errors[] = {
    "Other Error",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDOMAIN Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
    "Signature Expired before Valid",
    "Too Early",
    "Unsupported NSEC3 Iterations Value",
    "Unable to conform to policy",
    "Synthesized",
};

const char *dns_extended_error_name(uint16_t code,
                                    char text[DNS_TYPE_TEXT_BYTES])
{
    if (code < sizeof extended_errors / sizeof *extended_errors)
        return extended_errors[code];
    snprintf(text, DNS_TYPE_TEXT_BYTES, "EDE%u", code);
    return text;
}
