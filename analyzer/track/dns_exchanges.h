/* DNS messages in time -> exchanges: one question by one client, all its
 * tries and the answer (FORMATS 7.1).
 *
 * An exchange is found by the flow, the message id and the question, names
 * compared without case. The same question again, unanswered, within a
 * minute is another try of it; a second answer is a row of its own
 * ('duplicate'), as is an answer to nothing ('unsolicited') and a message
 * that cannot be read ('malformed'). An exchange's row is written when its
 * answer has settled, or when it is forgotten. */
#pragma once

#include "track/dns_message.h"
#include "track/outlet.h"
#include "track/pool.h"
#include "track/settling.h"
#include "track/view.h"

enum {
    ANSWERED_RECENTLY_MAX = 64,
};

struct dns_exchanges {
    struct outlet *outlet;
    struct pool pool;
    struct settling answered;
    int64_t last_number;
    /* Answered last over UDP, by index: an ICMP error may follow. */
    uint32_t recent[ANSWERED_RECENTLY_MAX];
    int64_t recent_number[ANSWERED_RECENTLY_MAX];
    size_t recent_at;
};

/* How a message came. */
struct dns_arrival {
    const struct view *view;
    int64_t connection;     /* TCP: its number; ABSENT */
    uint32_t sequence;      /* TCP: of the first byte of the length prefix */
    size_t offset;          /* of the message in the frame, for anomalies */
    bool is_resynced;       /* TCP: found again after a gap */
    bool is_recognised;     /* by its bytes alone, see dns_is_recognised() */
    uint32_t message_bytes; /* TCP: without the length prefix; 0 */
};

void dns_exchanges_init(struct dns_exchanges *exchanges, struct outlet *outlet);
void dns_exchanges_deinit(struct dns_exchanges *exchanges);
/* The view will bring a message over UDP. */
struct pool_hint dns_exchanges_expect(const struct dns_exchanges *exchanges,
                                      const struct view *view);
void dns_exchanges_message(struct dns_exchanges *exchanges,
                           const struct dns_arrival *arrival,
                           const struct dns_message *message);
/* A client said that the port is closed which this answer went to. */
void dns_exchanges_refused(struct dns_exchanges *exchanges,
                           const struct view *view,
                           const struct quoted_packet *answer);
/* Writes what has settled, forgets what has been quiet for long. */
void dns_exchanges_age(struct dns_exchanges *exchanges, int64_t now_ns);
/* Writes everything that is still open. */
void dns_exchanges_finish(struct dns_exchanges *exchanges);
