#include "track/defects.h"

#include "track/tracker.h"

static const char *layer_word(const struct layer *layer)
{
    switch ((int)layer->kind) {
    case LAYER_IP:
        return "ip";
    case LAYER_UDP:
        return "udp";
    case LAYER_TCP:
        return "tcp";
    case LAYER_SCTP:
        return "sctp";
    default:
        return layer->protocol == 58 ? "icmpv6" : "icmp";
    }
}

static bool has_ports(const struct layer *layer)
{
    return layer->kind == LAYER_UDP || layer->kind == LAYER_TCP ||
           layer->kind == LAYER_SCTP;
}

static void add_inner(struct checksum_defect_row *row, const struct view *view,
                      uint8_t depth)
{
    const struct level *inner = &view->levels[depth + 1];

    if (depth + 1 >= view->level_count || inner->ip == NULL)
        return;
    row->inner_protocol = level_protocol(inner);
    row->inner_source = level_source(inner);
    row->inner_destination = level_destination(inner);
    row->inner_state = level_checksum(inner);
    if (inner->transport == NULL || !has_ports(inner->transport))
        return;
    row->inner_source_port = inner->transport->source_port;
    row->inner_destination_port = inner->transport->destination_port;
}

static void write_row(struct defects *defects, const struct view *view,
                      uint8_t depth, const struct layer *layer)
{
    const struct level *level = &view->levels[depth];
    struct checksum_defect_row row = CHECKSUM_DEFECT_ROW_NONE;
    int32_t solved;

    row.evidence_id = defects->outlet->evidence_id;
    row.frame = view->frame;
    row.interface = view->interface_number;
    row.direction = view->direction;
    row.at_ns = view->at_ns;
    row.depth = depth;
    row.tunnel = level->carries;
    row.layer = layer_word(layer);
    row.source = level_source(level);
    row.destination = level_destination(level);
    if (has_ports(layer)) {
        row.source_port = layer->source_port;
        row.destination_port = layer->destination_port;
    }
    row.stored = layer->stored;
    row.correct = layer->correct;
    row.pseudo = layer->pseudo;
    solved = checksum_solve_port(layer);
    if (solved >= 0)
        row.solved_port = solved;
    add_inner(&row, view, depth);
    sink_put(defects->outlet->sink, TABLE_CHECKSUM_DEFECT, &row);
}

static void see_layer(struct defects *defects, const struct view *view,
                      uint8_t depth, const struct layer *layer)
{
    if (layer == NULL || layer->checksum != CHECKSUM_BAD)
        return;
    if (defects->count++ < TRACKER_DEFECTS_MAX) {
        write_row(defects, view, depth, layer);
        return;
    }
    outlet_count(defects->outlet,
                 &(struct oddity){ .name = "track.defects-full",
                                   .what = "wrong checksums without a row",
                                   .interface = ABSENT,
                                   .frame = view->frame,
                                   .byte_offset = ABSENT });
}

void defects_see(struct defects *defects, const struct view *view)
{
    for (uint8_t i = 0; i < view->level_count; i++) {
        if (view->levels[i].ip == NULL)
            continue;
        if (i >= view->counted_levels)
            see_layer(defects, view, i, view->levels[i].ip);
        if (i + 1 >= view->counted_levels)
            see_layer(defects, view, i, view->levels[i].transport);
    }
}
