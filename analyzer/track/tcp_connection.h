/* A TCP connection as the tracker keeps it, and its row. */
#pragma once

#include "track/dns_stream.h"
#include "track/outlet.h"
#include "track/pool.h"
#include "track/tcp_analysis.h"
#include "track/view.h"

/* The first and the last packet of a kind in the handshake. */
struct tcp_handshake {
    int64_t ns;
    int64_t last_ns;
    int64_t frame; /* 0: none seen */
    int64_t last_frame;
    uint32_t count;
    const char *direction;
    const char *checksum;
    const char *outer_checksum;
};

enum tcp_end {
    TCP_END_CLIENT = 0,
    TCP_END_SERVER = 1,
};

struct tcp_connection {
    struct pool_entry entry;
    struct flow_key key; /* the end with the lower address and port is its
                            source */
    int64_t number;
    int64_t interface_number;
    int64_t first_ns;
    int64_t last_ns;
    int64_t touched_ns; /* made the youngest of its pool */
    int64_t first_frame;
    int64_t last_frame;
    int64_t reset_frame;  /* 0: none */
    int64_t first_rtt_ns; /* SYN to the end of the handshake; 0 */
    uint64_t identity;    /* 0: not known yet */
    const char *tunnel;
    const char *closed_by;
    struct address outer_source;
    struct address outer_destination;
    struct tcp_handshake syn;
    struct tcp_handshake syn_ack;
    struct tcp_side sides[2];     /* by enum tcp_end */
    struct dns_stream streams[2]; /* what that end sent */
    uint32_t messages[2];
    bool client_is_source; /* of key */
    bool is_established;
    bool is_dns;
    bool has_sent[2]; /* bytes, by enum tcp_end */
    bool is_settling;
    bool is_written;
};

/* Writes its row. */
void tcp_connection_write(const struct outlet *outlet,
                          const struct tcp_connection *connection);
/* The hash that names a connection at every place it passes, by the client's
 * first sequence number alone: NAT changes the ports, and each retry of a SYN
 * has another timestamp, so that a capture which begins between two of them
 * would name another connection. */
uint64_t tcp_identity(uint32_t sequence);
/* The client is the other end than was guessed: no SYN was seen, and no
 * message yet. */
void tcp_connection_turn(struct tcp_connection *connection);
/* Notes a SYN or SYN-ACK. */
void tcp_handshake_note(struct tcp_handshake *handshake,
                        const struct view *view);
/* The worse of two checksum states, for a connection's sum. */
uint8_t tcp_worse_checksum(uint8_t a, uint8_t b);
