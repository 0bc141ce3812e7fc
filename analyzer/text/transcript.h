/* Probes that somebody ran and pasted: one row for each command.
 *
 * A prompt opens a probe, or output that only one tool writes. The tool takes
 * lines until the next prompt, the next command's output or the end; then the
 * row is put. A tool is a row of the table in transcript.c. */
#pragma once

#include "store/sink.h"
#include "text/prompt.h"

enum {
    PROBE_SAMPLES_MAX = 4,
};

struct probe;

struct probe_tool {
    const char *name; /* the program, and the column `tool` */
    /* Reads the arguments: words after the program's name. */
    void (*begin)(struct probe *probe, const struct command *command,
                  size_t first);
    void (*take)(struct probe *probe, struct text line);
    /* Its output opens a probe where there was no prompt. */
    bool (*is_opening)(struct text line);
    const char *silent_result; /* if it printed nothing that tells */
    const char *samples[PROBE_SAMPLES_MAX];
};

struct probe {
    const struct probe_tool *tool; /* NULL: none is open */
    struct probe_row row;
    struct arena *arena;
    bool has_answer; /* `result` is final: errors do not change it */
    bool has_header; /* dig */
    bool is_in_question;
    bool is_short;    /* dig +short, +noall: no header to expect */
    bool is_done;     /* what follows is not of it */
    bool is_doubtful; /* counts only with a result */
    int64_t lines;    /* of its output that say something */
};

extern const struct probe_tool probe_dig;
extern const struct probe_tool probe_nslookup;
extern const struct probe_tool probe_host;
extern const struct probe_tool probe_getent;
extern const struct probe_tool probe_ping;
extern const struct probe_tool probe_curl;
extern const struct probe_tool probe_nc;

extern const struct probe_tool *const probe_tools[];
extern const size_t probe_tool_count;

/* The outcome that an error text tells, NULL if it tells none. */
const char *probe_error(struct text line);
/* Sets the result from an error, unless an answer came. */
void probe_take_error(struct probe *probe, struct text line);
/* The row's text for a name: lower case; with a final dot if it is absolute. */
const char *probe_name(struct probe *probe, struct text name, bool is_absolute);
/* "10.0.0.3#53" anywhere in the line. */
bool probe_take_server(struct probe *probe, struct text line);
/* Seconds as a number: "0.0123". */
bool probe_seconds(struct text text, int64_t *duration_ns);
/* "Sun Nov 22 10:37:18 UTC 2026"; false where the zone is missing or means
 * different offsets in different countries. */
bool probe_when(struct text text, int64_t *at_ns);
