/* A DNS exchange as the tracker keeps it, and its row. */
#pragma once

#include "track/dns_exchanges.h"

struct dns_exchange {
    struct pool_entry entry;
    struct flow_key key; /* the client is the source */
    int64_t number;
    int64_t interface_number;
    int64_t connection;
    int64_t seen_ns;
    int64_t asked_ns;
    int64_t last_asked_ns;
    int64_t answered_ns;
    int64_t query_frame;
    int64_t last_query_frame;
    int64_t response_frame;
    uint64_t identity;
    const char *tunnel;
    const char *query_direction;
    const char *response_direction;
    const char *query_checksum;
    const char *response_checksum;
    const char *query_outer_checksum;
    const char *response_outer_checksum;
    struct address query_outer_source;
    struct address query_outer_destination;
    uint32_t attempts; /* 0: only an answer was seen */
    uint32_t query_bytes;
    uint32_t response_bytes;
    uint16_t qtype;
    uint16_t qclass;
    uint16_t rcode;
    uint16_t answers;
    uint16_t edns_bytes;
    uint16_t extended_error;
    uint8_t query_ttl;
    uint8_t response_ttl;
    bool has_question;
    bool has_edns;
    bool has_answer;
    bool is_truncated;
    bool has_extended_error;
    bool is_late;
    bool is_written;
    struct dns_name name; /* the last: its unused bytes are not set */
};

/* Fills what question and place say. */
void dns_exchange_begin(struct dns_exchange *exchange,
                        const struct dns_arrival *arrival,
                        const struct dns_message *message);
/* The hash that names the question at every place it passes. */
uint64_t dns_exchange_identity(const struct dns_exchange *exchange,
                               uint32_t sequence);
/* Adds a try. */
void dns_exchange_note_query(struct dns_exchange *exchange,
                             const struct dns_arrival *arrival,
                             const struct dns_message *message);
/* Adds the answer. */
void dns_exchange_note_response(struct dns_exchange *exchange,
                                const struct dns_arrival *arrival,
                                const struct dns_message *message);
/* Writes its row. `reason` may be NULL. */
void dns_exchange_write(const struct outlet *outlet,
                        const struct dns_exchange *exchange, const char *state,
                        const char *reason);
