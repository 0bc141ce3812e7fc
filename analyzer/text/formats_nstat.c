/* nstat of iproute2, text and JSON: counters as "<Section><Name> value rate".
 *
 *     #kernel
 *     UdpInCsumErrors                 12                 0.0
 *
 * Without -a the values are what was added since the last run; such rows are
 * told apart by their source. The heading does not tell: "#kernel" stands
 * above both; one from the daemon ("#1000.1804289383 sampling_interval=..")
 * only ever was seen above increments. */
#include "text/formats.h"

#include <string.h>

/* Longer ones first. */
static const char *const sections[] = {
    "MPTcpExt", "UdpLite6", "UdpLite", "IcmpMsg", "TcpExt", "IpExt", "Icmp6",
    "Icmp",     "Udp6",     "Sctp",    "Ip6",     "Udp",    "Tcp",   "Ip",
};

struct nstat_state {
    bool is_increment;
};

static const char *canonical(struct snapshot *snapshot, struct text name)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        struct text rest = name;

        if (text_skip(&rest, sections[i]) && rest.length > 0)
            return arena_format(snapshot->arena, "%s.%s", sections[i],
                                snapshot_text(snapshot, rest));
    }
    return snapshot_text(snapshot, name);
}

/* The options of the command, as typed or in a file name, have no 'a'. */
static bool says_increments(const struct snapshot *snapshot)
{
    struct text rest = text_of(snapshot->command);
    ptrdiff_t at = text_find(rest, "nstat");
    bool any = false;

    if (at < 0)
        return false;
    rest = text_from(rest, (size_t)at + 5);
    for (size_t i = 0; i < rest.length; i++) {
        if (rest.bytes[i] == 'a')
            return false;
        any = any || rest.bytes[i] == '-';
    }
    return any;
}

static void put(struct snapshot *snapshot, struct text name, int64_t value)
{
    const struct nstat_state *state = snapshot->state;
    struct counter_row row = snapshot_counter_row(snapshot);

    if (state->is_increment || says_increments(snapshot))
        row.source = "nstat increments";
    row.name = canonical(snapshot, name);
    row.value = value;
    sink_put(snapshot->sink, TABLE_COUNTER, &row);
}

static bool read_line(struct snapshot *snapshot, struct text line)
{
    struct nstat_state *state = snapshot->state;
    struct text name = text_word(&line);
    double rate;
    int64_t value;

    if (text_starts(name, "#")) {
        state->is_increment = text_find(line, "sampling_interval") >= 0;
        return true;
    }
    if (!snapshot_number(text_word(&line), &value) ||
        !text_real(text_trim(line), &rate))
        return false;
    put(snapshot, name, value);
    return true;
}

/* {"kernel":{"IpInReceives":4519}} */
static void read_element(struct snapshot *snapshot,
                         const struct json_element *element)
{
    for (size_t i = 0; i < element->count; i++) {
        struct text name = element->fields[i].path;
        int64_t value;

        (void)text_until(&name, '.');
        snapshot->line = element->fields[i].line;
        if (snapshot_number(element->fields[i].value, &value))
            put(snapshot, name, value);
    }
}

static const struct format formats[] = {
    {
        .name = "nstat",
        .defined_in = "iproute2 misc/nstat.c",
        .signatures = { "\\#kernel", "\\##.# sampling_interval=*",
                        "IpInReceives *#*.#" },
        .commands = { "*nstat*" },
        .source = "nstat",
        .state_bytes = sizeof(struct nstat_state),
        .read_line = read_line,
        .samples = {
            {
                "#kernel\n"
                "IpInReceives                    3095               0.0\n"
                "Ip6InReceives                   2                  0.0\n"
                "UdpInCsumErrors                 9                  0.0\n"
                "TcpExtTCPSynRetrans             18                 0.0\n"
                "IpExtInCsumErrors               1                  0.0\n",
                "counter: line=2 name='Ip.InReceives' value=3095\n"
                "counter: line=3 name='Ip6.InReceives' value=2\n"
                "counter: line=4 name='Udp.InCsumErrors' value=9\n"
                "counter: line=5 name='TcpExt.TCPSynRetrans' value=18\n"
                "counter: line=6 name='IpExt.InCsumErrors' value=1\n",
            },
            {
                "IpInReceives                    3095               0.0\n"
                "Icmp6InCsumErrors               2                  0.0\n",
                "counter: line=1 name='Ip.InReceives' value=3095\n"
                "counter: line=2 name='Icmp6.InCsumErrors' value=2\n",
            },
        },
    },
    {
        .name = "nstat JSON",
        .defined_in = "iproute2 misc/nstat.c",
        .json_keys = { "kernel.IpInReceives" },
        .source = "nstat",
        .state_bytes = sizeof(struct nstat_state),
        .read_element = read_element,
        .samples = {
            {
                "{\"kernel\":{\"IpInReceives\":4519,"
                "\"UdpInCsumErrors\":12}}\n",
                "counter: line=1 name='Ip.InReceives' value=4519\n"
                "counter: line=1 name='Udp.InCsumErrors' value=12\n",
            },
        },
    },
};

const struct format_family formats_of_nstat = FORMAT_FAMILY(formats);
