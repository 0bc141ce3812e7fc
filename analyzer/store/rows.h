/* One row struct per table of schema.sql that readers fill, field for column
 * and in its order; a test compares both ways. The meaning of each column is
 * said in schema.sql.
 *
 * Texts are borrowed: they must live until the row has been put into a sink.
 * NULL: ABSENT for integers, NULL for texts, length 0 for addresses.
 * A designated initialiser leaves integers 0, which is a value: optional
 * integers must be set to ABSENT, see the *_NONE initialisers. */
#pragma once

#include "store/address.h"

#include <stdint.h>

/* "The evidence does not say", for integers. */
#define ABSENT INT64_MIN

/* In columns for frames: the packet is one that a text shows, on the line
 * that is left when this is taken off. No capture has as many packets. */
#define LINE_AS_FRAME (INT64_C(1) << 40)

struct evidence_row {
    int64_t id;
    const char *path;
    int64_t size_bytes;
    const char *sha256;
    const char *kind;
    const char *format;
    const char *node;
    const char *netns;
    const char *interface;
    int64_t taken_ns;
    const char *taken_is;
    const char *status;
    const char *why;
    int64_t packets;
    int64_t facts;
    int64_t first_ns;
    int64_t last_ns;
    int64_t modified_ns;
};

/* Every optional integer ABSENT, every required text "". */
#define EVIDENCE_ROW_NONE                                     \
    {                                                         \
        .path = "", .sha256 = "", .kind = "", .format = "",   \
        .taken_ns = ABSENT, .status = "", .first_ns = ABSENT, \
        .last_ns = ABSENT, .modified_ns = ABSENT              \
    }

struct clue_row {
    int64_t evidence_id;
    int64_t line;
    const char *name;
    const char *value;
    int64_t at_ns;
};

/* Every optional integer ABSENT, every required text "". */
#define CLUE_ROW_NONE                               \
    {                                               \
        .line = ABSENT, .name = "", .at_ns = ABSENT \
    }

struct anomaly_row {
    int64_t evidence_id;
    const char *name;
    int64_t frame;
    int64_t line;
    int64_t byte_offset;
    int64_t packets;
    const char *detail;
};

/* Every optional integer ABSENT, every required text "". */
#define ANOMALY_ROW_NONE                                                   \
    {                                                                      \
        .name = "", .frame = ABSENT, .line = ABSENT, .byte_offset = ABSENT \
    }

struct capture_interface_row {
    int64_t evidence_id;
    int64_t number;
    const char *name;
    const char *description;
    const char *filter;
    int64_t link_type;
    int64_t snaplen_bytes;
    int64_t packets;
    int64_t bytes;
    int64_t snapped;
    int64_t received;
    int64_t dropped;
    int64_t first_ns;
    int64_t last_ns;
};

/* Every optional integer ABSENT, every required text "". */
#define CAPTURE_INTERFACE_ROW_NONE                                 \
    {                                                              \
        .received = ABSENT, .dropped = ABSENT, .first_ns = ABSENT, \
        .last_ns = ABSENT                                          \
    }

struct station_row {
    int64_t evidence_id;
    int64_t interface;
    const char *mac;
    struct address address;
    const char *direction;
    int64_t packets;
};

/* Every optional integer ABSENT, every required text "". */
#define STATION_ROW_NONE           \
    {                              \
        .mac = "", .direction = "" \
    }

struct checksum_tally_row {
    int64_t evidence_id;
    int64_t interface;
    const char *direction;
    struct address source;
    struct address destination;
    int64_t depth;
    const char *tunnel;
    const char *layer;
    const char *state;
    int64_t packets;
    int64_t first_frame;
    int64_t last_frame;
};

/* Every optional integer ABSENT, every required text "". */
#define CHECKSUM_TALLY_ROW_NONE                                 \
    {                                                           \
        .direction = "", .tunnel = "", .layer = "", .state = "" \
    }

struct checksum_defect_row {
    int64_t evidence_id;
    int64_t frame;
    int64_t interface;
    const char *direction;
    int64_t at_ns;
    int64_t depth;
    const char *tunnel;
    const char *layer;
    struct address source;
    struct address destination;
    int64_t source_port;
    int64_t destination_port;
    int64_t stored;
    int64_t correct;
    int64_t pseudo;
    int64_t solved_port;
    const char *inner_state;
    int64_t inner_protocol;
    struct address inner_source;
    int64_t inner_source_port;
    struct address inner_destination;
    int64_t inner_destination_port;
};

