/* What a host is and what time it was: uname, date, os-release, resolv.conf,
 * hostname. */
#include "text/formats.h"

#include "text/snapshot_date.h"

/* "Linux node1 6.1.0-18-amd64 #1 SMP ... x86_64 GNU/Linux" */
static bool read_uname(struct snapshot *snapshot, struct text line)
{
    struct text node;

    if (!text_equals(text_word(&line), "Linux"))
        return false;
    node = text_word(&line);
    snapshot_setting(snapshot, "nodename", node);
    snapshot_setting(snapshot, "release", text_word(&line));
    snapshot_setting(snapshot, "version", text_trim(line));
    sink_clue(snapshot->sink, snapshot->evidence_id, snapshot->line, "hostname",
              snapshot_text(snapshot, node));
    return true;
}

/* ---- date */

static bool read_date(struct snapshot *snapshot, struct text line)
{
    return snapshot_taken(snapshot, line);
}

/* ---- KEY=value */

static bool read_os_release(struct snapshot *snapshot, struct text line)
{
    struct text name = text_until(&line, '=');

    line = text_trim(line);
    if (name.length == 0 || text_find_byte(name, ' ') >= 0)
        return false;
    if (text_skip(&line, "\"") && text_ends(line, "\""))
        line.length--;
    snapshot_setting(snapshot, snapshot_text(snapshot, name), line);
    return true;
}

/* ---- resolv.conf */

struct resolv_state {
    int nameservers;
};

static void put_options(struct snapshot *snapshot, struct text line)
{
    while (text_trim(line).length > 0) {
        struct text value = text_word(&line);
        struct text name = text_until(&value, ':');

        snapshot_setting(snapshot,
                         arena_format(snapshot->arena, "options.%s",
                                      snapshot_text(snapshot, name)),
                         value.length > 0 ? value : text_of("on"));
    }
}

static bool read_resolv_conf(struct snapshot *snapshot, struct text line)
{
    struct resolv_state *state = snapshot->state;
    struct text word = text_word(&line);

    if (text_starts(word, "#") || text_starts(word, ";"))
        return true;
    if (text_equals(word, "nameserver")) {
        /* glibc uses three (MAXNS); a file of more is bounded here. */
        if (state->nameservers < 16)
            snapshot_setting(snapshot,
                             arena_format(snapshot->arena, "nameserver.%d",
                                          ++state->nameservers),
                             text_word(&line));
        return true;
    }
    if (text_equals(word, "options")) {
        put_options(snapshot, line);
        return true;
    }
    if (!text_equals(word, "search") && !text_equals(word, "domain") &&
        !text_equals(word, "sortlist"))
        return false;
    snapshot_setting(snapshot, snapshot_text(snapshot, word), text_trim(line));
    return true;
}

/* ---- hostname: a line of one word, known by the command only */

static bool read_hostname(struct snapshot *snapshot, struct text line)
{
    struct text name = text_word(&line);

    if (text_trim(line).length > 0 || name.length > 253)
        return false;
    sink_clue(snapshot->sink, snapshot->evidence_id, snapshot->line, "hostname",
              snapshot_text(snapshot, name));
    return true;
}

static const struct format formats[] = {
    {
        .name = "uname -a",
        .defined_in = "coreutils uname.c",
        .signatures = { "Linux * *.* \\#*" },
        .commands = { "uname*" },
        .source = "uname",
        .read_line = read_uname,
        .samples = {
            {
                "Linux node1 5.4.0-42-generic #46-Ubuntu SMP Fri Jul 10 "
                "00:24:02 UTC 2020 x86_64 GNU/Linux\n",
                "setting: line=1 name='nodename' value='node1'\n"
                "setting: line=1 name='release' value='5.4.0-42-generic'\n"
                "setting: line=1 name='version' value='#46-Ubuntu SMP Fri Jul 10 00:24:02 UTC 2020 x86_64 GNU/Linux'\n"
                "clue: line=1 name='hostname' value='node1'\n",
            },
        },
    },
    {
        .name = "date",
        .defined_in = "coreutils date.c",
        .signatures = { "??? ??? * #:#:# ??? #", "??? ??? * #:#:# ???? #",
                        "??? ??? * #:#:# #", "??? ??? * #:#:# ?M ??? #",
                        "??? # ??? # #:#:# *", "???, # ??? # #:#:# ?#",
                        "#-#-#T#:#:#Z", "#-#-#T#:#:#.#Z",
                        "#-#-#T#:#:#*+#:#", "#-#-#T#:#:#+#" },
        .commands = { "date", "timestamp" },
        .source = "date",
        .read_line = read_date,
        .samples = {
            { "Sun Nov 22 10:37:39 UTC 2026\n", "clue: line=1 name='taken' value='Sun Nov 22 10:37:39 UTC 2026' at_ns=1795343859000000000\n" },
            { "2026-11-22T10:37:39.549936478Z\n", "clue: line=1 name='taken' value='2026-11-22T10:37:39.549936478Z' at_ns=1795343859549936478\n" },
            { "Sun 22 Nov 2026 10:37:39 PM CET\n", "clue: line=1 name='taken' value='local' at_ns=1795387059000000000\n" },
            { "Sun, 22 Nov 2026 10:37:39 +0100\n", "clue: line=1 name='taken' value='Sun, 22 Nov 2026 10:37:39 +0100' at_ns=1795340259000000000\n" },
        },
    },
    {
        .name = "os-release",
        .defined_in = "os-release(5)",
        .signatures = { "PRETTY_NAME=*", "NAME=\"*\"", "VERSION_ID=*" },
        .commands = { "*osrelease" },
        .source = "os-release",
        .read_line = read_os_release,
        .samples = {
            {
                "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
                "VERSION_ID=\"12\"\n"
                "ID=debian\n",
                "setting: line=1 name='PRETTY_NAME' value='Debian GNU/Linux 12 (bookworm)'\n"
                "setting: line=2 name='VERSION_ID' value='12'\n"
                "setting: line=3 name='ID' value='debian'\n",
            },
        },
    },
    {
        .name = "resolv.conf",
        .defined_in = "resolv.conf(5)",
        .signatures = { "nameserver *", "options ndots:*", "options timeout:*",
                        "search *.*", "options edns0*" },
        .commands = { "*resolvconf" },
        .source = "resolv.conf",
        .state_bytes = sizeof(struct resolv_state),
        .read_line = read_resolv_conf,
        .samples = {
            {
                "search default.svc.cluster.local cluster.local\n"
                "nameserver 10.96.0.10\n"
                "nameserver 169.254.25.10\n"
                "options ndots:5 use-vc\n",
                "setting: line=1 name='search' value='default.svc.cluster.local cluster.local'\n"
                "setting: line=2 name='nameserver.1' value='10.96.0.10'\n"
                "setting: line=3 name='nameserver.2' value='169.254.25.10'\n"
                "setting: line=4 name='options.ndots' value='5'\n"
                "setting: line=4 name='options.use-vc' value='on'\n",
            },
        },
    },
    {
        .name = "hostname",
        .defined_in = "hostname(1)",
        .commands = { "hostname*", "etchostname" },
        .source = "hostname",
        .read_line = read_hostname,
    },
};

const struct format_family formats_of_host = FORMAT_FAMILY(formats);
