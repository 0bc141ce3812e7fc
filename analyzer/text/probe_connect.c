/* Probes that are no DNS clients themselves: getent, ping, curl, nc. */
#include "text/transcript.h"

#include <string.h>

static struct text operand(const struct command *command, size_t first,
                           const char *with_value, size_t wanted)
{
    for (size_t i = first; i < command->word_count; i++) {
        struct text word = command->words[i];

        if (text_starts(word, "-")) {
            char last = word.bytes[word.length - 1];

            i += word.length > 1 && last != '\0' && word.bytes[1] != '-' &&
                 strchr(with_value, last) != NULL;
            continue;
        }
        if (wanted == 0)
            return word;
        wanted--;
    }
    return text_slice(NULL, 0);
}

/* getent [-s SERVICE] ahosts NAME: an address a line, or nothing and status
 * 2. Which of the resolver's failures it was, it does not say. */
static void begin_getent(struct probe *probe, const struct command *command,
                         size_t first)
{
    struct text name = operand(command, first, "s", 1);

    if (name.length > 0)
        probe->row.qname = probe_name(probe, name, false);
}

static void take_getent(struct probe *probe, struct text line)
{
    struct address address;

    if (!address_parse(text_word(&line), &address))
        return;
    probe->row.result = "answered";
    probe->has_answer = true;
    probe->lines++;
}

const struct probe_tool probe_getent = {
    .name = "getent",
    .begin = begin_getent,
    .take = take_getent,
    .silent_result = "failed",
    .samples = {
            "$ getent ahosts api.example.com; echo rc=$?\n"
            "203.0.113.10    STREAM api.example.com\n"
            "203.0.113.10    DGRAM\n"
            "rc=0\n",
    },
};

/* ping (iputils, busybox): the summary tells, a missing one nothing. */
static void begin_ping(struct probe *probe, const struct command *command,
                       size_t first)
{
    struct text target = operand(command, first, "ciIWwsMtQTlmpS", 0);

    probe->row.transport = "icmp";
    if (target.length == 0)
        return;
    probe->row.qname = probe_name(probe, target, false);
    (void)address_parse(target, &probe->row.server);
}

/* "5 packets transmitted, 3 received, 40% packet loss, time 4005ms";
 * busybox: "3 packets received". */
static void take_summary(struct probe *probe, struct text line)
{
    int64_t sent;
    int64_t received;
    bool ok = text_integer(text_word(&line), &sent);

    (void)text_until(&line, ',');
    if (!ok || !text_integer(text_word(&line), &received))
        return;
    probe->has_answer = received > 0;
    if (received > 0)
        probe->row.result = received < sent ? "loss" : "answered";
    else if (probe->row.result[0] == '\0')
        probe->row.result = "timeout";
    probe->lines++;
}

/* "rtt min/avg/max/mdev = 0.1/0.2/0.3/0.0 ms" */
static void take_round_trip(struct probe *probe, struct text line)
{
    double milliseconds;

    (void)text_until(&line, '=');
    (void)text_until(&line, '/');
    if (text_real(text_until(&line, '/'), &milliseconds) && milliseconds >= 0 &&
        milliseconds < 1e6)
        probe->row.duration_ns = (int64_t)(milliseconds * 1e6 + 0.5);
}

/* "PING wk-2 (10.0.0.2) 56(84) bytes of data." */
static void take_target(struct probe *probe, struct text line)
{
    struct text rest = line;

    (void)text_word(&rest);
    if (probe->row.qname == NULL)
        probe->row.qname = probe_name(probe, text_word(&rest), false);
    (void)text_until(&line, '(');
    (void)address_parse(text_until(&line, ')'), &probe->row.server);
}

static void take_ping(struct probe *probe, struct text line)
{
    if (text_starts(line, "PING "))
        take_target(probe, line);
    else if (text_find(line, " packets transmitted") >= 0)
        take_summary(probe, line);
    else if (text_starts(line, "rtt ") || text_starts(line, "round-trip "))
        take_round_trip(probe, line);
    else if (text_find(line, "rag needed") >= 0 ||
             text_find(line, "essage too long") >= 0)
        probe->row.result = "too-big";
    else if (!probe->has_answer && text_find(line, "nreachable") >= 0)
        probe->row.result = "unreachable";
    else if (text_starts(line, "ping: ") || text_starts(line, "connect: "))
        probe_take_error(probe, line);
}

static bool is_ping(struct text line)
{
    return text_starts(line, "PING ") && text_find(line, "(") >= 0;
}

