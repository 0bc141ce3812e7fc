/* conntrack -L, -S, -C and /proc/net/nf_conntrack.
 *
 *     udp      17 28 src=192.168.56.11 dst=10.96.0.10 sport=34261 dport=53
 *       src=10.244.2.0 dst=10.244.1.0 sport=53 dport=19780 mark=0 use=1
 *
 * (one line). The first tuple is as the packet came, the second as the answer
 * is awaited: its source is the endpoint behind DNAT, its destination the
 * source behind SNAT. */
#include "text/formats.h"

#include <string.h>

/* "src=10.0.0.1" -> "src" and "10.0.0.1". */
static bool split(struct text word, struct text *key, struct text *value)
{
    ptrdiff_t at = text_find_byte(word, '=');

    if (at < 0)
        return false;
    *key = text_first(word, (size_t)at);
    *value = text_from(word, (size_t)at + 1);
    return true;
}

static int64_t number_or_absent(struct text text)
{
    int64_t value;

    return text_integer(text, &value) ? value : ABSENT;
}

static void take_original(struct conntrack_row *row, struct text key,
                          struct text value)
{
    if (text_equals(key, "src"))
        (void)address_parse(value, &row->source);
    else if (text_equals(key, "dst"))
        (void)address_parse(value, &row->destination);
    else if (text_equals(key, "sport"))
        row->source_port = number_or_absent(value);
    else if (text_equals(key, "dport"))
        row->destination_port = number_or_absent(value);
}

static void take_reply(struct conntrack_row *row, struct text key,
                       struct text value)
{
    if (text_equals(key, "src"))
        (void)address_parse(value, &row->reply_source);
    else if (text_equals(key, "dst"))
        (void)address_parse(value, &row->reply_destination);
    else if (text_equals(key, "sport"))
        row->reply_source_port = number_or_absent(value);
    else if (text_equals(key, "dport"))
        row->reply_destination_port = number_or_absent(value);
    else if (text_equals(key, "mark"))
        row->mark = number_or_absent(value);
}

/* "[ipv4 2] tcp 6 [431999] [ESTABLISHED]" in front of the first tuple. */
static bool take_head(struct snapshot *snapshot, struct text *line,
                      struct conntrack_row *row)
{
    struct text word = text_word(line);
    int64_t number;

    if (text_equals(word, "ipv4") || text_equals(word, "ipv6")) {
        (void)text_word(line);
        word = text_word(line);
    }
    if (!text_integer(text_word(line), &row->protocol))
        return false;
    for (;;) {
        struct text rest = *line;

        word = text_word(&rest);
        if (word.length == 0 || text_find_byte(word, '=') >= 0)
            return word.length > 0;
        *line = rest;
        if (!text_integer(word, &number) && word.bytes[0] != '[')
            row->state = snapshot_text(snapshot, word);
    }
}

enum {
    FRONT_BYTES = 512,
};

struct flow_state {
    char front[FRONT_BYTES]; /* of a line that the summary was put into */
    size_t front_bytes;
};

static bool put_flow(struct snapshot *snapshot, struct text line)
{
    struct conntrack_row row = CONNTRACK_ROW_NONE;
    int tuple = 0;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    if (!take_head(snapshot, &line, &row))
        return false;
    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);
        struct text key;
        struct text value;

        if (text_equals(word, "[UNREPLIED]"))
            row.is_unreplied = 1;
        if (!split(word, &key, &value))
            continue;
        tuple += text_equals(key, "src");
        if (tuple == 1)
            take_original(&row, key, value);
        else if (tuple == 2)
            take_reply(&row, key, value);
    }
    if (row.source.length == 0 || row.destination.length == 0 ||
        row.reply_source.length == 0 || row.reply_destination.length == 0)
        return false;
    sink_put(snapshot->sink, TABLE_CONNTRACK, &row);
    return true;
}

/* The summary goes to standard error: where both go to one file, it stands
 * before the last block of standard output, which may begin inside a line:
 * "tcp 6 59 ... sport=31conntrack v1.4.7 (...): 17 flow entries have been
 * shown." and then "34 dport=53 ...". */
static bool take_summary(struct flow_state *state, struct text line)
{
    ptrdiff_t at;

    if (!text_ends(line, " have been shown."))
        return false;
    at = text_find(line, "conntrack v");
    if (at < 0 || at >= FRONT_BYTES)
        return false;
    memcpy(state->front, line.bytes, (size_t)at);
    state->front_bytes = (size_t)at;
    return true;
}

static bool read_flow(struct snapshot *snapshot, struct text line)
{
    struct flow_state *state = snapshot->state;
    char *whole;

    if (take_summary(state, line))
        return true;
    if (state->front_bytes == 0)
        return put_flow(snapshot, line);
    whole = arena_allocate(snapshot->arena,
                           memory_sum(state->front_bytes, line.length));
    memcpy(whole, state->front, state->front_bytes);
    memcpy(whole + state->front_bytes, line.bytes, line.length);
    line = text_slice(whole, memory_sum(state->front_bytes, line.length));
    state->front_bytes = 0;
    return put_flow(snapshot, line);
}

/* ---- -S: "cpu=0  found=0 invalid=132 insert=0 ..." */

enum {
    STATISTICS_MAX = 24,
    STATISTIC_BYTES = 32,
};

struct statistics_state {
    char names[STATISTICS_MAX][STATISTIC_BYTES];
    int64_t sums[STATISTICS_MAX];
    size_t count;
};

