/* ICMP errors and the packets they quote: a fact about that packet, never
 * traffic of its own. */
#pragma once

#include "track/outlet.h"
#include "track/view.h"

enum {
    ICMP_ERRORS_MAX = 100000,
};

struct icmp_errors {
    struct outlet *outlet;
    int64_t count;
};

/* True if the innermost packet is an ICMP error. */
bool icmp_is_error(const struct layer *icmp);
/* True if it says that the port it was sent to is closed. */
bool icmp_is_port_unreachable(const struct layer *icmp);
/* Writes a row. `quoted` may be empty. */
void icmp_errors_see(struct icmp_errors *errors, const struct view *view,
                     const struct quoted_packet *quoted);
