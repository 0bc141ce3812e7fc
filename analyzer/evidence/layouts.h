/* What the place of a file in a known bundle says about it.
 *
 * The collectors of Kubernetes vendors name node, pod and namespace in their
 * paths. Plain folders need no rule: correlate/ finds nodes by name. */
#pragma once

#include "base/memory.h"
#include "store/sink.h"

#include <stdint.h>

struct layout {
    const char *name;    /* NULL ends the table */
    const char *pattern; /* over the path; groups node, namespace, pod,
                            container */
    const char *sample;  /* a path of it ... */
    const char *node;    /* ... and what it says; NULL: nothing */
    const char *pod;
};

extern const struct layout layouts[];

struct layout_reader; /* the patterns, compiled */

struct layout_reader *layout_reader_create(void);
void layout_reader_destroy(struct layout_reader *reader);
/* Puts the clues that the path gives into the sink. The first layout that
 * matches is the one. */
void layout_clues(struct layout_reader *reader, const char *path,
                  int64_t evidence_id, struct arena *arena, struct sink *sink);
