/* Saved outputs of commands and /proc files: formats as table rows.
 *
 * A format is a row of a table: globs of the line that begins it, the command
 * that prints it, and a function that takes one line. The loop in snapshot.c
 * finds the row by content, feeds it line by line in bounded memory, and
 * changes to another row where a file holds several outputs. Each row carries
 * sample outputs and the rows they must yield: the unit test walks the table.
 * To add a format, add a row to one of the families that formats.c lists. */
#pragma once

#include "base/input.h"
#include "store/sink.h"
#include "text/snapshot_glob.h"
#include "text/snapshot_json.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    FORMAT_SIGNATURES_MAX = 13,
    FORMAT_SAMPLES_MAX = 6,
    INTERFACE_TEXT_BYTES = 64,
    COMMAND_TEXT_BYTES = 256,
};

struct snapshot;

struct sample {
    const char *text;
    const char *reads; /* as row_text prints them, see the unit test */
};

struct format {
    const char *name; /* for the clue 'format' */
    const char *defined_in;
    /* Globs of a trimmed line that begins the format. */
    const char *signatures[FORMAT_SIGNATURES_MAX];
    /* JSON: fields that the first element has; '!' in front: has not. */
    const char *json_keys[4];
    /* Globs of the command, or of the file name, with all but letters and
     * digits taken out: "ethtoolk*". */
    const char *commands[5];
    const char *source; /* column of the rows */
    /* Its lines look like those of others ("name: value"): other signatures
     * and errors of tools are tried before it. */
    bool is_lax;
    bool is_of_one_interface;
    size_t state_bytes; /* zeroed when the format begins */
    /* False if the line makes no sense in this format. */
    bool (*read_line)(struct snapshot *snapshot, struct text line);
    void (*read_element)(struct snapshot *snapshot,
                         const struct json_element *element);
    void (*end)(struct snapshot *snapshot);
    struct sample samples[FORMAT_SAMPLES_MAX];
};

struct format_family {
    const struct format *formats;
    size_t count;
};

#define FORMAT_FAMILY(array)                  \
    {                                         \
        array, sizeof array / sizeof array[0] \
    }

/* All families, NULL at the end. Earlier rows win. */
const struct format_family *const *format_families(void);
/* The row whose signature the line has; NULL if none. */
const struct format *format_by_line(struct text trimmed);
/* The row of a command; NULL if none. */
const struct format *format_by_command(struct text squeezed);
const struct format *format_by_element(const struct json_element *element);

/* One file in the reading. */
struct snapshot {
    struct sink *sink;
    struct arena *arena; /* reset after each line */
    const char *path;
    int64_t evidence_id;
    int64_t line;
    const struct format *format;   /* NULL between two outputs */
    const struct format *expected; /* by command or file name */
    void *state;                   /* of the format */
    char interface[INTERFACE_TEXT_BYTES];
    char command[COMMAND_TEXT_BYTES]; /* as typed, or the file name */
    int64_t interfaces;               /* different ones named so far */
    bool has_interface_clue;
    int64_t understood;     /* lines */
    int64_t not_understood; /* lines */
    int64_t odd_line;       /* the first of the latter */
    char odd_text[128];
    const char *format_name; /* of the first format; NULL none yet */
};

/* Says which interface the following rows are about; ignored if it cannot be
 * the name of one. */
void snapshot_set_interface(struct snapshot *snapshot, struct text name);
/* Copies for rows; they live until the next line. */
const char *snapshot_text(struct snapshot *snapshot, struct text text);
/* NULL if it is empty. */
const char *snapshot_optional(struct snapshot *snapshot, struct text text);
/* Rows with evidence, line, source and interface filled in. */
struct counter_row snapshot_counter_row(const struct snapshot *snapshot);
struct setting_row snapshot_setting_row(const struct snapshot *snapshot);
void snapshot_counter(struct snapshot *snapshot, const char *name,
                      int64_t value);
void snapshot_setting(struct snapshot *snapshot, const char *name,
                      struct text value);
void snapshot_anomaly(struct snapshot *snapshot, const char *name,
                      struct text detail);
/* A decimal counter; one over 2^63 is held at the largest value. */
bool snapshot_number(struct text text, int64_t *value);