const struct probe_tool probe_ping = {
    .name = "ping",
    .begin = begin_ping,
    .take = take_ping,
    .is_opening = is_ping,
    .silent_result = "unknown",
    .samples = {
            "PING 10.0.0.3 (10.0.0.3) 56(84) bytes of data.\n"
            "From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n"
            "\n"
            "--- 10.0.0.3 ping statistics ---\n"
            "1 packets transmitted, 0 received, +1 errors, 100% packet loss, "
            "time 0ms\n",
    },
};

/* The host and port of "http://10.0.0.1:8080/path". */
static void take_url(struct probe *probe, struct text url)
{
    ptrdiff_t scheme = text_find(url, "://");
    struct text place;
    struct text host;

    probe->row.server_port = text_starts(url, "https") ? 443 : 80;
    if (scheme >= 0)
        url = text_from(url, (size_t)scheme + 3);
    place = text_until(&url, '/');
    if (endpoint_parse(place, &probe->row.server, &probe->row.server_port) ||
        address_parse(place, &probe->row.server)) {
        probe->row.qname = probe_name(probe, place, false);
        return;
    }
    host = text_until(&place, ':');
    (void)text_integer(place, &probe->row.server_port);
    probe->row.qname = probe_name(probe, host, false);
}

static void begin_curl(struct probe *probe, const struct command *command,
                       size_t first)
{
    struct text url = operand(command, first, "mwoHXdeAuTxkE", 0);

    for (size_t i = first; i < command->word_count; i++)
        if (text_find(command->words[i], "://") >= 0)
            url = command->words[i];
    probe->row.transport = "tcp";
    if (url.length > 0)
        take_url(probe, url);
}

static void take_curl(struct probe *probe, struct text line)
{
    struct text rest = text_trim(line);

    (void)text_skip(&rest, "< ");
    if (text_starts(rest, "curl: (")) {
        probe_take_error(probe, rest);
        if (probe->row.result[0] == '\0')
            probe->row.result = "failed";
    } else if (text_starts(rest, "HTTP/")) {
        probe->row.result = "answered";
        probe->has_answer = true;
    } else if (text_skip(&rest, "time_total") ||
               text_skip(&rest, "time_namelookup")) {
        rest = text_trim(rest);
        (void)text_skip(&rest, ":");
        (void)text_skip(&rest, "=");
        rest = text_trim(rest);
        if (text_ends(rest, "s"))
            rest.length--;
        (void)probe_seconds(rest, &probe->row.duration_ns);
    }
}

static bool is_curl(struct text line)
{
    return text_starts(line, "curl: (");
}

const struct probe_tool probe_curl = {
    .name = "curl",
    .begin = begin_curl,
    .take = take_curl,
    .is_opening = is_curl,
    .silent_result = "unknown",
    .samples = {
            "$ curl -m 5 http://10.96.7.7:8080/health\n"
            "curl: (28) Connection timed out after 5001 milliseconds\n",
    },
};

/* nc -zv[u] HOST PORT: says "succeeded!" or "open", or why not. That a UDP
 * port is "open" means only that nothing was refused. */
static void begin_nc(struct probe *probe, const struct command *command,
                     size_t first)
{
    struct text host = operand(command, first, "wpsiqX", 0);
    struct text port = operand(command, first, "wpsiqX", 1);

    probe->row.transport = "tcp";
    for (size_t i = first; i < command->word_count; i++)
        if (text_starts(command->words[i], "-") &&
            text_find_byte(command->words[i], 'u') >= 0)
            probe->row.transport = "udp";
    if (host.length > 0)
        probe->row.qname = probe_name(probe, host, false);
    (void)address_parse(host, &probe->row.server);
    if (!text_integer(port, &probe->row.server_port))
        probe->row.server_port = ABSENT;
}

static void take_nc(struct probe *probe, struct text line)
{
    if (text_find(line, "succeeded") >= 0 || text_ends(line, " open") ||
        text_find(line, "Connected to ") >= 0) {
        probe->row.result = "answered";
        probe->has_answer = true;
        return;
    }
    probe_take_error(probe, line);
}

const struct probe_tool probe_nc = {
    .name = "nc",
    .begin = begin_nc,
    .take = take_nc,
    .silent_result = "unknown",
    .samples = {
            "$ nc -zv 10.96.0.10 53\n"
            "Connection to 10.96.0.10 53 port [tcp/domain] succeeded!\n",
    },
};
