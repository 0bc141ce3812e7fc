#include "track/dns_outline.h"

#include <ldns/ldns.h>

enum {
    TYPE_OPT = 41,
    TYPE_TSIG = 250,
};

enum {
    REST = -1,    /* goes to the end of the record's data */
    COUNTED = -2, /* a length byte, and that many */
    COUNTED_16 = -3,
    NAME = -4,
    HOST_IDENTITY = -5, /* two lengths, see RFC 8005 section 5 */
};

/* Bytes of a field by its ldns_rdf_type, as ldns_wire2rdf() of 1.8.3 has
 * it. */
static int field_bytes(ldns_rdf_type type)
{
    switch ((int)type) {
    case LDNS_RDF_TYPE_DNAME:
        return NAME;
    case LDNS_RDF_TYPE_CLASS:
    case LDNS_RDF_TYPE_ALG:
    case LDNS_RDF_TYPE_INT8:
    case LDNS_RDF_TYPE_CERTIFICATE_USAGE:
    case LDNS_RDF_TYPE_SELECTOR:
    case LDNS_RDF_TYPE_MATCHING_TYPE:
        return 1;
    case LDNS_RDF_TYPE_TYPE:
    case LDNS_RDF_TYPE_INT16:
    case LDNS_RDF_TYPE_CERT_ALG:
        return 2;
    case LDNS_RDF_TYPE_TIME:
    case LDNS_RDF_TYPE_INT32:
    case LDNS_RDF_TYPE_A:
    case LDNS_RDF_TYPE_PERIOD:
        return 4;
    case LDNS_RDF_TYPE_TSIGTIME:
    case LDNS_RDF_TYPE_EUI48:
        return 6;
    case LDNS_RDF_TYPE_ILNP64:
    case LDNS_RDF_TYPE_EUI64:
        return 8;
    case LDNS_RDF_TYPE_AAAA:
        return 16;
    case LDNS_RDF_TYPE_STR:
    case LDNS_RDF_TYPE_NSEC3_SALT:
    case LDNS_RDF_TYPE_NSEC3_NEXT_OWNER:
    case LDNS_RDF_TYPE_B32_EXT:
    case LDNS_RDF_TYPE_TAG:
        return COUNTED;
    case LDNS_RDF_TYPE_INT16_DATA:
        return COUNTED_16;
    case LDNS_RDF_TYPE_HIP:
        return HOST_IDENTITY;
    default:
        return REST;
    }
}

static bool outline_fault(struct dns_outline *outline, const char *what,
                          size_t at)
{
    outline->names->what = what;
    outline->names->fault_at = at - reader_offset(&outline->names->message);
    return false;
}

static void skip_field(struct reader *data, int bytes)
{
    size_t length = 0;

    switch (bytes) {
    case REST:
        length = reader_left(data);
        break;
    case COUNTED:
        length = reader_u8(data);
        break;
    case COUNTED_16:
        length = reader_u16(data);
        break;
    case HOST_IDENTITY:
        length = reader_u8(data);
        reader_skip(data, 1);
        length += reader_u16(data);
        break;
    default:
        length = (size_t)bytes;
        break;
    }
    reader_skip(data, length);
}

/* The names in a record's data. A record whose data ends early is left to
 * ldns to judge: what counts here is that no name goes unwalked. The index
 * of a field wraps, as it does there. */
static bool walk_data(struct dns_outline *outline, uint16_t type,
                      struct reader data)
{
    const ldns_rr_descriptor *descriptor = ldns_rr_descript(type);
    size_t fields = ldns_rr_descriptor_maximum(descriptor);
    size_t data_bytes = reader_left(&data);

    for (uint8_t i = 0; reader_left(&data) > 0 && i < fields; i++) {
        size_t start = reader_offset(&data);
        int bytes = field_bytes(ldns_rr_descriptor_field_type(descriptor, i));

        if (outline->memory_budget < data_bytes)
            return outline_fault(outline, "dns.too-many-fields", start);
        outline->memory_budget -= data_bytes;
        if (bytes != NAME)
            skip_field(&data, bytes);
        else if (!dns_name_read(outline->names, &data, NULL))
            return false;
    }
    return true;
}

/* A message has at most one OPT (RFC 6891 section 6.1.1) and one TSIG (RFC
 * 8945 section 5.1). Of several TSIG, ldns 1.8.3 frees only the last. */
static bool note_single(struct dns_outline *outline, uint16_t type,
                        size_t start)
{
    if (type == TYPE_OPT && outline->has_opt)
        return outline_fault(outline, "dns.second-opt", start);
    if (type == TYPE_TSIG && outline->has_tsig)
        return outline_fault(outline, "dns.second-tsig", start);
    outline->has_opt |= type == TYPE_OPT;
    outline->has_tsig |= type == TYPE_TSIG;
    return true;
}

static bool walk_record(struct dns_outline *outline, struct reader *in)
{
    size_t start = reader_offset(in);
    struct reader data;
    uint16_t type;

    if (!dns_name_read(outline->names, in, NULL))
        return false;
    type = reader_u16(in);
    reader_skip(in, 2 + 4); /* class, TTL */
    data = reader_take(in, reader_u16(in));
    if (!reader_ok(in))
        return outline_fault(outline, "dns.short-record", start);
    return note_single(outline, type, start) && walk_data(outline, type, data);
}

bool dns_outline_read(struct dns_outline *outline, struct reader *in)
{
    size_t records = 0;

    for (size_t i = 0; i < DNS_SECTIONS; i++)
        records += outline->counts[i];
    if (records > reader_left(in) / DNS_RECORD_BYTES_MIN) {
        outline->names->what = "dns.too-many-records";
        outline->names->fault_at = 6; /* the counts, RFC 1035 section 4.1.1 */
        return false;
    }
    for (; records > 0; records--)
        if (!walk_record(outline, in))
            return false;
    return true;
}
