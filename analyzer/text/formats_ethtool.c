/* ethtool: -k, -S, -i, and what prints "name: value" under a heading.
 *
 *     Features for vxlan.calico:
 *     tx-checksumming: on
 *     	tx-checksum-ip-generic: on
 *     	tx-tcp-segmentation: off [requested on]
 *
 * -S is the driver's: names differ, and most count each queue by itself. The
 * names are kept, and queues are summed under the name without the index. */
#include "text/formats.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

static const struct text nothing = { NULL, 0 };

/* The interface of a heading: "Features for eth0:". */
static bool take_heading(struct snapshot *snapshot, struct text line,
                         const char *words)
{
    line = text_trim(line);
    if (!text_ends(line, ":") || !text_skip(&line, words))
        return false;
    line.length--;
    snapshot_set_interface(snapshot, line);
    return true;
}

/* ---- -k */

static void put_feature(struct snapshot *snapshot, struct text name,
                        struct text value, struct text remark)
{
    struct setting_row row = snapshot_setting_row(snapshot);

    row.name = snapshot_text(snapshot, name);
    row.value = snapshot_text(snapshot, value);
    row.is_fixed = text_equals(remark, "fixed");
    sink_put(snapshot->sink, TABLE_SETTING, &row);
    if (!text_skip(&remark, "requested "))
        return;
    row.name = arena_format(snapshot->arena, "%s.requested", row.name);
    row.value = snapshot_text(snapshot, remark);
    sink_put(snapshot->sink, TABLE_SETTING, &row);
}

static bool read_feature(struct snapshot *snapshot, struct text line)
{
    struct text name;
    struct text value;

    if (take_heading(snapshot, line, "Features for ") ||
        take_heading(snapshot, line, "Offload parameters for ") ||
        text_equals(text_trim(line), "Actual changes:"))
        return true;
    name = text_trim(text_until(&line, ':'));
    value = text_word(&line);
    if (!text_equals(value, "on") && !text_equals(value, "off"))
        return false;
    line = text_trim(line);
    text_skip(&line, "[");
    put_feature(snapshot, name, value, text_until(&line, ']'));
    return true;
}

/* {"ifname":"eth0","tx-checksumming":{"active":true,"fixed":null,...}} */
static void read_features(struct snapshot *snapshot,
                          const struct json_element *element)
{
    snapshot_set_interface(snapshot, flat_json_value(element, "ifname"));
    for (size_t i = 0; i < element->count; i++) {
        struct text name = element->fields[i].path;
        bool is_on = text_equals(element->fields[i].value, "true");
        struct text remark = nothing;

        if (!text_ends(name, ".active"))
            continue;
        name.length -= 7;
        if (i + 1 < element->count &&
            text_ends(element->fields[i + 1].path, ".fixed") &&
            text_equals(element->fields[i + 1].value, "true"))
            remark = text_of("fixed");
        snapshot->line = element->fields[i].line;
        put_feature(snapshot, name, text_of(is_on ? "on" : "off"), remark);
    }
}

/* ---- -S */

enum {
    SUMS_MAX = 4096, /* a power of two; mlx5 with 64 queues has 60 names */
    SUM_PROBES_MAX = 16,
    SUM_NAME_BYTES = 48,
    GROUP_BYTES = 32,
};

struct queue_sum {
    char name[SUM_NAME_BYTES]; /* "" free */
    int64_t value;
    bool is_sum;     /* made of names with an index */
    bool is_printed; /* the driver prints the same name itself */
};

struct statistics_state {
    char group[GROUP_BYTES]; /* vmxnet3: "Rx Queue#0"; "" none */
    struct queue_sum sums[SUMS_MAX];
};

static bool is_digit(struct text text, size_t at)
{
    return at < text.length && text.bytes[at] >= '0' && text.bytes[at] <= '9';
}

/* Where the index of a queue begins: behind "queue_" (virtio_net, veth, ena),
 * behind "rx" or "tx" at the front (mlx5), or in brackets (bnxt, gve).
 * "rx_64_byte_packets" has none. */
