/* Where the modules of this folder put rows, and what they find odd.
 *
 * Anomalies are summed: the first OUTLET_PLACES_MAX of a kind that has a
 * place of interest get a row each, and all others one row that counts
 * them. */
#pragma once

#include "store/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    OUTLET_KINDS_MAX = 256,
    OUTLET_PLACES_MAX = 1000,
};

struct oddity {
    const char *name;  /* static */
    const char *what;  /* static detail; NULL */
    int64_t interface; /* summed per interface; ABSENT: for all */
    int64_t frame;     /* of the first */
    int64_t byte_offset;
    int64_t count;
    int64_t placed; /* rows written already */
};

struct outlet {
    int64_t evidence_id;
    int64_t capture_bytes; /* size of the file, for the size of tables */
    struct sink *sink;
    struct oddity oddities[OUTLET_KINDS_MAX];
    size_t oddity_count;
};

/* Counts it; one row at the end names the first frame. */
void outlet_count(struct outlet *outlet, const struct oddity *oddity);
/* Counts it as that many. */
void outlet_add(struct outlet *outlet, const struct oddity *oddity,
                int64_t count);
/* Writes a row with the place, up to OUTLET_PLACES_MAX of a name. */
void outlet_place(struct outlet *outlet, const struct oddity *oddity);
/* Writes the sums. */
void outlet_finish(struct outlet *outlet);
