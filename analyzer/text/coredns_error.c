/* The errors plugin, and the network errors of Go programs:
 *
 *   <rcode> <name> <TYPE>: <op> <net>[ <source>][-><destination>]: <cause>
 *
 * net.OpError of Go 1.9 ... 1.22. */
#include "base/clock.h"
#include "text/coredns.h"

#include <string.h>

enum {
    LOG_ERROR_TEXT_BYTES = 4096, /* network errors stand in short texts */
};

/* To add a cause: a row. The first whose text occurs names the class. */
static const struct {
    const char *text;
    const char *class;
} causes[] = {
    { "i/o timeout", "timeout" },
    { "connection refused", "refused" },
    { "no route to host", "no-route" },
    { "network is unreachable", "unreachable" },
    { "host is down", "host-down" },
    { "connection reset by peer", "reset" },
    { "operation not permitted", "not-permitted" },
    { "permission denied", "not-permitted" },
    { "broken pipe", "broken-pipe" },
    { "connection timed out", "timeout" },
    { "handshake timeout", "timeout" },
    { "Client.Timeout exceeded", "timeout" },
    { "no healthy proxies", "no-healthy-proxies" },
    { "no healthy gRPC proxies", "no-healthy-proxies" },
    { "no healthy upstream", "no-healthy-proxies" },
    { "transport stopped", "stopped" },
    { "concurrent queries exceeded maximum", "max-concurrent" },
    { "overflow", "overflow" },
    { "unpacking ", "overflow" },
    { "bad rdata", "overflow" },
    { "bad rdlength", "overflow" },
    { "buffer size too small", "overflow" },
    { "dns: short read", "short-read" },
    { "dns: id mismatch", "id-mismatch" },
    { "context deadline exceeded", "deadline-exceeded" },
    { "context canceled", "canceled" },
    { "no such host", "no-such-host" },
    { "server misbehaving", "server-misbehaving" },
    { "address already in use", "address-in-use" },
    { "cannot assign requested address", "address-not-available" },
    { "message too long", "message-too-long" },
    { "use of closed network connection", "closed" },
    { "not yet valid", "certificate-time" },
    { "x509: ", "tls" },
    { "tls: ", "tls" },
    { "closed by peer", "eof" },
    { "EOF", "eof" },
    { "plugin/loop: no next plugin", "no-plugin" },
};

/* Which end the single address of an operation is. */
enum lone_end {
    LONE_UPSTREAM,
    LONE_LOCAL,
};

static const struct {
    const char *prefix;
    const char *operation;
    const char *transport;
    enum lone_end lone;
} operations[] = {
    { "dial tcp ", "dial", "tcp", LONE_UPSTREAM },
    { "dial tcp4 ", "dial", "tcp", LONE_UPSTREAM },
    { "dial tcp6 ", "dial", "tcp", LONE_UPSTREAM },
    { "dial udp ", "dial", "udp", LONE_UPSTREAM },
    { "dial udp4 ", "dial", "udp", LONE_UPSTREAM },
    { "dial udp6 ", "dial", "udp", LONE_UPSTREAM },
    { "read tcp ", "read", "tcp", LONE_LOCAL },
    { "read udp ", "read", "udp", LONE_LOCAL },
    { "write tcp ", "write", "tcp", LONE_LOCAL },
    { "write udp ", "write", "udp", LONE_LOCAL },
    { "listen tcp ", "listen", "tcp", LONE_LOCAL },
    { "listen udp ", "listen", "udp", LONE_LOCAL },
};

const char *coredns_error_class(struct text text)
{
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
        if (text_find(text, causes[i].text) >= 0)
            return causes[i].class;
    return NULL;
}

/* "10.244.0.5:43513->10.96.0.2:53" or one end alone, up to ": ". */
static void read_ends(struct text ends, enum lone_end lone,
                      struct log_event_row *row)
{
    ptrdiff_t arrow = text_find(ends, "->");
    struct text local = text_slice(NULL, 0);
    struct text upstream = text_slice(NULL, 0);

    if (arrow >= 0) {
        local = text_first(ends, (size_t)arrow);
        upstream = text_from(ends, (size_t)arrow + 2);
    } else if (lone == LONE_LOCAL) {
        local = ends;
    } else {
        upstream = ends;
    }
    (void)endpoint_parse(local, &row->local, &row->local_port);
    (void)endpoint_parse(upstream, &row->upstream, &row->upstream_port);
}

