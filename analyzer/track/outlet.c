#include "track/outlet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct oddity *sum_of(struct outlet *outlet, const struct oddity *oddity)
{
    struct oddity *sum;

    for (size_t i = 0; i < outlet->oddity_count; i++) {
        sum = &outlet->oddities[i];
        if (strcmp(sum->name, oddity->name) == 0 && sum->what == oddity->what &&
            sum->interface == oddity->interface)
            return sum;
    }
    if (outlet->oddity_count == OUTLET_KINDS_MAX)
        return NULL;
    sum = &outlet->oddities[outlet->oddity_count++];
    *sum = *oddity;
    sum->count = 0;
    sum->placed = 0;
    return sum;
}

void outlet_add(struct outlet *outlet, const struct oddity *oddity,
                int64_t count)
{
    struct oddity *sum = sum_of(outlet, oddity);

    if (sum == NULL)
        return;
    if (sum->count == 0)
        sum->frame = oddity->frame;
    sum->count += count;
}

void outlet_count(struct outlet *outlet, const struct oddity *oddity)
{
    outlet_add(outlet, oddity, 1);
}

static void write_row(struct outlet *outlet, const struct oddity *oddity)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;
    char detail[160];

    row.evidence_id = outlet->evidence_id;
    row.name = oddity->name;
    row.frame = oddity->frame;
    row.byte_offset = oddity->byte_offset;
    row.packets = oddity->count;
    row.detail = oddity->what;
    if (oddity->interface != ABSENT) {
        snprintf(detail, sizeof detail, "interface %" PRId64 "%s%s",
                 oddity->interface, oddity->what == NULL ? "" : ": ",
                 oddity->what == NULL ? "" : oddity->what);
        row.detail = detail;
    }
    sink_anomaly(outlet->sink, &row);
}

void outlet_place(struct outlet *outlet, const struct oddity *oddity)
{
    struct oddity placed = *oddity;
    struct oddity *sum;

    placed.interface = ABSENT;
    sum = sum_of(outlet, &placed);
    if (sum == NULL)
        return;
    if (sum->placed == OUTLET_PLACES_MAX) {
        outlet_count(outlet, &placed);
        return;
    }
    sum->placed++;
    placed.count = 1;
    write_row(outlet, &placed);
}

void outlet_finish(struct outlet *outlet)
{
    for (size_t i = 0; i < outlet->oddity_count; i++)
        if (outlet->oddities[i].count > 0)
            write_row(outlet, &outlet->oddities[i]);
    outlet->oddity_count = 0;
}
