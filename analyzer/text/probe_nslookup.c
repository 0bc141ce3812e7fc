/* nslookup (BIND and busybox) and host:
 *
 *   Server:         10.96.0.10
 *   Address:        10.96.0.10#53
 *   ** server can't find a.example: NXDOMAIN
 *
 * Both look a short name up with the search list: the name stays as it was
 * typed. */
#include "text/transcript.h"

#include <string.h>

static void begin_common(struct probe *probe, struct text server)
{
    if (probe->row.transport == NULL)
        probe->row.transport = "udp";
    probe->row.server_port = 53;
    (void)address_parse(server, &probe->row.server);
    if (probe->row.qtype == NULL)
        probe->row.qtype = "A";
}

static void take_operands(struct probe *probe, const struct command *command,
                          size_t first, const char *with_value)
{
    struct text operand[2] = { { 0 }, { 0 } };
    size_t count = 0;

    for (size_t i = first; i < command->word_count; i++) {
        struct text word = command->words[i];

        if (word.length == 0 || word.bytes[0] != '-') {
            if (count < 2)
                operand[count++] = word;
            continue;
        }
        if (text_equals(word, "-T"))
            probe->row.transport = "tcp";
        if (word.length == 2 && word.bytes[1] != '\0' &&
            strchr(with_value, word.bytes[1]) != NULL &&
            i + 1 < command->word_count) {
            i++;
            if (word.bytes[1] == 't')
                probe->row.qtype =
                    text_copy(probe->arena, text_first(command->words[i], 16));
        }
    }
    if (operand[0].length > 0)
        probe->row.qname = probe_name(probe, operand[0], false);
    begin_common(probe, operand[1]);
}

static void begin_nslookup(struct probe *probe, const struct command *command,
                           size_t first)
{
    static const char *const options[] = { "-type", "-query", "-q" };

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        struct text type = command_option(command, options[i]);

        if (type.length > 0 && type.length < 16 && type.bytes[0] != '-' &&
            probe->row.qtype == NULL)
            probe->row.qtype = text_copy(probe->arena, type);
    }
    take_operands(probe, command, first, "");
    if (command_find(command, "-vc") < command->word_count)
        probe->row.transport = "tcp";
}

static void set_answer(struct probe *probe, const char *rcode)
{
    probe->row.result = rcode;
    probe->has_answer = true;
    probe->lines++;
}

/* "** server can't find NAME: NXDOMAIN", "Host NAME not found: 3(NXDOMAIN)" */
static bool take_rcode(struct probe *probe, struct text line)
{
    static const char *const rcodes[] = {
        "NXDOMAIN", "SERVFAIL", "REFUSED", "FORMERR", "NOTIMP", "NOTAUTH",
    };
    bool is_answer =
        text_starts(line, "** server can't find") || text_starts(line, "Host ");

    for (size_t i = 0; is_answer && i < sizeof rcodes / sizeof rcodes[0]; i++)
        if (text_find(line, rcodes[i]) >= 0) {
            set_answer(probe, rcodes[i]);
            return true;
        }
    return false;
}

/* "Address: 10.96.0.10#53", busybox "Address 1: 10.96.0.10 name" or
 * "Address: 10.96.0.10:53". The first is the server's. */
static void take_address(struct probe *probe, struct text value)
{
    struct text word = value;

    if (probe->has_header) {
        if (probe->row.qname == NULL || probe->lines > 0)
            set_answer(probe, "NOERROR");
        return;
    }
    probe->has_header = true;
    word = text_word(&word);
    if (!probe_take_server(probe, value) &&
        !endpoint_parse(word, &probe->row.server, &probe->row.server_port))
        (void)address_parse(word, &probe->row.server);
}

static void take_nslookup(struct probe *probe, struct text line)
{
    struct text rest = line;
    struct text label = text_until(&rest, ':');

    if (take_rcode(probe, line))
        return;
    if (text_starts(line, "*** Can't find") &&
        text_find(line, "No answer") >= 0)
        set_answer(probe, "NOERROR");
    else if (text_equals(label, "Server"))
        (void)address_parse(text_trim(rest), &probe->row.server);
    else if (text_starts(label, "Address"))
        take_address(probe, text_trim(rest));
    else if (text_equals(label, "Name")) {
        probe->lines++;
        if (probe->row.qname == NULL)
            probe->row.qname = probe_name(probe, text_trim(rest), false);
    } else {
        if (text_starts(line, ";;"))
            (void)probe_take_server(probe, line);
        probe_take_error(probe, line);
    }
}

static bool is_nslookup(struct text line)
{
    return text_starts(line, "Server:\t") || text_starts(line, "Server:  ");
}

const struct probe_tool probe_nslookup = {
    .name = "nslookup",
    .begin = begin_nslookup,
    .take = take_nslookup,
    .is_opening = is_nslookup,
    .silent_result = "unknown",
    .samples = {
            "/ # nslookup a.example 10.96.0.10\n"
            "Server:\t\t10.96.0.10\n"
            "Address:\t10.96.0.10#53\n"
            "\n"
            "** server can't find a.example: NXDOMAIN\n",
            "Server:    10.96.0.11\n"
            "Address 1: 10.96.0.11 kube-dns.kube-system\n"
            "\n"
            "Name:      kubernetes.default\n"
            "Address 1: 10.96.0.1 kubernetes.default.svc.cluster.local\n",
    },
};

static void begin_host(struct probe *probe, const struct command *command,
                       size_t first)
{
    take_operands(probe, command, first, "ctNRWmp");
}

static void take_host(struct probe *probe, struct text line)
{
    if (take_rcode(probe, line))
        return;
    if (text_find(line, " has address ") >= 0 ||
        text_find(line, " has IPv6 address ") >= 0 ||
        text_find(line, " is an alias for ") >= 0 ||
        text_find(line, " domain name pointer ") >= 0 ||
        text_find(line, " descriptive text ") >= 0) {
        set_answer(probe, "NOERROR");
        return;
    }
    if (text_starts(line, "Address: ") || text_starts(line, ";;"))
        (void)probe_take_server(probe, line);
    probe_take_error(probe, line);
}

const struct probe_tool probe_host = {
    .name = "host",
    .begin = begin_host,
    .take = take_host,
    .silent_result = "unknown",
    .samples = {
            "$ host -t A a.example 10.96.0.10\n"
            "Host a.example not found: 3(NXDOMAIN)\n",
    },
};
