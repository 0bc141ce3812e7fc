/* What the place of a file in a known bundle says about it.
 *
 * The collectors of Kubernetes vendors name node, pod and namespace in their
 * paths. Plain folders need no rule: correlate/ finds nodes by name. */
#pragma once

#include "base/memory.h"
#include "store/sink.h"

#include <stdbool.h>
#include <stdint.h>

struct layout {
    const char *name;    /* NULL ends the table */
    const char *pattern; /* over the path; groups node, namespace, pod,
                            container, netns; collection: the folder or archive
                            of all that one run of the collector kept of one
                            host; stamp: when, by the digits of its name */
    bool is_utc;         /* the stamp; else local time of the host */
    const char *netns;   /* the network namespace it always is of, if it is not
                            what the place suggests; of the sample, if the
                            pattern tells it */
    const char *sample;  /* a path of it ... */
    const char *node;    /* ... and what it says; NULL: nothing */
    const char *pod;
    const char *collection;
    int64_t at_ns; /* 0: no stamp */
};

extern const struct layout layouts[];

struct layout_reader; /* the patterns, compiled */

struct layout_reader *layout_reader_create(void);
void layout_reader_destroy(struct layout_reader *reader);
/* Puts the clues that the path gives into the sink. */
void layout_clues(struct layout_reader *reader, const char *path,
                  int64_t evidence_id, struct arena *arena, struct sink *sink);
