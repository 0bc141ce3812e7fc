#include "track/interfaces.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct interface_sums {
    struct capture_interface_row row;
    char *name;
    char *description;
    char *filter;
};

void interfaces_init(struct interfaces *interfaces, struct outlet *outlet)
{
    *interfaces = (struct interfaces){ .outlet = outlet };
    interfaces->sums =
        memory_allocate(TRACKER_INTERFACES_MAX, sizeof *interfaces->sums);
}

void interfaces_deinit(struct interfaces *interfaces)
{
    for (uint16_t i = 0; i < interfaces->count; i++) {
        free(interfaces->sums[i].name);
        free(interfaces->sums[i].description);
        free(interfaces->sums[i].filter);
    }
    free(interfaces->sums);
    *interfaces = (struct interfaces){ 0 };
}

static void note_too_many(struct interfaces *interfaces)
{
    outlet_count(interfaces->outlet,
                 &(struct oddity){ .name = "capture.too-many-interfaces",
                                   .interface = ABSENT,
                                   .frame = ABSENT,
                                   .byte_offset = ABSENT });
}

uint16_t interfaces_index(struct interfaces *interfaces, int64_t number,
                          int link_type)
{
    uint16_t i;

    if (interfaces->last < interfaces->count &&
        interfaces->sums[interfaces->last].row.number == number)
        return interfaces->last;
    for (i = 0; i < interfaces->count; i++)
        if (interfaces->sums[i].row.number == number)
            break;
    if (i == TRACKER_INTERFACES_MAX) {
        note_too_many(interfaces);
        i--;
    } else if (i == interfaces->count) {
        struct capture_interface_row row = CAPTURE_INTERFACE_ROW_NONE;

        row.evidence_id = interfaces->outlet->evidence_id;
        row.number = number;
        row.link_type = link_type;
        interfaces->sums[i].row = row;
        interfaces->count++;
    }
    interfaces->last = i;
    return i;
}

int64_t interfaces_number(const struct interfaces *interfaces, uint16_t index)
{
    return interfaces->sums[index].row.number;
}

static void keep_text(char **kept, const char *text)
{
    if (text == NULL)
        return;
    free(*kept);
    *kept = memory_allocate(strlen(text) + 1, 1);
    strcpy(*kept, text);
}

void interfaces_declare(struct interfaces *interfaces,
                        const struct tracker_interface *declared)
{
    uint16_t index =
        interfaces_index(interfaces, declared->number, declared->link_type);
    struct interface_sums *sums = &interfaces->sums[index];

    if (sums->row.number != declared->number)
        return;
    sums->row.link_type = declared->link_type;
    sums->row.snaplen_bytes = declared->snaplen_bytes;
    if (declared->received != ABSENT)
        sums->row.received = declared->received;
    if (declared->dropped != ABSENT)
        sums->row.dropped = declared->dropped;
    keep_text(&sums->name, declared->name);
    keep_text(&sums->description, declared->description);
    keep_text(&sums->filter, declared->filter);
}

void interfaces_count(struct interfaces *interfaces, uint16_t index,
                      const struct tracker_frame *frame)
{
    struct capture_interface_row *row = &interfaces->sums[index].row;

    row->packets++;
    row->bytes += (int64_t)frame->frame.wire_bytes;
    if (frame->frame.captured_bytes < frame->frame.wire_bytes)
        row->snapped++;
    if (row->first_ns == ABSENT || frame->at_ns < row->first_ns)
        row->first_ns = frame->at_ns;
    if (row->last_ns == ABSENT || frame->at_ns > row->last_ns)
        row->last_ns = frame->at_ns;
}

void interfaces_finish(struct interfaces *interfaces)
{
    for (uint16_t i = 0; i < interfaces->count; i++) {
        struct interface_sums *sums = &interfaces->sums[i];

        sums->row.name = sums->name;
        sums->row.description = sums->description;
        sums->row.filter = sums->filter;
        sink_put(interfaces->outlet->sink, TABLE_CAPTURE_INTERFACE, &sums->row);
    }
}
