/* Names that occur in paths: nodes, pods, interfaces.
 *
 * A path such as "pcap/pod-frontend-5f7d_eth0.pcap" holds names in the
 * middle of other text. path_names_find() looks up every part of a text that
 * begins and ends at a border between letters-or-digits and anything else,
 * longest part first, so that "node1" is not found in "node10". */
#pragma once

#include "base/memory.h"
#include "base/text.h"

#include <stddef.h>

enum {
    NAME_BYTES_MAX = 253, /* RFC 1035 */
};

struct path_name {
    const char *text;  /* what is looked for */
    const char *value; /* what it stands for */
};

struct path_names {
    struct arena *arena;
    struct path_name *list;
    size_t count;
    size_t room;
    bool is_sorted;
};

void path_names_init(struct path_names *names, struct arena *arena);
void path_names_deinit(struct path_names *names);
/* Adds a name that stands for value. A name that stands for two different
 * values stands for none. Names shorter than two bytes are not added. */
void path_names_add(struct path_names *names, const char *text,
                    const char *value);
/* The value of the longest name found in text, the first of equals; NULL. */
const char *path_names_find(struct path_names *names, struct text text);
/* The value of exactly this name; NULL. */
const char *path_names_get(struct path_names *names, struct text text);
