#include "track/tcp_connections.h"

#include "base/clock.h"
#include "track/dns_recognise.h"
#include "track/tcp_arrival.h"
#include "track/tcp_connection.h"
#include "track/tcp_messages.h"
#include "track/tracker.h"

#include <string.h>

enum {
    IDLE_SECONDS_MAX = 120,
    SETTLED_SECONDS = 10, /* for the last ACK that was lost behind us */
    WRITTEN_AHEAD = 4,
    LINKTYPE_LINUX_SLL = 113,
    COOKED_MS_MIN = 5, /* see is_other_sighting() */
};

static void write_once(const struct tcp_connections *connections,
                       struct tcp_connection *connection)
{
    if (connection->is_written)
        return;
    connection->is_written = true;
    tcp_connection_write(connections->outlet, connection);
}

static void evict(void *context, void *entry)
{
    struct tcp_connections *connections = context;
    struct tcp_connection *connection = entry;

    dns_stream_end(&connection->streams[TCP_END_CLIENT]);
    dns_stream_end(&connection->streams[TCP_END_SERVER]);
    write_once(connections, connection);
}

void tcp_connections_init(struct tcp_connections *connections,
                          struct outlet *outlet,
                          struct dns_exchanges *exchanges)
{
    uint32_t room = pool_room(TRACKER_CONNECTIONS_MAX, outlet->capture_bytes);

    *connections =
        (struct tcp_connections){ .outlet = outlet, .exchanges = exchanges };
    dns_streams_init(&connections->streams);
    pool_init(
        &connections->pool,
        &(struct pool_shape){ .entry_bytes = sizeof(struct tcp_connection),
                              .key_bytes = sizeof(struct flow_key),
                              .capacity = room,
                              .evict = evict,
                              .context = connections });
    settling_init(&connections->over, room);
}

void tcp_connections_deinit(struct tcp_connections *connections)
{
    settling_deinit(&connections->over);
    pool_deinit(&connections->pool);
    dns_streams_deinit(&connections->streams);
}

/* Both directions have one key. */
static struct flow_key sort_ends(const struct flow_key *key, bool *is_sorted)
{
    int order = memcmp(key->source, key->destination, sizeof key->source);

    if (order == 0)
        order = key->source_port < key->destination_port ? -1 : 1;
    *is_sorted = order < 0;
    return *is_sorted ? *key : flow_key_reversed(key);
}

struct pool_hint tcp_connections_expect(const struct tcp_connections *all,
                                        const struct view *view)
{
    bool is_sorted;
    struct flow_key key = sort_ends(&view->key, &is_sorted);

    return pool_expect(&all->pool, &key);
}

static bool sender_is_client(const struct layer *tcp)
{
    if (tcp->flags & TCP_SYN)
        return !(tcp->flags & TCP_ACK);
    return tcp->source_port >= tcp->destination_port;
}

static struct tcp_connection *begin(struct tcp_connections *connections,
                                    const struct flow_key *key,
                                    const struct tcp_arrival *arrival,
                                    bool is_sorted)
{
    struct tcp_connection *connection = pool_add(&connections->pool, key);
    const struct view *view = arrival->view;

    connection->number = ++connections->last_number;
    connection->interface_number = view->interface_number;
    connection->first_ns = view->at_ns;
    connection->touched_ns = view->at_ns;
    connection->first_frame = view->frame;
    connection->tunnel = view_tunnel(view, (size_t)view->level_count - 1);
    connection->client_is_source = sender_is_client(arrival->tcp) == is_sorted;
    connection->is_dns = dns_port_tells(arrival->tcp);
    return connection;
}

/* A SYN that does not repeat the one that began this connection. */
static bool is_new_connection(const struct tcp_connection *connection,
                              const struct tcp_arrival *arrival,
                              enum tcp_end from)
{
    const struct tcp_side *client = &connection->sides[TCP_END_CLIENT];

    if ((arrival->tcp->flags & (TCP_SYN | TCP_ACK)) != TCP_SYN)
        return false;
    return from != TCP_END_CLIENT || !client->has_isn ||
           client->isn != arrival->tcp->sequence;
}

static void find_connection(struct tcp_connections *connections,
                            struct tcp_arrival *arrival)
{
    bool is_sorted;
    struct flow_key key = sort_ends(&arrival->view->key, &is_sorted);
    struct tcp_connection *connection = pool_find(&connections->pool, &key);

    if (connection != NULL) {
        arrival->from = connection->client_is_source == is_sorted
                            ? TCP_END_CLIENT
                            : TCP_END_SERVER;
        if (is_new_connection(connection, arrival, arrival->from)) {
            evict(connections, connection);
            pool_remove(&connections->pool, connection);
            connection = NULL;
        }
    }
    if (connection == NULL) {
        connection = begin(connections, &key, arrival, is_sorted);
        arrival->from = connection->client_is_source == is_sorted
                            ? TCP_END_CLIENT
                            : TCP_END_SERVER;
    }
    arrival->connection = connection;
}

static void settle(struct tcp_connections *connections,
                   const struct tcp_connection *connection)
{
    settling_add(
        &connections->over,
        &(struct settling_entry){ .at_ns = connection->last_ns,
                                  .number = connection->number,
                                  .index = (uint32_t)connection->entry.index });
}

/* On "any" a large packet may come by whole at one device and in segments at
 * the next, which have other IP ids: no repetition follows so soon. */
static bool is_other_sighting(const struct tcp_arrival *arrival)
{
    const struct tcp_side *side = &arrival->connection->sides[arrival->from];

    return arrival->view->link_type == LINKTYPE_LINUX_SLL &&
           arrival->segment.at_ns - side->next_ns <
               COOKED_MS_MIN * (NS_PER_SECOND / 1000);
}

