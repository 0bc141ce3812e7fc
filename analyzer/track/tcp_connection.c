#include "track/tcp_connection.h"

#include "base/hash.h"

#include <assert.h>

/* How much a state tells against the packets: a state that is not known
 * tells least. */
static const uint8_t checksum_ranks[] = {
    [CHECKSUM_NONE] = 0, [CHECKSUM_UNVERIFIABLE] = 1, [CHECKSUM_OK] = 2,
    [CHECKSUM_ZERO] = 3, [CHECKSUM_PARTIAL] = 4,      [CHECKSUM_LCO] = 5,
    [CHECKSUM_BAD] = 6,
};

uint8_t tcp_worse_checksum(uint8_t a, uint8_t b)
{
    return checksum_ranks[a] >= checksum_ranks[b] ? a : b;
}

uint64_t tcp_identity(uint32_t sequence)
{
    uint64_t hash = hash_mix(sequence, 6);

    return hash != 0 ? hash : 1;
}

void tcp_connection_turn(struct tcp_connection *connection)
{
    struct tcp_side side = connection->sides[TCP_END_CLIENT];
    struct address source = connection->outer_source;
    bool has_sent = connection->has_sent[TCP_END_CLIENT];

    connection->client_is_source = !connection->client_is_source;
    connection->sides[TCP_END_CLIENT] = connection->sides[TCP_END_SERVER];
    connection->sides[TCP_END_SERVER] = side;
    connection->has_sent[TCP_END_CLIENT] = connection->has_sent[TCP_END_SERVER];
    connection->has_sent[TCP_END_SERVER] = has_sent;
    connection->outer_source = connection->outer_destination;
    connection->outer_destination = source;
    connection->identity = 0;
}

void tcp_handshake_note(struct tcp_handshake *handshake,
                        const struct view *view)
{
    handshake->last_ns = view->at_ns;
    handshake->last_frame = view->frame;
    if (handshake->count++ > 0)
        return;
    handshake->ns = view->at_ns;
    handshake->frame = view->frame;
    handshake->direction = view->direction;
    handshake->checksum = level_checksum(view_flow(view));
    handshake->outer_checksum = level_checksum(view_outer(view));
}

static void add_handshake(struct tcp_connection_row *row,
                          const struct tcp_connection *connection)
{
    const struct tcp_handshake *syn = &connection->syn;
    const struct tcp_handshake *syn_ack = &connection->syn_ack;

    row->syns = syn->count;
    row->syn_acks = syn_ack->count;
    if (syn->count > 0) {
        row->syn_ns = syn->ns;
        row->last_syn_ns = syn->last_ns;
        row->syn_frame = syn->frame;
        row->last_syn_frame = syn->last_frame;
        row->syn_direction = syn->direction;
        row->syn_checksum = syn->checksum;
        row->syn_outer_checksum = syn->outer_checksum;
    }
    if (syn_ack->count > 0) {
        row->syn_ack_ns = syn_ack->ns;
        row->syn_ack_frame = syn_ack->frame;
        row->last_syn_ack_frame = syn_ack->last_frame;
        row->syn_ack_direction = syn_ack->direction;
        row->syn_ack_checksum = syn_ack->checksum;
        row->syn_ack_outer_checksum = syn_ack->outer_checksum;
    }
}

static const char *state_or_null(uint8_t state)
{
    return state == CHECKSUM_NONE ? NULL
                                  : checksum_name((enum checksum_state)state);
}

static void add_sides(struct tcp_connection_row *row,
                      const struct tcp_connection *connection)
{
    const struct tcp_side *client = &connection->sides[TCP_END_CLIENT];
    const struct tcp_side *server = &connection->sides[TCP_END_SERVER];

    row->client_packets = client->packets;
    row->server_packets = server->packets;
    row->client_data_bytes = client->data_bytes;
    row->server_data_bytes = server->data_bytes;
    row->client_retransmissions = client->retransmissions;
    row->server_retransmissions = server->retransmissions;
    row->data_checksum_client = state_or_null(client->worst_checksum);
    row->data_checksum_server = state_or_null(server->worst_checksum);
    row->client_unacked_bytes_max = tcp_unacked_bytes_max(client);
    row->server_unacked_bytes_max = tcp_unacked_bytes_max(server);
    row->client_acked_bytes_max = client->acked_bytes_max;
    row->server_acked_bytes_max = server->acked_bytes_max;
    if (client->has_isn)
        row->client_isn = client->isn;
    if (server->has_isn)
        row->server_isn = server->isn;
}

static void add_ends(struct tcp_connection_row *row,
                     const struct tcp_connection *connection)
{
    struct flow_key key = connection->key;

    if (!connection->client_is_source)
        key = flow_key_reversed(&key);
    row->client = flow_key_source(&key);
    row->client_port = key.source_port;
    row->server = flow_key_destination(&key);
    row->server_port = key.destination_port;
}

void tcp_connection_write(const struct outlet *outlet,
                          const struct tcp_connection *connection)
{
    struct tcp_connection_row row = TCP_CONNECTION_ROW_NONE;

    row.evidence_id = outlet->evidence_id;
    row.number = connection->number;
    row.interface = connection->interface_number;
    row.depth = connection->key.depth;
    row.tunnel = connection->tunnel;
    add_ends(&row, connection);
    row.first_ns = connection->first_ns;
    row.last_ns = connection->last_ns;
    row.first_frame = connection->first_frame;
    row.last_frame = connection->last_frame;
    row.is_established = connection->is_established;
    row.closed_by = connection->closed_by;
    if (connection->reset_frame > 0)
        row.reset_frame = connection->reset_frame;
    row.outer_source = connection->outer_source;
    row.outer_destination = connection->outer_destination;
    add_handshake(&row, connection);
    add_sides(&row, connection);
    row.queries = connection->messages[TCP_END_CLIENT];
    row.responses = connection->messages[TCP_END_SERVER];
    row.identity = (int64_t)(connection->identity != 0 ? connection->identity
                                                       : tcp_identity(0));
    sink_put(outlet->sink, TABLE_TCP_CONNECTION, &row);
}
