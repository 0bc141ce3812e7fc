#include "track/tracker.h"

#include "base/memory.h"
#include "track/defects.h"
#include "track/dns_exchanges.h"
#include "track/dns_recognise.h"
#include "track/fragments.h"
#include "track/icmp.h"
#include "track/interfaces.h"
#include "track/profiles.h"
#include "track/sightings.h"
#include "track/stations.h"
#include "track/tallies.h"
#include "track/tcp_connections.h"
#include "track/traffic.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINKTYPE_NULL = 0,
    LINKTYPE_LOOP = 108,
    LINKTYPE_LINUX_SLL2 = 276,
};

/* A frame on its way through the tracker. What follows the view is there if
 * the view has IP. */
struct passage {
    struct tracker_frame frame;
    struct view view;
    bool is_fragment;
    uint64_t identity; /* see sightings.h */
    struct profile_hint profile;
    struct pool_hint flow;
};

struct tracker {
    struct decode_options options;
    struct outlet outlet;
    struct tracker_totals totals;
    int64_t newest_ns;
    struct interfaces interfaces;
    struct profiles profiles;
    struct stations stations;
    struct tallies tallies;
    struct traffic traffic;
    struct defects defects;
    struct sightings sightings;
    struct icmp_errors icmp_errors;
    struct fragments fragments;
    struct dns_exchanges exchanges;
    struct tcp_connections connections;
    /* The frame that waits, and the next one. */
    struct packet packets[2];
    struct passage passages[2];
    size_t waiting_at; /* in both */
    bool has_waiting;
    struct packet datagram; /* put together from fragments */
};

struct tracker *tracker_create(const struct decode_options *options,
                               int64_t evidence_id, struct sink *sink)
{
    return tracker_create_for(options, evidence_id, INT64_MAX, sink);
}

/* Adds the packets of a profile to all that they are summed in. */
static void spill(void *context, const struct profile *profile)
{
    struct tracker *tracker = context;

    stations_add(&tracker->stations, profile);
    tallies_add(&tracker->tallies, profile);
    traffic_add(&tracker->traffic, profile);
}

struct tracker *tracker_create_for(const struct decode_options *options,
                                   int64_t evidence_id, int64_t capture_bytes,
                                   struct sink *sink)
{
    struct tracker *tracker = memory_allocate(1, sizeof *tracker);
    struct outlet *outlet = &tracker->outlet;

    tracker->options = *options;
    tracker->totals.first_ns = ABSENT;
    tracker->totals.last_ns = ABSENT;
    tracker->newest_ns = INT64_MIN;
    outlet->evidence_id = evidence_id;
    outlet->capture_bytes = capture_bytes;
    outlet->sink = sink;
    tracker->defects.outlet = outlet;
    tracker->icmp_errors.outlet = outlet;
    interfaces_init(&tracker->interfaces, outlet);
    profiles_init(&tracker->profiles, capture_bytes, spill, tracker);
    stations_init(&tracker->stations, outlet);
    tallies_init(&tracker->tallies, outlet);
    traffic_init(&tracker->traffic, outlet);
    sightings_init(&tracker->sightings);
    fragments_init(&tracker->fragments, outlet);
    dns_exchanges_init(&tracker->exchanges, outlet);
    tcp_connections_init(&tracker->connections, outlet, &tracker->exchanges);
    return tracker;
}

void tracker_destroy(struct tracker *tracker)
{
    if (tracker == NULL)
        return;
    tcp_connections_deinit(&tracker->connections);
    dns_exchanges_deinit(&tracker->exchanges);
    fragments_deinit(&tracker->fragments);
    sightings_deinit(&tracker->sightings);
    traffic_deinit(&tracker->traffic);
    tallies_deinit(&tracker->tallies);
    stations_deinit(&tracker->stations);
    profiles_deinit(&tracker->profiles);
    interfaces_deinit(&tracker->interfaces);
    free(tracker);
}

void tracker_interface(struct tracker *tracker,
                       const struct tracker_interface *interface)
{
    tracker_flush(tracker);
    interfaces_declare(&tracker->interfaces, interface);
}

