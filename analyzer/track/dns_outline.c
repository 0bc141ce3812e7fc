#include "track/dns_outline.h"

#include <ldns/ldns.h>

enum {
    TYPE_A = 1,
    TYPE_AAAA = 28,
    TYPE_OPT = 41,
    TYPE_TSIG = 250,
    SECTION_ADDITIONAL = DNS_SECTIONS - 1,
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
static bool walk_fields(struct dns_outline *outline, uint16_t type,
                        struct reader data)
{
    const ldns_rr_descriptor *descriptor = ldns_rr_descript(type);
    size_t fields = ldns_rr_descriptor_maximum(descriptor);
    size_t data_bytes = reader_left(&data);
    bool is_plain = true;
    uint8_t i;

    for (i = 0; reader_left(&data) > 0 && i < fields; i++) {
        size_t start = reader_offset(&data);
        int bytes = field_bytes(ldns_rr_descriptor_field_type(descriptor, i));

        if (outline->memory_budget < data_bytes)
            return outline_fault(outline, "dns.too-many-fields", start);
        outline->memory_budget -= data_bytes;
        is_plain &= bytes > 0 || bytes == NAME;
        if (bytes != NAME)
            skip_field(&data, bytes);
        else if (!dns_name_read(outline->names, &data, NULL))
            return false;
    }
    if (!is_plain || i < fields || !reader_ok(&data) || reader_left(&data) > 0)
        outline->needs_judge = true;
    return true;
}

/* Addresses first: they are most records, and their length says it all. */
static bool walk_data(struct dns_outline *outline, uint16_t type,
                      struct reader data)
{
    if ((type == TYPE_A && reader_left(&data) == 4) ||
        (type == TYPE_AAAA && reader_left(&data) == 16))
        return true;
    return walk_fields(outline, type, data);
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

static bool walk_record(struct dns_outline *outline, struct reader *in,
                        size_t section)
{
    size_t start = reader_offset(in);
    struct reader data;
    uint16_t type;
    uint16_t record_class;
    uint32_t ttl;

    if (!dns_name_read(outline->names, in, NULL))
        return false;
    type = reader_u16(in);
    record_class = reader_u16(in);
    ttl = reader_u32(in);
    data = reader_take(in, reader_u16(in));
    if (!reader_ok(in))
        return outline_fault(outline, "dns.short-record", start);
    if (!note_single(outline, type, start))
        return false;
    if (type == TYPE_OPT && section == SECTION_ADDITIONAL) {
        outline->has_edns = true;
        outline->edns_bytes = record_class;
        outline->extended_rcode = (uint8_t)(ttl >> 24);
        outline->options = data;
        return true;
    }
    return walk_data(outline, type, data);
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
    for (size_t section = 0; section < DNS_SECTIONS; section++)
        for (unsigned i = 0; i < outline->counts[section]; i++)
            if (!walk_record(outline, in, section))
                return false;
    return true;
}
