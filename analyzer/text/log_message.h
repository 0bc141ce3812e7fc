/* Messages as data: a literal to look for, a pattern to take it apart, and
 * the event that it means.
 *
 * A line is scanned once; a four-byte filter tells which literals may occur
 * in it, so that a hundred rows cost little more than one. The first row that
 * fits wins. Every row carries a sample and the row it must yield. */
#pragma once

#include "base/pattern.h"
#include "text/log_line.h"

enum {
    LOG_MESSAGES_MAX = 192, /* over all tables */
    LOG_FILTER_SLOTS = 4096,
};

struct log_message {
    unsigned families;  /* only in lines of these, or of unknown family */
    const char *needle; /* at least four bytes; must occur */
    /* NULL: the needle is enough. Named groups fill columns: client, local,
     * upstream (address or address:port), qname, qtype, transport, error. */
    const char *pattern;
    const char *event;    /* NULL: an ordinary line, no row */
    const char *source;   /* NULL: whoever wrote the file */
    const char *severity; /* where the line has none, NULL: none */
    const char *error;    /* NULL: as the text says, see reads_error */
    bool reads_error;     /* a Go network error stands in it */
    const char *sample;
    const char *yields; /* parts of the row's text, separated by '|' */
};

/* Tables end with a row without needle. */
extern const struct log_message coredns_messages[];
extern const struct log_message node_cache_messages[];
extern const struct log_message kernel_messages[];
extern const struct log_message kube_messages[];
extern const struct log_message *const log_message_tables[];
extern const size_t log_message_table_count;

struct log_messages {
    const struct log_message *rows[LOG_MESSAGES_MAX];
    struct pattern *patterns[LOG_MESSAGES_MAX]; /* compiled at first need */
    size_t count;
    uint64_t by_four_bytes[LOG_FILTER_SLOTS][LOG_MESSAGES_MAX / 64];
};

/* In the caller's storage; it is large. */
void log_messages_init(struct log_messages *messages);
void log_messages_deinit(struct log_messages *messages);
/* Finds what the text says and fills row's columns with texts in arena. NULL
 * if no message fits. */
const struct log_message *log_messages_read(struct log_messages *messages,
                                            const struct log_line *line,
                                            struct log_event_row *row,
                                            struct arena *arena);
