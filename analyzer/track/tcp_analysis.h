/* What a TCP segment is, given those before it: first sent, repeated, out of
 * order, a keep-alive ... by the definitions of Wireshark 4.0 (restated in
 * the comments of tcp_analysis.c), which is what readers of a report will
 * compare with. Sequence numbers are compared modulo 2^32. */
#pragma once

#include "decode/packet.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TCP_OUTSTANDING_MAX = 8,
};

struct tcp_segment {
    int64_t at_ns;
    uint32_t sequence;
    uint32_t acknowledgment;
    uint32_t payload_bytes;
    uint32_t ip_bytes;
    uint16_t window;
    uint8_t flags; /* enum tcp_flag */
};

/* Data sent and not acknowledged yet: where it ends, and how large the
 * packet was. */
struct tcp_outstanding {
    uint32_t end;
    uint32_t ip_bytes;
};

/* One direction of a connection. */
struct tcp_side {
    int64_t next_ns;     /* when next_sequence was set */
    int64_t last_ack_ns; /* of its last packet with an ACK */
    int64_t packets;
    int64_t data_bytes;
    uint32_t retransmissions;
    uint32_t isn;
    uint32_t next_sequence; /* highest end of data seen */
    uint32_t last_ack;
    uint32_t acked_max; /* what the other side's acknowledgments have reached,
                           where that is beyond next_sequence */
    uint32_t acked_bytes_max;
    uint16_t window;
    uint16_t duplicate_acks;
    bool has_isn;
    bool has_next;
    bool has_ack;
    bool has_hole; /* acked_max is set */
    bool has_window;
    bool sent_fin;
    bool sent_keep_alive; /* last */
    uint8_t outstanding_count;
    uint8_t worst_checksum; /* enum checksum_state of data segments */
    struct tcp_outstanding outstanding[TCP_OUTSTANDING_MAX];
};

enum tcp_kind {
    TCP_KIND_NONE, /* nothing to tell */
    TCP_KIND_RETRANSMISSION,
    TCP_KIND_SYN_RETRANSMISSION,
    TCP_KIND_FAST_RETRANSMISSION,
    TCP_KIND_SPURIOUS_RETRANSMISSION,
    TCP_KIND_OUT_OF_ORDER,
    TCP_KIND_DUPLICATE_ACK,
    TCP_KIND_ZERO_WINDOW,
    TCP_KIND_KEEP_ALIVE,
    TCP_KIND_RESET,
};

const char *tcp_kind_name(enum tcp_kind kind);
/* True for the four kinds of repeated data. */
bool tcp_kind_is_retransmission(enum tcp_kind kind);

/* Judges a segment before it is noted. first_rtt_ns: SYN to the end of the
 * handshake, 0 if it was not seen. */
enum tcp_kind tcp_judge(const struct tcp_segment *segment,
                        const struct tcp_side *side,
                        const struct tcp_side *reverse, int64_t first_rtt_ns);
/* True, once per hole, if the segment acknowledges data that the other side
 * was never seen to send: the capture lost it. A single number does not count:
 * a keep-alive that opens a capture is sent one below. */
bool tcp_acks_unseen(const struct tcp_segment *segment,
                     struct tcp_side *reverse);
/* Adds the segment to what is known of both directions. */
void tcp_note(const struct tcp_segment *segment, struct tcp_side *side,
              struct tcp_side *reverse);
/* True if both ends have sent a FIN and acknowledged the other's: neither has
 * anything to repeat. */
bool tcp_is_over(const struct tcp_side *side, const struct tcp_side *reverse);
/* The largest packet with data that was not acknowledged so far, or 0. */
uint32_t tcp_unacked_bytes_max(const struct tcp_side *side);

static inline bool sequence_before(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b) < 0;
}

/* Where the next segment starts; SYN and FIN take a number each. */
static inline uint32_t tcp_segment_end(const struct tcp_segment *segment)
{
    return segment->sequence + segment->payload_bytes +
           (segment->flags & TCP_SYN ? 1 : 0) +
           (segment->flags & TCP_FIN ? 1 : 0);
}
