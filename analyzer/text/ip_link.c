/* ip link and ip addr of iproute2, with any of -d -s -s -s -o.
 *
 *     3: vxlan.calico: <BROADCAST,UP> mtu 1450 qdisc noqueue state UNKNOWN
 *         link/ether 66:0a:11:11:11:11 brd ff:ff:ff:ff:ff:ff
 *         vxlan id 4096 local 192.168.56.11 dev eth0 dstport 4789 noudpcsum
 *         RX:  bytes packets errors dropped  missed   mcast
 *              45291     672      0       0       0       0
 *
 * -o prints one line for each device, with a backslash for a line end. */
#include "text/ip_link.h"

#include "text/formats.h"

enum {
    HEADER_BYTES = 128,
};

struct link_state {
    struct link_names names;
    char kind[INTERFACE_TEXT_BYTES];
    char header[HEADER_BYTES]; /* columns of the statistics that follow */
};

void link_keep(char to[INTERFACE_TEXT_BYTES], struct text text)
{
    text_keep(to, INTERFACE_TEXT_BYTES, text);
}

void link_setting(struct snapshot *snapshot, const struct link_names *names,
                  const char *name, struct text value)
{
    struct setting_row row = snapshot_setting_row(snapshot);

    if (value.length == 0)
        return;
    row.source = LINK_SETTINGS;
    row.interface = names->interface;
    row.name = name;
    row.value = snapshot_text(snapshot, value);
    sink_put(snapshot->sink, TABLE_SETTING, &row);
}

void link_counter(struct snapshot *snapshot, const struct link_names *names,
                  const char *name, int64_t value)
{
    struct counter_row row = snapshot_counter_row(snapshot);

    row.source = LINK_COUNTERS;
    row.interface = names->interface;
    row.name = name;
    row.value = value;
    sink_put(snapshot->sink, TABLE_COUNTER, &row);
}

bool link_address(struct snapshot *snapshot, const struct link_names *names,
                  struct text prefix)
{
    struct interface_address_row row = INTERFACE_ADDRESS_ROW_NONE;

    if (!prefix_parse(prefix, &row.address, &row.prefix_length))
        return false;
    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.interface = names->interface;
    row.mac = names->mac[0] == '\0' ? NULL : names->mac;
    sink_put(snapshot->sink, TABLE_INTERFACE_ADDRESS, &row);
    return true;
}

/* ---- statistics */

/* Titles of the columns of "RX:", "TX:", "RX errors:" and "TX errors:". The
 * fifth of RX was overrun before iproute2 5.10 and is missed since. */
static const struct statistic {
    const char *title;
    const char *name;
} statistics[] = {
    { "bytes", "bytes" },
    { "packets", "packets" },
    { "errors", "errors" },
    { "dropped", "dropped" },
    { "missed", "missed" },
    { "overrun", "overrun" },
    { "mcast", "multicast" },
    { "carrier", "carrier" },
    { "collsns", "collisions" },
    { "length", "length" },
    { "crc", "crc" },
    { "frame", "frame" },
    { "fifo", "fifo" },
    { "aborted", "aborted" },
    { "window", "window" },
    { "heartbt", "heartbeat" },
    { "heartbeat", "heartbeat" },
    { "transns", "carrier-changes" },
    { "nohandler", "nohandler" },
    { "compressed", "compressed" },
};

static void put_statistic(struct snapshot *snapshot, const char *direction,
                          struct text title, int64_t value)
{
    struct link_state *state = snapshot->state;

    for (size_t i = 0; i < sizeof statistics / sizeof statistics[0]; i++)
        if (text_equals(title, statistics[i].title))
            link_counter(snapshot, &state->names,
                         arena_format(snapshot->arena, "%s.%s", direction,
                                      statistics[i].name),
                         value);
}

static bool is_header(struct text line)
{
    return text_starts(line, "RX:") || text_starts(line, "TX:") ||
           text_starts(line, "RX errors:") || text_starts(line, "TX errors:");
}

