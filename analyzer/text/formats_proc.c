/* Counters that /proc/net holds: snmp, netstat, snmp6, dev, softnet_stat and
 * stat/nf_conntrack. Columns go by their name, never by their place. */
#include "text/formats.h"

#include <string.h>

enum {
    HEADER_BYTES = 8192, /* TcpExt has 135 names in Linux 6.18: 2.3 KB */
    CPU_COLUMNS = 24,
};

/* ---- snmp, netstat: "Proto: names" and "Proto: values" in pairs */

struct pair_state {
    char header[HEADER_BYTES]; /* "Udp: InDatagrams ..."; "" none open */
};

static bool keep_header(struct pair_state *state, struct text line)
{
    if (line.length >= HEADER_BYTES)
        return false;
    memcpy(state->header, line.bytes, line.length);
    state->header[line.length] = '\0';
    return true;
}

static bool read_pair(struct snapshot *snapshot, struct text line)
{
    struct pair_state *state = snapshot->state;
    struct counter_row row = snapshot_counter_row(snapshot);
    struct text names = text_of(state->header);
    struct text values = line;
    struct text section = text_word(&values);
    struct text name;

    if (section.length < 2 || !text_ends(section, ":"))
        return false;
    name = text_word(&names);
    if (name.length != section.length ||
        !text_equals(section, text_copy(snapshot->arena, name)))
        return keep_header(state, line);
    section.length--;
    row.source =
        text_ends(section, "Ext") ? "/proc/net/netstat" : "/proc/net/snmp";
    while (names.length > 0 && values.length > 0) {
        name = text_word(&names);
        if (!snapshot_number(text_word(&values), &row.value))
            continue;
        row.name = arena_format(snapshot->arena, "%s.%s",
                                snapshot_text(snapshot, section),
                                snapshot_text(snapshot, name));
        sink_put(snapshot->sink, TABLE_COUNTER, &row);
    }
    state->header[0] = '\0';
    return true;
}

/* ---- snmp6 and dev_snmp6: "Udp6InCsumErrors  12" */

static const char *const sections6[] = { "UdpLite6", "Icmp6", "Udp6", "Ip6" };

static bool read_snmp6(struct snapshot *snapshot, struct text line)
{
    struct text name = text_word(&line);
    int64_t value;

    if (!snapshot_number(text_trim(line), &value))
        return false;
    if (text_equals(name, "ifIndex")) {
        snapshot_set_interface(
            snapshot, text_slice(snapshot->command, strlen(snapshot->command)));
        return true;
    }
    for (size_t i = 0; i < sizeof sections6 / sizeof sections6[0]; i++) {
        if (!text_skip(&name, sections6[i]))
            continue;
        snapshot_counter(snapshot,
                         arena_format(snapshot->arena, "%s.%s", sections6[i],
                                      snapshot_text(snapshot, name)),
                         value);
        return true;
    }
    return false;
}

/* ---- dev */

/* In the order that /proc/net/dev has had since Linux 2.2. */
static const char *const dev_columns[] = {
    "rx.bytes", "rx.packets",    "rx.errors",     "rx.dropped",
    "rx.fifo",  "rx.frame",      "rx.compressed", "rx.multicast",
    "tx.bytes", "tx.packets",    "tx.errors",     "tx.dropped",
    "tx.fifo",  "tx.collisions", "tx.carrier",    "tx.compressed",
};

static bool read_dev(struct snapshot *snapshot, struct text line)
{
    struct counter_row row = snapshot_counter_row(snapshot);
    struct text name = text_trim(text_until(&line, ':'));
    size_t column = 0;

    if (text_find_byte(name, '|') >= 0)
        return true; /* one of the two lines of titles */
    row.interface = snapshot_text(snapshot, name);
    while (line.length > 0 &&
           column < sizeof dev_columns / sizeof dev_columns[0]) {
        if (!snapshot_number(text_word(&line), &row.value))
            return false;
        row.name = dev_columns[column++];
        sink_put(snapshot->sink, TABLE_COUNTER, &row);
    }
    return column > 0;
}

/* ---- hexadecimal tables with a line for each CPU */

struct cpu_state {
    char header[512];
    int64_t sums[CPU_COLUMNS];
    size_t columns;
};

static bool add_cpu(struct cpu_state *state, struct text line)
{
    size_t column = 0;

    while (text_trim(line).length > 0 && column < CPU_COLUMNS) {
        uint64_t value;

        if (!text_hex(text_word(&line), &value) || value > UINT32_MAX)
            return false;
        state->sums[column++] += (int64_t)value;
    }
    if (column > state->columns)
        state->columns = column;
    return column > 0;
}

