/* What a decoder is: it reads one header, fills one layer and names the next
 * header by a key. It never calls another decoder.
 *
 * Two ends matter to every layer. `in` ends where the bytes in the frame end;
 * `promised_end` is where the headers so far say the packet ends. Between
 * the two lies what was not captured. A decoder that reads a length calls
 * decoding_promise() and thereby drops padding and trailers.
 *
 * A header with a checksum registers it with decoding_check(); it is judged
 * once all layers are known (decode/judge.c). */
#pragma once

#include "base/reader.h"
#include "decode/packet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_space {
    KEY_PAYLOAD,   /* nobody's header: the packet is complete */
    KEY_MALFORMED, /* the header contradicts itself */
    KEY_UNKNOWN,   /* a header that no key can name */
    KEY_LINK_TYPE,
    KEY_ETHER_TYPE, /* also GRE and Geneve protocol types */
    KEY_IP_PROTOCOL,
    KEY_IPV6_NEXT, /* as KEY_IP_PROTOCOL, and the extension headers */
    KEY_UDP_PORT,  /* of the destination */
    KEY_PPP_PROTOCOL,
    KEY_SPACES,
};

struct key {
    enum key_space space;
    uint32_t value;
};

enum link_type { /* LINKTYPE_ values of tcpdump.org */
    LINK_TYPE_NULL = 0,
    LINK_TYPE_ETHERNET = 1,
    LINK_TYPE_PPP = 9,
    LINK_TYPE_RAW_12 = 12, /* DLT_RAW of most systems, ... */
    LINK_TYPE_RAW_14 = 14, /* ... of OpenBSD ... */
    LINK_TYPE_PPP_ETHER = 51,
    LINK_TYPE_RAW = 101, /* ... and LINKTYPE_RAW */
    LINK_TYPE_LOOP = 108,
    LINK_TYPE_LINUX_SLL = 113,
    LINK_TYPE_IPV4 = 228,
    LINK_TYPE_IPV6 = 229,
    LINK_TYPE_NFLOG = 239,
    LINK_TYPE_LINUX_SLL2 = 276,
};

enum ether_type {
    ETHER_LLC = 0, /* stands for every 802.3 length */
    ETHER_LENGTH_MAX = 1500,
    ETHER_IPV4 = 0x0800,
    ETHER_ARP = 0x0806,
    ETHER_ERSPAN_III = 0x22eb,
    ETHER_EOIP = 0x6400,
    ETHER_BRIDGED = 0x6558, /* transparent Ethernet bridging */
    ETHER_VLAN = 0x8100,
    ETHER_IPV6 = 0x86dd,
    ETHER_MPLS = 0x8847,
    ETHER_MPLS_UPSTREAM = 0x8848,
    ETHER_PPPOE_DISCOVERY = 0x8863,
    ETHER_PPPOE = 0x8864,
    ETHER_SERVICE_VLAN = 0x88a8,
    ETHER_ERSPAN = 0x88be,
    ETHER_OLD_VLAN_9100 = 0x9100,
    ETHER_OLD_VLAN_9200 = 0x9200,
};

enum ip_protocol {
    PROTOCOL_HOP_BY_HOP = 0,
    PROTOCOL_ICMP = 1,
    PROTOCOL_IPV4 = 4,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17,
    PROTOCOL_IPV6 = 41,
    PROTOCOL_ROUTING = 43,
    PROTOCOL_FRAGMENT = 44,
    PROTOCOL_GRE = 47,
    PROTOCOL_ESP = 50,
    PROTOCOL_AH = 51,
    PROTOCOL_ICMPV6 = 58,
    PROTOCOL_NOTHING = 59,
    PROTOCOL_DESTINATION = 60,
    PROTOCOL_SCTP = 132,
    PROTOCOL_MOBILITY = 135,
    PROTOCOL_MPLS = 137,
    PROTOCOL_ETHERNET = 143,
};

enum check_rule {
    CHECK_SUM,        /* ones-complement sum of the bytes, RFC 1071 */
    CHECK_SUM_PSEUDO, /* and of the pseudo-header, in layer->pseudo */
    CHECK_CRC32C,     /* SCTP, RFC 9260 appendix A */
};

/* One checksum to judge. */
struct check {
    struct layer *layer;
    enum check_rule rule;
    size_t start;         /* of the bytes it covers, in the frame */
    uint64_t end;         /* may lie behind what was captured */
    uint16_t pseudo_bare; /* pseudo-header sum with a length of 0 */
    bool zero_means_none; /* UDP, RFC 768 */
    bool is_doubtful;     /* a fragment, or a length that was guessed */
};

/* What the current IP header means to the headers in it. */
struct ip_context {
    struct layer *layer; /* NULL before the first */
    uint32_t source_sum; /* as the pseudo-header wants it: the home address */
    uint32_t destination_sum; /* ... the final destination */
    bool is_doubtful;         /* see struct check */
};

