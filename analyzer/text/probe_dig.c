/* dig (BIND 9.11 to 9.20):
 *
 *   ;; communications error to 10.0.0.3#53: timed out
 *   ; <<>> DiG 9.18.49 <<>> +tries=1 @10.0.0.3 a.example
 *   ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 28038
 *   ;; SERVER: 10.0.0.3#53(10.0.0.3) (TCP)
 *
 * Errors of the first tries come before the line that names the command; the
 * last word on the transport is that of SERVER. */
#include "text/transcript.h"

#include <string.h>

static const char *const types[] = {
    "A",     "AAAA",  "ANY",  "AXFR", "CAA",   "CNAME", "DNSKEY", "DS",
    "HINFO", "HTTPS", "IXFR", "MX",   "NAPTR", "NS",    "NSEC",   "PTR",
    "RRSIG", "SOA",   "SRV",  "SVCB", "TLSA",  "TXT",
};

static const char *type_of(struct text word)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (text_equals_nocase(word, types[i]))
            return types[i];
    return NULL;
}

static const struct {
    const char *option;
    const char *transport;
} transports[] = {
    { "+tcp", "tcp" },  { "+vc", "tcp" },  { "+notcp", "udp" },
    { "+novc", "udp" }, { "+tls", "tls" }, { "+https", "https" },
};

static void take_plus_option(struct probe *probe, struct text word)
{
    for (size_t i = 0; i < sizeof transports / sizeof transports[0]; i++)
        if (text_equals(word, transports[i].option))
            probe->row.transport = transports[i].transport;
    if (text_equals(word, "+short") || text_equals(word, "+noall"))
        probe->is_short = true;
}

/* "-x 10.1.2.3" asks for 3.2.1.10.in-addr.arpa. */
static void take_reverse(struct probe *probe, struct text word)
{
    struct address address;

    probe->row.qtype = "PTR";
    if (!address_parse(word, &address))
        return;
    if (address.length == 4) {
        probe->row.qname = arena_format(
            probe->arena, "%d.%d.%d.%d.in-addr.arpa.", address.bytes[3],
            address.bytes[2], address.bytes[1], address.bytes[0]);
        return;
    }
    probe->row.qname = "";
    for (int i = 15; i >= 0; i--)
        probe->row.qname = arena_format(
            probe->arena, "%s%x.%x.%s", probe->row.qname,
            address.bytes[i] & 15u, (unsigned)address.bytes[i] >> 4,
            i == 0 ? "ip6.arpa." : "");
}

static void take_dash_option(struct probe *probe, struct text option,
                             struct text value)
{
    int64_t port;

    switch (option.bytes[1]) {
    case 'p':
        if (text_integer(value, &port) && port > 0 && port < 65536)
            probe->row.server_port = port;
        break;
    case 't':
        if (type_of(value) != NULL)
            probe->row.qtype = type_of(value);
        break;
    case 'q':
        probe->row.qname = probe_name(probe, value, true);
        break;
    case 'x':
        take_reverse(probe, value);
        break;
    default:
        break;
    }
}

static void take_operand(struct probe *probe, struct text word)
{
    const char *type = type_of(word);

    if (text_skip(&word, "@")) {
        (void)address_parse(word, &probe->row.server);
        return;
    }
    if (text_equals_nocase(word, "IN") || text_equals_nocase(word, "CH"))
        return;
    if (type != NULL)
        probe->row.qtype = type;
    else if (probe->row.qname == NULL)
        probe->row.qname = probe_name(probe, word, true);
}

static void begin_dig(struct probe *probe, const struct command *command,
                      size_t first)
{
    probe->row.transport = "udp";
    probe->row.server_port = 53;
    for (size_t i = first; i < command->word_count; i++) {
        struct text word = command->words[i];
        bool takes_value = word.length >= 2 && word.bytes[0] == '-' &&
                           memchr("bcfkpqtxy", word.bytes[1], 9) != NULL;

        if (text_starts(word, "+"))
            take_plus_option(probe, word);
        else if (takes_value && word.length > 2)
            take_dash_option(probe, word, text_from(word, 2));
        else if (takes_value && i + 1 < command->word_count)
            take_dash_option(probe, word, command->words[++i]);
        else if (!text_starts(word, "-") && word.length > 0)
            take_operand(probe, word);
    }
    if (probe->row.qtype == NULL)
        probe->row.qtype = probe->row.qname == NULL ? "NS" : "A";
    if (probe->row.qname == NULL)
        probe->row.qname = ".";
}