/* Every optional integer ABSENT, every required text "". */
#define CHECKSUM_DEFECT_ROW_NONE                                           \
    {                                                                      \
        .direction = "", .tunnel = "", .layer = "", .source_port = ABSENT, \
        .destination_port = ABSENT, .solved_port = ABSENT,                 \
        .inner_protocol = ABSENT, .inner_source_port = ABSENT,             \
        .inner_destination_port = ABSENT                                   \
    }

struct traffic_row {
    int64_t evidence_id;
    int64_t interface;
    const char *direction;
    int64_t depth;
    const char *tunnel;
    int64_t tunnel_id;
    int64_t protocol;
    struct address source;
    struct address destination;
    int64_t source_port;
    int64_t destination_port;
    int64_t packets;
    int64_t bytes;
    int64_t bytes_max;
    int64_t first_ns;
    int64_t last_ns;
    int64_t first_frame;
    int64_t last_frame;
};

/* Every optional integer ABSENT, every required text "". */
#define TRAFFIC_ROW_NONE                                    \
    {                                                       \
        .direction = "", .tunnel = "", .tunnel_id = ABSENT, \
        .source_port = ABSENT, .destination_port = ABSENT   \
    }

struct dns_exchange_row {
    int64_t evidence_id;
    int64_t number;
    int64_t interface;
    int64_t depth;
    const char *tunnel;
    const char *transport;
    struct address client;
    int64_t client_port;
    struct address server;
    int64_t server_port;
    int64_t dns_id;
    const char *qname;
    const char *qtype;
    int64_t asked_ns;
    int64_t last_asked_ns;
    int64_t answered_ns;
    int64_t attempts;
    const char *state;
    const char *rcode;
    int64_t answers;
    int64_t is_truncated;
    int64_t edns_bytes;
    const char *reason;
    int64_t query_frame;
    int64_t last_query_frame;
    int64_t response_frame;
    const char *query_direction;
    const char *response_direction;
    int64_t query_bytes;
    int64_t response_bytes;
    const char *query_checksum;
    const char *response_checksum;
    const char *query_outer_checksum;
    const char *response_outer_checksum;
    struct address query_outer_source;
    struct address query_outer_destination;
    int64_t query_ttl;
    int64_t response_ttl;
    int64_t connection;
    int64_t identity;
    const char *extended_error;
};

/* Every optional integer ABSENT, every required text "". */
#define DNS_EXCHANGE_ROW_NONE                                                 \
    {                                                                         \
        .tunnel = "", .transport = "", .qname = "", .qtype = "",              \
        .asked_ns = ABSENT, .last_asked_ns = ABSENT, .answered_ns = ABSENT,   \
        .state = "", .answers = ABSENT, .is_truncated = ABSENT,               \
        .edns_bytes = ABSENT, .query_frame = ABSENT,                          \
        .last_query_frame = ABSENT, .response_frame = ABSENT,                 \
        .query_bytes = ABSENT, .response_bytes = ABSENT, .query_ttl = ABSENT, \
        .response_ttl = ABSENT, .connection = ABSENT                          \
    }

struct tcp_connection_row {
    int64_t evidence_id;
    int64_t number;
    int64_t interface;
    int64_t depth;
    const char *tunnel;
    struct address client;
    int64_t client_port;
    struct address server;
    int64_t server_port;
    int64_t first_ns;
    int64_t last_ns;
    int64_t first_frame;
    int64_t last_frame;
    int64_t client_packets;
    int64_t server_packets;
    int64_t client_data_bytes;
    int64_t server_data_bytes;
    int64_t client_retransmissions;
    int64_t server_retransmissions;
    int64_t syns;
    int64_t syn_acks;
    int64_t is_established;
    const char *closed_by;
    int64_t syn_ns;
    int64_t syn_ack_ns;
    int64_t last_syn_ns;
    int64_t syn_frame;
    int64_t last_syn_frame;
    int64_t syn_ack_frame;
    int64_t last_syn_ack_frame;
    int64_t reset_frame;
    const char *syn_direction;
    const char *syn_ack_direction;
    const char *syn_checksum;
    const char *syn_ack_checksum;
    const char *syn_outer_checksum;
    const char *syn_ack_outer_checksum;
    const char *data_checksum_client;
    const char *data_checksum_server;
    struct address outer_source;
    struct address outer_destination;
    int64_t client_unacked_bytes_max;
    int64_t server_unacked_bytes_max;
    int64_t client_acked_bytes_max;
    int64_t server_acked_bytes_max;
    int64_t queries;
    int64_t responses;
    int64_t client_isn;
    int64_t server_isn;
    int64_t identity;
};

