/* A directive of a Corefile: a plugin, its arguments and its options. */
#pragma once

#include "base/memory.h"
#include "text/corefile_lines.h"

struct directive {
    int64_t line; /* from 0 */
    const char *plugin;
    const char *arguments; /* separated by blanks */
    const char *options;   /* lines in its braces, separated by "; " */
    struct directive *next;
};

/* The line at hand, and the lines of its braces. */
struct directive *directive_take(struct corefile_lines *lines,
                                 struct arena *arena);
/* The lines up to the closing brace; of a file without braces, up to its end,
 * the line at hand first. */
struct directive *directives_take(struct corefile_lines *lines, bool has_braces,
                                  struct arena *arena);
