/* kubectl tables (`-o wide` or not, with NAMESPACE column or not). The header
 * tells what the rows are; AGE and the like are not facts. */
#include "text/objects_table.h"

#include "text/prompt.h"

#include <stdio.h>
#include <string.h>

struct table_row {
    struct objects *objects;
    const struct table_grid *grid;
    struct kube_object_row row;
};

static const char *copy_cell(struct table_row *row, const char *name)
{
    return objects_copy_some(row->objects, grid_cell(row->grid, name));
}

static void put(struct table_row *row)
{
    sink_put(row->objects->sink, TABLE_KUBE_OBJECT, &row->row);
}

/* '1/1' */
static int64_t ready_of(struct text cell)
{
    int64_t ready;
    int64_t all;
    struct text left = text_until(&cell, '/');

    if (!text_integer(left, &ready) || !text_integer(cell, &all))
        return ABSENT;
    return ready == all && all > 0;
}

static void read_pod(struct table_row *row)
{
    struct text restarts = grid_cell(row->grid, "RESTARTS");
    struct detail detail = { .used = 0 };

    row->row.node = copy_cell(row, "NODE");
    row->row.phase = copy_cell(row, "STATUS");
    row->row.is_ready = ready_of(grid_cell(row->grid, "READY"));
    if (!text_integer(text_word(&restarts), &row->row.restarts))
        row->row.restarts = ABSENT;
    detail_add(&detail, "last restart", text_trim(restarts));
    row->row.detail = detail_text(row->objects, &detail);
    (void)address_parse(grid_cell(row->grid, "IP"), &row->row.address);
    put(row);
}

static const struct {
    const char *column;
    const char *key;
} node_details[] = {
    { "ROLES", "roles" },
    { "VERSION", "version" },
    { "KERNEL-VERSION", "kernel" },
    { "OS-IMAGE", "os" },
    { "CONTAINER-RUNTIME", "runtime" },
};

static void read_node(struct table_row *row)
{
    struct text status = grid_cell(row->grid, "STATUS");
    struct detail detail = { .used = 0 };

    for (size_t i = 0; i < sizeof node_details / sizeof node_details[0]; i++)
        detail_add(&detail, node_details[i].key,
                   grid_cell(row->grid, node_details[i].column));
    row->row.phase = copy_cell(row, "STATUS");
    row->row.is_ready = text_equals(text_until(&status, ','), "Ready");
    row->row.detail = detail_text(row->objects, &detail);
    (void)address_parse(grid_cell(row->grid, "INTERNAL-IP"), &row->row.address);
    put(row);
}

/* '53/UDP,80:31234/TCP': the port, without the node's port. */
static const char *ports_of(struct table_row *row, struct text cell)
{
    struct detail list = { .used = 0 };

    while (cell.length > 0) {
        struct text protocol = text_until(&cell, ',');
        struct text port = text_until(&protocol, '/');
        struct text number = text_until(&port, ':');
        int written =
            snprintf(list.bytes + list.used, sizeof list.bytes - list.used,
                     "%s%.*s/%.*s", list.used > 0 ? "," : "",
                     (int)text_first(number, 16).length, number.bytes,
                     (int)text_first(protocol, 16).length,
                     protocol.length > 0 ? protocol.bytes : "");

        if ((size_t)written >= sizeof list.bytes - list.used)
            break;
        list.used += (size_t)written;
    }
    return detail_text(row->objects, &list);
}

static void read_service(struct table_row *row)
{
    struct text cluster = grid_cell(row->grid, "CLUSTER-IP");
    struct detail detail = { .used = 0 };

    detail_add(&detail, "type", grid_cell(row->grid, "TYPE"));
    detail_add(&detail, "selector", grid_cell(row->grid, "SELECTOR"));
    detail_add(&detail, "external", grid_cell(row->grid, "EXTERNAL-IP"));
    if (text_equals(cluster, "None"))
        detail_add(&detail, "clusterIP", cluster);
    row->row.ports = ports_of(row, grid_cell(row->grid, "PORT(S)"));
    row->row.detail = detail_text(row->objects, &detail);
    (void)address_parse(cluster, &row->row.address);
    put(row);
}

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
static void read_endpoints(struct table_row *row)
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
        put(row);
    }
    row->row.is_ready = ABSENT;
    if (list->count == 0)
        put(row);
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

static void read_slice(struct table_row *row)
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
            put(row);
            any = true;
        }
    if (!any)
        put(row);
}

/* To use another table: a row here and a function above. The first row whose
 * columns are all there reads. */