static size_t queue_index(struct text name)
{
    ptrdiff_t queue = text_find(name, "queue");
    ptrdiff_t bracket = text_find_byte(name, '[');
    size_t at = 0;

    if (bracket >= 0)
        at = (size_t)bracket + 1;
    else if (queue >= 0)
        at = (size_t)queue + 5 + !is_digit(name, (size_t)queue + 5);
    else if (text_starts(name, "rx") || text_starts(name, "tx"))
        at = 2 + text_starts(text_from(name, 2), "-");
    return is_digit(name, at) ? at : 0;
}

/* The name without its index: "rx_queue_drops" of "rx_queue_0_drops",
 * "rx_csum_none" of "rx0_csum_none", "rx_discards" of "[0]: rx_discards". */
static bool name_of_queues(struct text name, char out[SUM_NAME_BYTES])
{
    size_t index = queue_index(name);
    size_t after = index;
    struct text front;
    struct text back;

    if (index == 0)
        return false;
    while (is_digit(name, after))
        after++;
    front = text_first(name, index);
    back = text_from(name, after);
    if (text_ends(front, "[")) {
        front.length--;
        text_skip(&back, "]");
        text_skip(&back, ": ");
    } else if (text_ends(front, "_")) {
        front.length--;
    }
    if (front.length + back.length >= SUM_NAME_BYTES)
        return false;
    if (front.length > 0)
        memcpy(out, front.bytes, front.length);
    if (back.length > 0)
        memcpy(out + front.length, back.bytes, back.length);
    out[front.length + back.length] = '\0';
    return true;
}

/* NULL where the table is too full: then there is no sum, only the rows. */
static struct queue_sum *find_sum(struct statistics_state *state,
                                  const char *name)
{
    uint64_t hash = hash_bytes(name, strlen(name), 0);

    for (uint64_t probe = 0; probe < SUM_PROBES_MAX; probe++) {
        struct queue_sum *sum = &state->sums[(hash + probe) % SUMS_MAX];

        if (sum->name[0] == '\0')
            memcpy(sum->name, name, strlen(name) + 1);
        if (strcmp(sum->name, name) == 0)
            return sum;
    }
    return NULL;
}

static void add_to_sum(struct statistics_state *state, const char *name,
                       int64_t value)
{
    struct queue_sum *sum = find_sum(state, name);

    if (sum == NULL)
        return;
    sum->is_sum = true;
    if (__builtin_add_overflow(sum->value, value, &sum->value))
        sum->value = INT64_MAX;
}

static void note_printed(struct statistics_state *state, struct text name)
{
    char copy[SUM_NAME_BYTES];
    struct queue_sum *sum;

    if (name.length == 0 || name.length >= SUM_NAME_BYTES)
        return;
    memcpy(copy, name.bytes, name.length);
    copy[name.length] = '\0';
    sum = find_sum(state, copy);
    if (sum != NULL)
        sum->is_printed = true;
}

static void put_statistic(struct snapshot *snapshot, struct text name,
                          int64_t value)
{
    struct statistics_state *state = snapshot->state;
    char summed[SUM_NAME_BYTES];
    const char *own = snapshot_text(snapshot, name);

    if (state->group[0] != '\0') {
        if (name.length < SUM_NAME_BYTES)
            add_to_sum(state, own, value);
        own = arena_format(snapshot->arena, "%s %s", state->group, own);
    } else if (name_of_queues(name, summed)) {
        add_to_sum(state, summed, value);
    } else {
        note_printed(state, name);
    }
    snapshot_counter(snapshot, own, value);
}

/* vmxnet3 prints the same names for each queue under "Rx Queue#: 0". */
static bool take_group(struct snapshot *snapshot, struct text name,
                       int64_t value)
{
    struct statistics_state *state = snapshot->state;

    if (!text_equals(name, "Rx Queue#") && !text_equals(name, "Tx Queue#"))
        return false;
    (void)snprintf(state->group, sizeof state->group, "%.9s%lld", name.bytes,
                   (long long)value);
    return true;
}

static bool read_statistic(struct snapshot *snapshot, struct text line)
{
    struct text trimmed = text_trim(line);
    struct text value;
    int64_t number;
    size_t at = trimmed.length;

    if (text_equals(trimmed, "NIC statistics:"))
        return true;
    while (at > 0 && trimmed.bytes[at - 1] != ':')
        at--;
    if (at < 2)
        return false;
    value = text_trim(text_from(trimmed, at));
    trimmed.length = at - 1;
    if (!snapshot_number(value, &number))
        return false;
    if (!take_group(snapshot, trimmed, number))
        put_statistic(snapshot, trimmed, number);
    return true;
}

