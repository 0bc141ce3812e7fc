/* kubectl describe node, pod, service and endpoints, as text.
 *
 *     Name:                 coredns-1
 *     Node:                 w1/192.168.1.11
 *     Conditions:
 *       Type              Status
 *       Ready             True
 *
 * Each line becomes a field of the tree that `-o json` would have given, and
 * the reader of that kind does the rest. */
#pragma once

#include "text/objects.h"

struct describe_sample {
    const char *kind;
    const char *text;
};

extern const struct describe_sample describe_samples[];
extern const size_t describe_sample_count;

/* True if an object's description may begin here: "Name:   coredns". */
bool describe_is_first_line(struct text line);
/* Reads one object at the source's place; `ends` tells what is no part of
 * it. Of a kind that is not known, it is counted as unused. */
void describe_read(struct objects *objects, bool (*ends)(struct text line));
