/* Which command printed a text: from a prompt with its command, a separator
 * line, or the file name. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* A line that echoes a command: "$ ip addr", "# netstat -s",
 * "[root@node1 ~]# cat /proc/net/snmp", "+ ethtool -k eth0",
 * "--- vxlan.calico", "*** Output of conntrack -S ***". */
struct echo {
    struct text host;    /* of the prompt; empty if it names none */
    struct text command; /* behind sudo, ip netns exec ...; may be empty */
    struct text title;   /* a separator that holds no command */
};

bool command_take_echo(struct text trimmed, struct echo *echo);
/* Letters and digits of the command, path of the program left out. Returns
 * the slice in the buffer. */
struct text command_squeeze(struct text command, char *buffer, size_t room);
/* A file name without its extension. */
struct text command_from_name(struct text name);
/* The interface that a command or the name of its file speaks of: "eth0" of
 * "ethtool -k eth0", "ethtool-S_eth0", "ip link show dev eth0". */
struct text command_interface(struct text command);
/* A complaint of a tool, as printed on standard error. */
bool command_is_error(struct text trimmed);
