#include "track/tcp_analysis.h"

#include "base/clock.h"

#include <string.h>

enum {
    FAST_MS_MAX = 20,
    OUT_OF_ORDER_MS = 3, /* without a measured round trip */
    DUPLICATE_ACKS_MIN = 2,
};

static const char *const kind_names[] = {
    [TCP_KIND_NONE] = "",
    [TCP_KIND_RETRANSMISSION] = "retransmission",
    [TCP_KIND_SYN_RETRANSMISSION] = "syn-retransmission",
    [TCP_KIND_FAST_RETRANSMISSION] = "fast-retransmission",
    [TCP_KIND_SPURIOUS_RETRANSMISSION] = "spurious-retransmission",
    [TCP_KIND_OUT_OF_ORDER] = "out-of-order",
    [TCP_KIND_DUPLICATE_ACK] = "duplicate-ack",
    [TCP_KIND_ZERO_WINDOW] = "zero-window",
    [TCP_KIND_KEEP_ALIVE] = "keep-alive",
    [TCP_KIND_RESET] = "reset",
};

const char *tcp_kind_name(enum tcp_kind kind)
{
    return kind_names[kind];
}

bool tcp_kind_is_retransmission(enum tcp_kind kind)
{
    return kind == TCP_KIND_RETRANSMISSION ||
           kind == TCP_KIND_FAST_RETRANSMISSION ||
           kind == TCP_KIND_SPURIOUS_RETRANSMISSION;
}

static bool is_plain(const struct tcp_segment *segment)
{
    return (segment->flags & (TCP_SYN | TCP_FIN | TCP_RST)) == 0;
}

/* One byte beyond a closed window: asks whether it has opened. */
static bool is_window_probe(const struct tcp_segment *segment,
                            const struct tcp_side *side,
                            const struct tcp_side *reverse)
{
    return segment->payload_bytes == 1 && side->has_next &&
           segment->sequence == side->next_sequence && reverse->has_window &&
           reverse->window == 0;
}

/* The last byte once more, or nothing in its place. */
static bool is_keep_alive(const struct tcp_segment *segment,
                          const struct tcp_side *side)
{
    return segment->payload_bytes <= 1 && is_plain(segment) && side->has_next &&
           segment->sequence == side->next_sequence - 1;
}

/* Says the same once more, and is no answer to a keep-alive, whose last byte
 * was acknowledged before. */
static bool is_duplicate_ack(const struct tcp_segment *segment,
                             const struct tcp_side *side,
                             const struct tcp_side *reverse)
{
    return !reverse->sent_keep_alive && segment->payload_bytes == 0 &&
           is_plain(segment) && segment->flags & TCP_ACK &&
           segment->window != 0 && side->has_window &&
           segment->window == side->window && side->has_next &&
           segment->sequence == side->next_sequence && side->has_ack &&
           segment->acknowledgment == side->last_ack;
}

/* All of it was acknowledged before. */
static bool is_spurious(const struct tcp_segment *segment,
                        const struct tcp_side *reverse)
{
    return segment->payload_bytes > 0 && reverse->has_ack &&
           !sequence_before(reverse->last_ack,
                            segment->sequence + segment->payload_bytes);
}

static bool is_fast(const struct tcp_segment *segment,
                    const struct tcp_side *reverse)
{
    return reverse->duplicate_acks >= DUPLICATE_ACKS_MIN &&
           reverse->last_ack == segment->sequence &&
           segment->at_ns - reverse->last_ack_ns <
               FAST_MS_MAX * (NS_PER_SECOND / 1000);
}

/* So soon after what follows it that it can have been no reaction. */
static bool is_out_of_order(const struct tcp_segment *segment,
                            const struct tcp_side *side, int64_t first_rtt_ns)
{
    int64_t limit_ns = first_rtt_ns > 0
                           ? first_rtt_ns
                           : OUT_OF_ORDER_MS * (NS_PER_SECOND / 1000);

    return segment->at_ns - side->next_ns < limit_ns &&
           tcp_segment_end(segment) != side->next_sequence;
}

static enum tcp_kind judge_repeat(const struct tcp_segment *segment,
                                  const struct tcp_side *side,
                                  const struct tcp_side *reverse,
                                  int64_t first_rtt_ns)
{
    bool goes_back = side->has_next &&
                     sequence_before(segment->sequence, side->next_sequence) &&
                     !(segment->payload_bytes > 1 &&
                       segment->sequence == side->next_sequence - 1);

    if (is_spurious(segment, reverse))
        return TCP_KIND_SPURIOUS_RETRANSMISSION;
    if (!goes_back)
        return TCP_KIND_NONE;
    if (segment->flags & TCP_SYN)
        return TCP_KIND_SYN_RETRANSMISSION;
    if (is_fast(segment, reverse))
        return TCP_KIND_FAST_RETRANSMISSION;
    if (is_out_of_order(segment, side, first_rtt_ns))
        return TCP_KIND_OUT_OF_ORDER;
    return TCP_KIND_RETRANSMISSION;
}

