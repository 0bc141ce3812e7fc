/* Whose log a file is, by where collectors put it: the containers' paths on a
 * node and the layouts of the usual support bundles. */
#pragma once

#include "base/memory.h"
#include "base/text.h"

struct log_path {
    const char *pod; /* NULL where the path does not say */
    const char *namespace;
    const char *container;
};

/* The texts are copies in the arena. */
void log_path_read(const char *path, struct arena *arena,
                   struct log_path *found);
