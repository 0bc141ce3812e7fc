/* Tunnels at UDP ports that nobody told of.
 *
 * Clusters move VXLAN and Geneve off their ports (Cilium's tunnel-port,
 * Calico's vxlanPort, Docker's data path port). Where no port tells, the
 * bytes have to: a tunnel header with all that is reserved at zero, an
 * Ethernet header, and an IP packet of the length that is left, are 80 bits
 * and more that other protocols do not have by chance. */
#include "decode/decoder.h"

enum {
    VXLAN_ONLY_VNI = 0x08000000,
    GENEVE_BRIDGED = ETHER_BRIDGED,
    MAC_PAIR_BYTES = 12,
    ETHERNET_BYTES = 14,
    TAG_BYTES = 4,
    PADDING_BYTES_MAX = 46, /* of an Ethernet frame, IEEE 802.3 3.2.8 */
    IPV4_BYTES_MIN = 20,
    IPV6_BYTES = 40,
    ARP_BYTES = 28,
    ARP_ETHERNET_IPV4 = 0x00010800,
};

static bool length_fits(uint64_t ip_bytes, uint64_t left_bytes)
{
    return ip_bytes <= left_bytes && left_bytes - ip_bytes <= PADDING_BYTES_MAX;
}

static bool is_ipv4(struct reader in, uint64_t bytes)
{
    uint8_t first = reader_u8(&in);
    uint16_t ip_bytes;

    reader_skip(&in, 1);
    ip_bytes = reader_u16(&in);
    return first >> 4 == 4 && (first & 0x0f) >= 5 &&
           ip_bytes >= IPV4_BYTES_MIN && length_fits(ip_bytes, bytes);
}

static bool is_ipv6(struct reader in, uint64_t bytes)
{
    uint8_t first = reader_u8(&in);

    reader_skip(&in, 3);
    return first >> 4 == 6 &&
           length_fits(IPV6_BYTES + (uint64_t)reader_u16(&in), bytes);
}

static bool is_arp(struct reader in, uint64_t bytes)
{
    return reader_u32(&in) == ARP_ETHERNET_IPV4 &&
           length_fits(ARP_BYTES, bytes);
}

static bool is_frame(struct reader in, uint64_t bytes)
{
    uint16_t type;

    if (bytes < ETHERNET_BYTES + TAG_BYTES)
        return false;
    reader_skip(&in, MAC_PAIR_BYTES);
    bytes -= ETHERNET_BYTES;
    type = reader_u16(&in);
    if (type == ETHER_VLAN) {
        reader_skip(&in, 2);
        bytes -= TAG_BYTES;
        type = reader_u16(&in);
    }
    switch (type) {
    case ETHER_IPV4:
        return is_ipv4(in, bytes);
    case ETHER_IPV6:
        return is_ipv6(in, bytes);
    case ETHER_ARP:
        return is_arp(in, bytes);
    default:
        return false;
    }
}

static bool is_vxlan(struct reader in, uint64_t bytes)
{
    if (reader_u32(&in) != VXLAN_ONLY_VNI)
        return false;
    reader_skip(&in, 3);
    return reader_u8(&in) == 0 && bytes > 8 && is_frame(in, bytes - 8);
}

static bool is_geneve(struct reader in, uint64_t bytes)
{
    uint32_t head = reader_u32(&in);
    size_t header_bytes = 8 + (head >> 24 & 0x3f) * 4;

    if ((head & 0xc03fffff) != GENEVE_BRIDGED)
        return false;
    reader_skip(&in, 3);
    if (reader_u8(&in) != 0 || bytes <= header_bytes)
        return false;
    reader_skip(&in, header_bytes - 8);
    return is_frame(in, bytes - header_bytes);
}

const struct decoder *decoder_recognised(struct reader payload,
                                         uint64_t payload_bytes)
{
    if (is_vxlan(payload, payload_bytes))
        return &vxlan_decoder;
    if (is_geneve(payload, payload_bytes))
        return &geneve_decoder;
    return NULL;
}
