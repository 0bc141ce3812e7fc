/* One frame's bytes -> its layers, outermost first.
 *
 * Pure: no allocation, no I/O, no state between frames. Every decoder is one
 * function and one row in a table; it reads through a struct reader, names
 * the next header by a key, and a loop runs it. Any nesting to
 * PACKET_LAYERS_MAX; beyond it the packet ends with PACKET_TOO_DEEP.
 *
 * Checksums are judged once the layers are known, innermost first, as an
 * outer one may be right only once the inner one is completed (LCO).
 *
 * The last layer of a packet that ended as MALFORMED, SNAPPED or SHORT is
 * that in which it ended: what could not be read of it is 0. */
#pragma once

#include "base/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PACKET_LAYERS_MAX = 24,
    PACKET_TUNNELS_MAX = 4, /* deeper ones end with PACKET_TOO_DEEP */
    PACKET_PORTS_MAX = 16,
};

enum layer_kind {
    LAYER_LINK, /* Ethernet, SLL, SLL2, NULL ... */
    LAYER_TAG,  /* VLAN, MPLS, PPPoE */
    LAYER_ARP,
    LAYER_IP,        /* IPv4 and IPv6 */
    LAYER_EXTENSION, /* IPv6 extension and mobility headers, AH */
    LAYER_UDP,
    LAYER_TCP,
    LAYER_ICMP, /* ICMP and ICMPv6, see protocol */
    LAYER_SCTP,
    LAYER_TUNNEL, /* VXLAN, Geneve, GRE ...; IPIP has no layer of its own */
    LAYER_OPAQUE, /* named, not opened: ESP, WireGuard, L2TP */
};

/* DOMAIN: what a checksum field says. */
enum checksum_state {
    CHECKSUM_NONE, /* the layer has none */
    CHECKSUM_OK,
    CHECKSUM_ZERO,    /* UDP: disabled by the sender */
    CHECKSUM_PARTIAL, /* holds the folded pseudo-header sum: not finished */
    CHECKSUM_LCO,     /* right once the inner partial one is finished */
    CHECKSUM_BAD,
    CHECKSUM_UNVERIFIABLE, /* snapped, fragment, IP length 0, a length that
                              goes beyond the packet around it */
};

enum tcp_flag {
    TCP_FIN = 0x01,
    TCP_SYN = 0x02,
    TCP_RST = 0x04,
    TCP_PSH = 0x08,
    TCP_ACK = 0x10,
};

struct decoder;

struct layer {
    const struct decoder *decoder; /* its name and reference */
    enum layer_kind kind;
    uint8_t depth;   /* tunnels around this layer: GRE with ERSPAN is one */
    uint32_t offset; /* of the header in the frame */
    uint32_t header_bytes;
    uint32_t payload_bytes;  /* as the headers promise; the rest of the
                                frame where they promise nothing */
    uint32_t captured_bytes; /* of the payload, what is in the frame */

    enum checksum_state checksum;
    uint16_t stored;  /* UDP, TCP, ICMP, IPv4, GRE: the field */
    uint16_t correct; /* what it should be, on the wire: an inner partial one
                         counts as finished; 0 if zero or unverifiable */
    uint16_t pseudo;  /* UDP, TCP, ICMPv6: folded pseudo-header sum */

    uint8_t protocol;        /* IP: the first protocol that is no extension
                                header; ICMP: 1 or 58 */
    uint8_t address_bytes;   /* IP, ARP: 4 or 16 */
    uint8_t source[16];      /* IP, ARP; LINK: source MAC in [0..5] */
    uint8_t destination[16]; /* IP, ARP; LINK: destination MAC */
    uint32_t ip_bytes;       /* IP: total length (header and payload), resolved
                                for length 0 and jumbograms from wire length */
    uint8_t ttl;
    uint16_t ip_id; /* IPv6: of the fragment header, low half; id has all */
    bool dont_fragment;
    bool is_fragment;         /* offset != 0 or more fragments */
    uint32_t fragment_offset; /* bytes */
    bool more_fragments;