struct decoding {
    const struct decode_options *options;
    struct packet *packet;
    struct reader in;
    uint64_t promised_end;
    size_t frame_end; /* of the captured bytes */
    bool is_snapped;  /* the frame was longer on the wire */
    bool in_fragment; /* a first fragment: its datagram goes on elsewhere */
    bool is_enclosed; /* the next link, tag or IP header is a tunnel's */
    struct ip_context ip;
    struct check checks[PACKET_LAYERS_MAX];
    size_t check_count;
};

struct decoder {
    const char *name;
    const char *defined_in;
    enum layer_kind kind;
    /* Ports are also used by others: of a header found by its UDP port, the
     * fewest bytes it has, and whether these look like it (NULL: always).
     * Bytes that were not captured read as 0 and are not asked about. */
    uint8_t head_bytes;
    bool (*fits)(struct reader head, uint64_t payload_bytes);
    struct key (*decode)(struct decoding *decoding, struct layer *layer);
};

/* One key and who reads what it names. */
struct key_row {
    uint32_t value;
    const struct decoder *decoder;
};

struct key_table {
    const struct key_row *rows; /* the frequent ones first */
    size_t count;
};

/* All keys of a space; empty for the spaces that end a packet. */
struct key_table key_table_of(enum key_space space);
/* NULL if nobody reads it, or its bytes do not look like it. */
const struct decoder *decoder_for(const struct decoding *decoding,
                                  struct key key);

/* Who reads the payload of UDP at a port that is nobody's: VXLAN or Geneve if
 * the bytes can hardly be anything else, or NULL. Bytes that were not captured
 * make it NULL. */
const struct decoder *decoder_recognised(struct reader payload,
                                         uint64_t payload_bytes);

/* The bytes from here to where the headers say the packet ends. */
static inline uint64_t decoding_left(const struct decoding *decoding)
{
    return decoding->promised_end - reader_offset(&decoding->in);
}

/* A header says that so many bytes follow, trailers excluded. */
static inline void decoding_promise(struct decoding *decoding, uint64_t bytes)
{
    decoding->promised_end = reader_offset(&decoding->in) + bytes;
    if (bytes < reader_left(&decoding->in))
        (void)reader_limit(&decoding->in, (size_t)bytes);
}

/* Where to write down a checksum that is to be judged. A layer has one at
 * most, so there is always room. */
static inline struct check *decoding_check(struct decoding *decoding)
{
    return &decoding->checks[decoding->check_count++];
}

/* Registers the checksum of a header in IP that covers everything up to
 * promised_end and the pseudo-header; sets layer->pseudo. */
void decoding_check_transport(struct decoding *decoding, struct layer *layer,
                              uint8_t protocol);

/* Judges every registered checksum, the innermost first. */
void decoding_judge(struct decoding *decoding);

static inline struct key key_ether_type(uint16_t type)
{
    return (struct key){
        .space = KEY_ETHER_TYPE,
        .value = type <= ETHER_LENGTH_MAX ? ETHER_LLC : type,
    };
}

/* The key of an IP header, whose first four bits tell which. */
static inline struct key key_ip_version(const struct reader *in)
{
    int first = reader_left(in) > 0 ? reader_peek(in, reader_offset(in)) : 0x40;

    if (first >> 4 == 4)
        return (struct key){ KEY_ETHER_TYPE, ETHER_IPV4 };
    if (first >> 4 == 6)
        return (struct key){ KEY_ETHER_TYPE, ETHER_IPV6 };
    return (struct key){ KEY_UNKNOWN, 0 };
}

extern const struct decoder ethernet_decoder;
extern const struct decoder llc_decoder;
extern const struct decoder null_decoder;
extern const struct decoder raw_decoder;
extern const struct decoder sll_decoder;
extern const struct decoder sll2_decoder;
extern const struct decoder nflog_decoder;
extern const struct decoder vlan_decoder;
extern const struct decoder mpls_decoder;
extern const struct decoder pppoe_decoder;
extern const struct decoder ppp_decoder;
extern const struct decoder arp_decoder;
extern const struct decoder ipv4_decoder;
extern const struct decoder ipv6_decoder;
extern const struct decoder hop_by_hop_decoder;
extern const struct decoder destination_decoder;
extern const struct decoder routing_decoder;
extern const struct decoder fragment_decoder;
extern const struct decoder mobility_decoder;
extern const struct decoder ah_decoder;
extern const struct decoder udp_decoder;
extern const struct decoder tcp_decoder;
extern const struct decoder icmp_decoder;
extern const struct decoder icmpv6_decoder;
extern const struct decoder sctp_decoder;
extern const struct decoder vxlan_decoder;
extern const struct decoder vxlan_gpe_decoder;
extern const struct decoder geneve_decoder;
extern const struct decoder gtp_decoder;
extern const struct decoder gue_decoder;
extern const struct decoder fou_decoder;
extern const struct decoder mpls_udp_decoder;
extern const struct decoder gre_decoder;
extern const struct decoder erspan_decoder;
extern const struct decoder erspan3_decoder;
extern const struct decoder esp_decoder;
extern const struct decoder esp_udp_decoder;
extern const struct decoder wireguard_decoder;
extern const struct decoder l2tp_decoder;