/* Every optional integer ABSENT, every required text "". */
#define TCP_CONNECTION_ROW_NONE                                               \
    {                                                                         \
        .tunnel = "", .syn_ns = ABSENT, .syn_ack_ns = ABSENT,                 \
        .last_syn_ns = ABSENT, .syn_frame = ABSENT, .last_syn_frame = ABSENT, \
        .syn_ack_frame = ABSENT, .last_syn_ack_frame = ABSENT,                \
        .reset_frame = ABSENT, .client_isn = ABSENT, .server_isn = ABSENT     \
    }

struct tcp_event_row {
    int64_t evidence_id;
    int64_t frame;
    int64_t interface;
    int64_t depth;
    const char *kind;
    struct address source;
    int64_t source_port;
    struct address destination;
    int64_t destination_port;
    int64_t at_ns;
    int64_t sequence;
    int64_t payload_bytes;
    int64_t packet_bytes;
    const char *checksum;
    int64_t connection;
};

/* Every optional integer ABSENT, every required text "". */
#define TCP_EVENT_ROW_NONE         \
    {                              \
        .kind = "", .checksum = "" \
    }

struct icmp_error_row {
    int64_t evidence_id;
    int64_t frame;
    int64_t interface;
    int64_t depth;
    const char *direction;
    int64_t at_ns;
    struct address source;
    struct address destination;
    int64_t type;
    int64_t code;
    int64_t mtu;
    int64_t quoted_protocol;
    struct address quoted_source;
    int64_t quoted_source_port;
    struct address quoted_destination;
    int64_t quoted_destination_port;
};

/* Every optional integer ABSENT, every required text "". */
#define ICMP_ERROR_ROW_NONE                                             \
    {                                                                   \
        .direction = "", .mtu = ABSENT, .quoted_protocol = ABSENT,      \
        .quoted_source_port = ABSENT, .quoted_destination_port = ABSENT \
    }

struct log_event_row {
    int64_t evidence_id;
    int64_t line;
    const char *pod;
    const char *container;
    const char *node;
    int64_t at_ns;
    int64_t earliest_ns;
    int64_t latest_ns;
    const char *time_is;
    const char *severity;
    const char *source;
    const char *event;
    struct address client;
    int64_t client_port;
    int64_t dns_id;
    const char *transport;
    const char *qname;
    const char *qtype;
    const char *rcode;
    int64_t response_bytes;
    int64_t duration_ns;
    const char *operation;
    struct address upstream;
    int64_t upstream_port;
    struct address local;
    int64_t local_port;
    const char *error;
    const char *message;
};

/* Every optional integer ABSENT, every required text "". */
#define LOG_EVENT_ROW_NONE                                                    \
    {                                                                         \
        .at_ns = ABSENT, .earliest_ns = ABSENT, .latest_ns = ABSENT,          \
        .time_is = "", .severity = "", .source = "", .event = "",             \
        .client_port = ABSENT, .dns_id = ABSENT, .response_bytes = ABSENT,    \
        .duration_ns = ABSENT, .upstream_port = ABSENT, .local_port = ABSENT, \
        .message = ""                                                         \
    }

struct counter_row {
    int64_t evidence_id;
    int64_t line;
    const char *source;
    const char *interface;
    const char *name;
    int64_t value;
};

/* Every optional integer ABSENT, every required text "". */
#define COUNTER_ROW_NONE                          \
    {                                             \
        .source = "", .interface = "", .name = "" \
    }

struct setting_row {
    int64_t evidence_id;
    int64_t line;
    const char *source;
    const char *interface;
    const char *name;
    const char *value;
    int64_t is_fixed;
};

/* Every optional integer ABSENT, every required text "". */
#define SETTING_ROW_NONE                                        \
    {                                                           \
        .source = "", .interface = "", .name = "", .value = "", \
        .is_fixed = ABSENT                                      \
    }

