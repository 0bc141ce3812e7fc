/* kubectl 1.10 ... 1.30, pkg/describe/describe.go. */
#include "text/describe.h"

#include "text/describe_tree.h"

#include <string.h>

enum {
    LINES_MAX = 20000, /* of one object */
};

struct describe {
    struct objects *objects;
    struct describe_tree tree;
    struct node *endpoints; /* of a service: an object of its own */
    const char *kind;       /* NULL until a line tells */
    struct text section;    /* the last label at the margin */
    struct text part;       /* and one level deeper */
    struct node *container;
    struct node *status; /* of the container */
    struct node *subset;
};

typedef void put_fn(struct describe *describe, struct text label,
                    struct text value);

static void put(struct describe *describe, const char *path, struct text value)
{
    describe_put(&describe->tree, describe->tree.root, path, value);
}

/* "w1/192.168.1.11" */
static void put_node(struct describe *describe, struct text label,
                     struct text value)
{
    (void)label;
    put(describe, "spec/nodeName", text_until(&value, '/'));
    put(describe, "status/hostIP", value);
}

/* A pod of the host has the host's address; nothing else tells it. */
static void put_pod_address(struct describe *describe, struct text label,
                            struct text value)
{
    struct text host = node_text(describe->tree.root, "status/hostIP");
    struct node *item;

    (void)label;
    if (value.length == 0 || text_equals(value, "<none>"))
        return;
    if (host.length == value.length &&
        memcmp(host.bytes, value.bytes, value.length) == 0)
        put(describe, "spec/hostNetwork", text_of("true"));
    if (describe->section.length == 2) {
        put(describe, "status/podIP", value);
        put(describe, "spec/clusterIP", value);
        return;
    }
    item = describe_item(&describe->tree, describe->tree.root, "status/podIPs");
    describe_put(&describe->tree, item, "ip", value);
}

/* "InternalIP:  192.168.1.11" */
static void put_node_address(struct describe *describe, struct text label,
                             struct text value)
{
    struct node *item =
        describe_item(&describe->tree, describe->tree.root, "status/addresses");

    describe_put(&describe->tree, item, "type", label);
    describe_put(&describe->tree, item, "address", value);
}

/* "dns  53/UDP" */
static void put_port(struct describe *describe, struct text label,
                     struct text value)
{
    struct node *item =
        describe_item(&describe->tree, describe->tree.root, "spec/ports");
    struct text name = text_word(&value);

    (void)label;
    value = text_trim(value);
    describe_put(&describe->tree, item, "name", name);
    describe_put(&describe->tree, item, "port", text_until(&value, '/'));
    describe_put(&describe->tree, item, "protocol", value);
}

static void put_addresses(struct describe *describe, const char *path,
                          struct text value)
{
    while (value.length > 0) {
        struct text address = text_trim(text_until(&value, ','));
        struct node *item;

        if (address.length == 0 || text_equals(address, "<none>"))
            continue;
        item = describe_item(&describe->tree, describe->subset, path);
        describe_put(&describe->tree, item, "ip", address);
    }
}

/* "10.244.1.5:53,10.244.2.6:53 + 1 more...", behind the port it is for. */
static void put_service_endpoints(struct describe *describe, struct text label,
                                  struct text value)
{
    const struct node *ports = node_find(describe->tree.root, "spec/ports");
    struct node *port;

    (void)label;
    if (ports == NULL || ports->last == NULL || text_equals(value, "<none>"))
        return;
    if (describe->endpoints == NULL)
        describe->endpoints = describe_map(&describe->tree);
    describe->subset =
        describe_item(&describe->tree, describe->endpoints, "subsets");
    port = describe_item(&describe->tree, describe->subset, "ports");
    describe_put(&describe->tree, port, "protocol",
                 node_text(ports->last, "protocol"));
    while (value.length > 0) {
        struct text endpoint = text_trim(text_until(&value, ','));
        struct text address = text_word(&endpoint);
        struct address parsed;
        int64_t number;
        ptrdiff_t colon = text_find_byte(address, ':');

        if (!endpoint_parse(address, &parsed, &number) || colon < 0)
            continue;
        if (node_get(port, "port") == NULL)
            describe_put(&describe->tree, port, "port",
                         text_from(address, (size_t)colon + 1));
        put_addresses(describe, "addresses",
                      text_first(address, (size_t)colon));
    }
}

