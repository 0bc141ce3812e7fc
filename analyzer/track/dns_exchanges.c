#include "track/dns_exchanges.h"

#include "base/clock.h"
#include "track/dns_exchange.h"
#include "track/tracker.h"

#include <string.h>

enum {
    RETRY_SECONDS_MAX = 60,
    IDLE_SECONDS_MAX = 120,
    SWAPPED_MS_MAX = 10,     /* per-CPU buffers put packets out of order */
    REFUSED_SECONDS_MAX = 1, /* from an answer to the ICMP error about it */
    SETTLED_SECONDS = 2,     /* after which an answer is not refused any more */
    WRITTEN_AHEAD = 4,
    PROTOCOL_TCP = 6,
};

static const char *state_of(const struct dns_exchange *exchange)
{
    if (exchange->attempts == 0)
        return "unsolicited";
    if (!exchange->has_answer)
        return "unanswered";
    return exchange->is_late ? "late" : "answered";
}

static void evict(void *context, void *entry)
{
    const struct dns_exchanges *exchanges = context;
    struct dns_exchange *exchange = entry;

    if (exchange->is_written)
        return;
    exchange->is_written = true;
    dns_exchange_write(exchanges->outlet, exchange, state_of(exchange), NULL);
}

void dns_exchanges_init(struct dns_exchanges *exchanges, struct outlet *outlet)
{
    uint32_t room = pool_room(TRACKER_EXCHANGES_MAX, outlet->capture_bytes);

    *exchanges = (struct dns_exchanges){ .outlet = outlet };
    pool_init(&exchanges->pool,
              &(struct pool_shape){ .entry_bytes = sizeof(struct dns_exchange),
                                    .cleared_bytes =
                                        offsetof(struct dns_exchange, name),
                                    .key_bytes = sizeof(struct flow_key),
                                    .capacity = room,
                                    .evict = evict,
                                    .context = exchanges });
    settling_init(&exchanges->answered, room);
}

void dns_exchanges_deinit(struct dns_exchanges *exchanges)
{
    settling_deinit(&exchanges->answered);
    pool_deinit(&exchanges->pool);
}

/* The client is the source of a query and the destination of an answer; of a
 * message without a header, the side that is not port 53. */
static struct flow_key key_of(const struct dns_arrival *arrival,
                              const struct dns_message *message)
{
    struct flow_key key = arrival->view->key;
    bool is_answer =
        message->has_header ? message->is_response : key.source_port == 53;

    if (is_answer)
        key = flow_key_reversed(&key);
    key.dns_id = message->id;
    return key;
}

struct pool_hint dns_exchanges_expect(const struct dns_exchanges *exchanges,
                                      const struct view *view)
{
    struct flow_key key = view->key;
    struct reader payload = view->payload;

    if (key.source_port == 53)
        key = flow_key_reversed(&key);
    key.dns_id = reader_u16(&payload);
    return pool_expect(&exchanges->pool, &key);
}

static void begin(struct dns_exchanges *exchanges,
                  struct dns_exchange *exchange,
                  const struct dns_arrival *arrival,
                  const struct dns_message *message)
{
    exchange->number = ++exchanges->last_number;
    dns_exchange_begin(exchange, arrival, message);
}

static bool is_same_question(const struct dns_exchange *exchange,
                             const struct dns_message *message)
{
    /* Minimal servers leave the question out of an error, and what the
     * capture cut off cannot differ. */
    if (!message->has_question || !exchange->has_question)
        return message->is_response;
    return exchange->qtype == message->qtype &&
           exchange->qclass == message->qclass &&
           exchange->name.length == message->name.length &&
           memcmp(exchange->name.bytes, message->name.bytes,
                  message->name.length) == 0;
}

/* The newest exchange that the message belongs to, one that waits for an
 * answer before others. */
static struct dns_exchange *find(const struct dns_exchanges *exchanges,
                                 const struct flow_key *key,
                                 const struct dns_arrival *arrival,
                                 const struct dns_message *message)
{
    struct dns_exchange *exchange = pool_find(&exchanges->pool, key);
    struct dns_exchange *newest = NULL;

    for (; exchange != NULL; exchange = pool_next(&exchanges->pool, exchange)) {
        if (exchange->connection != arrival->connection ||
            !is_same_question(exchange, message))
            continue;
        if (!exchange->has_answer)
            return exchange;
        if (newest == NULL)
            newest = exchange;
    }
    return newest;
}

