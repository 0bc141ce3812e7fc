/* kubectl tables (`-o wide` or not, with NAMESPACE column or not). The header
 * tells what the rows are; AGE and the like are not facts. */
#include "text/objects_kinds.h"

#include "text/prompt.h"

#include <stdio.h>
#include <string.h>

const char *table_cell(struct table_row *row, const char *name)
{
    return objects_copy_some(row->objects, grid_cell(row->grid, name));
}

void table_put(struct table_row *row)
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

    row->row.node = table_cell(row, "NODE");
    row->row.phase = table_cell(row, "STATUS");
    row->row.is_ready = ready_of(grid_cell(row->grid, "READY"));
    if (!text_integer(text_word(&restarts), &row->row.restarts))
        row->row.restarts = ABSENT;
    detail_add(&detail, "last restart", text_trim(restarts));
    row->row.detail = detail_text(row->objects, &detail);
    (void)address_parse(grid_cell(row->grid, "IP"), &row->row.address);
    table_put(row);
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
    row->row.phase = table_cell(row, "STATUS");
    row->row.is_ready = text_equals(text_until(&status, ','), "Ready");
    row->row.detail = detail_text(row->objects, &detail);
    (void)address_parse(grid_cell(row->grid, "INTERNAL-IP"), &row->row.address);
    table_put(row);
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
    table_put(row);
}

/* To use another table: a row here and a function above. The first row whose
 * columns are all there reads. */
const struct table_kind table_kinds[] = {
    {
        .kind = "pod",
        .needs = { "READY", "STATUS", "RESTARTS" },
        .read = read_pod,
        .sample = "NAMESPACE     NAME        READY   STATUS    RESTARTS   AGE  "
                  " IP           NODE\n"
                  "kube-system   coredns-1   1/1     Running   0          5d   "
                  " 10.244.1.2   w1\n",
    },
    {
        .kind = "node",
        .needs = { "STATUS", "ROLES", "VERSION" },
        .read = read_node,
        .sample =
            "NAME   STATUS   ROLES    AGE   VERSION    INTERNAL-IP    "
            "EXTERNAL-IP\n"
            "w1     Ready    <none>   5d    v1.21.14   192.168.1.11   <none>\n",
    },
    {
        .kind = "service",
        .needs = { "TYPE", "CLUSTER-IP", "PORT(S)" },
        .read = read_service,
        .sample = "NAMESPACE     NAME       TYPE        CLUSTER-IP   "
                  "EXTERNAL-IP   PORT(S)\n"
                  "kube-system   kube-dns   ClusterIP   10.96.0.10   <none>    "
                  "    53/UDP,53/TCP\n",
    },
    {
        .kind = "endpoint",
        .needs = { "ADDRESSTYPE", "PORTS", "ENDPOINTS" },
        .read = table_read_slice,
        .sample = "NAMESPACE     NAME         ADDRESSTYPE   PORTS   ENDPOINTS  "
                  "             AGE\n"
                  "kube-system   kube-dns-x   IPv4          53      "
                  "10.244.1.2,10.244.2.2   5d\n",
    },
    {
        .kind = "endpoint",
        .needs = { "ENDPOINTS", "AGE", "NAME" },
        .read = table_read_endpoints,
        .sample = "NAMESPACE     NAME       ENDPOINTS                     AGE\n"
                  "kube-system   kube-dns   10.244.1.2:53,10.244.2.2:53   5d\n",
    },
};
const size_t table_kind_count = sizeof table_kinds / sizeof table_kinds[0];

static const struct table_kind *find_kind(const struct table_grid *grid)
{
    for (size_t i = 0; i < table_kind_count; i++)
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
    namespace = table_cell(&row, "NAMESPACE");
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
