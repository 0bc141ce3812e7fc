/* ip -br link, ip -br addr.
 *
 *     eth0@if2         UP             192.168.60.11/24 fe80::1/64
 *     eth0@if2         UP             52:54:00:60:00:01 <UP,LOWER_UP> */
#include "text/ip_link.h"

#include "text/formats.h"

static bool read_brief(struct snapshot *snapshot, struct text line)
{
    struct link_names names = { "", "" };
    struct text name = text_word(&line);
    struct text state = text_word(&line);
    struct text word = text_word(&line);

    if (!text_equals(state, "UP") && !text_equals(state, "DOWN") &&
        !text_equals(state, "UNKNOWN") && !text_equals(state, "LOWERLAYERDOWN"))
        return false;
    link_keep(names.interface, text_until(&name, '@'));
    link_setting(snapshot, &names, "state", state);
    link_setting(snapshot, &names, "peer", name);
    if (text_find_byte(line, '<') >= 0)
        link_setting(snapshot, &names, "mac", word);
    for (; word.length > 0; word = text_word(&line))
        (void)link_address(snapshot, &names, word);
    return true;
}

static const struct format formats[] = {
    {
        .name = "ip -br",
        .defined_in = "iproute2 ip/ipaddress.c",
        .signatures = { "lo * UNKNOWN * 127.0.0.1/8*",
                        "lo * UNKNOWN * 00:00:00:00:00:00 <*" },
        .commands = { "ipbr*" },
        .source = LINK_SETTINGS,
        .read_line = read_brief,
        .samples = {
            {
                "lo               UNKNOWN        127.0.0.1/8 ::1/128 \n"
                "eth0@if7         UP             192.168.60.11/24 \n",
                "setting: line=1 interface='lo' name='state' value='UNKNOWN'\n"
                "interface_address: line=1 interface='lo' address='127.0.0.1' prefix_length=8\n"
                "interface_address: line=1 interface='lo' address='::1' prefix_length=128\n"
                "setting: line=2 interface='eth0' name='state' value='UP'\n"
                "setting: line=2 interface='eth0' name='peer' value='if7'\n"
                "interface_address: line=2 interface='eth0' address='192.168.60.11' prefix_length=24\n",
            },
            {
                "lo               UNKNOWN        00:00:00:00:00:00 "
                "<LOOPBACK,UP,LOWER_UP> \n"
                "eth0@if7         UP             52:54:00:60:00:01 <UP> \n",
                "setting: line=1 interface='lo' name='state' value='UNKNOWN'\n"
                "setting: line=1 interface='lo' name='mac' value='00:00:00:00:00:00'\n"
                "setting: line=2 interface='eth0' name='state' value='UP'\n"
                "setting: line=2 interface='eth0' name='peer' value='if7'\n"
                "setting: line=2 interface='eth0' name='mac' value='52:54:00:60:00:01'\n",
            },
        },
    },
};

const struct format_family formats_of_ip_brief = FORMAT_FAMILY(formats);
