/* Did it get through? Judges one exchange from all that was seen of it.
 *
 * The member nearest to the client that saw the question decides: an answer
 * that left the server and is missing there did not arrive, and one that
 * arrived damaged was dropped. Where its capture had no eye for answers, the
 * next one decides that had, or nobody. Partial checksums on arrival are damage
 * only on nodes that are seen to drop them: virtual links carry them unharmed.
 */
#pragma once

#include "correlate/coverage.h"
#include "store/address.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MEMBERS_MAX = 256, /* places that see one exchange; more are left out */
};

/* One place's view: a row of dns_exchange or tcp_connection. Times are on the
 * reference clock. For a connection the SYN is the question and the SYN-ACK
 * the answer. Texts are NULL where the evidence does not say. */
struct member {
    const struct vantage *vantage;
    int64_t number;
    int64_t depth;
    struct address client;
    struct address server;
    int64_t client_port;
    int64_t server_port;
    int64_t dns_id;
    const char *qname;
    const char *qtype;
    const char *rcode;
    const char *state;
    int64_t asked_ns; /* ABSENT: the question was not seen */
    int64_t last_asked_ns;
    int64_t answered_ns; /* ABSENT: the answer was not seen */
    int64_t attempts;
    int64_t query_frame;
    int64_t response_frame;
    int64_t response_bytes;
    const char *query_checksum;
    const char *response_checksum;
    const char *query_outer;
    const char *response_outer;
    bool is_established; /* connections only */
    bool is_refused;
    bool is_truncated; /* the answer says to ask again over TCP */
    int stop;
};

struct exchange_view {
    const struct member *members;
    size_t count;
    bool is_connection;
    bool is_datagram; /* a question over UDP */
    struct route_ends ends;
    bool partial_is_dropped_at_client; /* see partial.h */
    bool partial_is_dropped_at_server;
};

struct judgement {
    const char *outcome; /* 'answered' 'failed' 'late' 'unknown' */
    const char *failure;
    const char *rcode;
    const struct member *near;      /* the one that decided */
    const struct member *answer;    /* the answer that got through; NULL */
    const struct member *last_seen; /* of the lost packet; NULL */
    bool is_answer_lost;            /* last_seen is of the answer */
    const struct vantage *first_missing;
    int server_saw_query; /* 1, 0, -1: cannot tell */
    int server_sent_answer;
    int64_t response_bytes; /* ABSENT: no answer anywhere */
};

/* Neither NOERROR nor NXDOMAIN; false for NULL. */
bool is_error_code(const char *rcode);
void judge_exchange(const struct coverage *coverage,
                    const struct exchange_view *view,
                    struct judgement *judgement);
