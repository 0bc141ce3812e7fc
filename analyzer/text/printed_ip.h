/* The half of printed.h that reads one IP packet; only printed.c uses it. */
#pragma once

#include "text/printed.h"

/* Takes one IP header and what it carries. A tunnel leaves the rest at the
 * headers inside. False if it is no IP packet, or not with addresses. */
bool printed_ip_read(struct text *rest, struct printed_level *level);
/* Transport by transport, see printed_transport.c. */
void printed_transport_read(struct text *rest, struct printed_level *level);
/* "10.0.0.1.53", "10.0.0.1.domain", "fd00::1.53", a bare address. */
bool printed_endpoint(struct text word, struct address *address, int64_t *port);
/* ICMP and ICMPv6, see printed_icmp.c. */
void printed_icmp_read(struct text *rest, struct printed_level *level);
void printed_icmpv6_read(struct text *rest, struct printed_level *level);
/* Takes the header of a tunnel and leaves the rest at what is inside. */
bool printed_tunnel_take(struct text *rest, struct printed_level *level);
