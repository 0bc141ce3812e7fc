/* ipvsadm -Ln, with --stats, --rate or neither, and ipvsadm -S -n: services
 * and real servers of kube-proxy in IPVS mode.
 *
 *     UDP  10.96.0.10:53 rr
 *       -> 10.244.1.5:53                Masq    1      0          123
 *
 * A service is a row of backend "ipvs" at position 0 whose target is its
 * scheduler; a real server is a DNAT of the same chain. A service without
 * real servers refuses; one of weight 0 gets nothing new. */
#include "text/formats.h"

enum {
    SERVICE_BYTES = 80,
    RULE_BYTES_MAX = 1024,
};

struct ipvs_state {
    char protocol[8];
    char service[SERVICE_BYTES]; /* as written: "10.96.0.10:53" */
    int64_t position;
    bool has_statistics;
};

/* "8193" or, without --exact, "8K": units of 1000. */
static int64_t count_of(struct text text)
{
    static const char units[] = "KMGT";
    int64_t unit = 1;
    int64_t value;

    if (text.length == 0)
        return ABSENT;
    for (size_t i = 0; i < sizeof units - 1; i++) {
        if (text.bytes[text.length - 1] != units[i])
            continue;
        for (size_t k = 0; k <= i; k++)
            unit *= 1000;
        text.length--;
        break;
    }
    if (!snapshot_number(text, &value) ||
        __builtin_mul_overflow(value, unit, &value))
        return ABSENT;
    return value;
}

static struct firewall_rule_row row_of(struct snapshot *snapshot,
                                       struct text line)
{
    const struct ipvs_state *state = snapshot->state;
    struct firewall_rule_row row = FIREWALL_RULE_ROW_NONE;
    struct address address;
    char text[ADDRESS_TEXT_BYTES];
    int64_t port;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.backend = "ipvs";
    row.table_name = "nat";
    row.protocol = state->protocol;
    row.chain =
        arena_format(snapshot->arena, "%s %s", state->protocol, state->service);
    row.position = state->position;
    row.rule = text_copy_most(snapshot->arena, line, RULE_BYTES_MAX);
    if (endpoint_parse(text_of(state->service), &address, &port)) {
        row.destination = arena_format(snapshot->arena, "%s/%d",
                                       address_format(&address, text),
                                       8 * (int)address.length);
        row.destination_port =
            arena_format(snapshot->arena, "%lld", (long long)port);
    }
    return row;
}

static bool put_service(struct snapshot *snapshot, struct text line,
                        struct text scheduler)
{
    struct ipvs_state *state = snapshot->state;
    struct firewall_rule_row row;

    state->position = 0;
    row = row_of(snapshot, line);
    row.target = snapshot_text(snapshot, scheduler);
    sink_put(snapshot->sink, TABLE_FIREWALL_RULE, &row);
    return row.destination != NULL;
}

static bool put_server(struct snapshot *snapshot, struct text line,
                       struct text server, struct text counters)
{
    struct ipvs_state *state = snapshot->state;
    struct firewall_rule_row row;

    if (state->service[0] == '\0')
        return false;
    state->position++;
    row = row_of(snapshot, line);
    row.target = "DNAT";
    if (!endpoint_parse(server, &row.to_address, &row.to_port))
        return false;
    if (state->has_statistics) {
        (void)text_word(&counters); /* connections */
        row.packets = count_of(text_word(&counters));
        (void)text_word(&counters); /* packets out */
        row.bytes = count_of(text_word(&counters));
    }
    sink_put(snapshot->sink, TABLE_FIREWALL_RULE, &row);
    return true;
}

static void begin_service(struct snapshot *snapshot, const char *protocol,
                          struct text service)
{
    struct ipvs_state *state = snapshot->state;

    text_keep(state->protocol, sizeof state->protocol, text_of(protocol));
    text_keep(state->service, sizeof state->service, service);
}

static const struct {
    const char *word;   /* of -L */
    const char *option; /* of -S */
    const char *protocol;
} protocols[] = {
    { "TCP", "-t", "tcp" },
    { "UDP", "-u", "udp" },
    { "SCTP", "--sctp-service", "sctp" },
};

static const char *protocol_of(struct text word)
{
    for (size_t i = 0; i < sizeof protocols / sizeof protocols[0]; i++)
        if (text_equals(word, protocols[i].word) ||
            text_equals(word, protocols[i].option))
            return protocols[i].protocol;
    return NULL;
}

static bool read_listed(struct snapshot *snapshot, struct text line)
{
    struct ipvs_state *state = snapshot->state;
    struct text trimmed = text_trim(line);
    struct text rest = trimmed;
    struct text word = text_word(&rest);
    const char *protocol = protocol_of(word);

    if (text_starts(trimmed, "IP Virtual Server"))
        return true;
    if (text_equals(word, "Prot")) {
        state->has_statistics = text_find(rest, "InPkts") >= 0;
        return true;
    }
    if (text_equals(word, "->")) {
        word = text_word(&rest);
        return text_starts(word, "RemoteAddress") ||
               put_server(snapshot, trimmed, word, rest);
    }
    if (protocol == NULL)
        return text_equals(word, "FWM");
    begin_service(snapshot, protocol, text_word(&rest));
    return put_service(snapshot, trimmed,
                       state->has_statistics ? text_of("") : text_word(&rest));
}

