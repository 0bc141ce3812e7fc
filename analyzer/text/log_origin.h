/* Whose lines these are: as the path says, as each line says, and, where all
 * lines say the same, as the file does. */
#pragma once

#include "base/input.h"
#include "store/sink.h"
#include "text/wrapper.h"

enum log_name_id {
    NAME_POD,
    NAME_NAMESPACE,
    NAME_CONTAINER,
    NAME_NODE,
    NAME_COUNT,
};

struct log_name {
    char value[WRAPPER_NAME_BYTES]; /* what lines said, "" if nothing */
    bool is_settled;                /* by the path, or lines differ */
};

struct log_origin {
    struct log_name names[NAME_COUNT];
    char last_pod[WRAPPER_NAME_BYTES]; /* of the line before */
    char last_container[WRAPPER_NAME_BYTES];
    const char *last_source; /* by these two names */
    unsigned last_families;
    const char *source; /* of the whole file, NULL if not known (yet) */
};

/* Puts the clues that the path gives. */
void log_origin_init(struct log_origin *origin, const struct input *input,
                     struct sink *sink);
/* Notes what a line says, and tells it what its names stand for; true if
 * another container than before wrote it. */
bool log_origin_note(struct log_origin *origin, struct log_line *line);
/* The source of a line's event, NULL if neither line nor file tells; a
 * program that is none of ours is copied into the arena. */
const char *log_origin_source(const struct log_origin *origin,
                              const struct log_line *line, struct arena *arena);
/* Puts as clues what all lines agree on. */
void log_origin_tell(const struct log_origin *origin, struct sink *sink,
                     int64_t evidence_id);
