/* What collectors note about their own run: which command wrote which file,
 * versions, their own logs. Known by its place and kept apart, so that
 * "not understood" is left for files that somebody should look at. */
#pragma once

#include "text/readers.h"

struct note {
    const char *name;    /* evidence.format; NULL ends the table */
    const char *pattern; /* over the path */
    const char *sample;  /* a path of it */
};

extern const struct note notes[];

/* Whoever is sure of the content reads it. */
int notes_bid(const struct input *input);
enum read_status notes_read(struct input *input, struct sink *sink);
