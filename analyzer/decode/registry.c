/* Which decoder reads what a key names.
 *
 * To add an encapsulation, write its decoder, declare it in decoder.h and put
 * a row here for each key that leads to it. Tables are searched in order, so
 * the frequent keys stand first; a test finds keys that stand twice. */
#include "decode/decoder.h"

#define ROWS(rows)                               \
    {                                            \
        (rows), sizeof(rows) / sizeof((rows)[0]) \
    }

static const struct key_row link_types[] = {
    { .value = LINK_TYPE_ETHERNET, .decoder = &ethernet_decoder },
    { .value = LINK_TYPE_LINUX_SLL2, .decoder = &sll2_decoder },
    { .value = LINK_TYPE_LINUX_SLL, .decoder = &sll_decoder },
    { .value = LINK_TYPE_RAW, .decoder = &raw_decoder },
    { .value = LINK_TYPE_RAW_12, .decoder = &raw_decoder },
    { .value = LINK_TYPE_RAW_14, .decoder = &raw_decoder },
    { .value = LINK_TYPE_IPV4, .decoder = &ipv4_decoder },
    { .value = LINK_TYPE_IPV6, .decoder = &ipv6_decoder },
    { .value = LINK_TYPE_NULL, .decoder = &null_decoder },
    { .value = LINK_TYPE_LOOP, .decoder = &null_decoder },
    { .value = LINK_TYPE_NFLOG, .decoder = &nflog_decoder },
    { .value = LINK_TYPE_PPP, .decoder = &ppp_decoder },
    { .value = LINK_TYPE_PPP_ETHER, .decoder = &pppoe_decoder },
};

static const struct key_row ether_types[] = {
    { .value = ETHER_IPV4, .decoder = &ipv4_decoder },
    { .value = ETHER_BRIDGED, .decoder = &ethernet_decoder },
    { .value = ETHER_IPV6, .decoder = &ipv6_decoder },
    { .value = ETHER_VLAN, .decoder = &vlan_decoder },
    { .value = ETHER_ARP, .decoder = &arp_decoder },
    { .value = ETHER_LLC, .decoder = &llc_decoder },
    { .value = ETHER_SERVICE_VLAN, .decoder = &vlan_decoder },
    { .value = ETHER_OLD_VLAN_9100, .decoder = &vlan_decoder },
    { .value = ETHER_OLD_VLAN_9200, .decoder = &vlan_decoder },
    { .value = ETHER_MPLS, .decoder = &mpls_decoder },
    { .value = ETHER_MPLS_UPSTREAM, .decoder = &mpls_decoder },
    { .value = ETHER_PPPOE, .decoder = &pppoe_decoder },
    { .value = ETHER_ERSPAN, .decoder = &erspan_decoder },
    { .value = ETHER_ERSPAN_III, .decoder = &erspan3_decoder },
};

static const struct key_row ip_protocols[] = {
    { .value = PROTOCOL_UDP, .decoder = &udp_decoder },
    { .value = PROTOCOL_TCP, .decoder = &tcp_decoder },
    { .value = PROTOCOL_ICMP, .decoder = &icmp_decoder },
    { .value = PROTOCOL_IPV4, .decoder = &ipv4_decoder },
    { .value = PROTOCOL_ICMPV6, .decoder = &icmpv6_decoder },
    { .value = PROTOCOL_GRE, .decoder = &gre_decoder },
    { .value = PROTOCOL_IPV6, .decoder = &ipv6_decoder },
    { .value = PROTOCOL_ESP, .decoder = &esp_decoder },
    { .value = PROTOCOL_AH, .decoder = &ah_decoder },
    { .value = PROTOCOL_SCTP, .decoder = &sctp_decoder },
    { .value = PROTOCOL_MPLS, .decoder = &mpls_decoder },
    { .value = PROTOCOL_ETHERNET, .decoder = &ethernet_decoder },
};

/* Beyond those of ip_protocols. */
static const struct key_row ipv6_extensions[] = {
    { .value = PROTOCOL_HOP_BY_HOP, .decoder = &hop_by_hop_decoder },
    { .value = PROTOCOL_FRAGMENT, .decoder = &fragment_decoder },
    { .value = PROTOCOL_DESTINATION, .decoder = &destination_decoder },
    { .value = PROTOCOL_ROUTING, .decoder = &routing_decoder },
    { .value = PROTOCOL_MOBILITY, .decoder = &mobility_decoder },
};