static void end_statistics(struct snapshot *snapshot)
{
    const struct statistics_state *state = snapshot->state;

    for (size_t i = 0; i < SUMS_MAX; i++)
        if (state->sums[i].is_sum && !state->sums[i].is_printed)
            snapshot_counter(snapshot, state->sums[i].name,
                             state->sums[i].value);
}

/* ---- -i, and the tables of -g -l -c -a and of ethtool alone */

static bool read_driver(struct snapshot *snapshot, struct text line)
{
    struct text name = text_until(&line, ':');

    if (name.length == 0 || text_find_byte(name, ' ') >= 0)
        return false;
    snapshot_setting(snapshot, snapshot_text(snapshot, name), text_trim(line));
    return true;
}

static const char *const headings[] = {
    "Ring parameters for ",          "Channel parameters for ",
    "Coalesce parameters for ",      "Pause parameters for ",
    "Time stamping parameters for ", "Settings for ",
};

struct parameter_state {
    const char *prefix;
};

static bool read_parameter(struct snapshot *snapshot, struct text line)
{
    struct parameter_state *state = snapshot->state;
    struct text trimmed = text_trim(line);
    struct text name;

    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        if (take_heading(snapshot, trimmed, headings[i]))
            return true;
    if (text_equals(trimmed, "Pre-set maximums:"))
        state->prefix = "max.";
    else if (text_equals(trimmed, "Current hardware settings:"))
        state->prefix = "current.";
    name = text_until(&trimmed, ':');
    trimmed = text_trim(trimmed);
    if (trimmed.length > 0)
        snapshot_setting(snapshot,
                         arena_format(snapshot->arena, "%s%s",
                                      state->prefix ? state->prefix : "",
                                      snapshot_text(snapshot, name)),
                         trimmed);
    return name.length > 0;
}

