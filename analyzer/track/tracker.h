/* Frames in time -> facts: DNS exchanges, TCP connections and events, ICMP
 * errors, checksum tallies and defects, traffic sums.
 *
 * One tracker reads one capture, in file order, and puts rows into a sink.
 * All its tables are bounded (TRACKER_* below); what is evicted is written
 * first, so that nothing is lost but the memory of it. The same packet seen
 * at several interfaces, in several VNIs or twice on "any" is one packet: a
 * connection or exchange is kept per interface and depth. */
#pragma once

#include "decode/packet.h"
#include "store/sink.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TRACKER_CONNECTIONS_MAX = 1 << 16,
    TRACKER_EXCHANGES_MAX = 1 << 16,
    TRACKER_TRAFFIC_MAX = 1 << 14,
    TRACKER_INTERFACES_MAX = 1 << 10,
    TRACKER_DEFECTS_MAX = 100000,
};

struct tracker;

struct tracker_frame {
    struct frame frame;
    int64_t number; /* from 1 */
    int64_t at_ns;
    int64_t interface;               /* as declared with tracker_interface() */
    enum packet_direction direction; /* pcapng flags; or unknown */
};

/* What a capture says of an interface. Texts are copied. */
struct tracker_interface {
    int64_t number;
    const char *name; /* NULL: not said */
    const char *description;
    const char *filter;
    int link_type;
    int64_t snaplen_bytes;
    int64_t received; /* ABSENT: not said */
    int64_t dropped;
};

/* Totals of the capture, for its row in `evidence`. */
struct tracker_totals {
    int64_t packets;
    int64_t first_ns; /* ABSENT without packets */
    int64_t last_ns;
};

struct tracker *tracker_create(const struct decode_options *options,
                               int64_t evidence_id, struct sink *sink);
/* As tracker_create(), for a capture file of this size: a small one needs no
 * large tables, and a bundle may hold thousands. */
struct tracker *tracker_create_for(const struct decode_options *options,
                                   int64_t evidence_id, int64_t capture_bytes,
                                   struct sink *sink);
void tracker_destroy(struct tracker *tracker);
/* Declares an interface, or updates its statistics. Linux cooked v2 captures
 * get an interface of their own for each ifindex, made by the tracker with
 * the ifindex as its number. */
void tracker_interface(struct tracker *tracker,
                       const struct tracker_interface *interface);
/* The frame is taken with the next call of any function here: until then the
 * memory of the tables that it will need has time to come. Its bytes have to
 * stay until then, or until tracker_flush(). */
void tracker_frame(struct tracker *tracker, const struct tracker_frame *frame);
/* Takes what is still to be taken. */
void tracker_flush(struct tracker *tracker);
/* As tracker_frame, for a packet that is decoded already. Without bytes
 * (frame->frame.bytes NULL) fragments are not put together. */
void tracker_packet(struct tracker *tracker, const struct tracker_frame *frame,
                    const struct packet *packet);
/* Writes everything that is still open. */
void tracker_finish(struct tracker *tracker, struct tracker_totals *totals);
