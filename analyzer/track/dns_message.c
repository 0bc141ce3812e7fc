#include "track/dns_message.h"

#include "track/dns_outline.h"

#include <ldns/ldns.h>
#include <stddef.h>
#include <string.h>

enum {
    OPTION_EXTENDED_ERROR = 15,
};

static void set_fault(struct dns_message *message, const char *fault,
                      size_t offset)
{
    message->fault = fault;
    message->reason = fault + sizeof "dns." - 1;
    message->fault_offset = offset;
}

static void read_header(struct dns_message *message, struct reader *in,
                        struct dns_outline *outline)
{
    unsigned flags;

    message->id = reader_u16(in);
    flags = reader_u16(in);
    message->questions = reader_u16(in);
    for (size_t i = 0; i < DNS_SECTIONS; i++)
        outline->counts[i] = reader_u16(in);
    message->has_header = reader_ok(in);
    message->is_response = flags >> 15;
    message->opcode = flags >> 11 & 0xf;
    message->is_truncated = flags >> 9 & 1;
    message->rcode = flags & 0xf;
    message->answers = outline->counts[0];
}

static bool read_question(struct dns_message *message, struct reader *in,
                          struct dns_name_reader *names)
{
    for (unsigned i = 0; i < message->questions && reader_ok(in); i++) {
        bool is_first = i == 0;
        uint16_t qtype;

        if (!dns_name_read(names, in, is_first ? &message->name : NULL))
            return false;
        qtype = reader_u16(in);
        if (!is_first) {
            reader_skip(in, 2);
            continue;
        }
        message->qtype = qtype;
        message->qclass = reader_u16(in);
        message->has_question = reader_ok(in);
    }
    if (reader_ok(in))
        return true;
    names->is_short = true;
    names->what = "dns.short-question";
    names->fault_at = reader_offset(in) - reader_offset(&names->message);
    return false;
}

/* Code, length and data of each option (RFC 6891 section 6.1.2); what ends
 * early says nothing here. */
static void read_options(struct dns_message *message, struct reader options)
{
    while (reader_left(&options) > 0 && !message->has_extended_error) {
        uint16_t code = reader_u16(&options);
        size_t value_bytes = reader_u16(&options);
        struct reader value = reader_take(&options, value_bytes);
        uint16_t error = reader_u16(&value);

        if (!reader_ok(&options) || !reader_ok(&value) ||
            code != OPTION_EXTENDED_ERROR)
            continue;
        message->has_extended_error = true;
        message->extended_error = error;
    }
}

static void note_edns(struct dns_message *message,
                      const struct dns_outline *outline)
{
    if (!outline->has_edns)
        return;
    message->has_edns = true;
    message->edns_bytes = outline->edns_bytes;
    message->rcode |= (uint16_t)(outline->extended_rcode << 4);
    read_options(message, outline->options);
}

/* ldns takes the message apart once more and judges the data of each record;
 * it is all or nothing. False: it refuses the message. */
static bool judge_by_ldns(struct dns_message *message, struct reader in)
{
    ldns_pkt *packet = NULL;
    ldns_status status =
        ldns_wire2pkt(&packet, in.base + in.at, reader_left(&in));

    if (status == LDNS_STATUS_OK) {
        ldns_pkt_free(packet);
        return true;
    }
    set_fault(message, "dns.bad-record", DNS_HEADER_BYTES);
    message->detail = ldns_get_errorstr_by_id(status);
    return false;
}

void dns_message_read(struct reader in, bool is_cut,
                      struct dns_message *message)
{
    struct dns_name_reader names = {
        .message = in,
        .budget = DNS_BUDGET_BASE + DNS_BUDGET_FACTOR * reader_left(&in),
    };
    struct dns_outline outline = {
        .names = &names,
        .memory_budget = DNS_MEMORY_BUDGET,
    };
    struct reader at = in;

    memset(message, 0, offsetof(struct dns_message, name));
    message->is_cut = is_cut;
    message->name.bytes[0] = 0;
    message->name.length = 1;
    read_header(message, &at, &outline);
    if (!message->has_header) {
        if (!is_cut)
            set_fault(message, "dns.short-header", 0);
        return;
    }
    if (!read_question(message, &at, &names)) {
        if (!is_cut || !names.is_short)
            set_fault(message, names.what, names.fault_at);
        return;
    }
    if (is_cut)
        return;
    if (!dns_outline_read(&outline, &at)) {
        set_fault(message, names.what, names.fault_at);
        return;
    }
    message->trailing_bytes = reader_left(&at);
    if (!outline.needs_judge || judge_by_ldns(message, in))
        note_edns(message, &outline);
}
