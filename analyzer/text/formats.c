#include "text/formats.h"

/* Every family of formats; a row of an earlier one wins. To add a family, add
 * its name here and in formats.h. */
static const struct format_family *const families[] = {
    &formats_of_netstat,
    &formats_of_netstat_interfaces,
    &formats_of_nstat,
    &formats_of_proc,
    &formats_of_ethtool_statistics,
    &formats_of_ethtool,
    &formats_of_ip_brief,
    &formats_of_ip_link,
    &formats_of_ip_route,
    &formats_of_neighbour,
    &formats_of_conntrack,
    &formats_of_firewall,
    &formats_of_nft,
    &formats_of_iptables_list,
    &formats_of_ipvs,
    &formats_of_sockets,
    &formats_of_ifconfig,
    &formats_of_host,
    &formats_of_sysctl,
    NULL,
};

const struct format_family *const *format_families(void)
{
    return families;
}

const struct format *format_by_line(struct text trimmed)
{
    for (size_t f = 0; families[f] != NULL; f++)
        for (size_t i = 0; i < families[f]->count; i++)
            if (glob_matches_any(trimmed, families[f]->formats[i].signatures))
                return &families[f]->formats[i];
    return NULL;
}

const struct format *format_by_command(struct text squeezed)
{
    for (size_t f = 0; families[f] != NULL; f++)
        for (size_t i = 0; i < families[f]->count; i++)
            if (glob_matches_any(squeezed, families[f]->formats[i].commands))
                return &families[f]->formats[i];
    return NULL;
}

static bool has_keys(const struct json_element *element,
                     const struct format *format)
{
    if (format->read_element == NULL)
        return false;
    for (size_t i = 0; i < sizeof format->json_keys / sizeof(char *); i++) {
        const char *key = format->json_keys[i];

        if (key == NULL)
            return true;
        if (flat_json_has(element, key + (*key == '!')) == (*key == '!'))
            return false;
    }
    return true;
}

const struct format *format_by_element(const struct json_element *element)
{
    for (size_t f = 0; families[f] != NULL; f++)
        for (size_t i = 0; i < families[f]->count; i++)
            if (has_keys(element, &families[f]->formats[i]))
                return &families[f]->formats[i];
    return NULL;
}