static void count(struct tracker *tracker, const struct view *view,
                  const char *name, const char *what)
{
    outlet_count(&tracker->outlet,
                 &(struct oddity){ .name = name,
                                   .what = what,
                                   .interface = view->interface_number,
                                   .frame = view->frame,
                                   .byte_offset = ABSENT });
}

/* What the frame says about the capture itself. */
static void note_health(struct tracker *tracker, const struct view *view,
                        const struct tracker_frame *frame)
{
    struct tracker_totals *totals = &tracker->totals;

    totals->packets++;
    if (totals->first_ns == ABSENT || frame->at_ns < totals->first_ns)
        totals->first_ns = frame->at_ns;
    if (totals->last_ns == ABSENT || frame->at_ns > totals->last_ns)
        totals->last_ns = frame->at_ns;
    if (frame->at_ns < tracker->newest_ns)
        count(tracker, view, "capture.time-backwards", NULL);
    tracker->newest_ns = frame->at_ns;
    if (frame->frame.captured_bytes > frame->frame.wire_bytes)
        count(tracker, view, "capture.caplen-over-len", NULL);
    if (frame->frame.captured_bytes < frame->frame.wire_bytes)
        count(tracker, view, "capture.snapped", NULL);
}

static void note_decode_end(struct tracker *tracker, const struct view *view)
{
    static const char *const names[] = {
        [PACKET_MALFORMED] = "decode.malformed",
        [PACKET_SHORT] = "decode.short",
        [PACKET_TOO_DEEP] = "decode.too-deep",
    };
    const struct packet *packet = view->packet;
    const struct layer *last;

    if (packet->end != PACKET_MALFORMED && packet->end != PACKET_SHORT &&
        packet->end != PACKET_TOO_DEEP)
        return;
    if (packet->layer_count == 0) {
        count(tracker, view, names[packet->end], NULL);
        return;
    }
    last = &packet->layers[packet->layer_count - 1];
    outlet_count(&tracker->outlet,
                 &(struct oddity){ .name = names[packet->end],
                                   .what = layer_name(last),
                                   .interface = view->interface_number,
                                   .frame = view->frame,
                                   .byte_offset = last->offset });
}

static const char *direction_text(enum packet_direction direction)
{
    static const char *const texts[] = {
        [DIRECTION_UNKNOWN] = "",
        [DIRECTION_IN] = "in",
        [DIRECTION_OUT] = "out",
    };

    return texts[direction];
}

/* Both ends without a MAC address: the loopback device has none. */
static bool is_loopback(const struct view *view)
{
    static const uint8_t none[6];

    if (view->link_type == LINKTYPE_NULL || view->link_type == LINKTYPE_LOOP)
        return true;
    return view->link != NULL &&
           memcmp(view->link->source, none, sizeof none) == 0 &&
           memcmp(view->link->destination, none, sizeof none) == 0;
}

static void place_frame(struct tracker *tracker, struct view *view,
                        const struct tracker_frame *frame)
{
    const struct packet *packet = view->packet;
    bool is_cooked = frame->frame.link_type == LINKTYPE_LINUX_SLL2 &&
                     packet->layer_count > 0;

    view->frame = frame->number;
    view->at_ns = frame->at_ns;
    view->link_type = frame->frame.link_type;
    view->interface = interfaces_index(
        &tracker->interfaces, is_cooked ? packet->ifindex : frame->interface,
        view->link_type);
    view->interface_number =
        interfaces_number(&tracker->interfaces, view->interface);
    view->direction = direction_text(frame->direction != DIRECTION_UNKNOWN
                                         ? frame->direction
                                         : packet->direction);
    view->is_loopback = is_loopback(view);
    view->counted_levels = 0;
    view->is_duplicate = false;
    view->is_counted = false;
}

static void take_icmp(struct tracker *tracker, const struct view *view)
{
    const struct layer *icmp = view_flow(view)->transport;
    struct quoted_packet quoted = { 0 };

    if (!icmp_is_error(icmp))
        return;
    if (!packet_quoted(view->packet, &quoted))
        quoted.address_bytes = 0;
    icmp_errors_see(&tracker->icmp_errors, view, &quoted);
    if (icmp_is_port_unreachable(icmp) && quoted.has_ports &&
        quoted.protocol == 17)
        dns_exchanges_refused(&tracker->exchanges, view, &quoted);
}

