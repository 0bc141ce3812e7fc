/* Log wrappers: what runtimes, collectors and loggers put around a line.
 *
 * A wrapper is a row of a table with its own tested sample. The unwrapper
 * tries the rows again and again until none fits, so they may be nested in
 * any order and mixed in one file, and none is ever required. */
#pragma once

#include "text/log_line.h"
#include "text/wrapper_join.h"

enum {
    WRAPPERS_DEEP = 8, /* a line in more wrappers than this is hostile */
    WRAPPER_NAME_BYTES = 256,
};

/* The record of the journal whose fields are being read. */
struct journal_record {
    bool is_open;
    int64_t at_ns; /* ABSENT: its head does not tell */
    char node[WRAPPER_NAME_BYTES];
    char program[WRAPPER_NAME_BYTES];
};

struct unwrapper {
    int64_t hint_ns; /* a time of this file with its year, or ABSENT */
    char *scratch;   /* for decoded texts of one line */
    size_t scratch_used;
    struct text stamp_text; /* an RFC 3339 stamp was looked for here ... */
    struct text stamp_rest; /* ... and this followed it */
    int64_t stamp_ns;       /* ABSENT: there was none */
    struct line_joiner joiner;
    bool docker_ends_lines; /* json-file records end in \n: others are parts */
    bool in_minikube;       /* lines begin with "* " */
    struct journal_record journal;
    char stern_pod[WRAPPER_NAME_BYTES]; /* seen in stern's form for certain */
    uint32_t by_first_byte[256];        /* bit n: wrapper n may begin so */
};

typedef bool wrapper_take_fn(struct unwrapper *unwrapper,
                             struct log_line *line);

struct wrapper {
    const char *name;
    const char *first_bytes; /* what its form can begin with */
    wrapper_take_fn *take;   /* false, and nothing changed: not this form */
    bool has_parts;          /* long lines come in pieces */
    const char *before;      /* line that its file begins with; NULL: any */
    const char *sample;
    const char *content; /* of the sample */
    const char *at;      /* of the sample, NULL if it has no time */
};

extern const struct wrapper wrappers[];
extern const size_t wrapper_count;

/* head is the beginning of the file. */
void unwrapper_init(struct unwrapper *unwrapper, struct text head);
void unwrapper_deinit(struct unwrapper *unwrapper);
/* Takes all wrappers off raw and fills line, whose number is set by the
 * caller. False if raw is a part of a line whose end is still to come. */
bool unwrapper_take(struct unwrapper *unwrapper, struct text raw,
                    struct log_line *line);
/* At the end of the file: a line whose end never came. False if none. */
bool unwrapper_take_unfinished(struct unwrapper *unwrapper,
                               struct log_line *line);

/* Room for decoded text of this line, NULL when the line has had its share. */
char *unwrapper_scratch(struct unwrapper *unwrapper, size_t bytes);

/* For the rows; see wrapper_stamp.c, wrapper_syslog.c, wrapper_json.c ... */
wrapper_take_fn wrapper_cri;
wrapper_take_fn wrapper_timestamps;
wrapper_take_fn wrapper_plain_stamp;
wrapper_take_fn wrapper_go_log;
wrapper_take_fn wrapper_klog;
wrapper_take_fn wrapper_calico;
wrapper_take_fn wrapper_logfmt;
wrapper_take_fn wrapper_syslog;
wrapper_take_fn wrapper_syslog_iso;
wrapper_take_fn wrapper_syslog_full;
wrapper_take_fn wrapper_syslog_unix;
wrapper_take_fn wrapper_dmesg;
wrapper_take_fn wrapper_dmesg_time;
wrapper_take_fn wrapper_json;
wrapper_take_fn wrapper_prefix;
wrapper_take_fn wrapper_stern;
wrapper_take_fn wrapper_minikube;
wrapper_take_fn wrapper_labels;
wrapper_take_fn wrapper_journal;

/* Takes an RFC 3339 stamp off the front; remembers the last answer, since
 * several forms begin with one. */
bool wrapper_take_stamp(struct unwrapper *unwrapper, struct text *text,
                        int64_t *at_ns);
/* Takes "2026-11-22 10:15:55", "2026/11/22 10:15:55.123": no zone, read as
 * UTC, which is what containers run in. */
bool wrapper_take_plain(struct text *text, int64_t *at_ns,
                        int64_t *resolution_ns);
/* Notes the time of a line, unless an outer wrapper has. */
void wrapper_set_time(struct log_line *line, int64_t at_ns,
                      int64_t resolution_ns);
void wrapper_set_text(struct text *field, struct text value);
void wrapper_set_severity(struct log_line *line, struct text word);
