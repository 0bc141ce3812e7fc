/* Services, Endpoints and EndpointSlices: where a ClusterIP leads. */
#include "text/objects.h"

#include <string.h>

static const char *selector_text(struct objects *objects,
                                 const struct node *service)
{
    const struct node *label =
        node_children(node_find(service, "spec/selector"));
    struct detail list = { .used = 0 };

    for (; label != NULL; label = label->next)
        detail_add(&list, objects_copy(objects, label->key), label->value);
    for (size_t i = 0; i < list.used; i++)
        if (list.bytes[i] == ';')
            list.bytes[i] = ',';
    return detail_text(objects, &list);
}

static const char *service_detail(struct objects *objects,
                                  const struct node *service)
{
    struct detail detail = { .used = 0 };
    const char *selector = selector_text(objects, service);

    detail_add(&detail, "type", node_text(service, "spec/type"));
    if (selector != NULL)
        detail_add(&detail, "selector", text_of(selector));
    if (text_equals(node_text(service, "spec/clusterIP"), "None"))
        detail_add(&detail, "clusterIP", text_of("None"));
    detail_add(&detail, "internalTrafficPolicy",
               node_text(service, "spec/internalTrafficPolicy"));
    detail_add(&detail, "externalTrafficPolicy",
               node_text(service, "spec/externalTrafficPolicy"));
    detail_add(&detail, "sessionAffinity",
               node_text(service, "spec/sessionAffinity"));
    return detail_text(objects, &detail);
}

void kube_service_read(struct objects *objects, const struct node *service)
{
    const struct node *item =
        node_children(node_find(service, "spec/clusterIPs"));
    struct kube_object_row row;
    bool any = false;

    kube_fill_row(objects, service, &row);
    row.kind = "service";
    row.ports = kube_ports(objects, node_find(service, "spec/ports"));
    row.detail = service_detail(objects, service);
    for (; item != NULL; item = item->next)
        if (address_parse(item->value, &row.address)) {
            sink_put(objects->sink, TABLE_KUBE_OBJECT, &row);
            any = true;
        }
    if (any)
        return;
    (void)address_parse(node_text(service, "spec/clusterIP"), &row.address);
    sink_put(objects->sink, TABLE_KUBE_OBJECT, &row);
}

static int64_t put_endpoints(struct objects *objects,
                             struct kube_object_row *row,
                             const struct node *addresses, bool is_ready)
{
    const struct node *item = node_children(addresses);
    int64_t put = 0;

    for (; item != NULL; item = item->next) {
        if (!address_parse(node_text(item, "ip"), &row->address))
            continue;
        row->line = item->line;
        row->is_ready = is_ready;
        row->node = objects_copy_some(objects, node_text(item, "nodeName"));
        row->target =
            objects_copy_some(objects, node_text(item, "targetRef/name"));
        sink_put(objects->sink, TABLE_KUBE_OBJECT, row);
        put++;
    }
    return put;
}

/* A service without endpoints is a fact: it gets a row without address. */
void kube_endpoints_read(struct objects *objects, const struct node *endpoints)
{
    const struct node *subset = node_children(node_get(endpoints, "subsets"));
    struct kube_object_row row;
    int64_t put = 0;

    kube_fill_row(objects, endpoints, &row);
    row.kind = "endpoint";
    for (; subset != NULL; subset = subset->next) {
        row.ports = kube_ports(objects, node_get(subset, "ports"));
        put +=
            put_endpoints(objects, &row, node_get(subset, "addresses"), true);
        put += put_endpoints(objects, &row,
                             node_get(subset, "notReadyAddresses"), false);
    }
    if (put == 0)
        sink_put(objects->sink, TABLE_KUBE_OBJECT, &row);
}

static const char *slice_service(struct objects *objects,
                                 const struct node *slice)
{
    const struct node *label = node_get(node_find(slice, "metadata/labels"),
                                        "kubernetes.io/service-name");
    const struct node *owner =
        node_children(node_find(slice, "metadata/ownerReferences"));

    if (label != NULL)
        return objects_copy(objects, label->value);
    if (owner != NULL && text_equals(node_text(owner, "kind"), "Service"))
        return objects_copy(objects, node_text(owner, "name"));
    return objects_copy(objects, node_text(slice, "metadata/name"));
}

static struct text slice_node(const struct node *endpoint)
{
    struct text name = node_text(endpoint, "nodeName");
    const struct node *host = /* discovery.k8s.io/v1beta1 */
        node_get(node_get(endpoint, "topology"), "kubernetes.io/hostname");

    return name.length > 0 || host == NULL ? name : host->value;
}

/* conditions.ready missing means ready (API reference of v1). */
static int64_t put_slice_endpoint(struct objects *objects,
                                  struct kube_object_row *row,
                                  const struct node *endpoint)
{
    const struct node *item = node_children(node_get(endpoint, "addresses"));
    int64_t put = 0;

    row->line = endpoint->line;
    row->is_ready =
        !text_equals_nocase(node_text(endpoint, "conditions/ready"), "false");
    row->node = objects_copy_some(objects, slice_node(endpoint));
    row->target =
        objects_copy_some(objects, node_text(endpoint, "targetRef/name"));
    for (; item != NULL; item = item->next)
        if (address_parse(item->value, &row->address)) {
            sink_put(objects->sink, TABLE_KUBE_OBJECT, row);
            put++;
        }
    return put;
}

void kube_slice_read(struct objects *objects, const struct node *slice)
{
    const struct node *endpoint = node_children(node_get(slice, "endpoints"));
    struct detail detail = { .used = 0 };
    struct kube_object_row row;
    int64_t put = 0;

    kube_fill_row(objects, slice, &row);
    detail_add(&detail, "slice", text_of(row.name));
    row.kind = "endpoint";
    row.name = slice_service(objects, slice);
    row.ports = kube_ports(objects, node_get(slice, "ports"));
    row.detail = detail_text(objects, &detail);
    for (; endpoint != NULL; endpoint = endpoint->next)
        put += put_slice_endpoint(objects, &row, endpoint);
    if (put == 0)
        sink_put(objects->sink, TABLE_KUBE_OBJECT, &row);
}