/* Columns by place: the file has no titles (net/core/net-procfs.c). */
static const struct softnet_column {
    size_t column;
    const char *name;
} softnet_columns[] = {
    { 0, "softnet.processed" },    { 1, "softnet.dropped" },
    { 2, "softnet.time_squeeze" }, { 9, "softnet.received_rps" },
    { 10, "softnet.flow_limit" },  { 11, "softnet.backlog" },
};

static bool read_softnet(struct snapshot *snapshot, struct text line)
{
    return add_cpu(snapshot->state, line);
}

static void end_softnet(struct snapshot *snapshot)
{
    const struct cpu_state *state = snapshot->state;

    for (size_t i = 0; i < sizeof softnet_columns / sizeof softnet_columns[0];
         i++)
        if (softnet_columns[i].column < state->columns)
            snapshot_counter(snapshot, softnet_columns[i].name,
                             state->sums[softnet_columns[i].column]);
}

static bool read_conntrack_stat(struct snapshot *snapshot, struct text line)
{
    struct cpu_state *state = snapshot->state;

    if (text_starts(line, "entries ")) {
        line = text_first(line, sizeof state->header - 1);
        memcpy(state->header, line.bytes, line.length);
        return true;
    }
    /* The first column is the same total on every line. */
    state->sums[0] = 0;
    return add_cpu(state, line);
}

static void end_conntrack_stat(struct snapshot *snapshot)
{
    const struct cpu_state *state = snapshot->state;
    struct text header = text_of(state->header);

    for (size_t i = 0; i < state->columns && header.length > 0; i++) {
        const char *name = snapshot_text(snapshot, text_word(&header));

        snapshot_counter(snapshot,
                         arena_format(snapshot->arena, "conntrack.%s", name),
                         state->sums[i]);
    }
}