struct interface_address_row {
    int64_t evidence_id;
    int64_t line;
    const char *interface;
    struct address address;
    int64_t prefix_length;
    const char *mac;
};

/* Every optional integer ABSENT, every required text "". */
#define INTERFACE_ADDRESS_ROW_NONE               \
    {                                            \
        .interface = "", .prefix_length = ABSENT \
    }

struct route_row {
    int64_t evidence_id;
    int64_t line;
    const char *type;
    struct address destination;
    int64_t prefix_length;
    struct address gateway;
    const char *interface;
    const char *protocol;
    struct address preferred_source;
};

/* Every optional integer ABSENT, every required text "". */
#define ROUTE_ROW_NONE \
    {                  \
        .type = ""     \
    }

struct neighbour_row {
    int64_t evidence_id;
    int64_t line;
    const char *source;
    const char *interface;
    struct address address;
    const char *mac;
    const char *state;
};

/* Every optional integer ABSENT, every required text "". */
#define NEIGHBOUR_ROW_NONE \
    {                      \
        .source = ""       \
    }

struct conntrack_row {
    int64_t evidence_id;
    int64_t line;
    int64_t protocol;
    const char *state;
    struct address source;
    struct address destination;
    int64_t source_port;
    int64_t destination_port;
    struct address reply_source;
    struct address reply_destination;
    int64_t reply_source_port;
    int64_t reply_destination_port;
    int64_t is_unreplied;
    int64_t mark;
};

/* Every optional integer ABSENT, every required text "". */
#define CONNTRACK_ROW_NONE                                             \
    {                                                                  \
        .source_port = ABSENT, .destination_port = ABSENT,             \
        .reply_source_port = ABSENT, .reply_destination_port = ABSENT, \
        .mark = ABSENT                                                 \
    }

struct firewall_rule_row {
    int64_t evidence_id;
    int64_t line;
    const char *backend;
    const char *table_name;
    const char *chain;
    int64_t position;
    const char *target;
    const char *protocol;
    const char *source;
    const char *destination;
    const char *in_interface;
    const char *out_interface;
    const char *source_port;
    const char *destination_port;
    const char *ctstate;
    const char *mark;
    const char *set_mark;
    struct address to_address;
    int64_t to_port;
    double probability;
    const char *comment;
    int64_t packets;
    int64_t bytes;
    const char *rule;
};

/* Every optional integer ABSENT, every required text "". */
#define FIREWALL_RULE_ROW_NONE                                            \
    {                                                                     \
        .backend = "", .table_name = "", .chain = "", .target = "",       \
        .to_port = ABSENT, .packets = ABSENT, .bytes = ABSENT, .rule = "" \
    }

struct kube_object_row {
    int64_t evidence_id;
    int64_t line;
    const char *kind;
    const char *namespace;
    const char *name;
    const char *uid;
    const char *node;
    struct address address;
    struct address host_address;
    int64_t is_host_network;
    const char *phase;
    int64_t is_ready;
    int64_t restarts;
    const char *ports;
    const char *target;
    const char *app;
    const char *detail;
};

/* Every optional integer ABSENT, every required text "". */
#define KUBE_OBJECT_ROW_NONE                                                \
    {                                                                       \
        .kind = "", .namespace = "", .name = "", .is_host_network = ABSENT, \
        .is_ready = ABSENT, .restarts = ABSENT                              \
    }

struct corefile_row {
    int64_t evidence_id;
    int64_t line;
    const char *owner;
    const char *zone;
    int64_t port;
    const char *plugin;
    const char *arguments;
    const char *options;
};

/* Every optional integer ABSENT, every required text "". */
#define COREFILE_ROW_NONE                                                     \
    {                                                                         \
        .owner = "", .zone = "", .plugin = "", .arguments = "", .options = "" \
    }

struct probe_row {
    int64_t evidence_id;
    int64_t line;
    const char *tool;
    const char *client;
    struct address server;
    int64_t server_port;
    const char *transport;
    const char *qname;
    const char *qtype;
    const char *result;
    int64_t duration_ns;
    int64_t at_ns;
};

/* Every optional integer ABSENT, every required text "". */
#define PROBE_ROW_NONE                                   \
    {                                                    \
        .tool = "", .server_port = ABSENT, .result = "", \
        .duration_ns = ABSENT, .at_ns = ABSENT           \
    }
