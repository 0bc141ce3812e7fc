/* ip route, ip rule; route -n and netstat -rn.
 *
 *     10.244.2.0/26 via 10.244.2.0 dev vxlan.calico proto 80 onlink
 *     blackhole 10.244.1.0/26 proto 80
 *     default proto bird
 *     	nexthop via 192.168.56.1 dev eth0 weight 1 */
#include "text/formats.h"

#include <stdio.h>
#include <string.h>

/* rtnl_rtntype_n2a() of iproute2. */
static const char *const types[] = {
    "unicast",     "local",    "broadcast", "anycast", "multicast", "blackhole",
    "unreachable", "prohibit", "throw",     "nat",     NULL,
};

struct route_state {
    struct address destination; /* for the nexthop lines that follow */
    int64_t prefix_length;
    char type[16];
    char protocol[32];
    bool has_route;
};

static bool is_type(struct text word)
{
    for (size_t i = 0; types[i] != NULL; i++)
        if (text_equals(word, types[i]))
            return true;
    return false;
}

static bool parse_destination(struct text word, struct address *address,
                              int64_t *prefix_length)
{
    if (text_equals(word, "default") || text_equals(word, "0.0.0.0/0") ||
        text_equals(word, "::/0")) {
        *address = (struct address){ .length = 0 };
        *prefix_length = 0;
        return true;
    }
    return prefix_parse(word, address, prefix_length);
}

/* Words with a value: via, dev, proto, src. "via inet6 fe80::1" is a gateway
 * of the other family (RFC 5549). */
static void take_words(struct snapshot *snapshot, struct text line,
                       struct route_row *row)
{
    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);

        if (text_equals(word, "dev")) {
            row->interface = snapshot_text(snapshot, text_word(&line));
        } else if (text_equals(word, "proto")) {
            row->protocol = snapshot_text(snapshot, text_word(&line));
        } else if (text_equals(word, "src")) {
            (void)address_parse(text_word(&line), &row->preferred_source);
        } else if (text_equals(word, "via")) {
            word = text_word(&line);
            if (text_starts(word, "inet"))
                word = text_word(&line);
            (void)address_parse(word, &row->gateway);
        }
    }
}

static struct route_row route_row(const struct snapshot *snapshot)
{
    struct route_row row = ROUTE_ROW_NONE;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    return row;
}

static void put_nexthop(struct snapshot *snapshot, struct text line)
{
    const struct route_state *state = snapshot->state;
    struct route_row row = route_row(snapshot);

    row.type = state->type;
    row.protocol = state->protocol[0] == '\0' ? NULL : state->protocol;
    row.destination = state->destination;
    row.prefix_length = state->prefix_length;
    take_words(snapshot, line, &row);
    sink_put(snapshot->sink, TABLE_ROUTE, &row);
}

static bool is_neighbour(struct text line)
{
    return text_find(line, " lladdr ") >= 0 || text_ends(line, " FAILED") ||
           text_ends(line, " INCOMPLETE");
}

static bool put_route(struct snapshot *snapshot, struct text line)
{
    struct route_state *state = snapshot->state;
    struct route_row row = route_row(snapshot);
    struct text word = text_word(&line);

    row.type = "unicast";
    if (is_type(word)) {
        row.type = snapshot_text(snapshot, word);
        word = text_word(&line);
    }
    if (!parse_destination(word, &row.destination, &row.prefix_length))
        return false;
    state->destination = row.destination;
    state->prefix_length = row.prefix_length;
    memcpy(state->type, row.type, strlen(row.type) + 1);
    state->has_route = true;
    take_words(snapshot, line, &row);
    (void)snprintf(state->protocol, sizeof state->protocol, "%s",
                   row.protocol == NULL ? "" : row.protocol);
    /* The first line of a multipath route has no way of its own. */
    if (row.interface != NULL || row.gateway.length > 0 ||
        strcmp(row.type, "unicast") != 0)
        sink_put(snapshot->sink, TABLE_ROUTE, &row);
    return true;
}

