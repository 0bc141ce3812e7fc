/* The DNS messages that the segments of a TCP connection carry. */
#pragma once

#include "track/tcp_arrival.h"
#include "track/tcp_connections.h"

/* Looks at the first bytes that an end sends at ports that do not tell: a
 * length and a message of it make the connection one of DNS. Where no SYN was
 * seen the message also tells which end is the client; arrival->from then
 * changes with it. */
void tcp_messages_recognise(struct tcp_arrival *arrival);
/* The connection is one of DNS: files the messages that this segment
 * completes as exchanges. */
void tcp_messages_take(struct tcp_connections *connections,
                       struct tcp_arrival *arrival);
