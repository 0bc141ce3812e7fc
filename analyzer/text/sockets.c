/* ss -tuanp and netstat -anp: who listens where.
 *
 *     udp   UNCONN 0 0 169.254.25.10:53 0.0.0.0:* users:(("node-cache",...))
 *
 * Only sockets that wait for others are kept, as settings "listen.udp.53" =
 * "169.254.25.10 node-cache". UNCONN on 0.0.0.0:4789 without a process is the
 * kernel's VXLAN socket. */
#include "text/formats.h"

#include <string.h>

/* The port and what stands before it: "0.0.0.0:53", "*:53", "[::]:53",
 * "127.0.0.1%lo:53", ":::53" of netstat. */
static struct text split_port(struct text *endpoint)
{
    size_t at = endpoint->length;
    struct text port;

    while (at > 0 && endpoint->bytes[at - 1] != ':')
        at--;
    port = text_from(*endpoint, at);
    endpoint->length = at > 0 ? at - 1 : 0;
    return port;
}

static bool put_listener(struct snapshot *snapshot, struct text protocol,
                         struct text endpoint, struct text process)
{
    struct text port = split_port(&endpoint);
    const char *name;
    const char *value;

    if (port.length == 0 || endpoint.length == 0)
        return false;
    name = arena_format(snapshot->arena, "listen.%s.%s",
                        snapshot_text(snapshot, protocol),
                        snapshot_text(snapshot, port));
    value = arena_format(
        snapshot->arena, "%s%s%s", snapshot_text(snapshot, endpoint),
        process.length > 0 ? " " : "", snapshot_text(snapshot, process));
    snapshot_setting(snapshot, name, text_of(value));
    return true;
}

/* "node-cache" of users:(("node-cache",pid=502,fd=10)) */
static struct text quoted(struct text line)
{
    ptrdiff_t at = text_find_byte(line, '"');

    if (at < 0)
        return text_slice(NULL, 0);
    line = text_from(line, (size_t)at + 1);
    return text_until(&line, '"');
}

static bool is_protocol(struct text word)
{
    return text_starts(word, "tcp") || text_starts(word, "udp");
}

/* Other families of ss and netstat: unix, raw, netlink, packet ... */
static const char *const others[] = { "u_str", "u_dgr", "u_seq", "raw",
                                      "raw6",  "nl",    "p_raw", "p_dgr",
                                      "icmp6", "unix",  "v_str", "ICMP6",
                                      "mptcp", "sctp",  "???",   NULL };

static bool is_other(struct text word)
{
    for (size_t i = 0; others[i] != NULL; i++)
        if (text_equals(word, others[i]))
            return true;
    return false;
}

/* With one family asked for ("ss -tln") there is no column Netid. */
static struct text protocol_of_state(struct text word)
{
    static const char *const tcp[] = { "LISTEN",    "ESTAB",      "SYN-SENT",
                                       "SYN-RECV",  "FIN-WAIT-1", "FIN-WAIT-2",
                                       "TIME-WAIT", "CLOSE-WAIT", "LAST-ACK",
                                       "CLOSING",   NULL };

    for (size_t i = 0; tcp[i] != NULL; i++)
        if (text_equals(word, tcp[i]))
            return text_of("tcp");
    return text_of(text_equals(word, "UNCONN") ? "udp" : "");
}

static bool read_ss(struct snapshot *snapshot, struct text line)
{
    struct text rest = line;
    struct text state = text_word(&rest);
    struct text protocol = protocol_of_state(state);
    struct text local;

    if (protocol.length == 0) {
        protocol = state;
        state = text_word(&rest);
    }
    if (text_starts(protocol, "Netid") || text_starts(protocol, "State"))
        return true;
    if (is_other(protocol))
        return true;
    /* -i and -m put more of a socket on a line of their own. */
    if (!is_protocol(protocol))
        return text_starts(line, "\t") || text_starts(line, " ");
    (void)text_word(&rest);
    (void)text_word(&rest);
    local = text_word(&rest);
    if (!text_equals(state, "LISTEN") && !text_equals(state, "UNCONN"))
        return local.length > 0;
    return put_listener(snapshot, protocol, local, quoted(rest));
}

/* "tcp  0  0 0.0.0.0:53  0.0.0.0:*  LISTEN  502/node-cache"; udp has no
 * state. */
