/* Corefile (CoreDNS 1.x, Caddy v1 grammar) to rows: one for each directive
 * and zone of its block.
 *
 * A block is "ZONE... {", its zones with or without scheme and port; a
 * directive is a line, with options in braces of its own. Snippets
 * "(NAME) {" are put in where `import NAME` stands; other imports stay rows
 * of their own, as the file that they name is not here. */
#pragma once

#include "base/memory.h"
#include "base/text.h"
#include "store/sink.h"

enum {
    COREFILE_BYTES_MAX = 1024 * 1024,
};

struct corefile_place {
    int64_t evidence_id;
    int64_t line;      /* of the text's first line */
    int64_t line_step; /* 1, or 0 where all of it stands in one line */
    const char *owner; /* the ConfigMap, or "" */
    struct arena *arena;
};

/* Returns the number of rows put. */
size_t corefile_read(struct text text, const struct corefile_place *place,
                     struct sink *sink);

/* For a bare file: may a server block begin here? */
bool corefile_is_first_line(struct text line);
/* True if some line begins with the name of a common plugin. */
bool corefile_has_plugin(struct text text);
/* Braces opened less braces closed in one line, as the grammar counts. */
int corefile_depth(struct text line);