/* True if this query is what the exchange's answer belongs to: they came in
 * the wrong order in the file, but not in time. */
static bool is_swapped(const struct dns_exchange *exchange, int64_t at_ns)
{
    return exchange->attempts == 0 && at_ns <= exchange->answered_ns &&
           exchange->answered_ns - at_ns <
               SWAPPED_MS_MAX * (NS_PER_SECOND / 1000);
}

/* Nothing changes a question and its answer but an ICMP error about it. */
static void settle(struct dns_exchanges *exchanges,
                   const struct dns_exchange *exchange)
{
    if (exchange->attempts > 0 && exchange->has_answer)
        settling_add(&exchanges->answered,
                     &(struct settling_entry){
                         .at_ns = exchange->seen_ns,
                         .number = exchange->number,
                         .index = (uint32_t)exchange->entry.index });
}

static void take_query(struct dns_exchanges *exchanges,
                       const struct flow_key *key,
                       const struct dns_arrival *arrival,
                       const struct dns_message *message)
{
    struct dns_exchange *exchange = find(exchanges, key, arrival, message);
    int64_t at_ns = arrival->view->at_ns;

    if (exchange != NULL && !exchange->has_answer &&
        at_ns - exchange->last_asked_ns >= RETRY_SECONDS_MAX * NS_PER_SECOND)
        exchange = NULL;
    if (exchange != NULL && exchange->has_answer &&
        !is_swapped(exchange, at_ns))
        exchange = NULL;
    if (exchange == NULL) {
        exchange = pool_add(&exchanges->pool, key);
        begin(exchanges, exchange, arrival, message);
    } else if (exchange->attempts == 0) {
        exchange->identity = dns_exchange_identity(exchange, arrival->sequence);
    }
    dns_exchange_note_query(exchange, arrival, message);
    pool_touch(&exchanges->pool, exchange);
    settle(exchanges, exchange);
}

static void remember(struct dns_exchanges *exchanges,
                     const struct dns_exchange *exchange)
{
    size_t at;

    if (exchange->key.protocol == PROTOCOL_TCP)
        return;
    at = exchanges->recent_at++ % ANSWERED_RECENTLY_MAX;
    exchanges->recent[at] = (uint32_t)exchange->entry.index;
    exchanges->recent_number[at] = exchange->number;
}

/* A row for a message that belongs to no exchange. */
static void write_lone(struct dns_exchanges *exchanges,
                       const struct flow_key *key,
                       const struct dns_arrival *arrival,
                       const struct dns_message *message)
{
    struct dns_exchange lone;

    memset(&lone, 0, offsetof(struct dns_exchange, name));
    lone.key = *key;
    begin(exchanges, &lone, arrival, message);
    if (message->is_response)
        dns_exchange_note_response(&lone, arrival, message);
    else
        dns_exchange_note_query(&lone, arrival, message);
    dns_exchange_write(exchanges->outlet, &lone,
                       message->fault != NULL ? "malformed" : "duplicate",
                       message->reason);
}

static void take_response(struct dns_exchanges *exchanges,
                          const struct flow_key *key,
                          const struct dns_arrival *arrival,
                          const struct dns_message *message)
{
    struct dns_exchange *exchange = find(exchanges, key, arrival, message);

    if (exchange != NULL && exchange->has_answer) {
        write_lone(exchanges, key, arrival, message);
        return;
    }
    if (exchange == NULL && arrival->is_recognised)
        return; /* some local discovery answers to one host alone */
    if (exchange == NULL) {
        exchange = pool_add(&exchanges->pool, key);
        begin(exchanges, exchange, arrival, message);
    }
    dns_exchange_note_response(exchange, arrival, message);
    remember(exchanges, exchange);
    settle(exchanges, exchange);
}

