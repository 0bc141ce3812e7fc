/* ethtool: -k, -i, and what prints "name: value" under a heading.
 *
 *     Features for vxlan.calico:
 *     tx-checksumming: on
 *     	tx-checksum-ip-generic: on
 *     	tx-tcp-segmentation: off [requested on] */
#include "text/formats.h"

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