static bool read_netstat(struct snapshot *snapshot, struct text line)
{
    struct text protocol = text_word(&line);
    struct text local;
    struct text remote;
    struct text process;

    if (text_starts(protocol, "Active") || text_starts(protocol, "Proto") ||
        is_other(protocol))
        return true;
    if (!is_protocol(protocol))
        return false;
    (void)text_word(&line);
    (void)text_word(&line);
    local = text_word(&line);
    remote = text_word(&line);
    process = text_word(&line);
    if (text_equals(process, "LISTEN"))
        process = text_word(&line);
    else if (text_starts(protocol, "tcp") || !text_ends(remote, ":*"))
        return remote.length > 0;
    if (text_find_byte(process, '/') >= 0)
        (void)text_until(&process, '/');
    else
        process.length = 0;
    if (text_ends(process, ":"))
        process.length--;
    return put_listener(snapshot, protocol, local, process);
}

/* ss -s */
static bool read_summary(struct snapshot *snapshot, struct text line)
{
    struct text name = text_until(&line, ':');
    struct text word = text_word(&line);
    int64_t value;

    if ((text_equals(name, "Total") || text_equals(name, "TCP")) &&
        snapshot_number(word, &value)) {
        snapshot_counter(
            snapshot,
            text_equals(name, "TCP") ? "sockets.tcp" : "sockets.total", value);
        return true;
    }
    return true;
}

static const struct format formats[] = {
    {
        .name = "ss",
        .defined_in = "iproute2 misc/ss.c",
        .signatures = { "Netid *State *Recv-Q *Send-Q *",
                        "State *Recv-Q *Send-Q *" },
        .commands = { "ss*" },
        .source = "ss",
        .read_line = read_ss,
        .samples = {
            {
                "Netid State  Recv-Q Send-Q Local Address:Port Peer "
                "Address:PortProcess\n"
                "udp   UNCONN 0      0      169.254.25.10:53   0.0.0.0:*    "
                "users:((\"node-cache\",pid=502,fd=10))\n"
                "udp   ESTAB  0      0      10.133.90.0:50840  "
                "10.133.96.4:53\n"
                "udp   UNCONN 0      0      0.0.0.0:4789       0.0.0.0:*    "
                "\n"
                "tcp   LISTEN 0      4096   [::]:9254          [::]:*\n"
                "\t bbr cwnd:10\n",
                "setting: line=2 name='listen.udp.53' value='169.254.25.10 node-cache'\n"
                "setting: line=4 name='listen.udp.4789' value='0.0.0.0'\n"
                "setting: line=5 name='listen.tcp.9254' value='[::]'\n",
            },
            {
                "State      Recv-Q Send-Q Local Address:Port Peer "
                "Address:Port\n"
                "LISTEN     0      128    *:53               *:*\n"
                "ESTAB      0      0      10.0.0.1:53        10.0.0.2:9\n",
                "setting: line=2 name='listen.tcp.53' value='*'\n",
            },
        },
    },
    {
        .name = "ss -s",
        .defined_in = "iproute2 misc/ss.c",
        .signatures = { "Total: #", "Total: # (kernel *" },
        .source = "ss -s",
        .read_line = read_summary,
        .samples = {
            {
                "Total: 15\n"
                "TCP:   1 (estab 0, closed 0, orphaned 0, timewait 0)\n"
                "\n"
                "Transport Total     IP        IPv6\n"
                "UDP\t  2         2         0        \n",
                "counter: line=1 name='sockets.total' value=15\n"
                "counter: line=2 name='sockets.tcp' value=1\n",
            },
        },
    },
    {
        .name = "netstat -an",
        .defined_in = "net-tools netstat.c",
        .signatures = { "Active Internet connections*",
                        "Proto Recv-Q Send-Q Local Address *" },
        .commands = { "netstat*" },
        .source = "netstat -an",
        .read_line = read_netstat,
        .samples = {
            {
                "Active Internet connections (servers and established)\n"
                "Proto Recv-Q Send-Q Local Address           Foreign Address "
                "        State       PID/Program name    \n"
                "tcp        0      0 169.254.25.10:53        0.0.0.0:*       "
                "        LISTEN      502/node-cache      \n"
                "tcp        0      0 10.0.0.1:37177          10.0.0.2:53     "
                "        TIME_WAIT   -                   \n"
                "udp        0      0 169.254.25.10:53        0.0.0.0:*       "
                "                    502/node-cache      \n"
                "udp6       0      0 :::4789                 :::*            "
                "                    -                   \n",
                "setting: line=3 name='listen.tcp.53' value='169.254.25.10 node-cache'\n"
                "setting: line=5 name='listen.udp.53' value='169.254.25.10 node-cache'\n"
                "setting: line=6 name='listen.udp6.4789' value='::'\n",
            },
        },
    },
};

const struct format_family formats_of_sockets = FORMAT_FAMILY(formats);