static bool take_statistics(struct snapshot *snapshot, struct text values)
{
    struct link_state *state = snapshot->state;
    struct text titles = text_of(state->header);
    const char *direction = text_starts(titles, "RX") ? "rx" : "tx";
    bool any = false;

    (void)text_until(&titles, ':');
    while (text_trim(values).length > 0) {
        struct text title = text_word(&titles);
        int64_t value;

        if (!snapshot_number(text_word(&values), &value))
            return false;
        put_statistic(snapshot, direction, title, value);
        any = true;
    }
    state->header[0] = '\0';
    return any;
}

/* ---- lines */

/* "2: eth0@if2:" or, with -o addr, "2: eth0". */
static bool take_name(struct link_state *state, struct text *line,
                      struct text *index, struct text *peer)
{
    int64_t number;
    struct text rest = *line;

    *index = text_until(&rest, ':');
    if (!text_integer(*index, &number) || !text_skip(&rest, " "))
        return false;
    *peer = text_word(&rest);
    if (text_ends(*peer, ":"))
        peer->length--;
    link_keep(state->names.interface, text_until(peer, '@'));
    state->names.mac[0] = '\0';
    state->kind[0] = '\0';
    state->header[0] = '\0';
    *line = rest;
    return state->names.interface[0] != '\0';
}

static void take_first_line(struct snapshot *snapshot, struct text line)
{
    static const char *const words[] = { "mtu", "qdisc", "master", "state",
                                         NULL };
    struct link_state *state = snapshot->state;

    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);

        if (text_starts(word, "<") && text_ends(word, ">"))
            link_setting(snapshot, &state->names, "flags",
                         text_first(text_from(word, 1), word.length - 2));
        for (size_t i = 0; words[i] != NULL; i++)
            if (text_equals(word, words[i]))
                link_setting(snapshot, &state->names, words[i],
                             text_word(&line));
    }
}

static bool take_device(struct snapshot *snapshot, struct text *line)
{
    struct link_state *state = snapshot->state;
    struct text index;
    struct text peer;

    if (!take_name(state, line, &index, &peer))
        return false;
    if (!text_starts(*line, " <") && !text_starts(*line, "<"))
        return true; /* ip -o addr: "inet ..." follows */
    link_setting(snapshot, &state->names, "ifindex", index);
    link_setting(snapshot, &state->names, "peer", peer);
    take_first_line(snapshot, *line);
    *line = text_from(*line, line->length);
    return true;
}

static void take_details(struct snapshot *snapshot, struct text line)
{
    struct link_state *state = snapshot->state;

    while (text_trim(line).length > 0)
        link_take_detail(snapshot, &state->names, state->kind, &line);
}

static void take_mac(struct snapshot *snapshot, struct text line)
{
    struct link_state *state = snapshot->state;
    struct text type = text_word(&line);

    link_setting(snapshot, &state->names, "type", text_from(type, 5));
    /* link/ipip and link/sit have an IP address there, link/none nothing. */
    if (text_find_byte(text_first(line, 4), ':') >= 0) {
        link_keep(state->names.mac, text_word(&line));
        link_setting(snapshot, &state->names, "mac", text_of(state->names.mac));
    }
    take_details(snapshot, line);
}

/* Lines that begin with these say nothing that is needed. */
static const char *const ignored[] = {
    "valid_lft", "altname", "alias", "vf",        "prog/xdp",
    "prog/",     "inet6",   "group", "parentbus", NULL,
};

/* The kind of the device, and of the bridge or bond it is a port of, begins
 * a line: "vxlan id 4096 ...", "bridge_slave state forwarding ...". */
static bool take_kind(struct snapshot *snapshot, struct text line)
{
    struct link_state *state = snapshot->state;
    struct text rest = line;
    struct text word = text_word(&rest);

    for (size_t i = 0; ignored[i] != NULL; i++)
        if (text_equals(word, ignored[i]))
            return true;
    for (size_t i = 0; i < word.length; i++)
        if (!((word.bytes[i] >= 'a' && word.bytes[i] <= 'z') ||
              (word.bytes[i] >= '0' && word.bytes[i] <= '9') ||
              word.bytes[i] == '_'))
            return false;
    if (text_equals(word, "promiscuity") || text_ends(word, "_slave")) {
        take_details(snapshot, text_ends(word, "_slave") ? rest : line);
        return true;
    }
    link_keep(state->kind, word);
    link_setting(snapshot, &state->names, "kind", word);
    take_details(snapshot, rest);
    return true;
}

