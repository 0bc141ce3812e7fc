/* ConfigMaps: Corefiles, and the configuration of the network plugins and of
 * kube-proxy. What a key holds is told by its name and its content, as each
 * distribution names its ConfigMaps in its own way. */
#include "text/corefile.h"
#include "text/objects.h"

#include <string.h>

struct config_key {
    struct objects *objects;
    const struct node *map; /* the ConfigMap */
    const struct node *key;
    const char *name; /* of the ConfigMap */
    const char *source;
};

static bool read_corefile(struct config_key *key)
{
    struct corefile_place place = {
        .evidence_id = key->objects->input->evidence_id,
        .line = key->key->line + key->key->is_block,
        .line_step = key->key->is_block,
        .owner = key->name,
        .arena = key->objects->input->arena,
    };

    return corefile_read(key->key->value, &place, key->objects->sink) > 0;
}

static void take_tree(void *context, const struct node *object,
                      const char *list_kind)
{
    struct config_key *key = context;

    (void)list_kind;
    objects_put_settings(key->objects, object, key->source, "");
}

static bool read_tree(struct config_key *key)
{
    objects_parse_scalar(key->objects, key->key, take_tree, key);
    return true;
}

/* Every value of one line is a setting of its own. */
static bool read_line(struct config_key *key)
{
    if (text_find_byte(text_trim(key->key->value), '\n') >= 0)
        return false;
    objects_put_setting(key->objects, key->key->line, key->source,
                        key->key->key, key->key->value);
    return true;
}

/* To use another key: a row here. `map` is part of the ConfigMap's name, ""
 * for any; `key` is the end of the key, "" for any; `holds` is part of the
 * value. The first row that fits reads. */
static const struct {
    const char *map;
    const char *key;
    const char *holds;
    const char *source;
    bool (*read)(struct config_key *key);
} config_keys[] = {
    { "", "Corefile", "{", "corefile", read_corefile },
    { "", "Corefile.base", "{", "corefile", read_corefile },
    { "", ".server", "{", "corefile", read_corefile },
    { "", "net-conf.json", "{", "flannel", read_tree },
    { "", "", "kind: KubeProxyConfiguration", "kube-proxy", read_tree },
    { "", "antrea-agent.conf", ":", "antrea", read_tree },
    { "cilium-config", "", "", "cilium-config", read_line },
    { "calico-config", "", "", "calico-config", read_line },
    { "canal-config", "", "", "canal-config", read_line },
    { "flannel", "", "", "flannel", read_line },
    { "kube-dns", "stubDomains", "", "kube-dns", read_line },
    { "kube-dns", "upstreamNameservers", "", "kube-dns", read_line },
};

static bool read_key(struct config_key *key)
{
    size_t count = sizeof config_keys / sizeof config_keys[0];

    for (size_t i = 0; i < count; i++) {
        if (text_find(text_of(key->name), config_keys[i].map) < 0 ||
            !text_ends(key->key->key, config_keys[i].key) ||
            text_find(key->key->value, config_keys[i].holds) < 0)
            continue;
        key->source = config_keys[i].source;
        return config_keys[i].read(key);
    }
    return false;
}

void kube_config_map_read(struct objects *objects, const struct node *map)
{
    struct config_key key = {
        .objects = objects,
        .map = map,
        .key = node_children(node_get(map, "data")),
        .name = objects_copy(objects, node_text(map, "metadata/name")),
    };
    bool any = false;

    for (; key.key != NULL; key.key = key.key->next)
        if (key.key->type == NODE_SCALAR)
            any |= read_key(&key);
    if (!any)
        objects_note_unused(objects, text_of("ConfigMap"), map->line);
}
