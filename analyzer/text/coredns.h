/* The lines that CoreDNS and node-cache write all day: queries, errors.
 *
 * Read by hand rather than by pattern: in a busy cluster they are nearly all
 * of a log. Texts of a filled row live in the arena. */
#pragma once

#include "base/memory.h"
#include "store/rows.h"

#include <stdbool.h>

enum {
    LOG_ERROR_BYTES = 256,
    LOG_NAME_BYTES = 1100, /* 255 bytes of a name, each as \DDD, and dots */
};

/* A row being filled, and where its texts go. */
struct log_filled {
    struct log_event_row *row;
    struct arena *arena;
};

/* Takes "[INFO] " off; severity is "" and false returned if it is not there.
 * CoreDNS writes one blank, others none. */
bool coredns_take_level(struct text *text, const char **severity);
/* The log plugin's line, after its level; {common} and {combined}. */
bool coredns_read_query(struct text text, struct log_event_row *row,
                        struct arena *arena);
/* The errors plugin's line after "plugin/errors: ", plain or consolidated. */
bool coredns_read_error(struct text text, struct log_event_row *row,
                        struct arena *arena);
/* A zone's listener: ".:53", "cluster.local.:53 on 169.254.25.10". */
bool coredns_read_listener(struct text text, struct log_event_row *row,
                           struct arena *arena);
/* "dial tcp 10.96.0.10:53: i/o timeout" anywhere in text: operation, ends and
 * error. What is no network error leaves its class, or nothing. */
void coredns_read_network_error(struct text text, struct log_event_row *row,
                                struct arena *arena);
/* 'timeout' 'refused' ... for an error's text, NULL for none that is known. */
const char *coredns_error_class(struct text text);
/* Lower case, with its final dot, bounded. */
const char *coredns_name(struct text name, struct arena *arena);

/* What these read, and parts of the row, separated by '|'. */
struct coredns_sample {
    const char *line;
    const char *yields;
};

extern const struct coredns_sample coredns_samples[];
extern const size_t coredns_sample_count;
