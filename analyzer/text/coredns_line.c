/* Parts that CoreDNS lines of several kinds share, and its listener lines. */
#include "text/coredns.h"
#include "text/log_line.h"

bool coredns_take_level(struct text *text, const char **severity)
{
    struct text rest = *text;
    struct text word;

    if (!text_skip(&rest, "["))
        return false;
    if (text_skip(&rest, "INFO] ")) {
        *severity = "info";
        *text = rest;
        return true;
    }
    word = text_until(&rest, ']');
    if (!text_skip(&rest, " ") || log_severity(word)[0] == '\0')
        return false;
    *severity = log_severity(word);
    *text = rest;
    return true;
}

const char *coredns_name(struct text name, struct arena *arena)
{
    struct text bounded = text_first(name, LOG_NAME_BYTES);

    return text_ends(bounded, ".")
               ? text_copy_lower(arena, bounded)
               : arena_format(arena, "%s.", text_copy_lower(arena, bounded));
}

/* Printed at start and after every reload, one line a zone:
 * [scheme://]ZONE:PORT[ on ADDRESS], the zone with its final dot. */
bool coredns_read_listener(struct text text, struct log_event_row *row,
                           struct arena *arena)
{
    struct text address = text;
    struct text zone = text_until(&address, ' ');
    ptrdiff_t at = text_find(zone, "://");
    struct text port;
    int64_t number;

    if (at >= 0)
        zone = text_from(zone, (size_t)at + 3);
    at = text_find(zone, ".:");
    if (at < 0)
        return false;
    port = text_from(zone, (size_t)at + 2);
    zone = text_first(zone, (size_t)at + 1);
    if (port.length > 5 || !text_integer(port, &number) || number < 1 ||
        number > 65535)
        return false;
    if (address.length > 0 &&
        (!text_skip(&address, "on ") || !address_parse(address, &row->local)))
        return false;
    row->event = "listen";
    row->qname = coredns_name(zone, arena);
    row->local_port = number;
    return true;
}
