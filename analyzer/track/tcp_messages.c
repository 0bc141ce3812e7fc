#include "track/tcp_messages.h"

#include "track/dns_recognise.h"
#include "track/tcp_connection.h"

/* What a message from a stream needs to be filed. */
struct delivery {
    struct tcp_connections *connections;
    struct tcp_arrival *arrival;
};

static void deliver(void *context, const struct dns_stream_message *received)
{
    struct delivery *delivery = context;
    struct tcp_arrival *arrival = delivery->arrival;
    struct dns_arrival dns = {
        .view = arrival->view,
        .connection = arrival->connection->number,
        .sequence = received->sequence,
        .offset = received->is_in_frame ? reader_offset(&received->bytes) : 0,
        .is_resynced = received->is_resynced,
        .message_bytes = (uint32_t)reader_left(&received->bytes),
    };
    struct dns_message message;

    if (received->is_impossible) {
        outlet_place(delivery->connections->outlet,
                     &(struct oddity){ .name = "dns.impossible-length",
                                       .interface = ABSENT,
                                       .frame = arrival->view->frame,
                                       .byte_offset = ABSENT });
        return;
    }
    dns_message_read(received->bytes, received->is_cut, &message);
    arrival->connection->messages[arrival->from]++;
    dns_exchanges_message(delivery->connections->exchanges, &dns, &message);
}

void tcp_messages_take(struct tcp_connections *connections,
                       struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;
    struct delivery delivery = { connections, arrival };
    struct dns_stream_segment segment = {
        .sequence =
            arrival->tcp->sequence + (arrival->tcp->flags & TCP_SYN ? 1 : 0),
        .payload_bytes = arrival->segment.payload_bytes,
        .payload = arrival->view->payload,
        .deliver = deliver,
        .context = &delivery,
    };

    if (arrival->tcp->flags & TCP_RST)
        return;
    if (arrival->tcp->flags & TCP_ACK)
        dns_stream_acknowledged(&connection->streams[!arrival->from],
                                arrival->tcp->acknowledgment);
    dns_stream_take(&connections->streams, &connection->streams[arrival->from],
                    &segment);
}

static bool has_handshake(const struct tcp_connection *connection)
{
    return connection->syn.count > 0 || connection->syn_ack.count > 0;
}

static bool is_answer(struct reader message)
{
    reader_skip(&message, 2);
    return reader_u8(&message) >> 7 == 1;
}

void tcp_messages_recognise(struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;
    struct reader in = arrival->view->payload;
    struct dns_stream *stream;
    uint32_t bytes;

    if (connection->has_sent[arrival->from] ||
        arrival->segment.payload_bytes == 0)
        return;
    connection->has_sent[arrival->from] = true;
    bytes = reader_u16(&in);
    if (bytes + 2 > arrival->segment.payload_bytes ||
        !dns_is_recognised(arrival->view, in, bytes))
        return;
    connection->is_dns = true;
    if (!has_handshake(connection) &&
        is_answer(in) != (arrival->from == TCP_END_SERVER)) {
        tcp_connection_turn(connection);
        arrival->from = !arrival->from;
    }
    stream = &connection->streams[arrival->from];
    if (!stream->is_in_step)
        dns_stream_start(stream, arrival->tcp->sequence);
}
