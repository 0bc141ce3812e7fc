/* ifconfig -a of net-tools, old form and new (since 2.0), and of BusyBox.
 *
 *     eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
 *             inet 192.168.60.11  netmask 255.255.255.0
 *             RX packets 720  bytes 92927 (90.7 KiB)
 *
 *     eth0      Link encap:Ethernet  HWaddr 52:54:00:60:00:01
 *               inet addr:192.168.60.11  Mask:255.255.255.0
 *               RX packets:720 errors:0 dropped:0 overruns:0 frame:0 */
#include "text/formats.h"

struct ifconfig_state {
    char interface[INTERFACE_TEXT_BYTES];
    char mac[INTERFACE_TEXT_BYTES];
};

static void put_setting(struct snapshot *snapshot, const char *name,
                        struct text value)
{
    const struct ifconfig_state *state = snapshot->state;
    struct setting_row row = snapshot_setting_row(snapshot);

    row.interface = state->interface;
    row.name = name;
    row.value = snapshot_text(snapshot, value);
    sink_put(snapshot->sink, TABLE_SETTING, &row);
}

static int64_t mask_bits(struct text text)
{
    struct address mask;
    int64_t bits = 0;
    uint64_t hex;

    if (text_skip(&text, "0x")) /* BSD style masks of some builds */
        return text_hex(text, &hex) ? __builtin_popcountll(hex) : ABSENT;
    if (!address_parse(text, &mask))
        return ABSENT;
    for (size_t i = 0; i < mask.length; i++)
        bits += __builtin_popcount(mask.bytes[i]);
    return bits;
}

/* "192.168.60.11", "addr:192.168.60.11", "fe80::1/64"; -1 until the mask. */
static void put_address(struct snapshot *snapshot, struct text word,
                        int64_t prefix_length)
{
    const struct ifconfig_state *state = snapshot->state;
    struct interface_address_row row = INTERFACE_ADDRESS_ROW_NONE;
    int64_t own_length;

    text_skip(&word, "addr:");
    if (!prefix_parse(word, &row.address, &own_length))
        return;
    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.interface = state->interface;
    row.prefix_length =
        text_find_byte(word, '/') >= 0 ? own_length : prefix_length;
    row.mac = state->mac[0] == '\0' ? NULL : state->mac;
    sink_put(snapshot->sink, TABLE_INTERFACE_ADDRESS, &row);
}

static void take_inet(struct snapshot *snapshot, struct text line)
{
    struct text address = text_word(&line);
    int64_t prefix_length = ABSENT;

    if (text_equals(address, "addr:")) /* "inet6 addr: fe80::1/64" */
        address = text_word(&line);
    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);

        if (text_equals(word, "netmask"))
            prefix_length = mask_bits(text_word(&line));
        else if (text_equals(word, "prefixlen"))
            (void)text_integer(text_word(&line), &prefix_length);
        else if (text_skip(&word, "Mask:"))
            prefix_length = mask_bits(word);
    }
    put_address(snapshot, address, prefix_length);
}

static const struct counter_word {
    const char *word;
    const char *name;
} counter_words[] = {
    { "packets", "packets" },  { "bytes", "bytes" },
    { "errors", "errors" },    { "dropped", "dropped" },
    { "overruns", "overrun" }, { "frame", "frame" },
    { "carrier", "carrier" },  { "collisions", "collisions" },
};

static void put_counter(struct snapshot *snapshot, const char *direction,
                        struct text word, int64_t value)
{
    const struct ifconfig_state *state = snapshot->state;
    struct counter_row row = snapshot_counter_row(snapshot);

    for (size_t i = 0; i < sizeof counter_words / sizeof counter_words[0];
         i++) {
        if (!text_equals(word, counter_words[i].word))
            continue;
        row.interface = state->interface;
        row.name = arena_format(snapshot->arena, "%s.%s", direction,
                                counter_words[i].name);
        row.value = value;
        sink_put(snapshot->sink, TABLE_COUNTER, &row);
    }
}

/* "RX packets 720  bytes 92927 (90.7 KiB)", "RX bytes:9 (9 B)  TX bytes:8" */
static void take_counters(struct snapshot *snapshot, struct text line)
{
    const char *direction = "tx"; /* "collisions:0 txqueuelen:1000" */

    while (text_trim(line).length > 0) {
        struct text value = text_word(&line);
        struct text word = text_until(&value, ':');
        int64_t number;

        if (text_equals(word, "RX") || text_equals(word, "TX")) {
            direction = text_equals(word, "RX") ? "rx" : "tx";
            continue;
        }
        if (value.length == 0) {
            struct text rest = line;

            value = text_word(&rest);
        }
        if (snapshot_number(value, &number))
            put_counter(snapshot, direction, word, number);
    }
}

static bool take_header(struct snapshot *snapshot, struct text line)
{
    struct ifconfig_state *state = snapshot->state;
    struct text name = text_word(&line);
    bool is_new = text_starts(text_trim(line), "flags=");

    if (!is_new && !text_starts(text_trim(line), "Link encap:"))
        return false;
    if (is_new && text_ends(name, ":"))
        name.length--;
    text_keep(state->interface, sizeof state->interface, name);
    state->mac[0] = '\0';
    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);

        if (text_equals(word, "mtu"))
            put_setting(snapshot, "mtu", text_word(&line));
        if (!text_equals(word, "HWaddr"))
            continue;
        text_keep(state->mac, sizeof state->mac, text_word(&line));
        put_setting(snapshot, "mac", text_of(state->mac));
    }
    return true;
}

