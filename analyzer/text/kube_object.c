/* Which reader an object goes to, by its kind and API group. */
#include "text/objects.h"

#include <stdio.h>
#include <string.h>

/* To use a kind: a row here and a function in a kube_*.c file. `group` is
 * part of the apiVersion, "" for the core group ("v1"); the kind Node exists
 * in three. */
static const struct kube_kind {
    const char *kind;
    const char *group;
    kube_read_fn *read;
} kinds[] = {
    { .kind = "Pod", .group = "", .read = kube_pod_read },
    { .kind = "Node", .group = "", .read = kube_node_read },
    {
        .kind = "Node",
        .group = "projectcalico.org",
        .read = kube_calico_node_read,
    },
    { .kind = "CiliumNode",
      .group = "cilium.io",
      .read = kube_cilium_node_read },
    { .kind = "Service", .group = "", .read = kube_service_read },
    { .kind = "Endpoints", .group = "", .read = kube_endpoints_read },
    {
        .kind = "EndpointSlice",
        .group = "discovery.k8s.io",
        .read = kube_slice_read,
    },
    { .kind = "ConfigMap", .group = "", .read = kube_config_map_read },
    { .kind = "DaemonSet", .group = "apps", .read = kube_daemon_set_read },
    {
        .kind = "FelixConfiguration",
        .group = "projectcalico.org",
        .read = kube_singleton_read,
    },
    {
        .kind = "Installation",
        .group = "operator.tigera.io",
        .read = kube_singleton_read,
    },
    {
        .kind = "KubeProxyConfiguration",
        .group = "kubeproxy.config.k8s.io",
        .read = kube_singleton_read,
    },
    { .kind = "IPPool", .group = "projectcalico.org", .read = kube_pool_read },
};

/* Items of a typed list carry no kind of their own. What they have tells
 * them apart; a Secret has a type beside its data, a ConfigMap has not. */
static const struct {
    const char *field;
    const char *kind;
} shapes[] = {
    { "spec/containers", "Pod" },
    { "status/nodeInfo", "Node" },
    { "spec/clusterIP", "Service" },
    { "subsets", "Endpoints" },
    { "addressType", "EndpointSlice" },
    { "spec/template", "workload without kind" },
    { "type", "Secret" },
    { "data", "ConfigMap" },
};

static struct text kind_of(const struct node *object, const char *list_kind)
{
    struct text kind = node_text(object, "kind");

    if (kind.length > 0)
        return kind;
    kind = text_of(list_kind);
    if (text_ends(kind, "List") && kind.length > strlen("List"))
        return text_first(kind, kind.length - strlen("List"));
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (node_find(object, shapes[i].field) != NULL)
            return text_of(shapes[i].kind);
    return text_slice(NULL, 0);
}

static bool is_group(struct text api_version, const char *group)
{
    if (api_version.length == 0)
        return true;
    if (group[0] == '\0')
        return text_find_byte(api_version, '/') < 0;
    return text_find(api_version, group) >= 0;
}

static const struct kube_kind *find_kind(const struct node *object,
                                         struct text kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_equals(kind, kinds[i].kind) &&
            is_group(node_text(object, "apiVersion"), kinds[i].group))
            return &kinds[i];
    return NULL;
}

static void read_one(struct objects *objects, const struct node *object,
                     const char *list_kind)
{
    struct text kind = kind_of(object, list_kind);
    const struct kube_kind *found = find_kind(object, kind);

    if (found == NULL)
        objects_note_unused(objects, kind, object->line);
    else
        found->read(objects, object);
}

/* A list inside a list (several saved answers in one array) is opened once;
 * deeper ones count as objects that are not used. */
void kube_object_read(void *context, const struct node *object,
                      const char *list_kind)
{
    struct objects *objects = context;
    const struct node *items = node_get(object, "items");
    const struct node *item = node_children(items);
    char kind[TREE_KIND_BYTES] = "";
    struct text name = node_text(object, "kind");

    if (items == NULL || items->type != NODE_LIST) {
        read_one(objects, object, list_kind);
        return;
    }
    if (name.length > 0 && name.length < sizeof kind)
        memcpy(kind, name.bytes, name.length);
    for (; item != NULL; item = item->next)
        read_one(objects, item, kind);
}

static const char *label_app(struct objects *objects, const struct node *object)
{
    static const char *const labels[] = { "k8s-app", "app.kubernetes.io/name",
                                          "app" };
    const struct node *all = node_find(object, "metadata/labels");

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        const struct node *label = node_get(all, labels[i]);

        if (label != NULL && label->value.length > 0)
            return objects_copy(objects, label->value);
    }
    return NULL;
}

void kube_fill_row(struct objects *objects, const struct node *object,
                   struct kube_object_row *row)
{
    *row = (struct kube_object_row)KUBE_OBJECT_ROW_NONE;
    row->evidence_id = objects->input->evidence_id;
    row->line = object->line;
    row->namespace =
        objects_copy(objects, node_text(object, "metadata/namespace"));
    row->name = objects_copy(objects, node_text(object, "metadata/name"));
    row->uid = objects_copy_some(objects, node_text(object, "metadata/uid"));
    row->app = label_app(objects, object);
}

struct text kube_condition(const struct node *object, const char *type)
{
    const struct node *condition =
        node_children(node_find(object, "status/conditions"));

    for (; condition != NULL; condition = condition->next)
        if (text_equals(node_text(condition, "type"), type))
            return node_text(condition, "status");
    return text_slice(NULL, 0);
}

const char *kube_ports(struct objects *objects, const struct node *ports)
{
    const struct node *port = node_children(ports);
    struct detail list = { .used = 0 };

    for (; port != NULL; port = port->next) {
        struct text number = node_text(port, "port");
        struct text protocol = node_text(port, "protocol");
        int written;

        if (number.length == 0)
            continue;
        if (protocol.length == 0)
            protocol = text_of("TCP");
        written =
            snprintf(list.bytes + list.used, sizeof list.bytes - list.used,
                     "%s%.*s/%.*s", list.used > 0 ? "," : "",
                     (int)text_first(number, 16).length, number.bytes,
                     (int)text_first(protocol, 16).length, protocol.bytes);
        if ((size_t)written >= sizeof list.bytes - list.used)
            break;
        list.used += (size_t)written;
    }
    return detail_text(objects, &list);
}
