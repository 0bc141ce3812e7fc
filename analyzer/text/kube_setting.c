/* Objects that are settings: of Calico, its operator, kube-proxy, and what
 * DaemonSets hand to calico-node in the environment. */
#include "text/objects.h"

#include <string.h>

/* One of its kind in a cluster: names are the paths in its spec
 * ('vxlanPort', 'calicoNetwork.ipPools[0].encapsulation'). Calico's
 * configuration of one node is named 'node.NODE' and goes in front. */
void kube_singleton_read(struct objects *objects, const struct node *object)
{
    struct text kind = node_text(object, "kind");
    struct text name = node_text(object, "metadata/name");
    const struct node *spec = node_get(object, "spec");
    const char *prefix = "";

    if (text_starts(name, "node."))
        prefix = arena_format(objects->input->arena, "%s/",
                              objects_copy(objects, name));
    if (kind.length == 0)
        kind = text_of("settings");
    objects_put_settings(objects, spec != NULL ? spec : object,
                         objects_copy(objects, kind), prefix);
}

/* A cluster has several pools: 'POOL/cidr', 'POOL/vxlanMode'. */
void kube_pool_read(struct objects *objects, const struct node *pool)
{
    const char *name = objects_copy(objects, node_text(pool, "metadata/name"));

    objects_put_settings(objects, node_get(pool, "spec"), "IPPool",
                         arena_format(objects->input->arena, "%s/", name));
}

static bool is_network_variable(struct text name)
{
    return text_starts(name, "FELIX_") ||
           text_starts(name, "CALICO_IPV4POOL_") ||
           text_starts(name, "CALICO_IPV6POOL_") || text_equals(name, "IP") ||
           text_equals(name, "IP_AUTODETECTION_METHOD") ||
           text_equals(name, "CLUSTER_TYPE");
}

/* FELIX_FEATUREDETECTOVERRIDE and its like: they win over the
 * FelixConfiguration. */
void kube_daemon_set_read(struct objects *objects, const struct node *set)
{
    const struct node *container =
        node_children(node_find(set, "spec/template/spec/containers"));
    bool any = false;

    for (; container != NULL; container = container->next) {
        const struct node *variable = node_children(node_get(container, "env"));

        if (text_find(node_text(container, "name"), "calico-node") < 0)
            continue;
        for (; variable != NULL; variable = variable->next) {
            struct text name = node_text(variable, "name");

            if (!is_network_variable(name) ||
                node_get(variable, "value") == NULL)
                continue;
            objects_put_setting(objects, variable->line, "calico-node env",
                                name, node_text(variable, "value"));
            any = true;
        }
    }
    if (!any)
        objects_note_unused(objects, text_of("DaemonSet"), set->line);
}