static void take_flags(struct snapshot *snapshot, struct text line)
{
    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);

        if (text_skip(&word, "MTU:"))
            put_setting(snapshot, "mtu", word);
    }
}

static bool read_line(struct snapshot *snapshot, struct text line)
{
    struct ifconfig_state *state = snapshot->state;
    struct text rest = text_trim(line);
    struct text all = rest;
    struct text word;

    if (rest.length == line.length || line.bytes[0] > ' ')
        return take_header(snapshot, line);
    if (state->interface[0] == '\0')
        return false;
    word = text_word(&rest);
    if (text_equals(word, "inet") || text_equals(word, "inet6")) {
        take_inet(snapshot, rest);
    } else if (text_equals(word, "ether")) {
        text_keep(state->mac, sizeof state->mac, text_word(&rest));
        put_setting(snapshot, "mac", text_of(state->mac));
    } else if (text_find(all, "MTU:") >= 0) {
        take_flags(snapshot, all);
    } else {
        take_counters(snapshot, all);
    }
    return true;
}

static const struct format formats[] = {
    {
        .name = "ifconfig",
        .defined_in = "net-tools ifconfig.c, lib/interface.c",
        .signatures = { "*: flags=#<*> *mtu #*", "* Link encap:*" },
        .commands = { "ifconfig*" },
        .source = "ifconfig",
        .state_bytes = sizeof(struct ifconfig_state),
        .read_line = read_line,
        .samples = {
            {
                "eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500\n"
                "        inet 192.168.60.11  netmask 255.255.255.0  "
                "broadcast 192.168.60.255\n"
                "        inet6 fe80::1  prefixlen 64  scopeid 0x20<link>\n"
                "        ether 52:54:00:60:00:01  txqueuelen 1000  "
                "(Ethernet)\n"
                "        RX packets 720  bytes 92927 (90.7 KiB)\n"
                "        TX errors 1  dropped 2 overruns 3  carrier 4  "
                "collisions 5\n",
                "setting: line=1 interface='eth0' name='mtu' value='1500'\n"
                "interface_address: line=2 interface='eth0' address='192.168.60.11' prefix_length=24\n"
                "interface_address: line=3 interface='eth0' address='fe80::1' prefix_length=64\n"
                "setting: line=4 interface='eth0' name='mac' value='52:54:00:60:00:01'\n"
                "counter: line=5 interface='eth0' name='rx.packets' value=720\n"
                "counter: line=5 interface='eth0' name='rx.bytes' value=92927\n"
                "counter: line=6 interface='eth0' name='tx.errors' value=1\n"
                "counter: line=6 interface='eth0' name='tx.dropped' value=2\n"
                "counter: line=6 interface='eth0' name='tx.overrun' value=3\n"
                "counter: line=6 interface='eth0' name='tx.carrier' value=4\n"
                "counter: line=6 interface='eth0' name='tx.collisions' value=5\n",
            },
            {
                "eth0      Link encap:Ethernet  HWaddr 52:54:00:60:00:01  \n"
                "          inet addr:192.168.60.11  Bcast:192.168.60.255  "
                "Mask:255.255.255.0\n"
                "          inet6 addr: fe80::1/64 Scope:Link\n"
                "          UP BROADCAST RUNNING MULTICAST  MTU:1500  "
                "Metric:1\n"
                "          RX packets:720 errors:0 dropped:1 overruns:0 "
                "frame:0\n"
                "          collisions:2 txqueuelen:1000 \n"
                "          RX bytes:92927 (90.7 KiB)  TX bytes:98001 (95.7 "
                "KiB)\n",
                "setting: line=1 interface='eth0' name='mac' value='52:54:00:60:00:01'\n"
                "interface_address: line=2 interface='eth0' address='192.168.60.11' prefix_length=24 mac='52:54:00:60:00:01'\n"
                "interface_address: line=3 interface='eth0' address='fe80::1' prefix_length=64 mac='52:54:00:60:00:01'\n"
                "setting: line=4 interface='eth0' name='mtu' value='1500'\n"
                "counter: line=5 interface='eth0' name='rx.packets' value=720\n"
                "counter: line=5 interface='eth0' name='rx.errors' value=0\n"
                "counter: line=5 interface='eth0' name='rx.dropped' value=1\n"
                "counter: line=5 interface='eth0' name='rx.overrun' value=0\n"
                "counter: line=5 interface='eth0' name='rx.frame' value=0\n"
                "counter: line=6 interface='eth0' name='tx.collisions' value=2\n"
                "counter: line=7 interface='eth0' name='rx.bytes' value=92927\n"
                "counter: line=7 interface='eth0' name='tx.bytes' value=98001\n",
            },
        },
    },
};

const struct format_family formats_of_ifconfig = FORMAT_FAMILY(formats);
