/* One line of a log on its way from the file to a row.
 *
 * Wrappers come off from the outside in; each leaves behind what it knew:
 * time, pod, node, program, severity. The first to know a thing wins, because
 * the outer stamp is that of the machine that received the line. All texts
 * are borrowed until the next line is read. */
#pragma once

#include "base/text.h"
#include "store/rows.h"

#include <stdbool.h>
#include <stdint.h>

/* Whose messages a line may hold: bits, 0 if nothing is known yet. */
enum log_family {
    LOG_COREDNS = 1,
    LOG_KERNEL = 2,
    LOG_KUBE = 4, /* kubelet, kube-proxy, CNI agents */
};

struct log_line {
    int64_t number;        /* in the file; the first of a joined line */
    struct text content;   /* what is left inside the wrappers */
    int64_t at_ns;         /* ABSENT until a stamp says it */
    int64_t resolution_ns; /* the line was written in [at_ns, at_ns + this) */
    struct text yearless;  /* a stamp whose year the file has not told */
    struct text pod;
    struct text namespace;
    struct text container;
    struct text node;
    struct text program; /* syslog identifier or component */
    struct text stream;  /* "stdout", "stderr", or nothing */
    const char *severity;
    unsigned families;
    const char *form; /* name of the outermost wrapper, NULL if none */
    bool is_partial;  /* its end is on a later line of the same stream */
    bool was_cut;     /* it was longer than LINE_BYTES_MAX */
};

#define LOG_LINE_NONE                                                     \
    {                                                                     \
        .at_ns = ABSENT, .resolution_ns = 1, .severity = "", .content = { \
            "",                                                           \
            0                                                             \
        }                                                                 \
    }

/* 'debug' 'info' 'warning' 'error' 'fatal' for "INFO", "warn", "E", "3" ...;
 * "" for a word that is no severity. */
const char *log_severity(struct text word);
/* The families that the name of a program, container, pod or file stands
 * for; 0 if it says nothing. */
unsigned log_program_families(struct text name);
/* What such a name is called as a source of events: "node-cache" for
 * "nodelocaldns-8xk5c". NULL if it says nothing. */
const char *log_program_source(struct text name);