static void add(struct statistics_state *state, struct text name, int64_t value)
{
    size_t at = 0;

    if (name.length == 0 || name.length >= STATISTIC_BYTES)
        return;
    while (at < state->count && !text_equals(name, state->names[at]))
        at++;
    if (at == STATISTICS_MAX)
        return;
    if (at == state->count) {
        memcpy(state->names[at], name.bytes, name.length);
        state->count++;
    }
    if (__builtin_add_overflow(state->sums[at], value, &state->sums[at]))
        state->sums[at] = INT64_MAX;
}

static bool read_statistics(struct snapshot *snapshot, struct text line)
{
    bool any = false;

    if (!text_starts(line, "cpu=") && text_find(line, "found=") < 0)
        return false;
    while (text_trim(line).length > 0) {
        struct text key;
        struct text value;
        int64_t number;

        if (!split(text_word(&line), &key, &value) ||
            !snapshot_number(value, &number))
            continue;
        any = true;
        if (!text_equals(key, "cpu"))
            add(snapshot->state, key, number);
    }
    return any;
}

static void end_statistics(struct snapshot *snapshot)
{
    const struct statistics_state *state = snapshot->state;

    for (size_t i = 0; i < state->count; i++)
        snapshot_counter(
            snapshot,
            arena_format(snapshot->arena, "conntrack.%s", state->names[i]),
            state->sums[i]);
}

/* ---- -C: a number, known by the command only */

static bool read_count(struct snapshot *snapshot, struct text line)
{
    int64_t value;

    if (!snapshot_number(text_trim(line), &value))
        return false;
    snapshot_counter(snapshot, "conntrack.entries", value);
    return true;
}

static const struct format formats[] = {
    {
        .name = "conntrack -L",
        .defined_in = "conntrack-tools; libnetfilter_conntrack snprintf",
        .signatures = { "* # *src=* dst=* src=* dst=*",
                        "conntrack v* have been shown.",
                        "* # *src=*conntrack v* have been shown." },
        .commands = { "*conntrackL*", "*procnetnfconntrack" },
        .source = "conntrack -L",
        .state_bytes = sizeof(struct flow_state),
        .read_line = read_flow,
        .samples = {
            {
                "udp      17 28 src=192.168.56.11 dst=10.96.0.10 sport=34261 "
                "dport=53 src=10.244.2.0 dst=10.244.1.0 sport=53 dport=19780 "
                "mark=0 use=1\n"
                "tcp      6 119 SYN_SENT src=10.0.0.1 dst=10.0.0.2 "
                "sport=4000 dport=53 [UNREPLIED] src=10.0.0.2 dst=10.0.0.1 "
                "sport=53 dport=4000 mark=16384 use=1\n"
                "conntrack v1.4.7 (conntrack-tools): 2 flow entries have "
                "been shown.\n",
                "conntrack: line=1 protocol=17 source='192.168.56.11' destination='10.96.0.10' source_port=34261 destination_port=53 reply_source='10.244.2.0' reply_destination='10.244.1.0' reply_source_port=53 reply_destination_port=19780 is_unreplied=0 mark=0\n"
                "conntrack: line=2 protocol=6 state='SYN_SENT' source='10.0.0.1' destination='10.0.0.2' source_port=4000 destination_port=53 reply_source='10.0.0.2' reply_destination='10.0.0.1' reply_source_port=53 reply_destination_port=4000 is_unreplied=1 mark=16384\n",
            },
            {
                "ipv4     2 icmp     1 29 src=10.0.0.1 dst=10.0.0.2 type=8 "
                "code=0 id=7 src=10.0.0.2 dst=10.0.0.1 type=0 code=0 id=7 "
                "mark=0 zone=0 use=2\n",
                "conntrack: line=1 protocol=1 source='10.0.0.1' destination='10.0.0.2' reply_source='10.0.0.2' reply_destination='10.0.0.1' is_unreplied=0 mark=0\n",
            },
            {
                /* standard error in the middle of standard output */
                "udp      17 28 src=10.0.0.1 dst=10.0.0.2 sport=342conntrack "
                "v1.4.7 (conntrack-tools): 1 flow entries have been shown.\n"
                "61 dport=53 src=10.0.0.2 dst=10.0.0.1 sport=53 "
                "dport=34261 mark=0 use=1\n",
                "conntrack: line=2 protocol=17 source='10.0.0.1' destination='10.0.0.2' source_port=34261 destination_port=53 reply_source='10.0.0.2' reply_destination='10.0.0.1' reply_source_port=53 reply_destination_port=34261 is_unreplied=0 mark=0\n",
            },
        },
    },
    {
        .name = "conntrack -S",
        .defined_in = "conntrack-tools src/conntrack.c",
        .signatures = { "cpu=#*found=*invalid=*" },
        .commands = { "*conntrackS*" },
        .source = "conntrack -S",
        .state_bytes = sizeof(struct statistics_state),
        .read_line = read_statistics,
        .end = end_statistics,
        .samples = {
            {
                "cpu=0   \tfound=0 invalid=132 insert_failed=1 drop=0 \n"
                "cpu=1   \tfound=0 invalid=11 insert_failed=2 drop=0 \n",
                "counter: line=2 name='conntrack.found' value=0\n"
                "counter: line=2 name='conntrack.invalid' value=143\n"
                "counter: line=2 name='conntrack.insert_failed' value=3\n"
                "counter: line=2 name='conntrack.drop' value=0\n",
            },
        },
    },
    {
        .name = "conntrack -C",
        .defined_in = "conntrack-tools src/conntrack.c",
        .commands = { "*conntrackC*" },
        .source = "conntrack -C",
        .read_line = read_count,
    },
};

const struct format_family formats_of_conntrack = FORMAT_FAMILY(formats);