static void put_subset(struct describe *describe, struct text label,
                       struct text value)
{
    if (describe->subset == NULL || node_get(describe->subset, "ports") != NULL)
        describe->subset =
            describe_item(&describe->tree, describe->tree.root, "subsets");
    put_addresses(describe,
                  text_equals(label, "Addresses") ? "addresses"
                                                  : "notReadyAddresses",
                  value);
}

static void put_image(struct describe *describe, struct text label,
                      struct text value)
{
    (void)label;
    describe->container =
        describe_item(&describe->tree, describe->tree.root, "spec/containers");
    describe->status = describe_item(&describe->tree, describe->tree.root,
                                     "status/containerStatuses");
    describe_put(&describe->tree, describe->container, "image", value);
}

static void put_restarts(struct describe *describe, struct text label,
                         struct text value)
{
    (void)label;
    if (describe->status != NULL)
        describe_put(&describe->tree, describe->status, "restartCount", value);
}

/* Of "State: Waiting" or "Last State: Terminated", a level above. */
static void put_reason(struct describe *describe, struct text label,
                       struct text value)
{
    (void)label;
    if (describe->status == NULL)
        return;
    if (text_equals(describe->part, "State"))
        describe_put(&describe->tree, describe->status, "state/waiting/reason",
                     value);
    else if (text_equals(describe->part, "Last State"))
        describe_put(&describe->tree, describe->status,
                     "lastState/terminated/reason", value);
}

/* To use another line: a row. `section` is the label at the margin above it,
 * "" for a line at the margin. */
static const struct {
    const char *section;
    const char *label;
    const char *path; /* where it goes, or ... */
    put_fn *put;      /* ... who puts it */
} fields[] = {
    { "", "Name", "metadata/name", NULL },
    { "", "Namespace", "metadata/namespace", NULL },
    { "", "Node", NULL, put_node },
    { "", "Start Time", "status/startTime", NULL },
    { "", "Status", "status/phase", NULL },
    { "", "Reason", "status/reason", NULL },
    { "", "IP", NULL, put_pod_address },
    { "IPs", "IP", NULL, put_pod_address },
    { "", "PodCIDR", "spec/podCIDR", NULL },
    { "Addresses", "InternalIP", NULL, put_node_address },
    { "Addresses", "ExternalIP", NULL, put_node_address },
    { "Addresses", "Hostname", NULL, put_node_address },
    { "System Info", "Machine ID", "status/nodeInfo/machineID", NULL },
    { "System Info", "Kernel Version", "status/nodeInfo/kernelVersion", NULL },
    { "System Info", "OS Image", "status/nodeInfo/osImage", NULL },
    { "System Info", "Container Runtime Version",
      "status/nodeInfo/containerRuntimeVersion", NULL },
    { "System Info", "Kubelet Version", "status/nodeInfo/kubeletVersion",
      NULL },
    { "", "Type", "spec/type", NULL },
    { "", "Session Affinity", "spec/sessionAffinity", NULL },
    { "", "Port", NULL, put_port },
    { "", "Endpoints", NULL, put_service_endpoints },
    { "Subsets", "Addresses", NULL, put_subset },
    { "Subsets", "NotReadyAddresses", NULL, put_subset },
    { "Containers", "Image", NULL, put_image },
    { "Containers", "Restart Count", NULL, put_restarts },
    { "Containers", "Reason", NULL, put_reason },
};

/* What only one kind has at the margin. */
static const struct {
    const char *label;
    const char *kind;
} marks[] = {
    { "System Info", "Node" },         { "PodCIDR", "Node" },
    { "Containers", "Pod" },           { "QoS Class", "Pod" },
    { "Session Affinity", "Service" }, { "TargetPort", "Service" },
    { "Subsets", "Endpoints" },
};

/* Lists of pairs: "k8s-app=kube-dns", "flannel.../backend-type: vxlan". */
static const struct {
    const char *section;
    const char *path;
    char separator;
} pairs[] = {
    { "Labels", "metadata/labels", '=' },
    { "Annotations", "metadata/annotations", ':' },
    { "Selector", "spec/selector", '=' },
};