static bool read_part(struct snapshot *snapshot, struct text line)
{
    const struct route_state *state = snapshot->state;
    struct text rest = text_trim(line);

    if (is_neighbour(rest))
        return false;
    if (text_skip(&rest, "nexthop ")) {
        if (state->has_route)
            put_nexthop(snapshot, rest);
        return state->has_route;
    }
    /* More of the route above: "    cache", "    nhid 8 ...". */
    if (state->has_route && rest.length < line.length &&
        (line.bytes[0] == ' ' || line.bytes[0] == '\t'))
        return true;
    return put_route(snapshot, line);
}

static bool read_routes(struct snapshot *snapshot, struct text line)
{
    while (line.length > 0) {
        struct text part = text_until(&line, '\\');

        if (text_trim(part).length > 0 && !read_part(snapshot, part))
            return false;
    }
    return true;
}

/* {"dst":"default","gateway":"10.0.0.1","dev":"eth0","prefsrc":"10.0.0.2"} */
static void read_element(struct snapshot *snapshot,
                         const struct json_element *element)
{
    struct route_row row = route_row(snapshot);
    struct text type = flat_json_value(element, "type");

    row.type = type.length > 0 ? snapshot_text(snapshot, type) : "unicast";
    row.interface =
        snapshot_optional(snapshot, flat_json_value(element, "dev"));
    row.protocol =
        snapshot_optional(snapshot, flat_json_value(element, "protocol"));
    (void)address_parse(flat_json_value(element, "gateway"), &row.gateway);
    (void)address_parse(flat_json_value(element, "prefsrc"),
                        &row.preferred_source);
    if (!parse_destination(flat_json_value(element, "dst"), &row.destination,
                           &row.prefix_length)) {
        snapshot_anomaly(snapshot, "snapshot.bad-route",
                         flat_json_value(element, "dst"));
        return;
    }
    if (row.interface != NULL || type.length > 0)
        sink_put(snapshot->sink, TABLE_ROUTE, &row);
    for (size_t i = 0; i < element->count; i++) {
        const struct json_field *field = &element->fields[i];

        if (text_equals(field->path, "nexthops.gateway"))
            (void)address_parse(field->value, &row.gateway);
        if (!text_equals(field->path, "nexthops.dev"))
            continue;
        row.interface = snapshot_text(snapshot, field->value);
        sink_put(snapshot->sink, TABLE_ROUTE, &row);
    }
}

/* "0:	from all lookup local" */
static bool read_rule(struct snapshot *snapshot, struct text line)
{
    struct text priority = text_until(&line, ':');
    int64_t number;

    if (!text_integer(priority, &number))
        return false;
    snapshot_setting(snapshot, snapshot_text(snapshot, priority),
                     text_trim(line));
    return true;
}

/* ---- route -n, netstat -rn */

static int64_t mask_bits(const struct address *mask)
{
    int64_t bits = 0;

    for (size_t i = 0; i < mask->length; i++)
        for (unsigned byte = mask->bytes[i]; byte != 0; byte >>= 1)
            bits += byte & 1;
    return bits;
}

/* "10.0.0.0  192.168.0.1  255.255.255.0  UG  0 0  0 eth0"; '!' rejects. */
static bool read_table(struct snapshot *snapshot, struct text line)
{
    struct route_row row = route_row(snapshot);
    struct address mask;
    struct text word = text_word(&line);
    struct text flags;

    if (text_equals(word, "Kernel") || text_equals(word, "Destination"))
        return true;
    if (!text_equals(word, "default") && !address_parse(word, &row.destination))
        return false;
    (void)address_parse(text_word(&line), &row.gateway);
    if (!address_parse(text_word(&line), &mask))
        return false;
    flags = text_word(&line);
    row.prefix_length = mask_bits(&mask);
    if (row.prefix_length == 0)
        row.destination.length = 0;
    row.type = text_find_byte(flags, '!') >= 0 ? "unreachable" : "unicast";
    if (text_find_byte(flags, 'G') < 0)
        row.gateway.length = 0;
    while (text_trim(line).length > 0)
        word = text_word(&line);
    if (!text_equals(word, "-"))
        row.interface = snapshot_text(snapshot, word);
    sink_put(snapshot->sink, TABLE_ROUTE, &row);
    return true;
}