static bool read_part(struct snapshot *snapshot, struct text line)
{
    struct link_state *state = snapshot->state;
    struct text word;

    line = text_trim(line);
    if (line.length == 0)
        return true;
    if (is_header(line)) {
        text_keep(state->header, sizeof state->header, line);
        return true;
    }
    if (state->header[0] != '\0')
        return take_statistics(snapshot, line);
    if (text_starts(line, "link/")) {
        take_mac(snapshot, line);
        return true;
    }
    if (text_starts(line, "inet ") || text_starts(line, "inet6 ")) {
        (void)text_word(&line);
        word = text_word(&line);
        return link_address(snapshot, &state->names, word);
    }
    return take_kind(snapshot, line);
}

static bool read_line(struct snapshot *snapshot, struct text line)
{
    const struct link_state *state = snapshot->state;
    struct text part = text_until(&line, '\\');
    bool is_device =
        part.length > 0 && part.bytes[0] >= '0' && part.bytes[0] <= '9';

    if (is_device && !take_device(snapshot, &part))
        return false;
    if (!is_device && (state->names.interface[0] == '\0' ||
                       text_trim(part).length == part.length))
        return false;
    if (!read_part(snapshot, part))
        return false;
    while (line.length > 0)
        if (!read_part(snapshot, text_until(&line, '\\')))
            return false;
    return true;
}