static bool take_pair(struct describe *describe, struct text line)
{
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct node *map;
        struct text key;

        if (!text_equals(describe->section, pairs[i].section))
            continue;
        if (text_find_byte(line, pairs[i].separator) < 0)
            return true;
        map = describe_at(&describe->tree, describe->tree.root, pairs[i].path);
        key = text_trim(text_until(&line, pairs[i].separator));
        describe_set(&describe->tree, map, key, text_trim(line));
        return true;
    }
    return false;
}

/* "  Ready    True    ..." under Conditions, "    dns  53  UDP" under the
 * ports of a subset. */
static void take_cells(struct describe *describe, struct text line)
{
    struct text first = text_word(&line);
    struct text second = text_word(&line);
    struct text third = text_word(&line);
    struct node *item;
    int64_t port;

    if (text_equals(describe->section, "Conditions")) {
        item = describe_item(&describe->tree, describe->tree.root,
                             "status/conditions");
        describe_put(&describe->tree, item, "type", first);
        describe_put(&describe->tree, item, "status", second);
    } else if (text_equals(describe->section, "Subsets") &&
               describe->subset != NULL && text_integer(second, &port)) {
        item = describe_item(&describe->tree, describe->subset, "ports");
        describe_put(&describe->tree, item, "name", first);
        describe_put(&describe->tree, item, "port", second);
        describe_put(&describe->tree, item, "protocol", third);
    }
}

static void take_field(struct describe *describe, struct text section,
                       struct text label, struct text value)
{
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (!text_equals(section, fields[i].section) ||
            !text_equals(label, fields[i].label))
            continue;
        if (fields[i].put != NULL)
            fields[i].put(describe, label, value);
        else if (value.length > 0)
            put(describe, fields[i].path, value);
    }
}

static void take_mark(struct describe *describe, struct text label)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (describe->kind == NULL && text_equals(label, marks[i].label))
            describe->kind = marks[i].kind;
}

static void take_line(struct describe *describe, struct text line)
{
    bool is_at_margin = line.length > 0 && line.bytes[0] != ' ';
    struct text trimmed = text_trim(line);
    struct text value = trimmed;
    struct text label = text_until(&value, ':');
    struct text section = text_of("");

    value = text_trim(value);
    if (is_at_margin) {
        describe->section = label;
        take_mark(describe, label);
        if (take_pair(describe, value))
            return;
    } else {
        if (take_pair(describe, trimmed))
            return;
        if (label.length == trimmed.length) {
            take_cells(describe, trimmed);
            return;
        }
        if (!text_equals(label, "Reason"))
            describe->part = label;
        section = describe->section;
    }
    take_field(describe, section, label, value);
}

bool describe_is_first_line(struct text line)
{
    return text_skip(&line, "Name:  ") && text_trim(line).length > 0;
}

static void finish(struct describe *describe)
{
    static const struct {
        const char *kind;
        kube_read_fn *read;
    } readers[] = {
        { "Node", kube_node_read },
        { "Pod", kube_pod_read },
        { "Service", kube_service_read },
        { "Endpoints", kube_endpoints_read },
    };

    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (describe->kind != NULL &&
            strcmp(describe->kind, readers[i].kind) == 0)
            readers[i].read(describe->objects, describe->tree.root);
    if (describe->kind == NULL)
        objects_note_unused(describe->objects, text_of("described object"),
                            describe->tree.root->line);
    if (describe->endpoints == NULL)
        return;
    describe_put(&describe->tree, describe->endpoints, "metadata/name",
                 node_text(describe->tree.root, "metadata/name"));
    describe_put(&describe->tree, describe->endpoints, "metadata/namespace",
                 node_text(describe->tree.root, "metadata/namespace"));
    kube_endpoints_read(describe->objects, describe->endpoints);
}

void describe_read(struct objects *objects, bool (*ends)(struct text line))
{
    struct describe describe = { .objects = objects };
    struct text line;
    int lines = 0;

    describe_tree_init(&describe.tree, objects->input->arena);
    describe.tree.line = objects->source.line;
    describe.tree.root = describe_map(&describe.tree);
    while (source_line_ahead(&objects->source, &line)) {
        if (lines > 0 && (describe_is_first_line(line) || ends(line)))
            break;
        describe.tree.line = objects->source.line;
        if (lines++ < LINES_MAX)
            take_line(&describe,
                      text_slice(text_copy(objects->input->arena, line),
                                 line.length));
        source_skip_line(&objects->source);
    }
    objects_note_format(objects, "kubectl describe");
    finish(&describe);
}
