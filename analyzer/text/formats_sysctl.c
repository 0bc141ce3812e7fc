/* sysctl -a, and files of /proc/sys.
 *
 *     net.ipv4.conf.vxlan/calico.rp_filter = 0
 *     /proc/sys/net/ipv4/ip_forward:1
 *
 * Names are put with dots; a dot inside an interface name is a slash there,
 * as sysctl(8) prints it. */
#include "text/formats.h"

#include <string.h>

/* With dots and slashes exchanged: the form of a path below /proc/sys. */
static char *exchanged(struct snapshot *snapshot, struct text path)
{
    char *name = text_copy_most(snapshot->arena, path, 256);

    for (char *at = name; *at != '\0'; at++)
        *at = *at == '/' ? '.' : *at == '.' ? '/' : *at;
    return name;
}

/* The interface of net.ipv4.conf.IF.x and net.ipv4.neigh.IF.x; "" if none. */
static const char *interface_of(struct snapshot *snapshot, struct text name)
{
    struct text interface;

    if (!text_skip(&name, "net.ipv4.conf.") &&
        !text_skip(&name, "net.ipv4.neigh.") &&
        !text_skip(&name, "net.ipv6.conf.") &&
        !text_skip(&name, "net.ipv6.neigh."))
        return "";
    interface = text_until(&name, '.');
    if (text_equals(interface, "all") || text_equals(interface, "default"))
        return "";
    return exchanged(snapshot, interface);
}

static bool put(struct snapshot *snapshot, const char *name, struct text value)
{
    struct setting_row row = snapshot_setting_row(snapshot);

    row.interface = interface_of(snapshot, text_of(name));
    row.name = name;
    row.value = snapshot_text(snapshot, text_trim(value));
    sink_put(snapshot->sink, TABLE_SETTING, &row);
    return true;
}

/* "dots = value", "slashes = value" or, from grep -r, "path:value". */
static bool read_sysctl(struct snapshot *snapshot, struct text line)
{
    struct text name = text_trim(line);
    struct text value;
    ptrdiff_t at;

    if (text_skip(&name, "/proc/sys/"))
        at = text_find_byte(name, text_find(name, " = ") >= 0 ? '=' : ':');
    else
        at = text_find_byte(name, '=');
    if (at < 1)
        return false;
    value = text_from(name, (size_t)at + 1);
    name = text_trim(text_first(name, (size_t)at));
    if (text_find_byte(name, ' ') >= 0)
        return false;
    if (text_find_byte(name, '.') >= 0 && !text_starts(name, "net/"))
        return put(snapshot, snapshot_text(snapshot, name), value);
    return put(snapshot, exchanged(snapshot, name), value);
}

/* A file of /proc/sys: its path is the name, its only line the value. */
static bool read_proc_sys(struct snapshot *snapshot, struct text line)
{
    struct text path = text_of(snapshot->path);
    ptrdiff_t at = text_find(path, "proc/sys/");

    if (at < 0)
        return false;
    return put(snapshot, exchanged(snapshot, text_from(path, (size_t)at + 9)),
               line);
}

static const struct format formats[] = {
    {
        .name = "sysctl",
        .defined_in = "procps-ng sysctl.c",
        .signatures = { "net.*.* = *", "kernel.* = *", "vm.* = *", "fs.* = *",
                        "abi.* = *", "debug.* = *", "dev.* = *",
                        "/proc/sys/*", "net/*/* = *" },
        .commands = { "*sysctl*" },
        .source = "sysctl",
        .read_line = read_sysctl,
        .samples = {
            {
                "net.ipv4.ip_forward = 1\n"
                "net.ipv4.conf.vxlan/calico.rp_filter = 2\n"
                "net.ipv4.ip_local_reserved_ports = \n"
                "/proc/sys/net/netfilter/nf_conntrack_checksum:1\n",
                "setting: line=1 name='net.ipv4.ip_forward' value='1'\n"
                "setting: line=2 interface='vxlan.calico' name='net.ipv4.conf.vxlan/calico.rp_filter' value='2'\n"
                "setting: line=3 name='net.ipv4.ip_local_reserved_ports' value=''\n"
                "setting: line=4 name='net.netfilter.nf_conntrack_checksum' value='1'\n",
            },
        },
    },
    {
        .name = "/proc/sys",
        .defined_in = "proc(5)",
        .commands = { "procsys" },
        .source = "sysctl",
        .read_line = read_proc_sys,
    },
};

const struct format_family formats_of_sysctl = FORMAT_FAMILY(formats);
