/* ip -j link, ip -j addr: the same rows as from the text. */
#include "text/ip_link.h"

#include <string.h>

/* JSON names, and what the text output calls them. */
static const struct translation {
    const char *path;
    const char *name;
} plain[] = {
    { "ifindex", "ifindex" },
    { "mtu", "mtu" },
    { "qdisc", "qdisc" },
    { "operstate", "state" },
    { "master", "master" },
    { "link", "peer" },
    { "link_index", "link_index" },
    { "link_netns", "link_netns" },
    { "link_netnsid", "link_netnsid" },
    { "address", "mac" },
    { "link_type", "type" },
    { "promiscuity", "promiscuity" },
    { "gso_max_size", "gso_max_size" },
    { "gro_max_size", "gro_max_size" },
    { "gso_ipv4_max_size", "gso_ipv4_max_size" },
    { "linkinfo.info_kind", "kind" },
};

static const struct translation of_kind[] = {
    { "link", "dev" },
    { "port", "dstport" },
    { "udp_csum", "udpcsum" },
    { "udp_zero_csum6_tx", "udp6zerocsumtx" },
    { "udp_zero_csum6_rx", "udp6zerocsumrx" },
    { "remcsum_tx", "remcsumtx" },
    { "remcsum_rx", "remcsumrx" },
};

static const struct translation statistics[] = {
    { "over_errors", "overrun" },
    { "missed_errors", "missed" },
    { "carrier_errors", "carrier" },
    { "length_errors", "length" },
    { "crc_errors", "crc" },
    { "frame_errors", "frame" },
    { "fifo_errors", "fifo" },
    { "aborted_errors", "aborted" },
    { "window_errors", "window" },
    { "heartbeat_errors", "heartbeat" },
    { "carrier_changes", "carrier-changes" },
};

static const char *translated(const struct translation *table, size_t count,
                              struct text word)
{
    for (size_t i = 0; i < count; i++)
        if (text_equals(word, table[i].path))
            return table[i].name;
    return NULL;
}

#define TRANSLATED(table, word) \
    translated(table, sizeof table / sizeof table[0], word)

static void take_statistic(struct snapshot *snapshot,
                           const struct link_names *names,
                           const struct json_field *field)
{
    struct text rest = field->path;
    const char *direction;
    const char *name;
    int64_t value;

    (void)text_until(&rest, '.');
    direction = snapshot_text(snapshot, text_until(&rest, '.'));
    name = TRANSLATED(statistics, rest);
    if (name == NULL)
        name = snapshot_text(snapshot, rest);
    if (snapshot_number(field->value, &value))
        link_counter(snapshot, names,
                     arena_format(snapshot->arena, "%s.%s", direction, name),
                     value);
}

static void take_detail(struct snapshot *snapshot,
                        const struct link_names *names, const char *kind,
                        const struct json_field *field)
{
    struct text word = field->path;
    struct text value = field->value;
    const char *name;

    text_skip(&word, "linkinfo.info_data.");
    name = TRANSLATED(of_kind, word);
    if (name == NULL)
        name = snapshot_text(snapshot, word);
    if (text_equals(value, "true"))
        value = text_of("on");
    else if (text_equals(value, "false"))
        value = text_of("off");
    link_setting(snapshot, names,
                 arena_format(snapshot->arena, "%s.%s", kind, name), value);
}

static void take_field(struct snapshot *snapshot,
                       const struct link_names *names, const char *kind,
                       const struct json_field *field)
{
    const char *name = TRANSLATED(plain, field->path);

    snapshot->line = field->line;
    if (name != NULL)
        link_setting(snapshot, names, name, field->value);
    else if (text_starts(field->path, "stats64.") ||
             text_starts(field->path, "stats."))
        take_statistic(snapshot, names, field);
    else if (text_starts(field->path, "linkinfo.info_data."))
        take_detail(snapshot, names, kind, field);
}

/* "local" and "prefixlen" of each address follow one another. */
static void take_addresses(struct snapshot *snapshot,
                           const struct link_names *names,
                           const struct json_element *element)
{
    struct text local = { NULL, 0 };

    for (size_t i = 0; i < element->count; i++) {
        const struct json_field *field = &element->fields[i];

        if (text_equals(field->path, "addr_info.local"))
            local = field->value;
        if (!text_equals(field->path, "addr_info.prefixlen") ||
            local.length == 0)
            continue;
        snapshot->line = field->line;
        (void)link_address(
            snapshot, names,
            text_of(arena_format(snapshot->arena, "%s/%s",
                                 snapshot_text(snapshot, local),
                                 snapshot_text(snapshot, field->value))));
        local = text_slice(NULL, 0);
    }
}

void link_read_element(struct snapshot *snapshot,
                       const struct json_element *element)
{
    struct link_names names;
    const char *kind =
        snapshot_text(snapshot, flat_json_value(element, "linkinfo.info_kind"));

    link_keep(names.interface, flat_json_value(element, "ifname"));
    link_keep(names.mac, flat_json_value(element, "address"));
    for (size_t i = 0; i < element->count; i++)
        take_field(snapshot, &names, kind, &element->fields[i]);
    take_addresses(snapshot, &names, element);
}
