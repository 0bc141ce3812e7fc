/* netstat -i of net-tools.
 *
 *     Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR ...
 *     eth0      1500      721      0      0 0           733      0 ... */
#include "text/formats.h"

enum {
    HEADER_BYTES = 200,
};

struct table_state {
    char header[HEADER_BYTES];
};

/* Columns of netstat -i, old ("MTU Met RX-OK") and new. */
static const struct interface_column {
    const char *title;
    const char *name;
} interface_columns[] = {
    { "RX-OK", "rx.packets" },  { "RX-ERR", "rx.errors" },
    { "RX-DRP", "rx.dropped" }, { "RX-OVR", "rx.overrun" },
    { "TX-OK", "tx.packets" },  { "TX-ERR", "tx.errors" },
    { "TX-DRP", "tx.dropped" }, { "TX-OVR", "tx.overrun" },
};

static void put_column(struct snapshot *snapshot, struct text title,
                       struct counter_row *row)
{
    for (size_t i = 0;
         i < sizeof interface_columns / sizeof interface_columns[0]; i++) {
        if (!text_equals(title, interface_columns[i].title))
            continue;
        row->name = interface_columns[i].name;
        sink_put(snapshot->sink, TABLE_COUNTER, row);
    }
}

static void put_mtu(struct snapshot *snapshot, const char *interface,
                    struct text value)
{
    struct setting_row row = snapshot_setting_row(snapshot);

    row.interface = interface;
    row.name = "mtu";
    row.value = snapshot_text(snapshot, value);
    sink_put(snapshot->sink, TABLE_SETTING, &row);
}

static bool read_interfaces(struct snapshot *snapshot, struct text line)
{
    struct table_state *state = snapshot->state;
    struct counter_row row = snapshot_counter_row(snapshot);
    struct text header = text_of(state->header);
    bool any = false;

    if (text_equals(text_trim(line), "Kernel Interface table"))
        return true;
    if (text_starts(line, "Iface ")) {
        text_keep(state->header, sizeof state->header, line);
        return true;
    }
    (void)text_word(&header);
    row.interface = snapshot_text(snapshot, text_word(&line));
    for (struct text title = text_word(&header); title.length > 0;
         title = text_word(&header)) {
        struct text value = text_word(&line);

        if (text_equals(title, "MTU"))
            put_mtu(snapshot, row.interface, value);
        if (!snapshot_number(value, &row.value))
            continue;
        put_column(snapshot, title, &row);
        any = true;
    }
    return any;
}

static const struct format formats[] = {
    {
        .name = "netstat -i",
        .defined_in = "net-tools interface.c",
        .signatures = { "Kernel Interface table", "Iface * RX-OK *" },
        .commands = { "*netstati*" },
        .source = "netstat -i",
        .state_bytes = sizeof(struct table_state),
        .read_line = read_interfaces,
        .samples = {
            {
                "Kernel Interface table\n"
                "Iface     MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK"
                " TX-ERR TX-DRP TX-OVR Flg\n"
                "eth0     1500      721      1      2 3           733"
                "      4      5      6 BMRU\n",
                "setting: line=3 interface='eth0' name='mtu' value='1500'\n"
                "counter: line=3 interface='eth0' name='rx.packets' value=721\n"
                "counter: line=3 interface='eth0' name='rx.errors' value=1\n"
                "counter: line=3 interface='eth0' name='rx.dropped' value=2\n"
                "counter: line=3 interface='eth0' name='rx.overrun' value=3\n"
                "counter: line=3 interface='eth0' name='tx.packets' value=733\n"
                "counter: line=3 interface='eth0' name='tx.errors' value=4\n"
                "counter: line=3 interface='eth0' name='tx.dropped' value=5\n"
                "counter: line=3 interface='eth0' name='tx.overrun' value=6\n",
            },
        },
    },
};

const struct format_family formats_of_netstat_interfaces =
    FORMAT_FAMILY(formats);
