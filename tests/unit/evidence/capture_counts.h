/* What a capture says in numbers, read by the real reader and tracker, to be
 * compared with the counts of other tools. */
#pragma once

#include "evidence/capture.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum count_layer {
    COUNT_IP,
    COUNT_UDP,
    COUNT_TCP,
    COUNT_ICMP,
    COUNT_LAYERS,
};

/* tshark 4.0 knows neither partial nor LCO checksums: both are bad to it. */
enum count_verdict {
    COUNT_GOOD,
    COUNT_BAD,
    COUNT_NO_SUM, /* zero over IPv4 */
    COUNT_UNVERIFIED,
    COUNT_VERDICTS,
};

enum {
    COUNT_DEPTHS = 2,        /* outside all tunnels; inside one */
    COUNT_INTERFACES = 1024, /* interface numbers that are told apart */
    COUNT_NAME_BYTES = 32,
};

struct capture_counts {
    struct sink sink; /* must be first */
    enum read_status status;
    int64_t packets;
    int64_t facts;
    int64_t anomalies;
    int64_t queries; /* each try */
    int64_t responses;
    int64_t answered; /* responses to a query that was seen */
    int64_t syns;
    int64_t syn_acks;
    int64_t segments;
    int64_t resets;
    int64_t out_of_order;
    int64_t retransmissions[COUNT_INTERFACES][COUNT_DEPTHS];
    char interfaces[COUNT_INTERFACES][COUNT_NAME_BYTES];
    int64_t vxlan;
    int64_t geneve;
    int64_t sums[COUNT_LAYERS][COUNT_VERDICTS][COUNT_DEPTHS];
};

static const char *const count_layer_names[COUNT_LAYERS] = {
    [COUNT_IP] = "ip",
    [COUNT_UDP] = "udp",
    [COUNT_TCP] = "tcp",
    [COUNT_ICMP] = "icmp",
};

/* "icmpv6" is ICMP, too. */
static inline bool count_is_layer(const char *layer, enum count_layer wanted)
{
    const char *name = count_layer_names[wanted];

    return strncmp(layer, name, strlen(name)) == 0;
}

static const struct {
    const char *state;
    enum count_verdict verdict;
} count_states[] = {
    { "ok", COUNT_GOOD },     { "bad", COUNT_BAD },
    { "partial", COUNT_BAD }, { "lco", COUNT_BAD },
    { "zero", COUNT_NO_SUM }, { "unverifiable", COUNT_UNVERIFIED },
};

static inline void count_sum(struct capture_counts *counts,
                             const struct checksum_tally_row *row)
{
    size_t depth = row->depth > 0;

    for (size_t layer = 0; layer < COUNT_LAYERS; layer++)
        for (size_t i = 0; i < sizeof count_states / sizeof *count_states; i++)
            if (count_is_layer(row->layer, (enum count_layer)layer) &&
                strcmp(row->state, count_states[i].state) == 0)
                counts->sums[layer][count_states[i].verdict][depth] +=
                    row->packets;
}

static inline void count_exchange(struct capture_counts *counts,
                                  const struct dns_exchange_row *row)
{
    counts->queries += row->attempts;
    counts->responses += row->answered_ns != ABSENT;
    counts->answered += row->answered_ns != ABSENT && row->attempts > 0;
}

static inline void count_connection(struct capture_counts *counts,
                                    const struct tcp_connection_row *row)
{
    counts->syns += row->syns;
    counts->syn_acks += row->syn_acks;
    counts->segments += row->client_packets + row->server_packets;
}

static inline void count_event(struct capture_counts *counts,
                               const struct tcp_event_row *row)
{
    counts->resets += strcmp(row->kind, "reset") == 0;
    counts->out_of_order += strcmp(row->kind, "out-of-order") == 0;
    if (strstr(row->kind, "retransmission") != NULL &&
        row->interface < COUNT_INTERFACES)
        counts->retransmissions[row->interface][row->depth > 0]++;
}

static inline void count_traffic(struct capture_counts *counts,
                                 const struct traffic_row *row)
{
    if (strcmp(row->tunnel, "vxlan") == 0)
        counts->vxlan += row->packets;
    if (strcmp(row->tunnel, "geneve") == 0)
        counts->geneve += row->packets;
}

static inline void count_interface(struct capture_counts *counts,
                                   const struct capture_interface_row *row)
{
    if (row->number < COUNT_INTERFACES && row->name != NULL)
        snprintf(counts->interfaces[row->number], COUNT_NAME_BYTES, "%s",
                 row->name);
}

static inline void count_row(struct sink *sink, enum table_id table,
                             const void *row)
{
    struct capture_counts *counts = (struct capture_counts *)sink;

    counts->facts++;
    if (table == TABLE_CHECKSUM_TALLY)
        count_sum(counts, row);
    else if (table == TABLE_DNS_EXCHANGE)
        count_exchange(counts, row);
    else if (table == TABLE_TCP_CONNECTION)
        count_connection(counts, row);
    else if (table == TABLE_TCP_EVENT)
        count_event(counts, row);
    else if (table == TABLE_TRAFFIC)
        count_traffic(counts, row);
    else if (table == TABLE_CAPTURE_INTERFACE)
        count_interface(counts, row);
    else if (table == TABLE_ANOMALY)
        counts->anomalies++;
}

static inline int64_t count_retransmissions(const struct capture_counts *counts)
{
    int64_t total = 0;

    for (size_t i = 0; i < COUNT_INTERFACES; i++)
        for (size_t depth = 0; depth < COUNT_DEPTHS; depth++)
            total += counts->retransmissions[i][depth];
    return total;
}

static inline void capture_count_open(int descriptor, const char *path,
                                      struct capture_counts *counts)
{
    static const struct decode_options options = {
        .vxlan_ports = { 4789, 8472 },
        .vxlan_port_count = 2,
    };
    uint8_t head[INPUT_HEAD_BYTES];
    ssize_t head_bytes = pread(descriptor, head, sizeof head, 0);
    struct input input = {
        .descriptor = descriptor,
        .evidence_id = 1,
        .size_bytes = lseek(descriptor, 0, SEEK_END),
        .path = path,
        .head = head,
        .head_bytes = head_bytes > 0 ? (size_t)head_bytes : 0,
    };
    struct tracker_totals totals;

    memset(counts, 0, sizeof *counts);
    counts->sink.put = count_row;
    counts->status = capture_read(&input, &options, &counts->sink, &totals);
    counts->packets = totals.packets;
}

/* False: there is no such file. */
static inline bool capture_count(const char *path,
                                 struct capture_counts *counts)
{
    int descriptor = open(path, O_RDONLY);

    if (descriptor < 0)
        return false;
    capture_count_open(descriptor, path, counts);
    close(descriptor);
    return true;
}

/* The number behind `"name": ` before `end`; 0 where it does not stand. */
static inline int64_t json_number(const char *at, const char *end,
                                  const char *name)
{
    char wanted[80];
    const char *found;

    snprintf(wanted, sizeof wanted, "\"%.64s\": ", name);
    found = strstr(at, wanted);
    if (found == NULL || found >= end)
        return 0;
    return strtoll(found + strlen(wanted), NULL, 10);
}