static const struct format formats[] = {
    {
        .name = "ip route",
        .defined_in = "iproute2 ip/iproute.c",
        .signatures = { "default via *", "default dev *", "default proto *", "default nhid *",
                        "blackhole #*", "unreachable #*", "local # dev *",
                        "#*.#*.#*.#* via * dev *", "#.#.#.#* dev * scope *",
                        "#.#.#.#* dev * proto *",
                        "broadcast #* dev * table *", "*::*/# dev * proto *" },
        .commands = { "ip*route*", "*ipr" },
        .source = "ip route",
        .state_bytes = sizeof(struct route_state),
        .read_line = read_routes,
        .samples = {
            {
                "default via 192.168.60.2 dev eth0 \n"
                "blackhole 10.244.1.0/26 proto 80 \n"
                "10.244.2.0/26 via 10.244.2.0 dev vxlan.calico proto 80 "
                "onlink \n"
                "192.168.60.0/24 dev eth0 proto kernel scope link src "
                "192.168.60.11 \n"
                "10.9.0.0/16 proto bird \n"
                "\tnexthop via 192.168.60.3 dev eth0 weight 1 \n"
                "\tnexthop via 192.168.60.4 dev eth1 weight 1 \n",
                "route: line=1 type='unicast' prefix_length=0 gateway='192.168.60.2' interface='eth0'\n"
                "route: line=2 type='blackhole' destination='10.244.1.0' prefix_length=26 protocol='80'\n"
                "route: line=3 type='unicast' destination='10.244.2.0' prefix_length=26 gateway='10.244.2.0' interface='vxlan.calico' protocol='80'\n"
                "route: line=4 type='unicast' destination='192.168.60.0' prefix_length=24 interface='eth0' protocol='kernel' preferred_source='192.168.60.11'\n"
                "route: line=6 type='unicast' destination='10.9.0.0' prefix_length=16 gateway='192.168.60.3' interface='eth0' protocol='bird'\n"
                "route: line=7 type='unicast' destination='10.9.0.0' prefix_length=16 gateway='192.168.60.4' interface='eth1' protocol='bird'\n",
            },
        },
    },
    {
        .name = "ip route JSON",
        .defined_in = "iproute2 ip/iproute.c",
        .json_keys = { "dst", "!lladdr", "!state", "!mac" },
        .source = "ip route",
        .read_element = read_element,
        .samples = {
            {
                "[{\"dst\":\"default\",\"gateway\":\"192.168.60.2\","
                "\"dev\":\"eth0\",\"flags\":[]},{\"type\":\"blackhole\","
                "\"dst\":\"10.133.90.0/26\",\"protocol\":\"80\","
                "\"flags\":[]}]\n",
                "route: line=1 type='unicast' prefix_length=0 gateway='192.168.60.2' interface='eth0'\n"
                "route: line=1 type='blackhole' destination='10.133.90.0' prefix_length=26 protocol='80'\n",
            },
        },
    },
    {
        .name = "ip rule",
        .defined_in = "iproute2 ip/iprule.c",
        .signatures = { "#:*from * lookup *", "#:*from * goto *" },
        .commands = { "ip*rule*" },
        .source = "ip rule",
        .read_line = read_rule,
        .samples = {
            {
                "0:\tfrom all lookup local\n"
                "32766:\tfrom all lookup main\n",
                "setting: line=1 name='0' value='from all lookup local'\n"
                "setting: line=2 name='32766' value='from all lookup main'\n",
            },
        },
    },
    {
        .name = "route -n",
        .defined_in = "net-tools route.c",
        .signatures = { "Kernel IP routing table", "Destination * Genmask *" },
        .commands = { "route*", "netstat*r*n" },
        .source = "route",
        .read_line = read_table,
        .samples = {
            {
                "Kernel IP routing table\n"
                "Destination     Gateway         Genmask         Flags Metric "
                "Ref    Use Iface\n"
                "0.0.0.0         192.168.60.2    0.0.0.0         UG    0      "
                "0        0 eth0\n"
                "10.244.1.0      -               255.255.255.192 !H    0      "
                "-        0 -\n",
                "route: line=3 type='unicast' prefix_length=0 gateway='192.168.60.2' interface='eth0'\n"
                "route: line=4 type='unreachable' destination='10.244.1.0' prefix_length=26\n",
            },
        },
    },
};

const struct format_family formats_of_ip_route = FORMAT_FAMILY(formats);