static void take_dns(struct tracker *tracker, const struct view *view)
{
    const struct layer *udp = view_flow(view)->transport;
    size_t offset = (size_t)udp->offset + udp->header_bytes;
    struct reader in =
        reader_over(view->payload.base, offset + udp->captured_bytes);
    struct dns_arrival arrival = {
        .view = view,
        .connection = ABSENT,
        .offset = offset,
        .is_recognised = !dns_port_tells(udp),
    };
    struct dns_message message;

    /* Not the payload of the last layer: the client's port may be that of
     * some protocol for which the decoder takes the answer (4500, ESP). */
    reader_skip(&in, offset);
    if (arrival.is_recognised &&
        !dns_is_recognised(view, in, udp->payload_bytes))
        return;
    dns_message_read(in, udp->captured_bytes < udp->payload_bytes, &message);
    dns_exchanges_message(&tracker->exchanges, &arrival, &message);
}

/* The packet that somebody meant to send, without its tunnels. */
static void take_flow(struct tracker *tracker, const struct view *view)
{
    const struct level *flow = view_flow(view);

    if (view->is_duplicate || !view->is_whole || flow->carries[0] != '\0' ||
        flow->transport == NULL || flow->ip->is_fragment)
        return;
    switch ((int)flow->transport->kind) {
    case LAYER_UDP:
        take_dns(tracker, view);
        break;
    case LAYER_TCP:
        tcp_connections_see(&tracker->connections, view);
        break;
    case LAYER_ICMP:
        take_icmp(tracker, view);
        break;
    default:
        break;
    }
}

/* What a fragment seems to hold inside is only its beginning. */
static bool cut_at_fragment(struct view *view)
{
    for (uint8_t i = 0; i < view->level_count; i++) {
        if (view->levels[i].ip == NULL || !view->levels[i].ip->is_fragment)
            continue;
        view->level_count = (uint8_t)(i + 1);
        view->levels[i].carries = "";
        view->levels[i].carries_id = ABSENT;
        return true;
    }
    return false;
}

static void take_joined(struct tracker *tracker, struct view *joined)
{
    struct profile profile;

    view_name(joined);
    profile_of_view(joined, &profile);
    spill(tracker, &profile);
    tallies_take_back_fragment(&tracker->tallies, joined, &profile);
    defects_see(&tracker->defects, joined);
    take_flow(tracker, joined);
}

/* The view of a datagram that the fragment completes: its layers, inside the
 * tunnels around the fragment. */
static void take_datagram(struct tracker *tracker, const struct view *view,
                          const struct frame *whole)
{
    struct view joined = *view;
    struct view inner;
    uint8_t around = (uint8_t)(view->level_count - 1);

    packet_decode(&tracker->options, whole, &tracker->datagram);
    view_sort(&inner, &tracker->datagram);
    if (inner.level_count == 0 || around + inner.level_count > VIEW_LEVELS_MAX)
        return;
    memcpy(&joined.levels[around], inner.levels,
           inner.level_count * sizeof *inner.levels);
    joined.level_count = (uint8_t)(around + inner.level_count);
    joined.counted_levels = view->level_count;
    joined.packet = &tracker->datagram;
    joined.payload = inner.payload;
    joined.is_whole = inner.is_whole;
    if (!cut_at_fragment(&joined))
        take_joined(tracker, &joined);
}

/* Says early what take_flow() will look for. */
static struct pool_hint expect_flow(const struct tracker *tracker,
                                    const struct view *view)
{
    const struct layer *transport = view_flow(view)->transport;

    if (transport != NULL && transport->kind == LAYER_TCP)
        return tcp_connections_expect(&tracker->connections, view);
    if (transport != NULL && transport->kind == LAYER_UDP &&
        dns_port_tells(transport))
        return dns_exchanges_expect(&tracker->exchanges, view);
    return (struct pool_hint){ .pool = NULL };
}

