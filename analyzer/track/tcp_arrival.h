/* A TCP packet as it arrives at its connection, and what the connection keeps
 * of it beside the analysis of its sequence numbers. */
#pragma once

#include "track/tcp_connection.h"

struct tcp_arrival {
    const struct view *view;
    const struct layer *tcp;
    struct tcp_segment segment;
    struct tcp_connection *connection;
    enum tcp_end from;
};

/* The packet has the SYN flag. */
void tcp_arrival_note_syn(struct tcp_arrival *arrival);
/* How the connection stands after the packet was analysed. */
void tcp_arrival_note(struct tcp_arrival *arrival);