static const struct table_kind {
    const char *kind;
    const char *needs[3];
    void (*read)(struct table_row *row);
} table_kinds[] = {
    {
        .kind = "pod",
        .needs = { "READY", "STATUS", "RESTARTS" },
        .read = read_pod,
    },
    {
        .kind = "node",
        .needs = { "STATUS", "ROLES", "VERSION" },
        .read = read_node,
    },
    {
        .kind = "service",
        .needs = { "TYPE", "CLUSTER-IP", "PORT(S)" },
        .read = read_service,
    },
    {
        .kind = "endpoint",
        .needs = { "ADDRESSTYPE", "PORTS", "ENDPOINTS" },
        .read = read_slice,
    },
    {
        .kind = "endpoint",
        .needs = { "ENDPOINTS", "AGE", "NAME" },
        .read = read_endpoints,
    },
};

static const struct table_kind *find_kind(const struct table_grid *grid)
{
    for (size_t i = 0; i < sizeof table_kinds / sizeof table_kinds[0]; i++)
        if (grid_has(grid, table_kinds[i].needs[0]) &&
            grid_has(grid, table_kinds[i].needs[1]) &&
            grid_has(grid, table_kinds[i].needs[2]))
            return &table_kinds[i];
    return NULL;
}

bool objects_is_header(struct text line)
{
    struct table_grid grid;

    return grid_set_header(&grid, line);
}

bool objects_is_known_header(struct text line)
{
    struct table_grid grid;

    return grid_set_header(&grid, line) && find_kind(&grid) != NULL;
}

/* LABELS with --show-labels: 'k8s-app=kube-dns,pod-template-hash=...'. */
static const char *app_of(struct objects *objects, struct text labels)
{
    while (labels.length > 0) {
        struct text label = text_until(&labels, ',');

        if (text_skip(&label, "k8s-app=") ||
            text_skip(&label, "app.kubernetes.io/name=") ||
            text_skip(&label, "app="))
            return objects_copy_some(objects, label);
    }
    return NULL;
}

static bool is_object_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.bytes[i];

        if (!(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9') &&
            (byte == '\0' || strchr("-.:", byte) == NULL))
            return false;
    }
    return name.length > 0;
}

/* `kubectl get all` and `get pods,svc` write pod/NAME. */
static struct text bare_name(struct text name)
{
    ptrdiff_t slash = text_find_byte(name, '/');

    return slash < 0 ? name : text_from(name, (size_t)slash + 1);
}

static bool read_row(struct objects *objects, struct table_grid *grid,
                     const struct table_kind *kind, struct text line)
{
    struct table_row row = { .objects = objects, .grid = grid };
    struct text name;
    const char *namespace;

    if (!grid_split(grid, line))
        return false;
    name = bare_name(grid_cell(grid, "NAME"));
    if (!is_object_name(name))
        return false;
    namespace = copy_cell(&row, "NAMESPACE");
    row.row = (struct kube_object_row)KUBE_OBJECT_ROW_NONE;
    row.row.evidence_id = objects->input->evidence_id;
    row.row.line = objects->source.line;
    row.row.kind = kind->kind;
    row.row.namespace = namespace != NULL ? namespace : objects->namespace;
    if (strcmp(kind->kind, "node") == 0)
        row.row.namespace = "";
    row.row.name = objects_copy(objects, name);
    row.row.app = app_of(objects, grid_cell(grid, "LABELS"));
    kind->read(&row);
    return true;
}

static bool ends_table(struct text line)
{
    struct prompt prompt;

    return text_trim(line).length == 0 || objects_is_header(line) ||
           prompt_parse(line, &prompt);
}

/* The header is copied, since the source moves on under it. */
static struct text copy_header(struct objects *objects, struct text line)
{
    return text_of(objects_copy(objects, line));
}

void objects_read_table(struct objects *objects)
{
    struct table_grid grid;
    const struct table_kind *kind;
    int64_t first_wrong = 0;
    struct text line;

    (void)source_line_ahead(&objects->source, &line);
    (void)grid_set_header(&grid, copy_header(objects, line));
    kind = find_kind(&grid);
    objects_note_format(objects, "kubectl table");
    source_skip_line(&objects->source);
    while (source_line_ahead(&objects->source, &line) && !ends_table(line)) {
        if (kind == NULL)
            objects_note_unused(objects, text_of("row of another table"),
                                objects->source.line);
        else if (!read_row(objects, &grid, kind, line) && first_wrong == 0)
            first_wrong = objects->source.line;
        source_skip_line(&objects->source);
    }
    if (first_wrong > 0)
        objects_note_wrong(objects, "objects.row-not-understood", first_wrong,
                           "a line under a kubectl header does not fit it");
}