static const struct format formats[] = {
    {
        .name = "ip link",
        .defined_in = "iproute2 ip/ipaddress.c",
        .signatures = { "#: *: <*> mtu * mode *" },
        .commands = { "ip*link*", "*bridge*linkshow" },
        .source = LINK_SETTINGS,
        .state_bytes = sizeof(struct link_state),
        .read_line = read_line,
        .samples = {
            {
                "3: vxlan.calico: <BROADCAST,UP> mtu 1450 qdisc noqueue "
                "state UNKNOWN mode DEFAULT group default qlen 1000\n"
                "    link/ether 66:0a:11:11:11:11 brd ff:ff:ff:ff:ff:ff "
                "promiscuity 0\n"
                "    vxlan id 4096 local 192.168.56.11 dev eth0 srcport 0 0 "
                "dstport 4789 nolearning noudpcsum noudp6zerocsumtx "
                "gso_max_size 65536\n"
                "    RX:  bytes packets errors dropped  missed   mcast\n"
                "         45291     672      0       1       0       2\n"
                "    TX errors: aborted   fifo  window heartbt transns\n"
                "                     0      0       0       0       2\n",
                "setting: line=1 interface='vxlan.calico' name='ifindex' value='3'\n"
                "setting: line=1 interface='vxlan.calico' name='flags' value='BROADCAST,UP'\n"
                "setting: line=1 interface='vxlan.calico' name='mtu' value='1450'\n"
                "setting: line=1 interface='vxlan.calico' name='qdisc' value='noqueue'\n"
                "setting: line=1 interface='vxlan.calico' name='state' value='UNKNOWN'\n"
                "setting: line=2 interface='vxlan.calico' name='type' value='ether'\n"
                "setting: line=2 interface='vxlan.calico' name='mac' value='66:0a:11:11:11:11'\n"
                "setting: line=2 interface='vxlan.calico' name='promiscuity' value='0'\n"
                "setting: line=3 interface='vxlan.calico' name='kind' value='vxlan'\n"
                "setting: line=3 interface='vxlan.calico' name='vxlan.id' value='4096'\n"
                "setting: line=3 interface='vxlan.calico' name='vxlan.local' value='192.168.56.11'\n"
                "setting: line=3 interface='vxlan.calico' name='vxlan.dev' value='eth0'\n"
                "setting: line=3 interface='vxlan.calico' name='vxlan.dstport' value='4789'\n"
                "setting: line=3 interface='vxlan.calico' name='vxlan.learning' value='off'\n"
                "setting: line=3 interface='vxlan.calico' name='vxlan.udpcsum' value='off'\n"
                "setting: line=3 interface='vxlan.calico' name='vxlan.udp6zerocsumtx' value='off'\n"
                "setting: line=3 interface='vxlan.calico' name='gso_max_size' value='65536'\n"
                "counter: line=5 source='ip -s link' interface='vxlan.calico' name='rx.bytes' value=45291\n"
                "counter: line=5 source='ip -s link' interface='vxlan.calico' name='rx.packets' value=672\n"
                "counter: line=5 source='ip -s link' interface='vxlan.calico' name='rx.errors' value=0\n"
                "counter: line=5 source='ip -s link' interface='vxlan.calico' name='rx.dropped' value=1\n"
                "counter: line=5 source='ip -s link' interface='vxlan.calico' name='rx.missed' value=0\n"
                "counter: line=5 source='ip -s link' interface='vxlan.calico' name='rx.multicast' value=2\n"
                "counter: line=7 source='ip -s link' interface='vxlan.calico' name='tx.aborted' value=0\n"
                "counter: line=7 source='ip -s link' interface='vxlan.calico' name='tx.fifo' value=0\n"
                "counter: line=7 source='ip -s link' interface='vxlan.calico' name='tx.window' value=0\n"
                "counter: line=7 source='ip -s link' interface='vxlan.calico' name='tx.heartbeat' value=0\n"
                "counter: line=7 source='ip -s link' interface='vxlan.calico' name='tx.carrier-changes' value=2\n",
            },
            {
                "2: eth0@if7: <UP> mtu 1500 state UP mode DEFAULT \\    "
                "link/ether 52:54:00:60:00:01 brd ff:ff:ff:ff:ff:ff "
                "link-netns fabric\\    RX: bytes  packets  errors  dropped "
                "overrun mcast\\    92927 720 0 0 3 0 \n",
                "setting: line=1 interface='eth0' name='ifindex' value='2'\n"
                "setting: line=1 interface='eth0' name='peer' value='if7'\n"
                "setting: line=1 interface='eth0' name='flags' value='UP'\n"
                "setting: line=1 interface='eth0' name='mtu' value='1500'\n"
                "setting: line=1 interface='eth0' name='state' value='UP'\n"
                "setting: line=1 interface='eth0' name='type' value='ether'\n"
                "setting: line=1 interface='eth0' name='mac' value='52:54:00:60:00:01'\n"
                "setting: line=1 interface='eth0' name='link_netns' value='fabric'\n"
                "counter: line=1 source='ip -s link' interface='eth0' name='rx.bytes' value=92927\n"
                "counter: line=1 source='ip -s link' interface='eth0' name='rx.packets' value=720\n"
                "counter: line=1 source='ip -s link' interface='eth0' name='rx.errors' value=0\n"
                "counter: line=1 source='ip -s link' interface='eth0' name='rx.dropped' value=0\n"
                "counter: line=1 source='ip -s link' interface='eth0' name='rx.overrun' value=3\n"
                "counter: line=1 source='ip -s link' interface='eth0' name='rx.multicast' value=0\n",
            },
        },
    },
    {
        .name = "ip addr",
        .defined_in = "iproute2 ip/ipaddress.c",
        .signatures = { "#: *: <*> mtu *", "#: * inet #*", "#: * inet6 *" },
        .commands = { "ip*addr*" },
        .source = LINK_SETTINGS,
        .state_bytes = sizeof(struct link_state),
        .read_line = read_line,
        .samples = {
            {
                "2: eth0@if7: <UP,LOWER_UP> mtu 1500 qdisc noqueue master "
                "cni0 state UP group default qlen 1000\n"
                "    link/ether 52:54:00:60:00:01 brd ff:ff:ff:ff:ff:ff "
                "link-netnsid 1\n"
                "    inet 192.168.60.11/24 brd 192.168.60.255 scope global "
                "eth0\n"
                "       valid_lft forever preferred_lft forever\n"
                "    inet6 fe80::1/64 scope link \n",
                "setting: line=1 interface='eth0' name='ifindex' value='2'\n"
                "setting: line=1 interface='eth0' name='peer' value='if7'\n"
                "setting: line=1 interface='eth0' name='flags' value='UP,LOWER_UP'\n"
                "setting: line=1 interface='eth0' name='mtu' value='1500'\n"
                "setting: line=1 interface='eth0' name='qdisc' value='noqueue'\n"
                "setting: line=1 interface='eth0' name='master' value='cni0'\n"
                "setting: line=1 interface='eth0' name='state' value='UP'\n"
                "setting: line=2 interface='eth0' name='type' value='ether'\n"
                "setting: line=2 interface='eth0' name='mac' value='52:54:00:60:00:01'\n"
                "setting: line=2 interface='eth0' name='link_netnsid' value='1'\n"
                "interface_address: line=3 interface='eth0' address='192.168.60.11' prefix_length=24 mac='52:54:00:60:00:01'\n"
                "interface_address: line=5 interface='eth0' address='fe80::1' prefix_length=64 mac='52:54:00:60:00:01'\n",
            },
            {
                "2: eth0    inet 192.168.60.11/24 brd 192.168.60.255 scope "
                "global eth0\\       valid_lft forever preferred_lft "
                "forever\n",
                "interface_address: line=1 interface='eth0' address='192.168.60.11' prefix_length=24\n",
            },
        },
    },
    {
        .name = "ip link JSON",
        .defined_in = "iproute2 ip/ipaddress.c",
        .json_keys = { "ifindex", "ifname", "!mac" },
        .source = LINK_SETTINGS,
        .read_element = link_read_element,
        .samples = {
            {
                "[{\"ifindex\":3,\"ifname\":\"vxlan.calico\",\"mtu\":1450,"
                "\"operstate\":\"UNKNOWN\",\"address\":\"66:0a:11:11:11:11\","
                "\"linkinfo\":{\"info_kind\":\"vxlan\",\"info_data\":{"
                "\"id\":4096,\"local\":\"192.168.56.11\",\"link\":\"eth0\","
                "\"port\":4789,\"learning\":false,\"udp_csum\":false}},"
                "\"stats64\":{\"rx\":{\"bytes\":45291,\"packets\":672,"
                "\"over_errors\":3},\"tx\":{\"dropped\":4}}},\n"
                "{\"ifindex\":2,\"ifname\":\"eth0\",\"addr_info\":[{"
                "\"family\":\"inet\",\"local\":\"192.168.60.11\","
                "\"prefixlen\":24},{\"family\":\"inet6\","
                "\"local\":\"fe80::1\",\"prefixlen\":64}]},{}]\n",
                "setting: line=1 interface='vxlan.calico' name='ifindex' value='3'\n"
                "setting: line=1 interface='vxlan.calico' name='mtu' value='1450'\n"
                "setting: line=1 interface='vxlan.calico' name='state' value='UNKNOWN'\n"
                "setting: line=1 interface='vxlan.calico' name='mac' value='66:0a:11:11:11:11'\n"
                "setting: line=1 interface='vxlan.calico' name='kind' value='vxlan'\n"
                "setting: line=1 interface='vxlan.calico' name='vxlan.id' value='4096'\n"
                "setting: line=1 interface='vxlan.calico' name='vxlan.local' value='192.168.56.11'\n"
                "setting: line=1 interface='vxlan.calico' name='vxlan.dev' value='eth0'\n"
                "setting: line=1 interface='vxlan.calico' name='vxlan.dstport' value='4789'\n"
                "setting: line=1 interface='vxlan.calico' name='vxlan.learning' value='off'\n"
                "setting: line=1 interface='vxlan.calico' name='vxlan.udpcsum' value='off'\n"
                "counter: line=1 source='ip -s link' interface='vxlan.calico' name='rx.bytes' value=45291\n"
                "counter: line=1 source='ip -s link' interface='vxlan.calico' name='rx.packets' value=672\n"
                "counter: line=1 source='ip -s link' interface='vxlan.calico' name='rx.overrun' value=3\n"
                "counter: line=1 source='ip -s link' interface='vxlan.calico' name='tx.dropped' value=4\n"
                "setting: line=2 interface='eth0' name='ifindex' value='2'\n"
                "interface_address: line=2 interface='eth0' address='192.168.60.11' prefix_length=24\n"
                "interface_address: line=2 interface='eth0' address='fe80::1' prefix_length=64\n",
            },
        },
    },
};

const struct format_family formats_of_ip_link = FORMAT_FAMILY(formats);