static void write_event(struct tcp_connections *connections,
                        const struct tcp_arrival *arrival, enum tcp_kind kind)
{
    const struct level *flow = view_flow(arrival->view);
    const char *checksum = level_checksum(flow);
    struct tcp_event_row row = TCP_EVENT_ROW_NONE;

    if (connections->events++ >= TCP_EVENTS_MAX) {
        outlet_count(connections->outlet,
                     &(struct oddity){ .name = "track.tcp-events-full",
                                       .what = "TCP events without a row",
                                       .interface = ABSENT,
                                       .frame = arrival->view->frame,
                                       .byte_offset = ABSENT });
        return;
    }
    row.evidence_id = connections->outlet->evidence_id;
    row.frame = arrival->view->frame;
    row.interface = arrival->view->interface_number;
    row.depth = arrival->view->level_count - 1;
    row.kind = tcp_kind_name(kind);
    row.source = level_source(flow);
    row.source_port = arrival->tcp->source_port;
    row.destination = level_destination(flow);
    row.destination_port = arrival->tcp->destination_port;
    row.at_ns = arrival->view->at_ns;
    row.sequence = arrival->segment.sequence;
    row.payload_bytes = arrival->segment.payload_bytes;
    row.packet_bytes = arrival->segment.ip_bytes;
    row.checksum = checksum == NULL ? "" : checksum;
    row.connection = arrival->connection->number;
    sink_put(connections->outlet->sink, TABLE_TCP_EVENT, &row);
}

static void analyse(struct tcp_connections *connections,
                    struct tcp_arrival *arrival)
{
    struct tcp_connection *connection = arrival->connection;
    struct tcp_side *side = &connection->sides[arrival->from];
    struct tcp_side *reverse = &connection->sides[!arrival->from];
    enum tcp_kind kind =
        tcp_judge(&arrival->segment, side, reverse, connection->first_rtt_ns);

    if (tcp_kind_is_retransmission(kind) && is_other_sighting(arrival))
        kind = TCP_KIND_NONE;
    if (tcp_kind_is_retransmission(kind))
        side->retransmissions++;
    if (kind != TCP_KIND_NONE)
        write_event(connections, arrival, kind);
    if (tcp_acks_unseen(&arrival->segment, reverse))
        outlet_count(
            connections->outlet,
            &(struct oddity){ .name = "capture.acked-unseen",
                              .what = "data that the capture does not hold was "
                                      "acknowledged",
                              .interface = arrival->view->interface_number,
                              .frame = arrival->view->frame,
                              .byte_offset = ABSENT });
    tcp_note(&arrival->segment, side, reverse);
}

static void note_over(struct tcp_connections *connections,
                      struct tcp_connection *connection)
{
    if (connection->is_settling ||
        !tcp_is_over(&connection->sides[TCP_END_CLIENT],
                     &connection->sides[TCP_END_SERVER]))
        return;
    connection->is_settling = true;
    settle(connections, connection);
}

/* Once a second is enough: each time costs the memory of its neighbours. */
static void keep_young(struct tcp_connections *connections,
                       struct tcp_connection *connection)
{
    if (connection->last_ns - connection->touched_ns < NS_PER_SECOND)
        return;
    connection->touched_ns = connection->last_ns;
    pool_touch(&connections->pool, connection);
}

void tcp_connections_see(struct tcp_connections *connections,
                         const struct view *view)
{
    const struct level *flow = view_flow(view);
    const struct layer *tcp = flow->transport;
    struct tcp_arrival arrival = {
        .view = view,
        .tcp = tcp,
        .segment = {
            .at_ns = view->at_ns,
            .sequence = tcp->sequence,
            .acknowledgment = tcp->acknowledgment,
            .payload_bytes = tcp->payload_bytes,
            .ip_bytes = flow->ip->ip_bytes,
            .window = tcp->window,
            .flags = tcp->flags,
        },
    };

    find_connection(connections, &arrival);
    if (tcp->flags & TCP_SYN)
        tcp_arrival_note_syn(&arrival);
    if (!arrival.connection->is_dns)
        tcp_messages_recognise(&arrival);
    analyse(connections, &arrival);
    tcp_arrival_note(&arrival);
    arrival.connection->last_ns = view->at_ns;
    arrival.connection->last_frame = view->frame;
    note_over(connections, arrival.connection);
    keep_young(connections, arrival.connection);
    if (arrival.connection->is_dns)
        tcp_messages_take(connections, &arrival);
}

static void write_settled(struct tcp_connections *connections, int64_t now_ns)
{
    int64_t before_ns = now_ns - SETTLED_SECONDS * NS_PER_SECOND;
    const struct settling_entry *settled;

    while ((settled = settling_take(&connections->over, before_ns)) != NULL) {
        struct tcp_connection *connection =
            pool_at(&connections->pool, settled->index);
        const struct settling_entry *ahead =
            settling_ahead(&connections->over, WRITTEN_AHEAD);

        if (ahead != NULL)
            pool_expect_at(&connections->pool, ahead->index);
        if (connection->number != settled->number)
            continue;
        if (connection->last_ns < before_ns)
            write_once(connections, connection);
        else
            settle(connections, connection);
    }
}

void tcp_connections_age(struct tcp_connections *connections, int64_t now_ns)
{
    struct tcp_connection *oldest = pool_oldest(&connections->pool);

    write_settled(connections, now_ns);
    while (oldest != NULL &&
           now_ns - oldest->last_ns > IDLE_SECONDS_MAX * NS_PER_SECOND) {
        evict(connections, oldest);
        pool_remove(&connections->pool, oldest);
        oldest = pool_oldest(&connections->pool);
    }
}

void tcp_connections_finish(struct tcp_connections *connections)
{
    pool_evict_all(&connections->pool);
}
