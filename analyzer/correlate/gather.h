/* Gathers the rows of all places that saw one question.
 *
 * Rows meet by `identity`, which NAT and tunnels leave alone, and by time.
 * One forwarder's question and the one it asks in turn may share an identity
 * (CoreDNS before 1.8.7 keeps the id): the kind of the server tells them
 * apart. Memory is that of one identity's rows, MEMBERS_MAX of each kind at
 * most. */
#pragma once

#include "base/failure.h"
#include "correlate/judge.h"
#include "correlate/owners.h"

struct sqlite3;

/* What was gathered. Everything in it lives until the call returns. */
struct gathered {
    struct member *members;
    size_t count;
    bool is_connection;
    const char *transport;
    int64_t left_out; /* rows beyond MEMBERS_MAX */
    struct arena *texts;
};

typedef bool gathered_fn(void *context, struct gathered *gathered,
                         struct failure *failure);

struct gather_from {
    struct sqlite3 *database;
    const struct owners *owners;
    const struct coverage *coverage;
    gathered_fn *take;
    void *context;
};

/* Calls take() for each question over UDP and TCP, then for each attempt to
 * connect. */
bool gather_all(const struct gather_from *from,
                struct failure *failure) MUST_CHECK;
