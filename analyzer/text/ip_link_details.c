/* What `ip -d link` says of a device: words with a value and flags. */
#include "text/ip_link.h"

#include <string.h>

/* Words that have a value, put as "KIND.word": of the tunnel devices
 * (iplink_vxlan.c, iplink_geneve.c, link_iptnl.c) and VLANs. "port" is what
 * iproute2 before 3.15 calls srcport; both are followed by two numbers. */
static const char *const kind_words[] = {
    "id",       "local", "remote",  "group",  "dev",   "dstport",
    "ttl",      "tos",   "df",      "ageing", "limit", "vni",
    "protocol", "mode",  "maxaddr", "vf",     NULL,
};

/* Words that have a value and mean the same for all kinds. */
static const char *const common_words[] = {
    "promiscuity",  "minmtu",       "maxmtu",
    "gso_max_size", "gso_max_segs", "gso_ipv4_max_size",
    "gro_max_size", "tso_max_size", "gro_ipv4_max_size",
    "link-netns",   "link-netnsid", NULL,
};

/* Flags: "x" is on, "nox" is off. */
static const char *const flags[] = {
    "learning",
    "udpcsum",
    "udp6zerocsumtx",
    "udp6zerocsumrx",
    "remcsumtx",
    "remcsumrx",
    "proxy",
    "rsc",
    "l2miss",
    "l3miss",
    "gbp",
    "gpe",
    "external",
    "localbypass",
    "vnifilter",
    NULL,
};

static bool is_one_of(struct text word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (text_equals(word, *list))
            return true;
    return false;
}

static const char *of_kind(struct snapshot *snapshot, const char *kind,
                           struct text word)
{
    return arena_format(snapshot->arena, "%s.%s", kind,
                        snapshot_text(snapshot, word));
}

/* "link-netns" is put as link_netns, as the JSON output calls it. */
static const char *underlined(struct snapshot *snapshot, struct text word)
{
    char *name = text_copy(snapshot->arena, word);

    for (char *at = name; *at != '\0'; at++)
        if (*at == '-')
            *at = '_';
    return name;
}

void link_take_detail(struct snapshot *snapshot, const struct link_names *names,
                      const char *kind, struct text *rest)
{
    struct text word = text_word(rest);
    struct text positive = word;
    bool is_off = text_skip(&positive, "no");

    if (is_one_of(word, common_words)) {
        link_setting(snapshot, names, underlined(snapshot, word),
                     text_word(rest));
        return;
    }
    if (*kind == '\0')
        return;
    if (is_one_of(word, kind_words))
        link_setting(snapshot, names, of_kind(snapshot, kind, word),
                     text_word(rest));
    else if (is_one_of(word, flags))
        link_setting(snapshot, names, of_kind(snapshot, kind, word),
                     text_of("on"));
    else if (is_off && is_one_of(positive, flags))
        link_setting(snapshot, names, of_kind(snapshot, kind, positive),
                     text_of("off"));
}
