/* Files that hold the logs of several containers, one after the other:
 * kubectl cluster-info dump, minikube logs, head and tail of several files,
 * and journalctl's own remarks. A section line says whose lines follow. */
#pragma once

#include "text/wrapper.h"

struct log_section {
    char pod[WRAPPER_NAME_BYTES]; /* "" where the section does not say */
    char namespace[WRAPPER_NAME_BYTES];
    char container[WRAPPER_NAME_BYTES];
};

/* True if raw is such a line; section then holds for the lines after it. */
bool log_section_read(struct log_section *section, struct unwrapper *unwrapper,
                      struct text raw);
