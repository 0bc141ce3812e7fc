/* ethtool -S: the counters of a driver.
 *
 *     NIC statistics:
 *          rx_queue_0_drops: 3
 *          rx_csum_offload_errors: 0
 *
 * Names are the driver's, and most count each queue by itself. They are kept,
 * and queues are summed under the name without the index. */
#include "text/formats.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

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

static const struct format formats[] = {
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
};

const struct format_family formats_of_ethtool_statistics =
    FORMAT_FAMILY(formats);