static const struct format formats[] = {
    {
        .name = "/proc/net/snmp",
        .defined_in = "Linux net/ipv4/proc.c",
        .signatures = { "Ip: Forwarding *", "TcpExt: Sync*", "IpExt: In*" },
        .commands = { "*procnetsnmp", "snmp", "*procnetnetstat" },
        .source = "/proc/net/snmp",
        .state_bytes = sizeof(struct pair_state),
        .read_line = read_pair,
        .samples = {
            {
                "Ip: Forwarding DefaultTTL InReceives\n"
                "Ip: 1 64 3095\n"
                "Udp: InDatagrams NoPorts InErrors InCsumErrors\n"
                "Udp: 868 0 9 9\n",
                "counter: line=2 name='Ip.Forwarding' value=1\n"
                "counter: line=2 name='Ip.DefaultTTL' value=64\n"
                "counter: line=2 name='Ip.InReceives' value=3095\n"
                "counter: line=4 name='Udp.InDatagrams' value=868\n"
                "counter: line=4 name='Udp.NoPorts' value=0\n"
                "counter: line=4 name='Udp.InErrors' value=9\n"
                "counter: line=4 name='Udp.InCsumErrors' value=9\n",
            },
            {
                "TcpExt: SyncookiesSent TCPTimeouts\n"
                "TcpExt: 0 18\n"
                "IpExt: InNoRoutes InCsumErrors\n"
                "IpExt: 0 2\n",
                "counter: line=2 source='/proc/net/netstat' name='TcpExt.SyncookiesSent' value=0\n"
                "counter: line=2 source='/proc/net/netstat' name='TcpExt.TCPTimeouts' value=18\n"
                "counter: line=4 source='/proc/net/netstat' name='IpExt.InNoRoutes' value=0\n"
                "counter: line=4 source='/proc/net/netstat' name='IpExt.InCsumErrors' value=2\n",
            },
        },
    },
    {
        .name = "/proc/net/snmp6",
        .defined_in = "Linux net/ipv6/proc.c",
        .signatures = { "Ip6InReceives *#", "Ip6InReceives*\t#",
                        "ifIndex *#", "ifIndex*\t#" },
        .commands = { "*procnetsnmp6" },
        .source = "/proc/net/snmp6",
        .is_of_one_interface = true,
        .read_line = read_snmp6,
        .samples = {
            {
                "Ip6InReceives                   \t10\n"
                "Udp6InCsumErrors                \t2\n"
                "UdpLite6InCsumErrors            \t0\n",
                "counter: line=1 name='Ip6.InReceives' value=10\n"
                "counter: line=2 name='Udp6.InCsumErrors' value=2\n"
                "counter: line=3 name='UdpLite6.InCsumErrors' value=0\n",
            },
        },
    },
    {
        .name = "/proc/net/dev",
        .defined_in = "Linux net/core/net-procfs.c",
        .signatures = { "Inter-|   Receive*", "face |bytes *" },
        .commands = { "*procnetdev" },
        .source = "/proc/net/dev",
        .read_line = read_dev,
        .samples = {
            {
                "Inter-|   Receive                            |  Transmit\n"
                " face |bytes    packets errs drop fifo frame compressed "
                "multicast|bytes    packets errs drop fifo colls carrier "
                "compressed\n"
                "  eth0:1934 12 1 2 3 4 5 6 7 8 9 10 11 12 13 14\n",
                "counter: line=3 interface='eth0' name='rx.bytes' value=1934\n"
                "counter: line=3 interface='eth0' name='rx.packets' value=12\n"
                "counter: line=3 interface='eth0' name='rx.errors' value=1\n"
                "counter: line=3 interface='eth0' name='rx.dropped' value=2\n"
                "counter: line=3 interface='eth0' name='rx.fifo' value=3\n"
                "counter: line=3 interface='eth0' name='rx.frame' value=4\n"
                "counter: line=3 interface='eth0' name='rx.compressed' value=5\n"
                "counter: line=3 interface='eth0' name='rx.multicast' value=6\n"
                "counter: line=3 interface='eth0' name='tx.bytes' value=7\n"
                "counter: line=3 interface='eth0' name='tx.packets' value=8\n"
                "counter: line=3 interface='eth0' name='tx.errors' value=9\n"
                "counter: line=3 interface='eth0' name='tx.dropped' value=10\n"
                "counter: line=3 interface='eth0' name='tx.fifo' value=11\n"
                "counter: line=3 interface='eth0' name='tx.collisions' value=12\n"
                "counter: line=3 interface='eth0' name='tx.carrier' value=13\n"
                "counter: line=3 interface='eth0' name='tx.compressed' value=14\n",
            },
        },
    },
    {
        .name = "/proc/net/softnet_stat",
        .defined_in = "Linux net/core/net-procfs.c",
        .signatures = { "???????? ???????? ???????? 00000000 00000000 "
                        "00000000 00000000 00000000 *" },
        .commands = { "*softnetstat" },
        .source = "/proc/net/softnet_stat",
        .state_bytes = sizeof(struct cpu_state),
        .read_line = read_softnet,
        .end = end_softnet,
        .samples = {
            {
                "00031991 00000001 00000002 00000000 00000000 00000000 "
                "00000000 00000000 00000000 00000003 00000000\n"
                "00000010 00000000 00000000 00000000 00000000 00000000 "
                "00000000 00000000 00000000 00000000 00000000\n",
                "counter: line=2 name='softnet.processed' value=203169\n"
                "counter: line=2 name='softnet.dropped' value=1\n"
                "counter: line=2 name='softnet.time_squeeze' value=2\n"
                "counter: line=2 name='softnet.received_rps' value=3\n"
                "counter: line=2 name='softnet.flow_limit' value=0\n",
            },
        },
    },
    {
        .name = "/proc/net/stat/nf_conntrack",
        .defined_in = "Linux net/netfilter/nf_conntrack_standalone.c",
        .signatures = { "entries *found new invalid *" },
        .commands = { "*statnfconntrack" },
        .source = "/proc/net/stat/nf_conntrack",
        .state_bytes = sizeof(struct cpu_state),
        .read_line = read_conntrack_stat,
        .end = end_conntrack_stat,
        .samples = {
            {
                "entries  clashres found new invalid ignore drop\n"
                "00000523  00000000 00000000 00000000 00000084 00000000 "
                "00000001\n"
                "00000523  00000000 00000000 00000000 0000000b 00000000 "
                "00000002\n",
                "counter: line=3 name='conntrack.entries' value=1315\n"
                "counter: line=3 name='conntrack.clashres' value=0\n"
                "counter: line=3 name='conntrack.found' value=0\n"
                "counter: line=3 name='conntrack.new' value=0\n"
                "counter: line=3 name='conntrack.invalid' value=143\n"
                "counter: line=3 name='conntrack.ignore' value=0\n"
                "counter: line=3 name='conntrack.drop' value=3\n",
            },
        },
    },
};

const struct format_family formats_of_proc = FORMAT_FAMILY(formats);