static const struct format formats[] = {
    {
        .name = "ethtool -k",
        .defined_in = "ethtool netlink/features.c",
        .signatures = { "Features for *:", "Offload parameters for *:",
                        "Actual changes:" },
        .commands = { "*ethtoolk*", "*ethtoolshowfeatures*",
                      "*ethtoolshowoffload*" },
        .source = "ethtool -k",
        .is_of_one_interface = true,
        .read_line = read_feature,
        .samples = {
            {
                "Features for vxlan.calico:\n"
                "tx-checksumming: on\n"
                "\ttx-checksum-ipv4: off [fixed]\n"
                "\ttx-tcp-segmentation: off [requested on]\n",
                "setting: line=2 interface='vxlan.calico' name='tx-checksumming' value='on' is_fixed=0\n"
                "setting: line=3 interface='vxlan.calico' name='tx-checksum-ipv4' value='off' is_fixed=1\n"
                "setting: line=4 interface='vxlan.calico' name='tx-tcp-segmentation' value='off' is_fixed=0\n"
                "setting: line=4 interface='vxlan.calico' name='tx-tcp-segmentation.requested' value='on' is_fixed=0\n"
                "clue: name='interface' value='vxlan.calico'\n",
            },
        },
    },
    {
        .name = "ethtool -k JSON",
        .defined_in = "ethtool netlink/features.c",
        .json_keys = { "ifname", "tx-checksumming.active" },
        .source = "ethtool -k",
        .is_of_one_interface = true,
        .read_element = read_features,
        .samples = {
            {
                "[ {\n"
                "  \"ifname\": \"eth0\",\n"
                "  \"tx-checksumming\": {\n"
                "    \"active\": true,\n"
                "    \"fixed\": null,\n"
                "    \"requested\": null },\n"
                "  \"rx-fcs\": {\n"
                "    \"active\": false, \"fixed\": true,"
                " \"requested\": null }\n"
                "} ]\n",
                "setting: line=4 interface='eth0' name='tx-checksumming' value='on' is_fixed=0\n"
                "setting: line=8 interface='eth0' name='rx-fcs' value='off' is_fixed=1\n"
                "clue: name='interface' value='eth0'\n",
            },
        },
    },
    {
        .name = "ethtool -S",
        .defined_in = "ethtool ethtool.c; names are the driver's",
        .signatures = { "NIC statistics:" },
        .commands = { "*ethtoolS*", "*ethtoolstatistics*" },
        .source = "ethtool -S",
        .is_lax = true,
        .is_of_one_interface = true,
        .state_bytes = sizeof(struct statistics_state),
        .read_line = read_statistic,
        .end = end_statistics,
        .samples = {
            {
                "NIC statistics:\n"
                "     peer_ifindex: 2\n"
                "     rx_queue_0_drops: 3\n"
                "     rx_queue_1_drops: 4\n"
                "     rx_64_byte_packets: 5\n"
                "     [0]: rx_l4_csum_errors: 6\n"
                "     [1]: rx_l4_csum_errors: 7\n",
                "counter: line=2 name='peer_ifindex' value=2\n"
                "counter: line=3 name='rx_queue_0_drops' value=3\n"
                "counter: line=4 name='rx_queue_1_drops' value=4\n"
                "counter: line=5 name='rx_64_byte_packets' value=5\n"
                "counter: line=6 name='[0]: rx_l4_csum_errors' value=6\n"
                "counter: line=7 name='[1]: rx_l4_csum_errors' value=7\n"
                "counter: line=7 name='rx_queue_drops' value=7\n"
                "counter: line=7 name='rx_l4_csum_errors' value=13\n",
            },
            {
                /* mlx5 prints sum and queues */
                "NIC statistics:\n"
                "     rx_csum_none: 9\n"
                "     rx0_csum_none: 4\n"
                "     rx1_csum_none: 5\n",
                "counter: line=2 name='rx_csum_none' value=9\n"
                "counter: line=3 name='rx0_csum_none' value=4\n"
                "counter: line=4 name='rx1_csum_none' value=5\n",
            },
            {
                /* vmxnet3 */
                "NIC statistics:\n"
                "     Rx Queue#: 0\n"
                "       pkts rx OOB: 1\n"
                "     Rx Queue#: 1\n"
                "       pkts rx OOB: 2\n",
                "counter: line=3 name='Rx Queue#0 pkts rx OOB' value=1\n"
                "counter: line=5 name='Rx Queue#1 pkts rx OOB' value=2\n"
                "counter: line=5 name='pkts rx OOB' value=3\n",
            },
        },
    },
    {
        .name = "ethtool -i",
        .defined_in = "ethtool ethtool.c",
        .signatures = { "driver: *" },
        .commands = { "*ethtooli*", "*ethtooldriver*" },
        .source = "ethtool -i",
        .is_lax = true,
        .is_of_one_interface = true,
        .read_line = read_driver,
        .samples = {
            {
                "driver: virtio_net\n"
                "version: 1.0.0\n"
                "firmware-version: \n"
                "bus-info: 0000:00:03.0\n",
                "setting: line=1 name='driver' value='virtio_net'\n"
                "setting: line=2 name='version' value='1.0.0'\n"
                "setting: line=3 name='firmware-version' value=''\n"
                "setting: line=4 name='bus-info' value='0000:00:03.0'\n",
            },
        },
    },
    {
        .name = "ethtool",
        .defined_in = "ethtool netlink/rings.c and others",
        .signatures = { "Ring parameters for *:", "Channel parameters for *:",
                        "Coalesce parameters for *:",
                        "Pause parameters for *:",
                        "Time stamping parameters for *:",
                        "Settings for *:" },
        .commands = { "*ethtool*" },
        .source = "ethtool",
        .is_lax = true,
        .is_of_one_interface = true,
        .state_bytes = sizeof(struct parameter_state),
        .read_line = read_parameter,
        .samples = {
            {
                "Ring parameters for eth0:\n"
                "Pre-set maximums:\n"
                "RX:\t\t4096\n"
                "Current hardware settings:\n"
                "RX:\t\t256\n",
                "setting: line=3 interface='eth0' name='max.RX' value='4096'\n"
                "setting: line=5 interface='eth0' name='current.RX' value='256'\n"
                "clue: name='interface' value='eth0'\n",
            },
        },
    },
};

const struct format_family formats_of_ethtool = FORMAT_FAMILY(formats);
