/* The kinds of evidence and who reads them.
 *
 * Each kind bids on a file, 0 (not mine) to 100 (certain), from its name and
 * its first 4 KiB. The highest bid reads; the earlier row wins a tie. */
#pragma once

#include "base/input.h"
#include "decode/packet.h"
#include "text/readers.h"
#include "track/tracker.h"

/* What a reader is given beside its file, and what it leaves. */
struct reading {
    const struct decode_options *decode;
    struct sink *sink;
    struct tracker_totals totals; /* of captures */
};

struct kind {
    const char *name; /* evidence.kind; NULL ends a table */
    int (*bid)(const struct input *input);
    enum read_status (*read)(struct input *input, struct reading *reading);
};

extern const struct kind evidence_kinds[];

/* The kind that reads it, or NULL. */
const struct kind *kind_of(const struct kind *kinds, const struct input *input);
