/* iptables -nvL, -nvxL and -nL.
 *
 *     Chain KUBE-SEP-X (1 references)
 *      pkts bytes target prot opt in out source     destination
 *         6   492 DNAT   udp  --  *  *   0.0.0.0/0  0.0.0.0/0   to:10.1.1.5:53
 *
 * The listing does not say which table it is. */
#include "text/formats.h"

enum {
    NAME_BYTES = 64,
    RULE_BYTES_MAX = 1024,
};

struct list_state {
    char chain[NAME_BYTES];
    int64_t position;
    bool has_counts;
};

/* "1234" or, without -x, "12K": units of 1000 as iptables prints them. */
static int64_t count_of(struct text text)
{
    static const char units[] = "KMGT";
    int64_t value;
    int64_t unit = 1;

    for (size_t i = 0; i < 4 && text.length > 0; i++) {
        char last = text.bytes[text.length - 1];
        int64_t thousand[] = { 1000, 1000000, 1000000000, 1000000000000 };

        if (last != units[i])
            continue;
        text.length--;
        unit = thousand[i];
        break;
    }
    if (!snapshot_number(text, &value) ||
        __builtin_mul_overflow(value, unit, &value))
        return ABSENT;
    return value;
}

/* "Chain FORWARD (policy DROP 0 packets, 0 bytes)", "Chain X (2 references)" */
static bool take_chain(struct snapshot *snapshot, struct text line)
{
    struct list_state *state = snapshot->state;
    struct firewall_rule_row row = FIREWALL_RULE_ROW_NONE;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.rule = text_copy_most(snapshot->arena, line, RULE_BYTES_MAX);
    (void)text_word(&line);
    text_keep(state->chain, sizeof state->chain, text_word(&line));
    state->position = 0;
    row.chain = state->chain;
    if (text_equals(text_word(&line), "(policy")) {
        struct text policy = text_word(&line);

        if (text_ends(policy, ")"))
            policy.length--;
        row.target = snapshot_text(snapshot, policy);
        row.packets = count_of(text_word(&line));
    }
    sink_put(snapshot->sink, TABLE_FIREWALL_RULE, &row);
    return true;
}

static const char *unless(struct snapshot *snapshot, struct text word,
                          const char *anything)
{
    return text_equals(word, anything) ? NULL : snapshot_text(snapshot, word);
}

static void take_extra(struct snapshot *snapshot, struct firewall_rule_row *row,
                       struct text line)
{
    while (text_trim(line).length > 0) {
        struct text word = text_word(&line);

        if (text_skip(&word, "dpt:"))
            row->destination_port = snapshot_text(snapshot, word);
        else if (text_skip(&word, "spt:"))
            row->source_port = snapshot_text(snapshot, word);
        else if (text_skip(&word, "to:"))
            (void)endpoint_parse(word, &row->to_address, &row->to_port);
        else if (text_equals(word, "ctstate"))
            row->ctstate = snapshot_text(snapshot, text_word(&line));
        else if (text_equals(word, "probability"))
            (void)text_real(text_word(&line), &row->probability);
    }
}

/* Up to the interfaces. A rule without target leaves its column blank, so
 * the words are told by the column "opt", which always is one word. */
static bool take_columns(struct snapshot *snapshot,
                         struct firewall_rule_row *row, struct text *line)
{
    const struct list_state *state = snapshot->state;
    struct text words[5] = { { NULL, 0 } };
    size_t count = 0;
    size_t first = state->has_counts ? 2 : 0;

    while (count < 5) {
        struct text word = text_word(line);

        if (text_equals(word, "--") || text_equals(word, "-f") ||
            text_equals(word, "!f"))
            break;
        words[count++] = word;
    }
    if (count != first + 1 && count != first + 2)
        return false;
    if (state->has_counts) {
        row->packets = count_of(words[0]);
        row->bytes = count_of(words[1]);
    }
    if (count == first + 2)
        row->target = snapshot_text(snapshot, words[first]);
    row->protocol = unless(snapshot, words[count - 1], "all");
    if (state->has_counts) {
        row->in_interface = unless(snapshot, text_word(line), "*");
        row->out_interface = unless(snapshot, text_word(line), "*");
    }
    return true;
}

static bool read_listed(struct snapshot *snapshot, struct text line)
{
    struct list_state *state = snapshot->state;
    struct firewall_rule_row row = FIREWALL_RULE_ROW_NONE;

    line = text_trim(line);
    if (text_starts(line, "Chain "))
        return take_chain(snapshot, line);
    if (text_starts(line, "pkts ") || text_starts(line, "target ")) {
        state->has_counts = text_starts(line, "pkts ");
        return true;
    }
    if (state->chain[0] == '\0')
        return false;
    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.chain = state->chain;
    row.position = ++state->position;
    row.rule = text_copy_most(snapshot->arena, line, RULE_BYTES_MAX);
    if (!take_columns(snapshot, &row, &line))
        return false;
    row.source = unless(snapshot, text_word(&line), "0.0.0.0/0");
    row.destination = unless(snapshot, text_word(&line), "0.0.0.0/0");
    take_extra(snapshot, &row, line);
    sink_put(snapshot->sink, TABLE_FIREWALL_RULE, &row);
    return true;
}

static const struct format formats[] = {
    {
        .name = "iptables -L",
        .defined_in = "iptables iptables/iptables.c",
        .signatures = { "Chain * (policy *)", "Chain * (# references)" },
        .commands = { "*iptables*L*", "*iptablesnat", "*iptablesmangle",
                      "*iptables" },
        .source = "iptables -L",
        .state_bytes = sizeof(struct list_state),
        .read_line = read_listed,
        .samples = {
            {
                "Chain FORWARD (policy DROP 12 packets, 960 bytes)\n"
                " pkts bytes target     prot opt in     out     source      "
                "         destination         \n"
                "  12K  960K KUBE-FORWARD  all  --  *      *       0.0.0.0/0 "
                "           0.0.0.0/0            ctstate INVALID\n"
                "    3   180            17   --  cali+  *       10.0.0.0/8  "
                "           0.0.0.0/0            udp dpt:53 "
                "to:10.244.1.5:53\n",
                "firewall_rule: line=1 backend='' table_name='' chain='FORWARD' position=0 target='DROP' probability='0' packets=12 rule='Chain FORWARD (policy DROP 12 packets, 960 bytes)'\n"
                "firewall_rule: line=3 backend='' table_name='' chain='FORWARD' position=1 target='KUBE-FORWARD' ctstate='INVALID' probability='0' packets=12000 bytes=960000 rule='12K  960K KUBE-FORWARD  all  --  *      *       0.0.0.0/0            0.0.0.0/0            ctstate INVALID'\n"
                "firewall_rule: line=4 backend='' table_name='' chain='FORWARD' position=2 target='' protocol='17' source='10.0.0.0/8' in_interface='cali+' destination_port='53' to_address='10.244.1.5' to_port=53 probability='0' packets=3 bytes=180 rule='3   180            17   --  cali+  *       10.0.0.0/8             0.0.0.0/0            udp dpt:53 to:10.244.1.5:53'\n",
            },
        },
    },
};

const struct format_family formats_of_iptables_list = FORMAT_FAMILY(formats);
