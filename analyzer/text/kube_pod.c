/* Pods (v1): one row for each address, which a pod in two families has two
 * of. A pod's phase stays 'Running' while its containers crash, so what they
 * wait for stands in the detail. */
#include "text/objects.h"

static int64_t restarts(const struct node *pod)
{
    const struct node *containers = node_find(pod, "status/containerStatuses");
    const struct node *container = node_children(containers);
    int64_t sum = 0;

    if (containers == NULL)
        return ABSENT;
    for (; container != NULL; container = container->next) {
        int64_t count;

        if (text_integer(node_text(container, "restartCount"), &count) &&
            count > 0 && count < INT32_MAX)
            sum += count;
    }
    return sum;
}

static void add_containers(struct detail *detail, const struct node *pod)
{
    const struct node *container =
        node_children(node_find(pod, "spec/containers"));
    const struct node *status =
        node_children(node_find(pod, "status/containerStatuses"));

    for (; container != NULL; container = container->next)
        detail_add(detail, "image", node_text(container, "image"));
    for (; status != NULL; status = status->next) {
        detail_add(detail, "waiting",
                   node_text(status, "state/waiting/reason"));
        detail_add(detail, "last terminated",
                   node_text(status, "lastState/terminated/reason"));
        detail_add(detail, "last terminated at",
                   node_text(status, "lastState/terminated/finishedAt"));
    }
}

static const char *pod_detail(struct objects *objects, const struct node *pod)
{
    struct detail detail = { .used = 0 };

    detail_add(&detail, "dnsPolicy", node_text(pod, "spec/dnsPolicy"));
    detail_add(&detail, "started", node_text(pod, "status/startTime"));
    detail_add(&detail, "deleted",
               node_text(pod, "metadata/deletionTimestamp"));
    detail_add(&detail, "reason", node_text(pod, "status/reason"));
    add_containers(&detail, pod);
    return detail_text(objects, &detail);
}

static int64_t put_addresses(struct objects *objects,
                             struct kube_object_row *row,
                             const struct node *pod)
{
    const struct node *item = node_children(node_find(pod, "status/podIPs"));
    int64_t put = 0;

    for (; item != NULL; item = item->next)
        if (address_parse(node_text(item, "ip"), &row->address)) {
            sink_put(objects->sink, TABLE_KUBE_OBJECT, row);
            put++;
        }
    return put;
}

void kube_pod_read(struct objects *objects, const struct node *pod)
{
    struct kube_object_row row;
    struct text ready = kube_condition(pod, "Ready");

    kube_fill_row(objects, pod, &row);
    row.kind = "pod";
    row.node = objects_copy_some(objects, node_text(pod, "spec/nodeName"));
    (void)address_parse(node_text(pod, "status/hostIP"), &row.host_address);
    if (node_get(pod, "spec") != NULL)
        row.is_host_network = node_is_true(pod, "spec/hostNetwork");
    row.phase = objects_copy_some(objects, node_text(pod, "status/phase"));
    if (ready.length > 0)
        row.is_ready = text_equals(ready, "True");
    row.restarts = restarts(pod);
    row.detail = pod_detail(objects, pod);
    if (put_addresses(objects, &row, pod) > 0)
        return;
    (void)address_parse(node_text(pod, "status/podIP"), &row.address);
    sink_put(objects->sink, TABLE_KUBE_OBJECT, &row);
}
