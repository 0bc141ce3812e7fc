/* ip neigh, bridge fdb, arp.
 *
 *     10.244.2.0 dev vxlan.calico lladdr 66:0a:22:22:22:22 PERMANENT
 *     66:0a:22:22:22:22 dev vxlan.calico dst 192.168.56.12 self permanent
 *
 * Together they tell to which host a gateway of a route is sent. */
#include "text/formats.h"

#include <string.h>

/* States of ip neigh (ipneigh.c) and of bridge fdb (fdb.c). */
static const char *const states[] = {
    "PERMANENT", "REACHABLE",  "STALE",   "DELAY", "PROBE",
    "FAILED",    "INCOMPLETE", "NOARP",   "NONE",  "permanent",
    "static",    "stale",      "offload", NULL,
};

static bool is_state(struct text word)
{
    for (size_t i = 0; states[i] != NULL; i++)
        if (text_equals(word, states[i]))
            return true;
    return false;
}

static struct neighbour_row neighbour_row(const struct snapshot *snapshot)
{
    struct neighbour_row row = NEIGHBOUR_ROW_NONE;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.source = snapshot->format->source;
    return row;
}

static void take_words(struct snapshot *snapshot, struct text line,
                       struct neighbour_row *row)
{
    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);

        if (text_equals(word, "dev"))
            row->interface = snapshot_text(snapshot, text_word(&line));
        else if (text_equals(word, "lladdr"))
            row->mac = snapshot_text(snapshot, text_word(&line));
        else if (text_equals(word, "dst"))
            (void)address_parse(text_word(&line), &row->address);
        else if (is_state(word))
            row->state = snapshot_text(snapshot, word);
    }
}

static bool read_neighbour(struct snapshot *snapshot, struct text line)
{
    struct neighbour_row row = neighbour_row(snapshot);

    if (!address_parse(text_word(&line), &row.address))
        return false;
    take_words(snapshot, line, &row);
    if (row.interface == NULL || (row.mac == NULL && row.state == NULL))
        return false;
    sink_put(snapshot->sink, TABLE_NEIGHBOUR, &row);
    return true;
}

static bool read_forwarding(struct snapshot *snapshot, struct text line)
{
    struct neighbour_row row = neighbour_row(snapshot);
    struct text mac = text_word(&line);

    if (mac.length != 17 || mac.bytes[2] != ':')
        return false;
    row.mac = snapshot_text(snapshot, mac);
    take_words(snapshot, line, &row);
    if (row.interface == NULL)
        return false;
    sink_put(snapshot->sink, TABLE_NEIGHBOUR, &row);
    return true;
}

/* arp -an: "? (10.0.0.1) at 52:54:00:00:00:01 [ether] PERM on eth0" */
static bool read_arp(struct snapshot *snapshot, struct text line)
{
    struct neighbour_row row = neighbour_row(snapshot);
    struct text word;

    (void)text_word(&line);
    word = text_word(&line);
    if (!text_skip(&word, "(") || !text_ends(word, ")") ||
        !address_parse(text_first(word, word.length - 1), &row.address) ||
        !text_equals(text_word(&line), "at"))
        return false;
    word = text_word(&line);
    row.state = text_equals(word, "<incomplete>") ? "INCOMPLETE" : NULL;
    row.mac = row.state == NULL ? snapshot_text(snapshot, word) : NULL;
    while (text_trim(line).length > 0) {
        word = text_word(&line);
        if (text_equals(word, "PERM"))
            row.state = "PERMANENT";
    }
    row.interface = snapshot_text(snapshot, word);
    sink_put(snapshot->sink, TABLE_NEIGHBOUR, &row);
    return true;
}

static void read_neighbour_element(struct snapshot *snapshot,
                                   const struct json_element *element)
{
    struct neighbour_row row = neighbour_row(snapshot);

    if (!address_parse(flat_json_value(element, "dst"), &row.address)) {
        snapshot_anomaly(snapshot, "snapshot.bad-neighbour",
                         flat_json_value(element, "dst"));
        return;
    }
    row.interface =
        snapshot_optional(snapshot, flat_json_value(element, "dev"));
    row.mac = snapshot_optional(snapshot, flat_json_value(element, "lladdr"));
    row.state = snapshot_optional(snapshot, flat_json_value(element, "state"));
    sink_put(snapshot->sink, TABLE_NEIGHBOUR, &row);
}

