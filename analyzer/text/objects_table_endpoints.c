/* Tables of endpoints and endpoint slices: a cell is a list, cut short by
 * kubectl after three. */
#include "text/objects_table.h"

#include <stdio.h>
#include <string.h>

/* What stands after ' + ' of '10.0.0.1:53,10.0.0.2:53 + 3 more...'. */
static void take_more(struct text *cell, struct detail *detail)
{
    ptrdiff_t more = text_find(*cell, " + ");
    struct text rest;

    if (more < 0)
        return;
    rest = text_from(*cell, (size_t)more + 3);
    detail_add(detail, "not shown", text_word(&rest));
    *cell = text_first(*cell, (size_t)more);
}

enum {
    ENDPOINTS_MAX = 256,
};

struct endpoint_list {
    struct address address[ENDPOINTS_MAX];
    struct detail ports[ENDPOINTS_MAX];
    size_t count;
};

static struct detail *ports_at(struct endpoint_list *list,
                               const struct address *address)
{
    size_t i = 0;

    while (i < list->count && !address_equals(&list->address[i], address))
        i++;
    if (i == ENDPOINTS_MAX)
        return NULL;
    if (i == list->count)
        list->address[list->count++] = *address;
    return &list->ports[i];
}

static void add_port(struct detail *ports, int64_t port)
{
    char text[32];
    struct text have = text_slice(ports->bytes, ports->used);

    snprintf(text, sizeof text, "%lld/?", (long long)port);
    while (have.length > 0)
        if (text_equals(text_until(&have, ','), text))
            return;
    if (ports->used + strlen(text) + 1 < sizeof ports->bytes)
        ports->used += (size_t)snprintf(
            ports->bytes + ports->used, sizeof ports->bytes - ports->used,
            "%s%s", ports->used > 0 ? "," : "", text);
}

/* One row for each address with all its ports: '53/?', as the table does not
 * say the protocol. */
void table_read_endpoints(struct table_row *row)
{
    struct endpoint_list *list =
        arena_allocate(row->objects->input->arena, sizeof *list);
    struct text cell = grid_cell(row->grid, "ENDPOINTS");
    struct detail detail = { .used = 0 };

    take_more(&cell, &detail);
    row->row.detail = detail_text(row->objects, &detail);
    row->row.is_ready = 1; /* kubectl shows only the ready ones here */
    while (cell.length > 0) {
        struct address address;
        int64_t port;
        struct detail *ports = NULL;

        if (endpoint_parse(text_trim(text_until(&cell, ',')), &address, &port))
            ports = ports_at(list, &address);
        if (ports != NULL)
            add_port(ports, port);
    }
    for (size_t i = 0; i < list->count; i++) {
        row->row.address = list->address[i];
        row->row.ports = detail_text(row->objects, &list->ports[i]);
        table_put(row);
    }
    row->row.is_ready = ABSENT;
    if (list->count == 0)
        table_put(row);
}

/* A generated name is that of the service, '-' and five letters or digits of
 * this alphabet (k8s.io/apimachinery util/rand). */
static struct text service_of(struct text slice)
{
    static const char alphabet[] = "bcdfghjklmnpqrstvwxz2456789";

    if (slice.length < 7 || slice.bytes[slice.length - 6] != '-')
        return slice;
    for (size_t i = slice.length - 5; i < slice.length; i++)
        if (slice.bytes[i] == '\0' || strchr(alphabet, slice.bytes[i]) == NULL)
            return slice;
    return text_first(slice, slice.length - 6);
}

void table_read_slice(struct table_row *row)
{
    struct text cell = grid_cell(row->grid, "ENDPOINTS");
    struct text ports = grid_cell(row->grid, "PORTS");
    struct detail detail = { .used = 0 };
    struct detail list = { .used = 0 };
    bool any = false;

    detail_add(&detail, "slice", text_of(row->row.name));
    take_more(&cell, &detail);
    take_more(&ports, &detail);
    row->row.name =
        objects_copy(row->objects, service_of(text_of(row->row.name)));
    row->row.detail = detail_text(row->objects, &detail);
    while (ports.length > 0) {
        int64_t port;

        if (text_integer(text_trim(text_until(&ports, ',')), &port))
            add_port(&list, port);
    }
    row->row.ports = detail_text(row->objects, &list);
    while (cell.length > 0)
        if (address_parse(text_trim(text_until(&cell, ',')),
                          &row->row.address)) {
            table_put(row);
            any = true;
        }
    if (!any)
        table_put(row);
}