static void note_oddities(struct dns_exchanges *exchanges,
                          const struct dns_arrival *arrival,
                          const struct dns_message *message)
{
    struct oddity oddity = {
        .interface = ABSENT,
        .frame = arrival->view->frame,
        .byte_offset = (int64_t)(arrival->offset + message->fault_offset),
    };

    if (message->fault != NULL) {
        oddity.name = message->fault;
        oddity.what = message->detail;
        outlet_place(exchanges->outlet, &oddity);
        return;
    }
    oddity.byte_offset = ABSENT;
    if (message->trailing_bytes > 0) {
        oddity.name = "dns.trailing-bytes";
        outlet_count(exchanges->outlet, &oddity);
    }
    if (message->has_header && message->questions != 1 &&
        message->opcode == 0 && !message->is_response) {
        oddity.name = "dns.odd-question-count"; /* RFC 9619 */
        outlet_count(exchanges->outlet, &oddity);
    }
    if (arrival->is_resynced) {
        oddity.name = "dns.resynced";
        oddity.what = "message found again after a gap in a TCP stream";
        outlet_count(exchanges->outlet, &oddity);
    }
}

void dns_exchanges_message(struct dns_exchanges *exchanges,
                           const struct dns_arrival *arrival,
                           const struct dns_message *message)
{
    struct flow_key key = key_of(arrival, message);

    note_oddities(exchanges, arrival, message);
    if (message->fault != NULL)
        write_lone(exchanges, &key, arrival, message);
    else if (!message->has_header)
        return; /* cut off: nothing is known of it */
    else if (message->is_response)
        take_response(exchanges, &key, arrival, message);
    else
        take_query(exchanges, &key, arrival, message);
}

static bool is_answer_of(const struct dns_exchange *exchange,
                         const struct view *view,
                         const struct quoted_packet *answer)
{
    const struct flow_key *key = &exchange->key;
    size_t bytes = key->address_bytes;

    return key->interface == view->interface &&
           key->depth == view->level_count - 1 &&
           bytes == answer->address_bytes &&
           key->source_port == answer->destination_port &&
           key->destination_port == answer->source_port &&
           memcmp(key->source, answer->destination, bytes) == 0 &&
           memcmp(key->destination, answer->source, bytes) == 0 &&
           view->at_ns - exchange->answered_ns <
               REFUSED_SECONDS_MAX * NS_PER_SECOND;
}

void dns_exchanges_refused(struct dns_exchanges *exchanges,
                           const struct view *view,
                           const struct quoted_packet *answer)
{
    /* The oldest first: errors come in the order of what they quote. */
    for (size_t i = 0; i < ANSWERED_RECENTLY_MAX; i++) {
        size_t at = (exchanges->recent_at + i) % ANSWERED_RECENTLY_MAX;
        const struct dns_exchange *known;
        struct dns_exchange *exchange;

        if (exchanges->recent[at] == 0)
            continue;
        known = pool_at(&exchanges->pool, exchanges->recent[at]);
        if (known->number != exchanges->recent_number[at] || known->is_late ||
            known->is_written || !is_answer_of(known, view, answer))
            continue;
        exchange = pool_find(&exchanges->pool, &known->key);
        while (exchange != NULL && exchange != known)
            exchange = pool_next(&exchanges->pool, exchange);
        if (exchange == NULL)
            continue;
        exchange->is_late = true;
        return;
    }
}

static void write_settled(struct dns_exchanges *exchanges, int64_t now_ns)
{
    int64_t before_ns = now_ns - SETTLED_SECONDS * NS_PER_SECOND;
    const struct settling_entry *settled;

    while ((settled = settling_take(&exchanges->answered, before_ns)) != NULL) {
        struct dns_exchange *exchange =
            pool_at(&exchanges->pool, settled->index);
        const struct settling_entry *ahead =
            settling_ahead(&exchanges->answered, WRITTEN_AHEAD);

        if (ahead != NULL)
            pool_expect_at(&exchanges->pool, ahead->index);
        if (exchange->number == settled->number)
            evict(exchanges, exchange);
    }
}

void dns_exchanges_age(struct dns_exchanges *exchanges, int64_t now_ns)
{
    struct dns_exchange *oldest = pool_oldest(&exchanges->pool);

    write_settled(exchanges, now_ns);
    while (oldest != NULL &&
           now_ns - oldest->seen_ns > IDLE_SECONDS_MAX * NS_PER_SECOND) {
        evict(exchanges, oldest);
        pool_remove(&exchanges->pool, oldest);
        oldest = pool_oldest(&exchanges->pool);
    }
}

void dns_exchanges_finish(struct dns_exchanges *exchanges)
{
    pool_evict_all(&exchanges->pool);
}