static void take_status(struct probe *probe, struct text line)
{
    struct text rest = text_from(line, (size_t)text_find(line, "status: ") + 8);

    probe->row.result =
        text_copy(probe->arena, text_first(text_until(&rest, ','), 32));
    probe->has_answer = true;
}

/* ";a.example. IN A" */
static void take_question(struct probe *probe, struct text line)
{
    struct text rest = text_from(line, 1);
    struct text name = text_word(&rest);
    struct text type;

    (void)text_word(&rest);
    type = text_word(&rest);
    probe->is_in_question = false;
    if (name.length == 0 || type.length == 0)
        return;
    probe->row.qname = probe_name(probe, name, true);
    probe->row.qtype = text_copy(probe->arena, text_first(type, 16));
}

static void take_server(struct probe *probe, struct text line)
{
    (void)probe_take_server(probe, line);
    if (text_find(line, "(TCP)") >= 0)
        probe->row.transport = "tcp";
    else if (text_find(line, "(UDP)") >= 0)
        probe->row.transport = "udp";
}

/* "Query time: 4 msec"; usec with +u. */
static void take_time(struct probe *probe, struct text line)
{
    int64_t value;
    int64_t unit_ns;

    if (!text_integer(text_word(&line), &value) || value < 0 ||
        value > INT32_MAX)
        return;
    unit_ns = text_equals(text_word(&line), "usec") ? 1000 : 1000000;
    probe->row.duration_ns = value * unit_ns;
}

static void take_failure(struct probe *probe, struct text line)
{
    (void)probe_take_server(probe, line);
    if (text_starts(line, ";; Connection to "))
        probe->row.transport = "tcp";
    probe_take_error(probe, line);
    if (text_find(line, "no servers could be reached") >= 0)
        probe->is_done = true;
}

static void take_dig(struct probe *probe, struct text line)
{
    struct text rest = line;

    if (text_find(line, "->>HEADER<<-") >= 0 &&
        text_find(line, "status: ") >= 0)
        take_status(probe, line);
    else if (text_starts(line, ";; QUESTION SECTION"))
        probe->is_in_question = true;
    else if (probe->is_in_question && text_starts(line, ";") &&
             !text_starts(line, ";;"))
        take_question(probe, line);
    else if (text_skip(&rest, ";; SERVER: "))
        take_server(probe, rest);
    else if (text_skip(&rest, ";; Query time: "))
        take_time(probe, rest);
    else if (text_skip(&rest, ";; WHEN: "))
        (void)probe_when(rest, &probe->row.at_ns);
    else if (text_starts(line, ";; MSG SIZE"))
        probe->is_done = true;
    else if (text_starts(line, ";;") || text_starts(line, "dig:") ||
             text_starts(line, "; Transfer failed"))
        take_failure(probe, line);
    else if (line.length > 0 && line.bytes[0] != ';')
        probe->lines++;
    if (probe->row.result[0] == '\0' && probe->is_short && probe->lines > 0)
        probe->row.result = "answered";
}

static bool is_dig(struct text line)
{
    return text_starts(line, "; <<>> DiG ") ||
           text_starts(line, ";; ->>HEADER<<- opcode: ") ||
           text_starts(line, ";; communications error to ") ||
           text_starts(line, ";; Connection to ") ||
           text_starts(line, ";; UDP setup with ") ||
           text_starts(line, ";; connection timed out; no servers");
}

const struct probe_tool probe_dig = {
    .name = "dig",
    .begin = begin_dig,
    .take = take_dig,
    .is_opening = is_dig,
    .silent_result = "unknown",
    .samples = {
            "[root@node1 ~]# dig +tcp @10.133.90.3 "
            "pay.default.svc.cluster.local\n"
            "; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> +tcp @10.133.90.3 "
            "pay.default.svc.cluster.local\n"
            ";; Got answer:\n"
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 28038\n"
            ";; Query time: 12 msec\n"
            ";; SERVER: 10.133.90.3#53(10.133.90.3) (TCP)\n",
            "; <<>> DiG 9.11.36 <<>> @10.0.0.4 a.example\n"
            ";; global options: +cmd\n"
            ";; connection timed out; no servers could be reached\n",
            "$ dig @10.0.0.4 a.example AAAA\n"
            ";; communications error to 10.0.0.4#53: connection refused\n"
            ";; no servers could be reached\n",
    },
};