static void read_forwarding_element(struct snapshot *snapshot,
                                    const struct json_element *element)
{
    struct neighbour_row row = neighbour_row(snapshot);

    row.mac = snapshot_optional(snapshot, flat_json_value(element, "mac"));
    row.interface =
        snapshot_optional(snapshot, flat_json_value(element, "ifname"));
    row.state = snapshot_optional(snapshot, flat_json_value(element, "state"));
    (void)address_parse(flat_json_value(element, "dst"), &row.address);
    sink_put(snapshot->sink, TABLE_NEIGHBOUR, &row);
}

static const struct format formats[] = {
    {
        .name = "ip neigh",
        .defined_in = "iproute2 ip/ipneigh.c",
        .signatures = { "#.#.#.# dev * lladdr *", "*:* dev * lladdr *",
                        "#.#.#.# dev * FAILED", "*:* dev * FAILED",
                        "#.#.#.# dev * INCOMPLETE",
                        "#.#.#.# dev *INCOMPLETE", "#.#.#.# dev *FAILED" },
        .commands = { "ip*neigh*" },
        .source = "ip neigh",
        .read_line = read_neighbour,
        .samples = {
            {
                "10.133.90.3 dev cali059af050a43 lladdr 2a:27:b4:f6:1e:11 "
                "used 1/2/3 probes 4 REACHABLE \n"
                "fe80::1 dev eth0 lladdr 52:54:00:60:00:fe router STALE \n"
                "192.168.60.9 dev eth0  FAILED \n",
                "neighbour: line=1 interface='cali059af050a43' address='10.133.90.3' mac='2a:27:b4:f6:1e:11' state='REACHABLE'\n"
                "neighbour: line=2 interface='eth0' address='fe80::1' mac='52:54:00:60:00:fe' state='STALE'\n"
                "neighbour: line=3 interface='eth0' address='192.168.60.9' state='FAILED'\n",
            },
        },
    },
    {
        .name = "bridge fdb",
        .defined_in = "iproute2 bridge/fdb.c",
        .signatures = { "??:??:??:??:??:?? dev *" },
        .commands = { "*fdb*" },
        .source = "bridge fdb",
        .read_line = read_forwarding,
        .samples = {
            {
                "33:33:00:00:00:01 dev eth0 self permanent\n"
                "66:0a:22:22:22:22 dev vxlan.calico dst 192.168.56.12 self "
                "permanent\n",
                "neighbour: line=1 interface='eth0' mac='33:33:00:00:00:01' state='permanent'\n"
                "neighbour: line=2 interface='vxlan.calico' address='192.168.56.12' mac='66:0a:22:22:22:22' state='permanent'\n",
            },
        },
    },
    {
        .name = "arp -a",
        .defined_in = "net-tools arp.c",
        .signatures = { "* (#.#.#.#) at * on *" },
        .commands = { "arp*" },
        .source = "ip neigh",
        .read_line = read_arp,
        .samples = {
            {
                "? (10.0.0.1) at 52:54:00:60:00:fe [ether] on eth0\n"
                "gw (10.0.0.2) at <incomplete> on eth0\n",
                "neighbour: line=1 interface='eth0' address='10.0.0.1' mac='52:54:00:60:00:fe'\n"
                "neighbour: line=2 interface='eth0' address='10.0.0.2' state='INCOMPLETE'\n",
            },
        },
    },
    {
        .name = "ip neigh JSON",
        .defined_in = "iproute2 ip/ipneigh.c",
        .json_keys = { "dst", "dev", "state", "!mac" },
        .source = "ip neigh",
        .read_element = read_neighbour_element,
        .samples = {
            {
                "[{\"dst\":\"10.0.0.1\",\"dev\":\"eth0\","
                "\"lladdr\":\"52:54:00:60:00:fe\","
                "\"state\":[\"REACHABLE\"]}]\n",
                "neighbour: line=1 interface='eth0' address='10.0.0.1' mac='52:54:00:60:00:fe' state='REACHABLE'\n",
            },
        },
    },
    {
        .name = "bridge fdb JSON",
        .defined_in = "iproute2 bridge/fdb.c",
        .json_keys = { "mac", "ifname" },
        .source = "bridge fdb",
        .read_element = read_forwarding_element,
        .samples = {
            {
                "[{\"mac\":\"66:0a:22:22:22:22\",\"ifname\":\"vxlan.calico\","
                "\"dst\":\"192.168.56.12\",\"flags\":[\"self\"],"
                "\"state\":\"permanent\"}]\n",
                "neighbour: line=1 interface='vxlan.calico' address='192.168.56.12' mac='66:0a:22:22:22:22' state='permanent'\n",
            },
        },
    },
};

const struct format_family formats_of_neighbour = FORMAT_FAMILY(formats);
