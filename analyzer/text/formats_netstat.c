/* netstat -s of net-tools, statistics.c, in four eras.
 *
 *     Udp:
 *         56 packets received
 *         InCsumErrors: 12
 *
 * A counter is printed as a sentence, or by its MIB name if the tool has no
 * sentence for it. Sentences become MIB names; see
 * formats_netstat_sentences.c. Most counters are left out while they are
 * zero, so two snapshots only compare if those zeros are put back. */
#include "text/formats_netstat.h"

#include "text/formats.h"

#include <string.h>

enum {
    SECTION_BYTES = 24,
};

/* Counters that matter and that are not printed while they are zero. A kernel
 * before 3.10 has no InCsumErrors: there, absence is not zero. */
static const struct silent {
    const char *section;
    const char *name;
    bool is_since_3_10;
} silent[] = {
    { "Ip", "ReasmFails", false },
    { "Ip", "FragFails", false },
    { "Ip", "FragCreates", false },
    { "Ip", "InAddrErrors", false },
    { "Ip", "InHdrErrors", false },
    { "Ip", "OutNoRoutes", false },
    { "Ip", "OutDiscards", false },
    { "Ip", "ReasmReqds", false },
    { "Icmp", "InCsumErrors", true },
    { "Icmp", "InDestUnreachs", false },
    { "Icmp", "OutDestUnreachs", false },
    { "Tcp", "InCsumErrors", true },
    { "Udp", "InCsumErrors", true },
    { "UdpLite", "InCsumErrors", true },
    { "IpExt", "InCsumErrors", true },
    { "TcpExt", "TCPTimeouts", false },
    { "TcpExt", "TCPLostRetransmit", false },
    { "TcpExt", "ListenDrops", false },
    { "TcpExt", "ListenOverflows", false },
    { "TcpExt", "TCPSynRetrans", true },
    { "TcpExt", "TCPRetransFail", true },
    { "TcpExt", "TCPSpuriousRTOs", false },
    { "TcpExt", "TCPReqQFullDrop", true },
    { "TcpExt", "IPReversePathFilter", true },
    { "Ip6", "FragFails", false },
    { "Ip6", "ReasmFails", false },
    { "Udp6", "InCsumErrors", true },
    { "Icmp6", "InCsumErrors", true },
};

enum {
    SILENT_COUNT = sizeof silent / sizeof silent[0],
};

struct netstat_state {
    char section[SECTION_BYTES];
    char histogram[8]; /* " in" or " out" inside one, else "" */
    bool has_section[SILENT_COUNT];
    bool is_printed[SILENT_COUNT];
    bool is_since_3_10; /* something only a newer kernel or tool prints */
};

/* Spellings of net-tools after 2015-11, and counters of Linux 3.10 and later
 * that every host with traffic has. */
static const char *const new_marks[] = {
    "# segments sent out", "InNoECTPkts: #",    "TCPOrigDataSent: #",
    "InCsumErrors: #",     "TCPAutoCorking: #", NULL,
};

static bool is_name(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i];

        if (!(byte >= 'a' && byte <= 'z') && !(byte >= 'A' && byte <= 'Z') &&
            !(byte >= '0' && byte <= '9'))
            return false;
    }
    return text.length > 0;
}

static bool take_section(struct netstat_state *state, struct text line)
{
    if (!text_ends(line, ":"))
        return false;
    line.length--;
    if (!is_name(line) || line.length >= SECTION_BYTES)
        return false;
    memcpy(state->section, line.bytes, line.length);
    state->section[line.length] = '\0';
    state->histogram[0] = '\0';
    for (size_t i = 0; i < SILENT_COUNT; i++)
        if (text_equals(line, silent[i].section))
            state->has_section[i] = true;
    return true;
}

static void put(struct snapshot *snapshot, struct text name, int64_t value)
{
    struct netstat_state *state = snapshot->state;

    /* Sections of IPv6 repeat themselves in raw names: Udp6InCsumErrors. */
    if (text_ends(text_of(state->section), "6"))
        text_skip(&name, state->section);
    for (size_t i = 0; i < SILENT_COUNT; i++)
        if (text_equals(name, silent[i].name) &&
            strcmp(state->section, silent[i].section) == 0)
            state->is_printed[i] = true;
    snapshot_counter(snapshot,
                     arena_format(snapshot->arena, "%s.%s", state->section,
                                  text_copy(snapshot->arena, name)),
                     value);
}

