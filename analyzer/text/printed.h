/* Packets as tcpdump and tshark print them: lines -> what they say of each
 * header.
 *
 * A packet is the line with its time and the lines that go on with it:
 * indented ones, and the headers inside a tunnel, which begin at the margin.
 * Only what is printed is known; the rest is ABSENT or empty. Names in place
 * of addresses (tcpdump without -n) are not understood.
 *
 * The lines that this was written against are those of tcpdump 4.9 to 4.99
 * and of tshark 3 and 4. */
#pragma once

#include "base/text.h"
#include "store/address.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PRINTED_LEVELS_MAX = 5, /* a packet in four tunnels */
    PRINTED_BYTES_MAX = 8 * 1024,
    PRINTED_MAC_BYTES = 6,
};

enum printed_sum_state {
    PRINTED_SUM_UNSAID,
    PRINTED_SUM_RIGHT,
    PRINTED_SUM_NONE, /* UDP: "[no cksum]" */
    PRINTED_SUM_WRONG,
};

struct printed_sum {
    enum printed_sum_state state;
    uint16_t stored;  /* where it is wrong, and of TCP */
    uint16_t correct; /* where it is wrong */
    bool has_correct; /* tcpdump before 4.3 says only that it is wrong */
};

struct printed_dns {
    bool is_there;
    bool is_response;
    bool is_truncated;
    bool has_question;
    uint8_t opcode;
    uint8_t rcode;
    uint16_t id;
    uint16_t qtype;
    uint16_t counts[3];    /* answers, authority, additional */
    struct text name;      /* final dot as printed */
    int64_t message_bytes; /* ABSENT where it is not printed */
};

/* One IP packet, with what it carries. */
struct printed_level {
    struct address source; /* length 0: the level is not understood */
    struct address destination;
    int64_t source_port; /* ABSENT without ports */
    int64_t destination_port;
    uint8_t protocol; /* 0: not said */
    int64_t ip_bytes; /* ABSENT without -v */
    int64_t ttl;      /* ABSENT without -v */
    int64_t ip_id;    /* ABSENT without -v */
    bool dont_fragment;
    bool is_fragment;
    int64_t fragment_offset;
    struct printed_sum ip_sum;
    struct printed_sum sum;

    int64_t payload_bytes; /* of UDP and TCP; ABSENT */
    int64_t prefix_bytes;  /* of a DNS message over TCP that goes on in the
                              next segments: what its length says; ABSENT */
    uint8_t flags;         /* TCP, as in its header */
    bool has_sequence;
    bool has_acknowledgment;
    uint32_t sequence; /* as printed: relative, mostly */
    uint32_t acknowledgment;
    uint16_t window;
    uint16_t mss;
    uint32_t timestamp;

    int64_t type; /* ICMP; ABSENT if its words are not known */
    int64_t code;
    int64_t mtu;
    struct address quoted_destination; /* of what an ICMP error is about */
    uint8_t quoted_protocol;
    int64_t quoted_port; /* its destination port */

    const char *tunnel; /* what it carries: "vxlan" "geneve" "gre", "" for IP
                           directly in IP; NULL for none */
    int64_t tunnel_id;  /* ABSENT where it has none */
    struct printed_dns dns;
};

struct printed_packet {
    int64_t at_ns; /* of that day, where it has no date */
    bool has_date;
    struct text interface; /* as -i any prints it; empty */
    struct text direction; /* "In" "Out" "" */
    bool has_macs;
    uint8_t source_mac[PRINTED_MAC_BYTES];
    uint8_t destination_mac[PRINTED_MAC_BYTES];
    int64_t frame_bytes; /* with -e; ABSENT */
    struct printed_level levels[PRINTED_LEVELS_MAX];
    size_t level_count;
    bool has_quoted;
    struct printed_level quoted; /* the packet that an ICMP error is about */
};

/* True if the line begins a packet; takes what is in front of its headers:
 * -# numbers and the time. The packet gets its time and nothing else. */
bool printed_take_start(struct text *line, struct printed_packet *packet);
/* Reads all headers from a packet's joined lines behind the time. False if
 * not even the outermost makes sense. */
bool printed_read(struct text rest, struct printed_packet *packet);
/* As printed_take_start and printed_read, for a line of tshark. */
bool printed_tshark(struct text line, struct printed_packet *packet);
extern const char printed_tshark_sample[];

/* Reads what follows "ADDRESS.53 > ...: " as a DNS message. */
void printed_dns_read(struct text rest, struct printed_dns *dns);
/* The number of a type by its name, "A" or "Type65"; 0 if it is not known. */
uint16_t printed_dns_type(struct text name);
/* The header and the question on the wire; 0 if they do not fit or the name
 * cannot be one. */
size_t printed_dns_write(const struct printed_dns *dns, uint8_t *to,
                         size_t room);
/* An empty level. */
struct printed_level printed_level_none(void);

/* How the time of a packet is written. Rows are tried in turn. */
struct printed_form {
    const char *name;
    bool (*take)(struct text *text, int64_t *at_ns);
    bool has_date;
    const char *sample;
};

extern const struct printed_form printed_forms[];
extern const size_t printed_form_count;

/* What carries packets in packets. */
struct printed_tunnel {
    const char *name;
    const char *begins; /* its header's first words */
    /* Takes from these words to what is inside; false if it makes no sense. */
    bool (*take)(struct text *rest, struct printed_level *level);
    const char *sample;
};

extern const struct printed_tunnel printed_tunnels[];
extern const size_t printed_tunnel_count;
