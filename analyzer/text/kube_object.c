/* Which reader an object goes to, by its kind and API group. */
#include "text/objects_kinds.h"

#include <stdio.h>
#include <string.h>

/* To use a kind: a row here and a function in a kube_*.c file. */
const struct kube_kind kube_kinds[] = {
    {
        .kind = "Pod",
        .group = "",
        .read = kube_pod_read,
        .sample = "apiVersion: v1\n"
                  "kind: Pod\n"
                  "metadata: {name: coredns-1, namespace: kube-system, labels: "
                  "{k8s-app: kube-dns}}\n"
                  "spec: {nodeName: w1, containers: [{name: coredns}]}\n"
                  "status: {phase: Running, podIP: 10.244.1.2, hostIP: "
                  "192.168.1.11}\n",
    },
    {
        .kind = "Node",
        .group = "",
        .read = kube_node_read,
        .sample = "apiVersion: v1\n"
                  "kind: Node\n"
                  "metadata:\n"
                  "  name: w1\n"
                  "  annotations:\n"
                  "    flannel.alpha.coreos.com/backend-data: "
                  "'{\"VNI\":1,\"VtepMAC\":\"66:5a:8f:11:22:33\"}'\n"
                  "    flannel.alpha.coreos.com/public-ip: 192.168.1.11\n"
                  "spec: {podCIDR: 10.244.1.0/24}\n"
                  "status:\n"
                  "  addresses: [{type: InternalIP, address: 192.168.1.11}]\n"
                  "  nodeInfo: {kernelVersion: 5.4.0-42-generic}\n",
    },
    {
        .kind = "Node",
        .group = "projectcalico.org",
        .read = kube_calico_node_read,
        .sample = "apiVersion: projectcalico.org/v3\n"
                  "kind: Node\n"
                  "metadata: {name: w1}\n"
                  "spec:\n"
                  "  bgp: {ipv4Address: 192.168.1.11/24}\n"
                  "  ipv4VXLANTunnelAddr: 10.244.1.0\n",
    },
    {
        .kind = "CiliumNode",
        .group = "cilium.io",
        .read = kube_cilium_node_read,
        .sample = "apiVersion: cilium.io/v2\n"
                  "kind: CiliumNode\n"
                  "metadata: {name: w1}\n"
                  "spec:\n"
                  "  addresses: [{type: InternalIP, ip: 192.168.1.11}]\n"
                  "  ipam: {podCIDRs: [10.244.1.0/24]}\n",
    },
    {
        .kind = "Service",
        .group = "",
        .read = kube_service_read,
        .sample =
            "apiVersion: v1\n"
            "kind: Service\n"
            "metadata: {name: kube-dns, namespace: kube-system}\n"
            "spec:\n"
            "  clusterIP: 10.96.0.10\n"
            "  ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]\n",
    },
    {
        .kind = "Endpoints",
        .group = "",
        .read = kube_endpoints_read,
        .sample = "apiVersion: v1\n"
                  "kind: Endpoints\n"
                  "metadata: {name: kube-dns, namespace: kube-system}\n"
                  "subsets:\n"
                  "- addresses: [{ip: 10.244.1.2, nodeName: w1}]\n"
                  "  ports: [{port: 53, protocol: UDP}]\n",
    },
    {
        .kind = "EndpointSlice",
        .group = "discovery.k8s.io",
        .read = kube_slice_read,
        .sample =
            "{\"apiVersion\": \"discovery.k8s.io/v1\", \"kind\": "
            "\"EndpointSlice\",\n"
            " \"metadata\": {\"name\": \"kube-dns-x\", \"namespace\": "
            "\"kube-system\",\n"
            "  \"labels\": {\"kubernetes.io/service-name\": \"kube-dns\"}},\n"
            " \"addressType\": \"IPv4\",\n"
            " \"endpoints\": [{\"addresses\": [\"10.244.1.2\"], \"nodeName\": "
            "\"w1\",\n"
            "  \"conditions\": {\"ready\": true}}],\n"
            " \"ports\": [{\"port\": 53, \"protocol\": \"UDP\"}]}\n",
    },
    {
        .kind = "ConfigMap",
        .group = "",
        .read = kube_config_map_read,
        .sample = "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata: {name: coredns, namespace: kube-system}\n"
                  "data:\n"
                  "  Corefile: |\n"
                  "    .:53 {\n"
                  "        errors\n"
                  "        forward . 10.0.0.53 {\n"
                  "          prefer_udp\n"
                  "        }\n"
                  "    }\n",
    },
    {
        .kind = "DaemonSet",
        .group = "apps",
        .read = kube_daemon_set_read,
        .sample = "apiVersion: apps/v1\n"
                  "kind: DaemonSet\n"
                  "metadata: {name: calico-node, namespace: kube-system}\n"
                  "spec:\n"
                  "  template:\n"
                  "    spec:\n"
                  "      containers:\n"
                  "      - name: calico-node\n"
                  "        image: docker.io/calico/node:v3.19.1\n"
                  "        env: [{name: FELIX_FEATUREDETECTOVERRIDE, value: "
                  "ChecksumOffloadBroken=true}]\n",
    },
    {
        .kind = "FelixConfiguration",
        .group = "projectcalico.org",
        .read = kube_singleton_read,
        .sample = "apiVersion: projectcalico.org/v3\n"
                  "kind: FelixConfiguration\n"
                  "metadata: {name: default}\n"
                  "spec: {vxlanEnabled: true, vxlanPort: 4789, "
                  "featureDetectOverride: ChecksumOffloadBroken=true}\n",
    },
    {
        .kind = "Installation",
        .group = "operator.tigera.io",
        .read = kube_singleton_read,
        .sample = "apiVersion: operator.tigera.io/v1\n"
                  "kind: Installation\n"
                  "metadata: {name: default}\n"
                  "spec:\n"
                  "  calicoNetwork: {mtu: 1450, ipPools: [{cidr: "
                  "10.244.0.0/16, encapsulation: VXLAN}]}\n",
    },
    {
        .kind = "KubeProxyConfiguration",
        .group = "kubeproxy.config.k8s.io",
        .read = kube_singleton_read,
        .sample = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\n"
                  "kind: KubeProxyConfiguration\n"
                  "mode: ipvs\n"
                  "clusterCIDR: 10.244.0.0/16\n",
    },
    {
        .kind = "IPPool",
        .group = "projectcalico.org",
        .read = kube_pool_read,
        .sample = "apiVersion: projectcalico.org/v3\n"
                  "kind: IPPool\n"
                  "metadata: {name: default-ipv4-ippool}\n"
                  "spec: {cidr: 10.244.0.0/16, vxlanMode: Always, ipipMode: "
                  "Never, natOutgoing: true}\n",
    },
    {
        .kind = LOKI_STREAMS,
        .group = "",
        .read = loki_streams_read,
        .sample = "{\"status\": \"success\", \"data\": {\"resultType\": "
                  "\"streams\", \"result\": [{\"stream\": {\"pod\": "
                  "\"coredns-1\", \"node_name\": \"w1\"}, \"values\": [["
                  "\"1795342710000000001\", \"[ERROR] plugin/errors: 2 "
                  "example.com. A: read udp 10.42.0.7:41000->10.20.0.2:53: i/o "
                  "timeout\"]]}]}}\n",
    },
    {
        .kind = LOKI_LINE,
        .group = "",
        .read = loki_line_read,
        .sample = "[{\"line\": \"[ERROR] plugin/errors: 2 example.com. A: read "
                  "udp 10.42.0.7:41000->10.20.0.2:53: i/o timeout\", "
                  "\"timestamp\": \"1795342710000000001\", \"fields\": "
                  "{\"pod\": \"coredns-1\"}}]\n",
    },
};
const size_t kube_kind_count = sizeof kube_kinds / sizeof kube_kinds[0];

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
    { "data/resultType", LOKI_STREAMS },
    { "line", LOKI_LINE },
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
    for (size_t i = 0; i < kube_kind_count; i++)
        if (text_equals(kind, kube_kinds[i].kind) &&
            is_group(node_text(object, "apiVersion"), kube_kinds[i].group))
            return &kube_kinds[i];
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
