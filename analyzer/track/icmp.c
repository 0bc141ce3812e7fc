#include "track/icmp.h"

enum {
    PROTOCOL_ICMPV6 = 58,
    ICMPV6_TYPES_FROM = 1000, /* in rows, so that types have one meaning */
};

/* RFC 792: destination unreachable, source quench, redirect, time exceeded,
 * parameter problem. RFC 4443 section 2.1: types below 128 are errors. */
bool icmp_is_error(const struct layer *icmp)
{
    if (icmp->protocol == PROTOCOL_ICMPV6)
        return icmp->type >= 1 && icmp->type < 128;
    return icmp->type == 3 || icmp->type == 4 || icmp->type == 5 ||
           icmp->type == 11 || icmp->type == 12;
}

bool icmp_is_port_unreachable(const struct layer *icmp)
{
    if (icmp->protocol == PROTOCOL_ICMPV6)
        return icmp->type == 1 && icmp->code == 4;
    return icmp->type == 3 && icmp->code == 3;
}

/* RFC 1191 (the low 16 bits; 0 from routers before it), RFC 4443. */
static int64_t mtu_of(const struct layer *icmp)
{
    if (icmp->protocol == PROTOCOL_ICMPV6)
        return icmp->type == 2 ? (int64_t)icmp->rest : ABSENT;
    return icmp->type == 3 && icmp->code == 4 ? icmp->rest & 0xffff : ABSENT;
}

static void add_quoted(struct icmp_error_row *row,
                       const struct quoted_packet *quoted)
{
    if (quoted->address_bytes == 0)
        return;
    row->quoted_protocol = quoted->protocol;
    row->quoted_source = address_of(quoted->source, quoted->address_bytes);
    row->quoted_destination =
        address_of(quoted->destination, quoted->address_bytes);
    if (!quoted->has_ports)
        return;
    row->quoted_source_port = quoted->source_port;
    row->quoted_destination_port = quoted->destination_port;
}

void icmp_errors_see(struct icmp_errors *errors, const struct view *view,
                     const struct quoted_packet *quoted)
{
    const struct level *flow = view_flow(view);
    const struct layer *icmp = flow->transport;
    struct icmp_error_row row = ICMP_ERROR_ROW_NONE;

    if (errors->count++ >= ICMP_ERRORS_MAX) {
        outlet_count(errors->outlet,
                     &(struct oddity){ .name = "track.icmp-errors-full",
                                       .what = "ICMP errors without a row",
                                       .interface = ABSENT,
                                       .frame = view->frame,
                                       .byte_offset = ABSENT });
        return;
    }
    row.evidence_id = errors->outlet->evidence_id;
    row.frame = view->frame;
    row.interface = view->interface_number;
    row.depth = view->level_count - 1;
    row.direction = view->direction;
    row.at_ns = view->at_ns;
    row.source = level_source(flow);
    row.destination = level_destination(flow);
    row.type = icmp->type +
               (icmp->protocol == PROTOCOL_ICMPV6 ? ICMPV6_TYPES_FROM : 0);
    row.code = icmp->code;
    row.mtu = mtu_of(icmp);
    add_quoted(&row, quoted);
    sink_put(errors->outlet->sink, TABLE_ICMP_ERROR, &row);
}
