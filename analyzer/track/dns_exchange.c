#include "track/dns_exchange.h"

#include "base/hash.h"

#include <string.h>

enum {
    PROTOCOL_TCP = 6,
};

/* The same at every place that the question passes: NAT changes addresses
 * and ports, forwarding the TTL, tunnels add headers. */
uint64_t dns_exchange_identity(const struct dns_exchange *exchange,
                               uint32_t sequence)
{
    uint64_t hash = hash_bytes(exchange->name.bytes, exchange->name.length, 53);

    hash = hash_mix((uint64_t)exchange->key.protocol << 32 |
                        (uint64_t)exchange->key.dns_id << 16 | exchange->qtype,
                    hash);
    if (exchange->key.protocol == PROTOCOL_TCP)
        hash = hash_mix(sequence, hash);
    return hash != 0 ? hash : 1;
}

void dns_exchange_begin(struct dns_exchange *exchange,
                        const struct dns_arrival *arrival,
                        const struct dns_message *message)
{
    exchange->interface_number = arrival->view->interface_number;
    exchange->connection = arrival->connection;
    exchange->tunnel =
        view_tunnel(arrival->view, (size_t)arrival->view->level_count - 1);
    exchange->has_question = message->has_question;
    exchange->qtype = message->qtype;
    exchange->qclass = message->qclass;
    exchange->name.length = message->name.length;
    memcpy(exchange->name.bytes, message->name.bytes, message->name.length);
    exchange->identity = dns_exchange_identity(
        exchange, message->is_response ? 0 : arrival->sequence);
}

void dns_exchange_note_query(struct dns_exchange *exchange,
                             const struct dns_arrival *arrival,
                             const struct dns_message *message)
{
    const struct view *view = arrival->view;
    const struct level *outer = view_outer(view);

    exchange->seen_ns = view->at_ns;
    exchange->last_asked_ns = view->at_ns;
    exchange->last_query_frame = view->frame;
    if (exchange->attempts++ > 0)
        return;
    exchange->asked_ns = view->at_ns;
    exchange->query_frame = view->frame;
    exchange->query_direction = view->direction;
    exchange->query_bytes = view_flow(view)->ip->ip_bytes;
    exchange->query_ttl = view_flow(view)->ip->ttl;
    exchange->query_checksum = level_checksum(view_flow(view));
    exchange->query_outer_checksum = level_checksum(outer);
    if (outer != NULL) {
        exchange->query_outer_source = level_source(outer);
        exchange->query_outer_destination = level_destination(outer);
    }
    exchange->has_edns = message->has_edns;
    exchange->edns_bytes = message->edns_bytes;
}

/* Over TCP a message spans segments; the size of the last one says nothing.
 * What counts is what the message would weigh in one packet: 40 bytes of IPv4
 * and TCP header and the length prefix. */
static uint32_t message_weight(const struct dns_arrival *arrival)
{
    uint32_t packet_bytes = view_flow(arrival->view)->ip->ip_bytes;
    uint32_t message_bytes = arrival->message_bytes + 42;

    if (arrival->message_bytes == 0 || message_bytes < packet_bytes)
        return packet_bytes;
    return message_bytes;
}

void dns_exchange_note_response(struct dns_exchange *exchange,
                                const struct dns_arrival *arrival,
                                const struct dns_message *message)
{
    const struct view *view = arrival->view;

    exchange->has_answer = true;
    exchange->seen_ns = view->at_ns;
    exchange->answered_ns = view->at_ns;
    exchange->response_frame = view->frame;
    exchange->response_direction = view->direction;
    exchange->response_bytes = message_weight(arrival);
    exchange->response_ttl = view_flow(view)->ip->ttl;
    exchange->response_checksum = level_checksum(view_flow(view));
    exchange->response_outer_checksum = level_checksum(view_outer(view));
    exchange->rcode = message->rcode;
    exchange->answers = message->answers;
    exchange->is_truncated = message->is_truncated;
    exchange->has_extended_error = message->has_extended_error;
    exchange->extended_error = message->extended_error;
}

static void add_query(struct dns_exchange_row *row,
                      const struct dns_exchange *exchange)
{
    if (exchange->attempts == 0)
        return;
    row->asked_ns = exchange->asked_ns;
    row->last_asked_ns = exchange->last_asked_ns;
    row->query_frame = exchange->query_frame;
    row->last_query_frame = exchange->last_query_frame;
    row->query_direction = exchange->query_direction;
    row->query_bytes = exchange->query_bytes;
    row->query_checksum = exchange->query_checksum;
    row->query_outer_checksum = exchange->query_outer_checksum;
    row->query_outer_source = exchange->query_outer_source;
    row->query_outer_destination = exchange->query_outer_destination;
    row->query_ttl = exchange->query_ttl;
    if (exchange->has_edns)
        row->edns_bytes = exchange->edns_bytes;
}

/* What a row borrows until it is written. */
struct row_texts {
    char name[DNS_NAME_TEXT_BYTES];
    char type[DNS_TYPE_TEXT_BYTES];
    char rcode[DNS_TYPE_TEXT_BYTES];
    char extended_error[DNS_TYPE_TEXT_BYTES];
};

static void add_response(struct dns_exchange_row *row,
                         const struct dns_exchange *exchange,
                         struct row_texts *texts)
{
    if (!exchange->has_answer)
        return;
    row->answered_ns = exchange->answered_ns;
    row->rcode = dns_rcode_name(exchange->rcode, texts->rcode);
    row->answers = exchange->answers;
    row->is_truncated = exchange->is_truncated;
    row->response_frame = exchange->response_frame;
    row->response_direction = exchange->response_direction;
    row->response_bytes = exchange->response_bytes;
    row->response_checksum = exchange->response_checksum;
    row->response_outer_checksum = exchange->response_outer_checksum;
    row->response_ttl = exchange->response_ttl;
    if (exchange->has_extended_error)
        row->extended_error = dns_extended_error_name(exchange->extended_error,
                                                      texts->extended_error);
}

void dns_exchange_write(const struct outlet *outlet,
                        const struct dns_exchange *exchange, const char *state,
                        const char *reason)
{
    struct dns_exchange_row row = DNS_EXCHANGE_ROW_NONE;
    struct row_texts texts;

    row.evidence_id = outlet->evidence_id;
    row.number = exchange->number;
    row.interface = exchange->interface_number;
    row.depth = exchange->key.depth;
    row.tunnel = exchange->tunnel;
    row.transport = exchange->key.protocol == PROTOCOL_TCP ? "tcp" : "udp";
    row.client = flow_key_source(&exchange->key);
    row.client_port = exchange->key.source_port;
    row.server = flow_key_destination(&exchange->key);
    row.server_port = exchange->key.destination_port;
    row.dns_id = exchange->key.dns_id;
    if (exchange->has_question) {
        row.qname = dns_name_format(&exchange->name, texts.name);
        row.qtype = dns_type_name(exchange->qtype, texts.type);
    }
    row.attempts = exchange->attempts;
    row.state = state;
    row.reason = reason;
    add_query(&row, exchange);
    add_response(&row, exchange, &texts);
    row.connection = exchange->connection;
    row.identity = (int64_t)exchange->identity;
    sink_put(outlet->sink, TABLE_DNS_EXCHANGE, &row);
}