/* "lookup NAME on SERVER: ..." of Go's resolver. */
static void read_lookup(struct text text, struct log_filled *filled)
{
    ptrdiff_t at = text_find(text, "lookup ");
    struct text name;
    ptrdiff_t end;

    if (at < 0 || filled->row->qname != NULL)
        return;
    text = text_from(text, (size_t)at + strlen("lookup "));
    end = text_find(text, ": ");
    name = text_first(text, end < 0 ? 0 : (size_t)end);
    at = text_find(name, " on ");
    if (at >= 0) {
        (void)endpoint_parse(text_from(name, (size_t)at + 4),
                             &filled->row->upstream,
                             &filled->row->upstream_port);
        name = text_first(name, (size_t)at);
    }
    if (name.length == 0 || text_find_byte(name, ' ') >= 0)
        return;
    filled->row->operation = "lookup";
    filled->row->qname = coredns_name(name, filled->arena);
}

static void read_operation(struct text text, struct log_event_row *row)
{
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        ptrdiff_t at = text_find(text, operations[i].prefix);
        struct text ends;
        ptrdiff_t end;

        if (at < 0)
            continue;
        ends = text_from(text, (size_t)at + strlen(operations[i].prefix));
        end = text_find(ends, ": ");
        if (row->operation == NULL)
            row->operation = operations[i].operation;
        row->transport = operations[i].transport;
        if (end >= 0)
            read_ends(text_first(ends, (size_t)end), operations[i].lone, row);
        return;
    }
}

void coredns_read_network_error(struct text text, struct log_event_row *row,
                                struct arena *arena)
{
    struct log_filled filled = { row, arena };

    text = text_first(text, LOG_ERROR_TEXT_BYTES);
    read_lookup(text, &filled);
    read_operation(text, row);
    row->error = coredns_error_class(text);
}

/* Go's duration: "30s", "5m0s", "1.5s". */
static bool take_duration(struct text text, int64_t *duration_ns)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {
        { "h", 3600 },
        { "m", 60 },
        { "s", 1 },
    };
    double sum = 0;

    for (size_t i = 0; i < 3; i++) {
        ptrdiff_t at = text_find(text, units[i].unit);
        double number;

        if (at < 0)
            continue;
        if (!text_real(text_first(text, (size_t)at), &number) || number < 0 ||
            number > 1e6)
            return false;
        sum += number * units[i].seconds;
        text = text_from(text, (size_t)at + 1);
    }
    *duration_ns = (int64_t)(sum * 1e9 + 0.5);
    return text.length == 0;
}

/* "17 errors like '^read udp .* i/o timeout$' occurred in last 30s". The
 * period stands in duration_ns: the errors happened up to so long before. */
static bool read_consolidated(struct text text, struct log_event_row *row,
                              struct arena *arena)
{
    ptrdiff_t end = text_find(text, "' occurred in last ");
    struct text pattern = text_first(text, end < 0 ? 0 : (size_t)end);
    int64_t count;

    if (end < 0 || !text_integer(text_until(&pattern, ' '), &count) ||
        !text_skip(&pattern, "errors like '"))
        return false;
    row->event = "errors-consolidated";
    row->error = coredns_error_class(pattern);
    if (row->error == NULL)
        row->error = text_copy_most(arena, pattern, LOG_ERROR_BYTES);
    if (!take_duration(text_from(text, (size_t)end + 19), &row->duration_ns))
        row->duration_ns = ABSENT;
    return true;
}

/* The plugin prints the number; queries and the reader's eye want the name. */
static const char *rcode_name(int64_t rcode, struct arena *arena)
{
    static const char *const names[] = { "NOERROR",  "FORMERR", "SERVFAIL",
                                         "NXDOMAIN", "NOTIMP",  "REFUSED" };

    if (rcode >= 0 && rcode < 6)
        return names[rcode];
    return arena_format(arena, "%lld", (long long)rcode);
}

static bool is_type(struct text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!((word.bytes[i] >= 'A' && word.bytes[i] <= 'Z') ||
              (word.bytes[i] >= '0' && word.bytes[i] <= '9') ||
              word.bytes[i] == '-'))
            return false;
    return word.length > 0 && word.length <= 16;
}

bool coredns_read_error(struct text text, struct log_event_row *row,
                        struct arena *arena)
{
    struct text rest = text;
    struct text rcode_word = text_until(&rest, ' ');
    struct text name = text_until(&rest, ' ');
    struct text type = text_until(&rest, ':');
    int64_t rcode;

    if (read_consolidated(text, row, arena))
        return true;
    if (!text_integer(rcode_word, &rcode) || name.length == 0 ||
        !is_type(type) || !text_skip(&rest, " "))
        return false;
    row->event = "error";
    row->rcode = rcode_name(rcode, arena);
    row->qname = coredns_name(name, arena);
    row->qtype = text_copy_most(arena, type, 16);
    coredns_read_network_error(rest, row, arena);
    if (row->error == NULL)
        row->error = text_copy_most(arena, rest, LOG_ERROR_BYTES);
    return true;
}
