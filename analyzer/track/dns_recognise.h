/* DNS at other ports than 53.
 *
 * A service at port 53 leads to whatever port its pods listen on: 5353 in
 * OpenShift, 1053 or 8053 where servers run without privileges, others where
 * somebody has moved them. Behind the translation only the bytes tell. */
#pragma once

#include "base/reader.h"
#include "track/view.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    DNS_PORT = 53,
};

/* Either port is that of DNS. */
bool dns_port_tells(const struct layer *transport);
/* The message can hardly be anything else: one question of a host's name and
 * of a type in use, class IN, nothing reserved set, nothing left over. Nothing
 * that is sent to a group or to the ports of local discovery (mDNS, RFC 6762;
 * LLMNR, RFC 4795) is. message_bytes: as sent, of which `message` holds what
 * was captured. Costs a few comparisons where it is not. */
bool dns_is_recognised(const struct view *view, struct reader message,
                       uint32_t message_bytes);
