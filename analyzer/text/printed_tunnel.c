/* Tunnels as tcpdump's print-vxlan.c, print-otv.c, print-geneve.c and
 * print-gre.c write them:
 *
 *   VXLAN, flags [I] (0x08), vni 4096
 *   Geneve, Flags [C], vni 0xa, options [8 bytes]: IP ...
 *   GREv0, Flags [key present], key=0x5, proto IPv4 (0x0800), length 68: ... */
#include "store/rows.h"
#include "text/printed_ip.h"
#include "text/printed_number.h"

enum {
    PROTOCOL_GRE = 47,
    HEADER_BYTES = 100, /* the number stands within so many */
};

static bool take_decimal_id(struct text *rest, const char *word, int64_t *id)
{
    ptrdiff_t at = text_find(text_first(*rest, HEADER_BYTES), word);

    if (at < 0)
        return false;
    *rest = text_from(*rest, (size_t)at + text_of(word).length);
    return printed_take_decimal(rest, id);
}

static bool take_vxlan(struct text *rest, struct printed_level *level)
{
    return take_decimal_id(rest, "vni ", &level->tunnel_id);
}

/* Port 8472 is printed as OTV: its instance is the VNI (the same bits). */
static bool take_otv(struct text *rest, struct printed_level *level)
{
    return take_decimal_id(rest, "instance ", &level->tunnel_id);
}

/* With -v "Geneve, Flags [none], vni 0xb, proto TEB (0x6558) IP (tos ..." */
static bool take_geneve(struct text *rest, struct printed_level *level)
{
    ptrdiff_t id = text_find(text_first(*rest, HEADER_BYTES), "vni 0x");
    size_t length = 0;
    uint64_t vni;
    struct text at;

    if (id < 0)
        return false;
    at = text_from(*rest, (size_t)id + sizeof "vni 0x" - 1);
    while (length < at.length && at.bytes[length] != ',' &&
           at.bytes[length] != ':' && at.bytes[length] != ' ')
        length++;
    if (!text_hex(text_first(at, length), &vni))
        return false;
    level->tunnel_id = (int64_t)vni;
    at = text_from(at, length);
    if (text_skip(&at, ", proto ")) {
        (void)text_until(&at, ')');
        at = text_trim(at);
    }
    if (text_skip(&at, ", options ["))
        (void)text_until(&at, ']');
    *rest = at;
    return true;
}

static bool take_gre(struct text *rest, struct printed_level *level)
{
    ptrdiff_t found = text_find(text_first(*rest, HEADER_BYTES), "key=0x");
    struct text at = *rest;
    struct text key;
    uint64_t value;

    level->protocol = PROTOCOL_GRE;
    if (found >= 0) {
        key = text_from(at, (size_t)found + sizeof "key=0x" - 1);
        if (text_hex(text_until(&key, ','), &value))
            level->tunnel_id = (int64_t)value;
    }
    found = text_find(at, "length ");
    if (found < 0)
        return false;
    at = text_from(at, (size_t)found + sizeof "length " - 1);
    (void)printed_take_decimal(&at, &(int64_t){ 0 });
    *rest = at;
    return true;
}

#define INNER                                     \
    "10.244.1.3.40001 > 10.244.2.4.53: 6699+ A? " \
    "kubernetes.default.svc.cluster.local. (54)\n"
#define OUTER "10:37:06.710981 IP 192.168.56.11.38276 > 192.168.56.12."

/* To read another: its function and a row. The first whose words begin the
 * line takes it. */
const struct printed_tunnel printed_tunnels[] = {
    {
        .name = "vxlan",
        .begins = "VXLAN, ",
        .take = take_vxlan,
        .sample = OUTER "4789: VXLAN, flags [I] (0x08), vni 4096\nIP " INNER,
    },
    {
        .name = "vxlan",
        .begins = "VXLAN-GPE, ",
        .take = take_vxlan,
        .sample = OUTER "4790: VXLAN-GPE, flags [IP] (0x0c), vni 7\nIP " INNER,
    },
    {
        .name = "vxlan",
        .begins = "OTV, ",
        .take = take_otv,
        .sample = OUTER "8472: OTV, flags [I] (0x08), overlay 0, instance 1\n"
                        "IP " INNER,
    },
    {
        .name = "geneve",
        .begins = "Geneve, ",
        .take = take_geneve,
        .sample = OUTER "6081: Geneve, Flags [C], vni 0xa, options [8 bytes]: "
                        "IP " INNER,
    },
    {
        .name = "gre",
        .begins = "GREv0",
        .take = take_gre,
        .sample = "10:37:06.710981 IP 192.168.56.11 > 192.168.56.12: GREv0, "
                  "key=0x5, length 90: IP " INNER,
    },
};
const size_t printed_tunnel_count =
    sizeof printed_tunnels / sizeof printed_tunnels[0];

bool printed_tunnel_take(struct text *rest, struct printed_level *level)
{
    for (size_t i = 0; i < printed_tunnel_count; i++) {
        struct text at = text_trim(*rest);

        if (!text_starts(at, printed_tunnels[i].begins))
            continue;
        if (!printed_tunnels[i].take(&at, level))
            return false;
        at = text_trim(at);
        if (text_skip(&at, ":") || text_skip(&at, ","))
            at = text_trim(at);
        level->tunnel = printed_tunnels[i].name;
        *rest = at;
        return true;
    }
    return false;
}
