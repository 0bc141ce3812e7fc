/* nft list ruleset, as far as iptables-nft and kube-proxy use it.
 *
 *     table ip nat {
 *     	chain KUBE-SEP-X {
 *     		meta l4proto udp counter packets 6 bytes 492 dnat to 10.1.1.5:53
 *
 * Read coarsely: chain, policy, counter, verdict, and the matches that the
 * questions of a report need. Sets, maps and their elements are skipped. */
#include "text/formats.h"

#include <string.h>

enum {
    NAME_BYTES = 64,
    RULE_BYTES_MAX = 1024,
};

struct nft_state {
    char table[NAME_BYTES];
    char chain[NAME_BYTES]; /* "" outside of one */
    int64_t position;
    int64_t skipped_depth; /* open braces of a set or map */
};

static struct firewall_rule_row rule_row(struct snapshot *snapshot,
                                         struct text line)
{
    const struct nft_state *state = snapshot->state;
    struct firewall_rule_row row = FIREWALL_RULE_ROW_NONE;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.backend = "nft";
    row.table_name = state->table;
    row.chain = state->chain;
    row.position = state->position;
    row.rule = text_copy_most(snapshot->arena, line, RULE_BYTES_MAX);
    return row;
}

static const char *upper(struct snapshot *snapshot, struct text word)
{
    char *copy = text_copy_most(snapshot->arena, word, NAME_BYTES);

    for (char *at = copy; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return copy;
}

/* "type nat hook prerouting priority dstnat; policy accept;" */
static void put_policy(struct snapshot *snapshot, struct text line)
{
    struct firewall_rule_row row = rule_row(snapshot, line);
    ptrdiff_t at = text_find(line, "policy ");

    row.position = 0;
    if (at >= 0) {
        line = text_from(line, (size_t)at + 7);
        row.target = upper(snapshot, text_trim(text_until(&line, ';')));
    }
    sink_put(snapshot->sink, TABLE_FIREWALL_RULE, &row);
}

/* Words and the column of the word that follows; '!=' in between negates. */
static const struct nft_match {
    const char *words[2]; /* "ip" "saddr" */
    size_t offset;
} matches[] = {
    { { "ip", "saddr" }, offsetof(struct firewall_rule_row, source) },
    { { "ip6", "saddr" }, offsetof(struct firewall_rule_row, source) },
    { { "ip", "daddr" }, offsetof(struct firewall_rule_row, destination) },
    { { "ip6", "daddr" }, offsetof(struct firewall_rule_row, destination) },
    { { "meta", "l4proto" }, offsetof(struct firewall_rule_row, protocol) },
    { { "ip", "protocol" }, offsetof(struct firewall_rule_row, protocol) },
    { { "udp", "dport" },
      offsetof(struct firewall_rule_row, destination_port) },
    { { "tcp", "dport" },
      offsetof(struct firewall_rule_row, destination_port) },
    { { "udp", "sport" }, offsetof(struct firewall_rule_row, source_port) },
    { { "tcp", "sport" }, offsetof(struct firewall_rule_row, source_port) },
    { { "ct", "state" }, offsetof(struct firewall_rule_row, ctstate) },
    { { NULL, "iifname" }, offsetof(struct firewall_rule_row, in_interface) },
    { { NULL, "oifname" }, offsetof(struct firewall_rule_row, out_interface) },
    { { NULL, "comment" }, offsetof(struct firewall_rule_row, comment) },
};

static struct text take_value(struct text *line)
{
    struct text rest = text_trim(*line);
    struct text value;

    if (text_skip(&rest, "\""))
        value = text_until(&rest, '"');
    else
        value = text_word(&rest);
    *line = rest;
    return value;
}

static void set(struct snapshot *snapshot, struct firewall_rule_row *row,
                const struct nft_match *match, struct text *line)
{
    struct text value = take_value(line);
    bool is_negated = text_equals(value, "!=");
    const char *written;

    if (is_negated)
        value = take_value(line);
    /* iptables writes states in capitals. */
    written = match->offset == offsetof(struct firewall_rule_row, ctstate)
                  ? upper(snapshot, value)
                  : snapshot_text(snapshot, value);
    if (is_negated)
        written = arena_format(snapshot->arena, "!%s", written);
    memcpy((char *)row + match->offset, &written, sizeof written);
    /* "udp dport 53" says the protocol by the way. */
    if (match->words[0] != NULL && strstr("udp tcp", match->words[0]) != NULL)
        row->protocol = match->words[0];
}

static bool take_match(struct snapshot *snapshot, struct firewall_rule_row *row,
                       struct text before, struct text word, struct text *line)
{
    for (size_t i = 0; i < sizeof matches / sizeof matches[0]; i++) {
        if (!text_equals(word, matches[i].words[1]) ||
            (matches[i].words[0] != NULL &&
             !text_equals(before, matches[i].words[0])))
            continue;
        set(snapshot, row, &matches[i], line);
        return true;
    }
    return false;
}

static const char *const verdicts[] = {
    "accept",     "drop",    "return",   "reject",
    "masquerade", "notrack", "continue", NULL,
};

static void take_verdict(struct snapshot *snapshot,
                         struct firewall_rule_row *row, struct text word,
                         struct text *line)
{
    if (text_equals(word, "jump") || text_equals(word, "goto")) {
        row->target = snapshot_text(snapshot, text_word(line));
    } else if (text_equals(word, "dnat")) {
        row->target = "DNAT";
        (void)text_word(line); /* "to" */
        word = text_word(line);
        if (!endpoint_parse(word, &row->to_address, &row->to_port))
            (void)address_parse(word, &row->to_address);
    }
    for (size_t i = 0; verdicts[i] != NULL; i++)
        if (text_equals(word, verdicts[i]))
            row->target = upper(snapshot, word);
}

/* "packets 6" and "bytes 492" of "counter". */
static void take_count(struct firewall_rule_row *row, struct text word,
                       struct text *line)
{
    if (text_equals(word, "packets"))
        (void)snapshot_number(text_word(line), &row->packets);
    else if (text_equals(word, "bytes"))
        (void)snapshot_number(text_word(line), &row->bytes);
}

/* "meta random & 2147483647 < 1073741824": probability one half. */
static void take_probability(struct firewall_rule_row *row, struct text line)
{
    ptrdiff_t at = text_find(line, "random & 2147483647 < ");
    int64_t limit;

    if (at < 0)
        return;
    line = text_from(line, (size_t)at + 22);
    if (text_integer(text_word(&line), &limit))
        row->probability = (double)limit / 2147483648.0;
}

/* "meta mark set mark or 0x4000", as iptables-save writes it: bits to set and
 * bits to clear. With xor no bit is cleared first. */
static void take_mark_change(struct snapshot *snapshot,
                             struct firewall_rule_row *row, struct text line)
{
    ptrdiff_t at = text_find(line, "meta mark set ");
    bool is_xor;

    if (at < 0)
        return;
    line = text_from(line, (size_t)at + 14);
    is_xor = text_skip(&line, "mark xor ") || text_skip(&line, "mark ^ ");
    if (!is_xor && !text_skip(&line, "mark or ") &&
        !text_skip(&line, "mark | ")) {
        row->set_mark = snapshot_text(snapshot, text_word(&line));
        row->target = "MARK";
        return;
    }
    row->target = "MARK";
    row->set_mark = snapshot_text(snapshot, text_word(&line));
    row->set_mark = arena_format(snapshot->arena, "%s/%s", row->set_mark,
                                 is_xor ? "0x0" : row->set_mark);
}

static void put_rule(struct snapshot *snapshot, struct text line)
{
    struct nft_state *state = snapshot->state;
    struct firewall_rule_row row;
    struct text rest = line;
    struct text before = { NULL, 0 };

    state->position++;
    row = rule_row(snapshot, line);
    take_probability(&row, line);
    take_mark_change(snapshot, &row, line);
    while (text_trim(rest).length > 0) {
        struct text word = text_word(&rest);

        if (!take_match(snapshot, &row, before, word, &rest)) {
            take_count(&row, word, &rest);
            take_verdict(snapshot, &row, word, &rest);
        }
        before = word;
    }
    sink_put(snapshot->sink, TABLE_FIREWALL_RULE, &row);
}

static int64_t open_braces(struct text line)
{
    int64_t depth = 0;

    for (size_t i = 0; i < line.length; i++)
        depth += (line.bytes[i] == '{') - (line.bytes[i] == '}');
    return depth;
}

static bool take_block(struct nft_state *state, struct text line)
{
    struct text word = text_word(&line);

    if (text_equals(word, "table")) {
        (void)text_word(&line); /* family */
        text_keep(state->table, sizeof state->table, text_word(&line));
        state->chain[0] = '\0';
    } else if (text_equals(word, "chain")) {
        text_keep(state->chain, sizeof state->chain, text_word(&line));
        state->position = 0;
    } else if (state->chain[0] == '\0') {
        state->skipped_depth = 1; /* set, map, flowtable ... */
    } else {
        return false;
    }
    return true;
}

static bool read_line(struct snapshot *snapshot, struct text line)
{
    struct nft_state *state = snapshot->state;

    line = text_trim(line);
    if (text_starts(line, "#"))
        return text_starts(line, "# Warning: table ") ||
               text_starts(line, "# xt_");
    if (state->skipped_depth > 0) {
        state->skipped_depth += open_braces(line);
        return true;
    }
    if (text_ends(line, "{") && take_block(state, line))
        return true;
    if (text_equals(line, "}")) {
        state->chain[0] = '\0';
        return true;
    }
    if (state->chain[0] == '\0')
        return false;
    if (text_starts(line, "type "))
        put_policy(snapshot, line);
    else
        put_rule(snapshot, line);
    return true;
}

static const struct format formats[] = {
    {
        .name = "nft list ruleset",
        .defined_in = "nftables src/rule.c; nft(8)",
        .signatures = { "table ip* * {", "table inet * {", "table arp * {",
                        "table bridge * {", "table netdev * {",
                        "\\# Warning: table * is managed by iptables-nft*" },
        .commands = { "nft*", "*nftruleset" },
        .source = "nft",
        .state_bytes = sizeof(struct nft_state),
        .read_line = read_line,
        .samples = {
            {
                "# Warning: table ip nat is managed by iptables-nft, do not "
                "touch!\n"
                "table ip nat {\n"
                "\tmap service-ips {\n"
                "\t\telements = { 10.96.0.10 . udp . 53 : goto service-x,\n"
                "\t\t\t10.96.0.10 . tcp . 53 : goto service-y }\n"
                "\t}\n"
                "\tchain PREROUTING {\n"
                "\t\ttype nat hook prerouting priority dstnat; policy "
                "accept;\n"
                "\t\tip daddr 10.96.0.10 udp dport 53 counter packets 6 "
                "bytes 492 jump KUBE-SVC-Y\n"
                "\t\tmeta random & 2147483647 < 1073741824 counter packets "
                "1 bytes 2 jump KUBE-SEP-X\n"
                "\t}\n"
                "\n"
                "\tchain KUBE-SEP-X {\n"
                "\t\tip saddr != 10.244.0.0/16 meta l4proto udp counter "
                "packets 6 bytes 492 dnat to 10.244.1.5:53\n"
                "\t\tct state invalid counter packets 3 bytes 180 drop\n"
                "\t\tcounter packets 1 bytes 2 meta mark set mark xor "
                "0x4000\n"
                "\t}\n"
                "}\n",
                "firewall_rule: line=8 backend='nft' table_name='nat' chain='PREROUTING' position=0 target='ACCEPT' probability='0' rule='type nat hook prerouting priority dstnat; policy accept;'\n"
                "firewall_rule: line=9 backend='nft' table_name='nat' chain='PREROUTING' position=1 target='KUBE-SVC-Y' protocol='udp' destination='10.96.0.10' destination_port='53' probability='0' packets=6 bytes=492 rule='ip daddr 10.96.0.10 udp dport 53 counter packets 6 bytes 492 jump KUBE-SVC-Y'\n"
                "firewall_rule: line=10 backend='nft' table_name='nat' chain='PREROUTING' position=2 target='KUBE-SEP-X' probability='0.5' packets=1 bytes=2 rule='meta random & 2147483647 < 1073741824 counter packets 1 bytes 2 jump KUBE-SEP-X'\n"
                "firewall_rule: line=14 backend='nft' table_name='nat' chain='KUBE-SEP-X' position=1 target='DNAT' protocol='udp' source='!10.244.0.0/16' to_address='10.244.1.5' to_port=53 probability='0' packets=6 bytes=492 rule='ip saddr != 10.244.0.0/16 meta l4proto udp counter packets 6 bytes 492 dnat to 10.244.1.5:53'\n"
                "firewall_rule: line=15 backend='nft' table_name='nat' chain='KUBE-SEP-X' position=2 target='DROP' ctstate='INVALID' probability='0' packets=3 bytes=180 rule='ct state invalid counter packets 3 bytes 180 drop'\n"
                "firewall_rule: line=16 backend='nft' table_name='nat' chain='KUBE-SEP-X' position=3 target='MARK' set_mark='0x4000/0x0' probability='0' packets=1 bytes=2 rule='counter packets 1 bytes 2 meta mark set mark xor 0x4000'\n",
            },
        },
    },
};

const struct format_family formats_of_nft = FORMAT_FAMILY(formats);