/* The word behind an option, empty without. */
static struct text option(struct text rest, const char *name)
{
    while (text_trim(rest).length > 0)
        if (text_equals(text_word(&rest), name))
            return text_word(&rest);
    return text_slice(NULL, 0);
}

static bool read_saved(struct snapshot *snapshot, struct text line)
{
    struct text trimmed = text_trim(line);
    struct text rest = trimmed;
    struct text verb = text_word(&rest);
    const char *protocol = protocol_of(text_word(&rest));

    if (protocol == NULL)
        return text_starts(trimmed, "-A -f") || text_starts(trimmed, "-a -f");
    if (text_equals(verb, "-A")) {
        begin_service(snapshot, protocol, text_word(&rest));
        return put_service(snapshot, trimmed, option(rest, "-s"));
    }
    (void)text_word(&rest);
    return text_equals(verb, "-a") &&
           put_server(snapshot, trimmed, option(rest, "-r"), rest);
}

static const struct format formats[] = {
    {
        .name = "ipvsadm -L",
        .defined_in = "ipvsadm 1.31 ipvsadm.c",
        .signatures = { "IP Virtual Server version *",
                        "Prot LocalAddress:Port *" },
        .commands = { "*ipvsadm*L*", "*ipvsadm*l*", "ipvsadm" },
        .source = "ipvsadm",
        .state_bytes = sizeof(struct ipvs_state),
        .read_line = read_listed,
        .samples = {
            {
                "IP Virtual Server version 1.2.1 (size=4096)\n"
                "Prot LocalAddress:Port Scheduler Flags\n"
                "  -> RemoteAddress:Port           Forward Weight ActiveConn "
                "InActConn\n"
                "UDP  10.96.0.10:53 rr\n"
                "  -> 10.244.1.5:53                Masq    1      0          "
                "123       \n"
                "TCP  10.96.0.1:443 rr\n",
                "firewall_rule: line=4 backend='ipvs' table_name='nat' chain='udp 10.96.0.10:53' position=0 target='rr' protocol='udp' destination='10.96.0.10/32' destination_port='53' probability='0' rule='UDP  10.96.0.10:53 rr'\n"
                "firewall_rule: line=5 backend='ipvs' table_name='nat' chain='udp 10.96.0.10:53' position=1 target='DNAT' protocol='udp' destination='10.96.0.10/32' destination_port='53' to_address='10.244.1.5' to_port=53 probability='0' rule='-> 10.244.1.5:53                Masq    1      0          123'\n"
                "firewall_rule: line=6 backend='ipvs' table_name='nat' chain='tcp 10.96.0.1:443' position=0 target='rr' protocol='tcp' destination='10.96.0.1/32' destination_port='443' probability='0' rule='TCP  10.96.0.1:443 rr'\n",
            },
            {
                "IP Virtual Server version 1.2.1 (size=4096)\n"
                "Prot LocalAddress:Port               Conns   InPkts  OutPkts"
                "  InBytes OutBytes\n"
                "  -> RemoteAddress:Port\n"
                "UDP  10.96.0.10:53                    123      123       98"
                "       8K     9876\n"
                "  -> 10.244.1.5:53                     60       60       60"
                "     4000     6000\n",
                "firewall_rule: line=4 backend='ipvs' table_name='nat' chain='udp 10.96.0.10:53' position=0 target='' protocol='udp' destination='10.96.0.10/32' destination_port='53' probability='0' rule='UDP  10.96.0.10:53                    123      123       98       8K     9876'\n"
                "firewall_rule: line=5 backend='ipvs' table_name='nat' chain='udp 10.96.0.10:53' position=1 target='DNAT' protocol='udp' destination='10.96.0.10/32' destination_port='53' to_address='10.244.1.5' to_port=53 probability='0' packets=60 bytes=4000 rule='-> 10.244.1.5:53                     60       60       60     4000     6000'\n",
            },
        },
    },
    {
        .name = "ipvsadm -S",
        .defined_in = "ipvsadm 1.31 ipvsadm.c",
        .signatures = { "-A -t *:# -s *", "-A -u *:# -s *",
                        "-A --sctp-service *:# -s *" },
        .commands = { "*ipvsadm*S*", "*ipvsadm*save*" },
        .source = "ipvsadm",
        .state_bytes = sizeof(struct ipvs_state),
        .read_line = read_saved,
        .samples = {
            {
                "-A -u 10.96.0.10:53 -s rr\n"
                "-a -u 10.96.0.10:53 -r 10.244.1.5:53 -m -w 1\n",
                "firewall_rule: line=1 backend='ipvs' table_name='nat' chain='udp 10.96.0.10:53' position=0 target='rr' protocol='udp' destination='10.96.0.10/32' destination_port='53' probability='0' rule='-A -u 10.96.0.10:53 -s rr'\n"
                "firewall_rule: line=2 backend='ipvs' table_name='nat' chain='udp 10.96.0.10:53' position=1 target='DNAT' protocol='udp' destination='10.96.0.10/32' destination_port='53' to_address='10.244.1.5' to_port=53 probability='0' rule='-a -u 10.96.0.10:53 -r 10.244.1.5:53 -m -w 1'\n",
            },
        },
    },
};

const struct format_family formats_of_ipvs = FORMAT_FAMILY(formats);
