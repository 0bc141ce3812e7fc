/* Where the packets of a printed capture were taken: what the prompt, the
 * command line and tcpdump itself say around them.
 *
 *   [root@node1 ~]# tcpdump -nnvvi eth0 udp port 4789
 *   tcpdump: listening on eth0, link-type EN10MB (Ethernet), ...
 *   12 packets received by filter
 *
 * Each run of tcpdump has interface numbers of its own. The names that
 * `-i any` prints are those of the machine that prints, so where tcpdump was
 * reading a file they are not used. */
#pragma once

#include "base/text.h"
#include "store/sink.h"
#include "track/tracker.h"

enum {
    SESSION_INTERFACES_MAX = 64,
    SESSION_NAME_BYTES = 64,
};

struct session_interface {
    char name[SESSION_NAME_BYTES];
    int64_t run;
};

struct printed_session {
    int64_t run; /* tcpdump's so far */
    bool is_offline;
    bool has_packets;                   /* in this run */
    char interface[SESSION_NAME_BYTES]; /* of this run; "" not said */
    char host[SESSION_NAME_BYTES];      /* of the first run */
    struct session_interface interfaces[SESSION_INTERFACES_MAX];
    size_t interface_count;
    size_t current; /* the one declared last */
};

/* Takes a line that is no packet; true if it says something of the run. */
bool printed_session_take(struct printed_session *session, struct text line,
                          struct tracker *tracker);
/* The number of the interface that printed this name (empty: none),
 * declared to the tracker when it is new. */
int64_t printed_session_interface(struct printed_session *session,
                                  struct text name, struct tracker *tracker);
/* The host and, where there was but one, the interface, as clues. */
void printed_session_report(const struct printed_session *session,
                            struct sink *sink, int64_t evidence_id);
