/* TCP packets in time -> connections and events.
 *
 * The client is the end that sent the SYN or, where none was seen, the one
 * with the higher port. A SYN with another sequence number on the ports of a
 * known connection is a new one. A connection's row is written when both
 * ends have closed it and ten seconds passed without a packet, or when it is
 * forgotten: quiet for two minutes, or the oldest of a full table. */
#pragma once

#include "track/dns_exchanges.h"
#include "track/dns_stream.h"
#include "track/outlet.h"
#include "track/pool.h"
#include "track/settling.h"
#include "track/view.h"

enum {
    TCP_EVENTS_MAX = 200000,
};

struct tcp_connections {
    struct outlet *outlet;
    struct dns_exchanges *exchanges; /* takes the DNS messages */
    struct pool pool;
    struct settling over;
    struct dns_streams streams;
    int64_t last_number;
    int64_t events;
};

void tcp_connections_init(struct tcp_connections *connections,
                          struct outlet *outlet,
                          struct dns_exchanges *exchanges);
void tcp_connections_deinit(struct tcp_connections *connections);
/* The flow of the view is TCP. */
struct pool_hint tcp_connections_expect(const struct tcp_connections *all,
                                        const struct view *view);
/* The flow of the view is TCP, whole and no duplicate. */
void tcp_connections_see(struct tcp_connections *connections,
                         const struct view *view);
/* Writes what has settled, forgets what has been quiet for long. */
void tcp_connections_age(struct tcp_connections *connections, int64_t now_ns);
/* Writes everything that is still open. */
void tcp_connections_finish(struct tcp_connections *connections);