enum tcp_kind tcp_judge(const struct tcp_segment *segment,
                        const struct tcp_side *side,
                        const struct tcp_side *reverse, int64_t first_rtt_ns)
{
    enum tcp_kind kind = TCP_KIND_NONE;

    if (segment->flags & TCP_RST)
        return TCP_KIND_RESET;
    if (is_window_probe(segment, side, reverse))
        return TCP_KIND_NONE;
    if (is_keep_alive(segment, side))
        return TCP_KIND_KEEP_ALIVE;
    if (segment->payload_bytes > 0 || !is_plain(segment))
        kind = judge_repeat(segment, side, reverse, first_rtt_ns);
    if (kind != TCP_KIND_NONE)
        return kind;
    if (segment->window == 0 && is_plain(segment))
        return TCP_KIND_ZERO_WINDOW;
    if (is_duplicate_ack(segment, side, reverse))
        return TCP_KIND_DUPLICATE_ACK;
    return TCP_KIND_NONE;
}

bool tcp_acks_unseen(const struct tcp_segment *segment,
                     struct tcp_side *reverse)
{
    uint32_t known =
        reverse->has_hole ? reverse->acked_max : reverse->next_sequence;

    if (!(segment->flags & TCP_ACK) || segment->flags & TCP_RST ||
        !reverse->has_next ||
        !sequence_before(known + 1, segment->acknowledgment))
        return false;
    reverse->has_hole = true;
    reverse->acked_max = segment->acknowledgment;
    return true;
}

static void forget_first(struct tcp_side *side)
{
    side->outstanding_count--;
    memmove(side->outstanding, side->outstanding + 1,
            side->outstanding_count * sizeof *side->outstanding);
}

/* The two oldest become one when there is no room: acknowledged together. */
static void add_outstanding(struct tcp_side *side,
                            const struct tcp_segment *segment)
{
    uint32_t end = segment->sequence + segment->payload_bytes;
    uint8_t count = side->outstanding_count;

    if (count > 0 && !sequence_before(side->outstanding[count - 1].end, end))
        return;
    if (count == TCP_OUTSTANDING_MAX) {
        if (side->outstanding[0].ip_bytes > side->outstanding[1].ip_bytes)
            side->outstanding[1].ip_bytes = side->outstanding[0].ip_bytes;
        forget_first(side);
        count--;
    }
    side->outstanding[count].end = end;
    side->outstanding[count].ip_bytes = segment->ip_bytes;
    side->outstanding_count++;
}

static void acknowledge(struct tcp_side *side, uint32_t acknowledgment)
{
    while (side->outstanding_count > 0 &&
           !sequence_before(acknowledgment, side->outstanding[0].end)) {
        if (side->outstanding[0].ip_bytes > side->acked_bytes_max)
            side->acked_bytes_max = side->outstanding[0].ip_bytes;
        forget_first(side);
    }
}

static bool has_acked_fin(const struct tcp_side *side,
                          const struct tcp_side *reverse)
{
    return reverse->sent_fin && side->has_ack &&
           side->last_ack == reverse->next_sequence;
}

bool tcp_is_over(const struct tcp_side *side, const struct tcp_side *reverse)
{
    return has_acked_fin(side, reverse) && has_acked_fin(reverse, side);
}

uint32_t tcp_unacked_bytes_max(const struct tcp_side *side)
{
    uint32_t bytes = 0;

    for (uint8_t i = 0; i < side->outstanding_count; i++)
        if (side->outstanding[i].ip_bytes > bytes)
            bytes = side->outstanding[i].ip_bytes;
    return bytes;
}

static void note_ack(const struct tcp_segment *segment, struct tcp_side *side,
                     struct tcp_side *reverse)
{
    if (side->has_ack && segment->acknowledgment == side->last_ack) {
        if (is_duplicate_ack(segment, side, reverse))
            side->duplicate_acks++;
    } else {
        side->duplicate_acks = 0;
    }
    side->has_ack = true;
    side->last_ack = segment->acknowledgment;
    side->last_ack_ns = segment->at_ns;
    acknowledge(reverse, segment->acknowledgment);
}

void tcp_note(const struct tcp_segment *segment, struct tcp_side *side,
              struct tcp_side *reverse)
{
    uint32_t end = tcp_segment_end(segment);
    bool is_probe = is_window_probe(segment, side, reverse);

    side->packets++;
    side->sent_keep_alive = is_keep_alive(segment, side);
    if (segment->flags & TCP_RST)
        return;
    if (segment->flags & TCP_ACK)
        note_ack(segment, side, reverse);
    side->has_window = true;
    side->window = segment->window;
    if (segment->flags & TCP_FIN)
        side->sent_fin = true;
    side->data_bytes += segment->payload_bytes;
    if (segment->payload_bytes > 0)
        add_outstanding(side, segment);
    if (is_probe)
        return;
    if (!side->has_next || sequence_before(side->next_sequence, end)) {
        side->has_next = true;
        side->next_sequence = end;
        side->next_ns = segment->at_ns;
    }
    if (side->has_hole &&
        !sequence_before(side->next_sequence, side->acked_max))
        side->has_hole = false;
}
