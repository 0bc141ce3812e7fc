/* The state of reading one log file; shared by log.c and log_bid.c. */
#pragma once

#include "text/log_message.h"
#include "text/log_queue.h"
#include "text/log_section.h"

/* What a line turned out to be. */
enum log_verdict {
    LOG_UNKNOWN,
    LOG_ORDINARY, /* known, and no fact */
    LOG_EVENT,    /* the row is filled */
};

/* What a line says about its writer besides the event. */
struct log_meaning {
    enum log_verdict verdict;
    const struct log_message *message; /* NULL: read by hand */
    bool is_coredns;                   /* only CoreDNS writes such lines */
};

/* Reads what is inside the wrappers. */
struct log_meaning log_content_read(struct log_messages *messages,
                                    struct log_line *line,
                                    struct log_event_row *row,
                                    struct arena *arena);
