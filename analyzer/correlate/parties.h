/* Who asked whom: the client before NAT and the server after it, as far as
 * any place saw them, and what that makes of the exchange. */
#pragma once

#include "correlate/judge.h"
#include "correlate/owners.h"

#include <stddef.h>

/* What a server is, as far as telling two exchanges apart needs it. */
enum server_class {
    SERVER_CACHE,
    SERVER_DNS,
    SERVER_OTHER,
};

struct parties {
    const struct owner *client_owner;
    const struct owner *server_owner;
    const struct member *client; /* whose client address to show */
    const struct member *server;
    const struct member *service; /* NULL: not asked through one */
};

enum server_class parties_class(const struct owners *owners,
                                const struct member *member);
/* Fills in the stop of each member, where the packets go, and who talks. */
void parties_find(const struct owners *owners, struct member *members,
                  size_t count, struct route_ends *ends,
                  struct parties *parties);
/* Values of exchange.leg, path, via and client_kind; NULL: not known. */
const char *parties_leg(const struct owners *owners,
                        const struct parties *parties, enum server_class server,
                        const char *transport);
const char *parties_path(const struct parties *parties,
                         const struct route_ends *ends);
const char *parties_via(const struct parties *parties);
const char *parties_client_kind(const struct parties *parties);
