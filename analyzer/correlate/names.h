/* Names that occur in paths: nodes, pods, interfaces.
 *
 * A path such as "pcap/pod-frontend-5f7d_eth0.pcap" holds names in the
 * middle of other text. names_find() looks up every part of a text that
 * begins and ends at a border between letters-or-digits and anything else,
 * longest part first, so that "node1" is not found in "node10". */
#pragma once

#include "base/memory.h"
#include "base/text.h"

#include <stddef.h>

enum {
    NAME_BYTES_MAX = 253, /* RFC 1035 */
};

struct name {
    const char *text;  /* what is looked for */
    const char *value; /* what it stands for */
};

struct names {
    struct arena *arena;
    struct name *list;
    size_t count;
    size_t room;
    bool is_sorted;
};

void names_init(struct names *names, struct arena *arena);
void names_deinit(struct names *names);
/* Adds a name that stands for value. A name that stands for two different
 * values stands for none. Names shorter than two bytes are not added. */
void names_add(struct names *names, const char *text, const char *value);
/* The value of the longest name found in text, the first of equals; NULL. */
const char *names_find(struct names *names, struct text text);
/* The value of exactly this name; NULL. */
const char *names_get(struct names *names, struct text text);
