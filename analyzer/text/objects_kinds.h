/* The kinds of objects that give rows, and the tables of kubectl that do. */
#pragma once

#include "text/objects.h"
#include "text/objects_table.h"

/* `group` is part of the apiVersion, "" for the core group ("v1"): the kind
 * Node exists in three. */
struct kube_kind {
    const char *kind;
    const char *group;
    kube_read_fn *read;
    const char *sample;
};

extern const struct kube_kind kube_kinds[];
extern const size_t kube_kind_count;

/* No objects of Kubernetes, but written among them. */
#define LOKI_STREAMS "answer of Loki"
#define LOKI_LINE    "line of Loki"

enum {
    TABLE_NEEDS = 3,
};

struct table_kind {
    const char *kind;
    const char *needs[TABLE_NEEDS]; /* columns */
    void (*read)(struct table_row *row);
    const char *sample;
};

extern const struct table_kind table_kinds[];
extern const size_t table_kind_count;