/* The number at the N of a sentence. */
static bool matches_sentence(struct text line, struct text sentence,
                             int64_t *value)
{
    ptrdiff_t at = text_find_byte(sentence, 'N');
    size_t after;

    while (at >= 0 && (size_t)at + 1 < sentence.length &&
           sentence.bytes[at + 1] != ' ') {
        ptrdiff_t next =
            text_find_byte(text_from(sentence, (size_t)at + 1), 'N');

        at = next < 0 ? -1 : at + 1 + next;
    }
    if (at < 0 || line.length < sentence.length)
        return false;
    after = sentence.length - (size_t)at - 1;
    for (size_t i = 0; i < (size_t)at; i++)
        if (line.bytes[i] != sentence.bytes[i])
            return false;
    for (size_t i = 1; i <= after; i++)
        if (line.bytes[line.length - i] != sentence.bytes[sentence.length - i])
            return false;
    line.length -= after;
    return snapshot_number(text_from(line, (size_t)at), value);
}

static bool is_section(struct text key, const struct netstat_state *state)
{
    return text_skip(&key, state->section) &&
           (key.length == 0 || text_equals(key, state->histogram));
}

static bool take_sentence(struct snapshot *snapshot, struct text line)
{
    const struct netstat_state *state = snapshot->state;

    if (text_ends(line, "."))
        line.length--;
    for (size_t i = 0; netstat_sentences[i] != NULL; i++) {
        struct text sentence;
        struct text section;
        struct text name;
        int64_t value;

        if (netstat_sentences[i][0] != state->section[0])
            continue;
        sentence = text_of(netstat_sentences[i]);
        section = text_until(&sentence, '|');
        if (!is_section(section, state))
            continue;
        name = text_until(&sentence, '|');
        if (!matches_sentence(line, sentence, &value))
            continue;
        put(snapshot, name, value);
        return true;
    }
    return false;
}

static bool take_raw(struct snapshot *snapshot, struct text line)
{
    struct text name = text_until(&line, ':');
    int64_t value;

    if (!is_name(name) || !snapshot_number(text_trim(line), &value))
        return false;
    put(snapshot, name, value);
    return true;
}

static bool read_statistics(struct snapshot *snapshot, struct text line)
{
    struct netstat_state *state = snapshot->state;
    struct text trimmed = text_trim(line);

    if (trimmed.length == line.length && take_section(state, trimmed))
        return true;
    if (state->section[0] == '\0')
        return false;
    if (!state->is_since_3_10 && glob_matches_any(trimmed, new_marks))
        state->is_since_3_10 = true;
    if (text_equals(trimmed, "ICMP input histogram:")) {
        memcpy(state->histogram, " in", 4);
        return true;
    }
    if (text_equals(trimmed, "ICMP output histogram:")) {
        memcpy(state->histogram, " out", 5);
        return true;
    }
    return take_sentence(snapshot, trimmed) || take_raw(snapshot, trimmed) ||
           text_starts(trimmed, "Forwarding is ") ||
           text_starts(trimmed, "RTO algorithm is ");
}

static void end_statistics(struct snapshot *snapshot)
{
    const struct netstat_state *state = snapshot->state;

    for (size_t i = 0; i < SILENT_COUNT; i++) {
        if (!state->has_section[i] || state->is_printed[i] ||
            (silent[i].is_since_3_10 && !state->is_since_3_10))
            continue;
        snapshot_counter(snapshot,
                         arena_format(snapshot->arena, "%s.%s",
                                      silent[i].section, silent[i].name),
                         0);
    }
}

