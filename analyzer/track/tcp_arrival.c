#include "track/tcp_arrival.h"

void tcp_arrival_note_syn(struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;
    struct tcp_side *client = &connection->sides[TCP_END_CLIENT];
    struct tcp_side *server = &connection->sides[TCP_END_SERVER];
    const struct layer *tcp = arrival->tcp;

    if (arrival->from == TCP_END_CLIENT && !(tcp->flags & TCP_ACK)) {
        tcp_handshake_note(&connection->syn, arrival->view);
        client->has_isn = true;
        client->isn = tcp->sequence;
        if (connection->syn.count == 1) {
            connection->identity = tcp_identity(tcp->sequence);
            dns_stream_start(&connection->streams[TCP_END_CLIENT],
                             tcp->sequence + 1);
        }
    } else if (arrival->from == TCP_END_SERVER && tcp->flags & TCP_ACK) {
        tcp_handshake_note(&connection->syn_ack, arrival->view);
        server->has_isn = true;
        server->isn = tcp->sequence;
        if (connection->syn_ack.count == 1)
            dns_stream_start(&connection->streams[TCP_END_SERVER],
                             tcp->sequence + 1);
        if (!client->has_isn) {
            client->has_isn = true;
            client->isn = tcp->acknowledgment - 1;
            dns_stream_start(&connection->streams[TCP_END_CLIENT],
                             tcp->acknowledgment);
        }
    }
}

/* The client acknowledged the SYN-ACK, or data flowed. */
static void note_established(struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;
    uint8_t flags = arrival->tcp->flags;

    if (connection->is_established || flags & (TCP_SYN | TCP_RST) ||
        !(flags & TCP_ACK))
        return;
    if (arrival->from == TCP_END_SERVER && connection->syn.count > 0 &&
        arrival->segment.payload_bytes == 0 && !(flags & TCP_FIN))
        return;
    connection->is_established = true;
    if (connection->syn.count > 0 && connection->syn_ack.count > 0)
        connection->first_rtt_ns =
            arrival->view->at_ns - connection->syn.last_ns;
}

static void note_end(struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;

    if (arrival->tcp->flags & TCP_RST) {
        if (connection->reset_frame == 0)
            connection->reset_frame = arrival->view->frame;
        if (connection->closed_by == NULL)
            connection->closed_by = arrival->from == TCP_END_CLIENT
                                        ? "client-reset"
                                        : "server-reset";
    } else if (connection->closed_by == NULL &&
               connection->sides[TCP_END_CLIENT].sent_fin &&
               connection->sides[TCP_END_SERVER].sent_fin) {
        connection->closed_by = "fin";
    }
}

static void note_data(struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;
    struct tcp_side *side = &connection->sides[arrival->from];

    if (arrival->segment.payload_bytes == 0)
        return;
    side->worst_checksum = tcp_worse_checksum(side->worst_checksum,
                                              (uint8_t)arrival->tcp->checksum);
    if (connection->identity == 0 && arrival->from == TCP_END_CLIENT)
        connection->identity = tcp_identity(arrival->tcp->sequence);
}

static void note_outer(struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;
    const struct level *outer = view_outer(arrival->view);

    if (outer == NULL || arrival->from != TCP_END_CLIENT ||
        connection->outer_source.length > 0)
        return;
    connection->outer_source = level_source(outer);
    connection->outer_destination = level_destination(outer);
}

void tcp_arrival_note(struct tcp_arrival *arrival)
{
    note_established(arrival);
    note_end(arrival);
    note_data(arrival);
    note_outer(arrival);
}
