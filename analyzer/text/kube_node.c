/* Nodes: v1 Node with the annotations that network plugins leave on it,
 * Calico's own Node, and CiliumNode. Where a node's tunnel ends is in these.
 */
#include "text/objects.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *key;
    const char *path;
} node_details[] = {
    { "version", "status/nodeInfo/kubeletVersion" },
    { "kernel", "status/nodeInfo/kernelVersion" },
    { "os", "status/nodeInfo/osImage" },
    { "runtime", "status/nodeInfo/containerRuntimeVersion" },
    { "machine", "status/nodeInfo/machineID" },
    { "podCIDR", "spec/podCIDR" },
    { "unschedulable", "spec/unschedulable" },
};

static const char *node_detail(struct objects *objects, const struct node *node)
{
    struct detail detail = { .used = 0 };

    for (size_t i = 0; i < sizeof node_details / sizeof node_details[0]; i++)
        detail_add(&detail, node_details[i].key,
                   node_text(node, node_details[i].path));
    return detail_text(objects, &detail);
}

/* Annotations that say something of the network between nodes. */
static bool is_network_annotation(struct text key)
{
    static const char *const parts[] = {
        "projectcalico.org/", "flannel.",   "cilium.io/",   "k8s.ovn.org/",
        "kube-router.io/",    "antrea.io/", "weave.works/",
    };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (text_find(key, parts[i]) >= 0)
            return true;
    return text_ends(key, "/public-ip") || text_ends(key, "/internal-ip");
}

static void put_named(struct objects *objects, const char *source,
                      const char *name, const struct node *value)
{
    objects_put_setting(objects, value->line, source, text_of(name),
                        value->value);
}

struct backend {
    struct objects *objects;
    const char *prefix;
};

static void take_backend(void *context, const struct node *object,
                         const char *list_kind)
{
    struct backend *backend = context;

    (void)list_kind;
    objects_put_settings(backend->objects, object, "node annotation",
                         backend->prefix);
}

/* flannel's {"VNI":1,"VtepMAC":"be:03:..."} as NODE/KEY.VtepMAC. */
static void put_backend(struct objects *objects, const char *name,
                        const struct node *annotation)
{
    struct backend backend = {
        .objects = objects,
        .prefix = arena_format(objects->input->arena, "%s.", name),
    };

    objects_parse_scalar(objects, annotation, take_backend, &backend);
}

static void put_annotations(struct objects *objects, const struct node *node,
                            const char *name)
{
    const struct node *annotation =
        node_children(node_find(node, "metadata/annotations"));

    for (; annotation != NULL; annotation = annotation->next) {
        const char *full;

        if (annotation->type != NODE_SCALAR ||
            !is_network_annotation(annotation->key))
            continue;
        full = arena_format(objects->input->arena, "%s/%s", name,
                            objects_copy(objects, annotation->key));
        put_named(objects, "node annotation", full, annotation);
        if (text_starts(text_trim(annotation->value), "{"))
            put_backend(objects, full, annotation);
    }
}

static int64_t put_addresses(struct objects *objects,
                             struct kube_object_row *row,
                             const struct node *node)
{
    const struct node *item =
        node_children(node_find(node, "status/addresses"));
    int64_t put = 0;

    for (; item != NULL; item = item->next)
        if (text_equals(node_text(item, "type"), "InternalIP") &&
            address_parse(node_text(item, "address"), &row->address)) {
            sink_put(objects->sink, TABLE_KUBE_OBJECT, row);
            put++;
        }
    return put;
}

void kube_node_read(struct objects *objects, const struct node *node)
{
    struct kube_object_row row;
    struct text ready = kube_condition(node, "Ready");

    kube_fill_row(objects, node, &row);
    row.kind = "node";
    if (ready.length > 0) {
        row.is_ready = text_equals(ready, "True");
        row.phase = row.is_ready ? "Ready" : "NotReady";
    }
    row.detail = node_detail(objects, node);
    if (put_addresses(objects, &row, node) == 0)
        sink_put(objects->sink, TABLE_KUBE_OBJECT, &row);
    put_annotations(objects, node, row.name);
}

static const char *name_prefix(struct objects *objects,
                               const struct node *object)
{
    return arena_format(
        objects->input->arena, "%s/",
        objects_copy(objects, node_text(object, "metadata/name")));
}

/* projectcalico.org Node: spec.bgp.ipv4Address, spec.ipv4VXLANTunnelAddr,
 * spec.vxlanTunnelMACAddr. */
void kube_calico_node_read(struct objects *objects, const struct node *node)
{
    objects_put_settings(objects, node_get(node, "spec"), "calico Node",
                         name_prefix(objects, node));
}

/* cilium.io CiliumNode: spec.addresses[0].ip, .type. */
void kube_cilium_node_read(struct objects *objects, const struct node *node)
{
    objects_put_settings(objects, node_get(node, "spec"), "CiliumNode",
                         name_prefix(objects, node));
}
