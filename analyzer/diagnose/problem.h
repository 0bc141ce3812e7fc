/* Mistakes in rule files: each has a file and a line, and all of them are
 * told, not only the first. */
#pragma once

#include "base/attributes.h"
#include "base/failure.h"

#include <stddef.h>

/* `line` counts from 1; 0 is the file as a whole. */
typedef void problem_fn(void *context, const char *path, int line,
                        const char *text);

struct problems {
    problem_fn *put;
    void *context;
    size_t count;
};

void problem_add(struct problems *problems, const char *path, int line,
                 const char *format, ...) PRINTF_LIKE(4, 5);

/* Problems whose first becomes the failure: "path:line: text". */
struct problems problems_into(struct failure *failure);