static bool has_ip(const struct view *view)
{
    return view->level_count > 0 && view->levels[0].ip != NULL;
}

/* What the tables will be searched for. Keys first and hashes of them later: a
 * word that was just written in parts is slow to read. */
static void expect(const struct tracker *tracker, struct passage *passage)
{
    struct view *view = &passage->view;

    view_name(view);
    profile_name(view, &passage->profile.key);
    passage->flow = expect_flow(tracker, view);
    passage->identity = sightings_expect(&tracker->sightings, view);
    profiles_expect(&tracker->profiles, &passage->profile);
}

static void enter(struct tracker *tracker, const struct tracker_frame *frame,
                  const struct packet *packet, struct passage *passage)
{
    struct view *view = &passage->view;

    passage->frame = *frame;
    view_sort(view, packet);
    place_frame(tracker, view, frame);
    if (!has_ip(view))
        return;
    passage->is_fragment = cut_at_fragment(view);
    expect(tracker, passage);
}

static void take(struct tracker *tracker, struct passage *passage)
{
    const struct tracker_frame *frame = &passage->frame;
    struct view *view = &passage->view;
    struct frame whole;

    interfaces_count(&tracker->interfaces, view->interface, frame);
    note_health(tracker, view, frame);
    note_decode_end(tracker, view);
    if (!has_ip(view))
        return;
    dns_exchanges_age(&tracker->exchanges, frame->at_ns);
    tcp_connections_age(&tracker->connections, frame->at_ns);
    sightings_judge(&tracker->sightings, passage->identity, view);
    profiles_see(&tracker->profiles, view, &passage->profile);
    defects_see(&tracker->defects, view);
    take_flow(tracker, view);
    if (passage->is_fragment && !view->is_duplicate &&
        frame->frame.bytes != NULL &&
        fragments_take(&tracker->fragments, view, &frame->frame, &whole))
        take_datagram(tracker, view, &whole);
}

/* What was asked for first has come: now what it points to. */
static void expect_entries(const struct tracker *tracker,
                           const struct passage *passage)
{
    if (!has_ip(&passage->view))
        return;
    profiles_expect_slot(&tracker->profiles, &passage->profile);
    pool_expect_entry(&passage->flow);
}

void tracker_flush(struct tracker *tracker)
{
    struct passage *waiting = &tracker->passages[tracker->waiting_at];

    if (!tracker->has_waiting)
        return;
    tracker->has_waiting = false;
    expect_entries(tracker, waiting);
    take(tracker, waiting);
}

void tracker_packet(struct tracker *tracker, const struct tracker_frame *frame,
                    const struct packet *packet)
{
    struct passage passage;

    tracker_flush(tracker);
    enter(tracker, frame, packet, &passage);
    expect_entries(tracker, &passage);
    take(tracker, &passage);
}

/* While a frame is decoded, the table entry of the one before it is on its way
 * from memory; while that one is taken, the place of this one's entry is. */
void tracker_frame(struct tracker *tracker, const struct tracker_frame *frame)
{
    struct passage *waiting = &tracker->passages[tracker->waiting_at];
    size_t next = !tracker->waiting_at;

    if (tracker->has_waiting)
        expect_entries(tracker, waiting);
    packet_decode(&tracker->options, &frame->frame, &tracker->packets[next]);
    enter(tracker, frame, &tracker->packets[next], &tracker->passages[next]);
    if (tracker->has_waiting)
        take(tracker, waiting);
    tracker->waiting_at = next;
    tracker->has_waiting = true;
}

void tracker_finish(struct tracker *tracker, struct tracker_totals *totals)
{
    tracker_flush(tracker);
    tcp_connections_finish(&tracker->connections);
    dns_exchanges_finish(&tracker->exchanges);
    fragments_finish(&tracker->fragments);
    interfaces_finish(&tracker->interfaces);
    profiles_finish(&tracker->profiles);
    stations_finish(&tracker->stations);
    traffic_finish(&tracker->traffic);
    tallies_finish(&tracker->tallies);
    outlet_finish(&tracker->outlet);
    *totals = tracker->totals;
}