static const struct format formats[] = {
    {
        .name = "netstat -s",
        .defined_in = "net-tools statistics.c",
        .signatures = { "Ip:", "Ip6:", "Icmp:", "Tcp:", "Udp:", "TcpExt:",
                        "IpExt:" },
        .commands = { "*netstats*" },
        .source = "netstat -s",
        .state_bytes = sizeof(struct netstat_state),
        .read_line = read_statistics,
        .end = end_statistics,
        .samples = {
            {
                /* 2.10, Debian 12 */
                "Ip:\n"
                "    Forwarding: 2\n"
                "    4519 total packets received\n"
                "    3 outgoing packets failed fragmentation\n"
                "Icmp:\n"
                "    3 ICMP messages received\n"
                "    2 input ICMP message failed\n"
                "    InCsumErrors: 2\n"
                "    ICMP input histogram:\n"
                "        destination unreachable: 5\n"
                "    ICMP output histogram:\n"
                "        destination unreachable: 6\n"
                "IcmpMsg:\n"
                "        InType8: 1\n"
                "Udp:\n"
                "    56 packets received\n"
                "    12 packet receive errors\n"
                "    InCsumErrors: 12\n",
                "counter: line=2 name='Ip.Forwarding' value=2\n"
                "counter: line=3 name='Ip.InReceives' value=4519\n"
                "counter: line=4 name='Ip.FragFails' value=3\n"
                "counter: line=6 name='Icmp.InMsgs' value=3\n"
                "counter: line=7 name='Icmp.InErrors' value=2\n"
                "counter: line=8 name='Icmp.InCsumErrors' value=2\n"
                "counter: line=10 name='Icmp.InDestUnreachs' value=5\n"
                "counter: line=12 name='Icmp.OutDestUnreachs' value=6\n"
                "counter: line=14 name='IcmpMsg.InType8' value=1\n"
                "counter: line=16 name='Udp.InDatagrams' value=56\n"
                "counter: line=17 name='Udp.InErrors' value=12\n"
                "counter: line=18 name='Udp.InCsumErrors' value=12\n"
                "counter: line=18 name='Ip.ReasmFails' value=0\n"
                "counter: line=18 name='Ip.FragCreates' value=0\n"
                "counter: line=18 name='Ip.InAddrErrors' value=0\n"
                "counter: line=18 name='Ip.InHdrErrors' value=0\n"
                "counter: line=18 name='Ip.OutNoRoutes' value=0\n"
                "counter: line=18 name='Ip.OutDiscards' value=0\n"
                "counter: line=18 name='Ip.ReasmReqds' value=0\n",
            },
            {
                /* 2.0-0.25.20131004git, RHEL 7 */
                "Tcp:\n"
                "    32 active connections openings\n"
                "    907 segments send out\n"
                "    18 segments retransmited\n"
                "    57 bad segments received.\n"
                "Udp:\n"
                "    4 packets to unknown port received.\n"
                "TcpExt:\n"
                "    19 other TCP timeouts\n"
                "    Quick ack mode was activated 7 times\n"
                "    TCPOrigDataSent: 391\n",
                "counter: line=2 name='Tcp.ActiveOpens' value=32\n"
                "counter: line=3 name='Tcp.OutSegs' value=907\n"
                "counter: line=4 name='Tcp.RetransSegs' value=18\n"
                "counter: line=5 name='Tcp.InErrs' value=57\n"
                "counter: line=7 name='Udp.NoPorts' value=4\n"
                "counter: line=9 name='TcpExt.TCPTimeouts' value=19\n"
                "counter: line=10 name='TcpExt.DelayedACKLost' value=7\n"
                "counter: line=11 name='TcpExt.TCPOrigDataSent' value=391\n"
                "counter: line=11 name='Tcp.InCsumErrors' value=0\n"
                "counter: line=11 name='Udp.InCsumErrors' value=0\n"
                "counter: line=11 name='TcpExt.TCPLostRetransmit' value=0\n"
                "counter: line=11 name='TcpExt.ListenDrops' value=0\n"
                "counter: line=11 name='TcpExt.ListenOverflows' value=0\n"
                "counter: line=11 name='TcpExt.TCPSynRetrans' value=0\n"
                "counter: line=11 name='TcpExt.TCPRetransFail' value=0\n"
                "counter: line=11 name='TcpExt.TCPSpuriousRTOs' value=0\n"
                "counter: line=11 name='TcpExt.TCPReqQFullDrop' value=0\n"
                "counter: line=11 name='TcpExt.IPReversePathFilter' value=0\n",
            },
            {
                /* 1.60 of CentOS 6 on 2.6.32: no InCsumErrors to be zero */
                "Udp:\n"
                "    868 packets received\n"
                "    9 packet receive errors\n",
                "counter: line=2 name='Udp.InDatagrams' value=868\n"
                "counter: line=3 name='Udp.InErrors' value=9\n",
            },
            {
                /* after 2024-08 */
                "Tcp:\n"
                "    31 segments sent out\n"
                "Udp:\n"
                "    9 packets with invalid checksum\n"
                "Udp6:\n"
                "    Udp6InErrors: 3\n",
                "counter: line=2 name='Tcp.OutSegs' value=31\n"
                "counter: line=4 name='Udp.InCsumErrors' value=9\n"
                "counter: line=6 name='Udp6.InErrors' value=3\n"
                "counter: line=6 name='Tcp.InCsumErrors' value=0\n"
                "counter: line=6 name='Udp6.InCsumErrors' value=0\n",
            },
        },
    },
};

const struct format_family formats_of_netstat = FORMAT_FAMILY(formats);