static const struct key_row udp_ports[] = {
    { .value = 4789, .decoder = &vxlan_decoder }, /* IANA, Calico */
    { .value = 8472, .decoder = &vxlan_decoder }, /* Linux, flannel, Cilium */
    { .value = 6081, .decoder = &geneve_decoder },
    { .value = 51820, .decoder = &wireguard_decoder }, /* Calico, flannel */
    { .value = 51821, .decoder = &wireguard_decoder }, /* Calico, IPv6 */
    { .value = 51871, .decoder = &wireguard_decoder }, /* Cilium */
    { .value = 4790, .decoder = &vxlan_gpe_decoder },
    { .value = 6784, .decoder = &vxlan_decoder }, /* Weave fastdp */
    { .value = 4500, .decoder = &esp_udp_decoder },
    { .value = 6080, .decoder = &gue_decoder },
    { .value = 5555, .decoder = &fou_decoder }, /* of all the examples */
    { .value = 6635, .decoder = &mpls_udp_decoder },
    { .value = 2152, .decoder = &gtp_decoder },
    { .value = 1701, .decoder = &l2tp_decoder },
};

static const struct key_row ppp_protocols[] = {
    { .value = 0x0021, .decoder = &ipv4_decoder },
    { .value = 0x0057, .decoder = &ipv6_decoder },
    { .value = 0x0281, .decoder = &mpls_decoder },
    { .value = 0x0283, .decoder = &mpls_decoder },
};

/* clang-format off */
static const struct key_table key_tables[KEY_SPACES] = {
    [KEY_LINK_TYPE] = ROWS(link_types),
    [KEY_ETHER_TYPE] = ROWS(ether_types),
    [KEY_IP_PROTOCOL] = ROWS(ip_protocols),
    [KEY_IPV6_NEXT] = ROWS(ipv6_extensions),
    [KEY_UDP_PORT] = ROWS(udp_ports),
    [KEY_PPP_PROTOCOL] = ROWS(ppp_protocols),
};
/* clang-format on */

struct key_table key_table_of(enum key_space space)
{
    return key_tables[space];
}

static const struct decoder *find(enum key_space space, uint32_t value)
{
    const struct key_table *table = &key_tables[space];

    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].value == value)
            return table->rows[i].decoder;
    return NULL;
}

static bool port_is_in(const uint16_t *ports, size_t count, uint32_t port)
{
    for (size_t i = 0; i < count && i < PACKET_PORTS_MAX; i++)
        if (ports[i] == port)
            return true;
    return false;
}

static const struct decoder *find_udp(const struct decode_options *options,
                                      uint32_t port)
{
    if (port_is_in(options->vxlan_ports, options->vxlan_port_count, port))
        return &vxlan_decoder;
    if (port_is_in(options->geneve_ports, options->geneve_port_count, port))
        return &geneve_decoder;
    return find(KEY_UDP_PORT, port);
}

/* The port says who it may be, the first bytes whether it is. */
static bool head_fits(const struct decoding *decoding,
                      const struct decoder *decoder)
{
    uint64_t payload_bytes = decoding_left(decoding);

    if (payload_bytes < decoder->head_bytes)
        return false;
    if (reader_left(&decoding->in) < decoder->head_bytes)
        return true;
    return decoder->fits == NULL || decoder->fits(decoding->in, payload_bytes);
}

const struct decoder *decoder_for(const struct decoding *decoding,
                                  struct key key)
{
    const struct decoder *decoder;

    if (key.space == KEY_UDP_PORT) {
        decoder = find_udp(decoding->options, key.value);
        if (decoder == NULL)
            return decoder_recognised(decoding->in, decoding_left(decoding));
        return head_fits(decoding, decoder) ? decoder : NULL;
    }
    if (key.space == KEY_IPV6_NEXT) {
        decoder = find(KEY_IP_PROTOCOL, key.value);
        if (decoder != NULL)
            return decoder;
    }
    return find(key.space, key.value);
}

bool link_type_is_known(int link_type)
{
    return link_type >= 0 && find(KEY_LINK_TYPE, (uint32_t)link_type) != NULL;
}