    uint16_t source_port; /* UDP, TCP, SCTP */
    uint16_t destination_port;
    uint32_t sequence; /* TCP */
    uint32_t acknowledgment;
    uint16_t window;
    uint8_t flags;      /* enum tcp_flag */
    uint16_t mss;       /* TCP option 2; 0 without */
    uint32_t timestamp; /* TCP option 8, TSval; 0 without */

    uint8_t type; /* ICMP; ARP: 1 request, 2 reply */
    uint8_t code;
    uint32_t rest; /* ICMP: bytes 4..7; MTU, id and sequence */

    uint32_t id; /* TUNNEL: VNI, key, TEID; TAG: VLAN id, label; IP: the
                    identification; ESP, AH: SPI */
};

enum packet_end {
    PACKET_COMPLETE,  /* reached a payload that is nobody's header */
    PACKET_UNKNOWN,   /* a header that no decoder knows */
    PACKET_MALFORMED, /* a header that contradicts itself */
    PACKET_SNAPPED,   /* the capture, or fragmentation, cut a header */
    PACKET_SHORT,     /* the packet itself ends inside a header */
    PACKET_TOO_DEEP,  /* more layers or tunnels than there is room for */
};

enum packet_direction {
    DIRECTION_UNKNOWN,
    DIRECTION_IN,
    DIRECTION_OUT,
};

struct packet {
    struct layer layers[PACKET_LAYERS_MAX];
    size_t layer_count;
    uint8_t tunnel_count;
    enum packet_end end;
    struct reader payload; /* after the last layer; for UDP and TCP their
                              payload, trimmed to the promised length */
    enum packet_direction direction; /* SLL, SLL2, NFLOG; else unknown */
    uint32_t ifindex;                /* SLL2, NFLOG; 0 otherwise */
};

/* What to decode with: tunnel ports beyond the defaults, which are VXLAN
 * 4789, 8472 (Linux), 6784 (Weave) and Geneve 6081. Counts above
 * PACKET_PORTS_MAX count as that. */
struct decode_options {
    uint16_t vxlan_ports[PACKET_PORTS_MAX];
    size_t vxlan_port_count;
    uint16_t geneve_ports[PACKET_PORTS_MAX];
    size_t geneve_port_count;
};

struct frame {
    const uint8_t *bytes;
    size_t captured_bytes;
    size_t wire_bytes; /* a smaller one than captured_bytes counts as that */
    int link_type;     /* LINKTYPE_ value */
};

/* Decodes a frame; never fails, see packet->end. Touches no more layers than
 * the frame has. DNS in VXLAN, seven layers and 130 bytes of which each is
 * summed once, takes 180 ns. */
void packet_decode(const struct decode_options *options,
                   const struct frame *frame, struct packet *packet);

/* The innermost layer of a kind, or NULL. */
const struct layer *packet_last(const struct packet *packet,
                                enum layer_kind kind);
/* The outermost layer of this kind at this depth, or NULL. */
const struct layer *packet_at(const struct packet *packet, enum layer_kind kind,
                              uint8_t depth);

const char *layer_name(const struct layer *layer); /* "vxlan", "ipv4" */
/* "ok" "zero" "partial" "lco" "bad" "unverifiable"; "" for CHECKSUM_NONE. */
const char *checksum_name(enum checksum_state state);
/* True if this link type is decoded. */
bool link_type_is_known(int link_type);

/* The source port that makes `stored` right, all else being as it is: the
 * port before NAT rewrote the header and left the checksum. -1 if the layer
 * is not a UDP or TCP header with a bad checksum. */
int32_t checksum_solve_port(const struct layer *layer);

/* The packet quoted in an ICMP or ICMPv6 error, as far as it is there. */
struct quoted_packet {
    uint8_t protocol;
    uint8_t address_bytes; /* 0: nothing usable was quoted */
    uint8_t source[16];
    uint8_t destination[16];
    bool has_ports;
    uint16_t source_port;
    uint16_t destination_port;
};
/* False if the innermost layer is no ICMP error or quotes nothing usable. */
bool packet_quoted(const struct packet *packet, struct quoted_packet *quoted);
