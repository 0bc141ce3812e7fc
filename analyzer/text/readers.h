/* Readers of text evidence: one function reads one file of one kind.
 *
 * Each has a bid: how sure it is from the name and the first 4 KiB that the
 * file is its own, 0 (no) to 100 (certain). The best bid reads. A reader puts
 * its rows into the sink, resets input->arena whenever it likes (rows are
 * copied by the sink), says the format it found with
 * sink_clue(..., "format", ...), and what it could not make sense of with an
 * anomaly. It returns how it went; it never fails for what the text says. */
#pragma once

#include "base/input.h"
#include "store/sink.h"

enum read_status {
    READ_WHOLE,
    READ_PARTLY,         /* some of it: an anomaly says what was not */
    READ_NOT_UNDERSTOOD, /* nothing in it made sense */
};

/* netstat, nstat, /proc/net, ethtool, ip, bridge, conntrack, iptables-save,
 * sysctl, uname, date, resolv.conf ... */
int snapshot_bid(const struct input *input);
enum read_status snapshot_read(struct input *input, struct sink *sink);

/* CoreDNS, node-cache, kernel, kubelet logs in any wrapper. */
int log_bid(const struct input *input);
enum read_status log_read(struct input *input, struct sink *sink);

/* kubectl get ... as table, JSON or YAML; Corefile. */
int objects_bid(const struct input *input);
enum read_status objects_read(struct input *input, struct sink *sink);

/* dig, getent, ping ... with their prompts. */
int transcript_bid(const struct input *input);
enum read_status transcript_read(struct input *input, struct sink *sink);
