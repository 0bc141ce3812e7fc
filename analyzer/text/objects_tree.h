/* A Kubernetes object as a tree, whatever syntax it came in.
 *
 * JSON and YAML tell their events to one builder. It hands over one object at
 * a time, the elements of a List as soon as each is complete, and gives the
 * memory back after each: a file of any size needs the memory of its largest
 * object, and that is bounded (depth, nodes, bytes). What is cut off is told
 * in `was_too_deep` and `was_too_big`. */
#pragma once

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TREE_DEPTH_MAX = 64,
    TREE_NODES_MAX = 200000,
    TREE_BYTES_MAX = 32 * 1024 * 1024,
    TREE_SCALAR_BYTES_MAX = 2 * 1024 * 1024, /* a ConfigMap holds 1 MiB */
    TREE_KIND_BYTES = 96,
};

enum node_type {
    NODE_SCALAR,
    NODE_MAP,
    NODE_LIST,
};

struct node {
    enum node_type type;
    bool is_block;     /* its text stands in the file, from the line below */
    struct text key;   /* in a map */
    struct text value; /* of a scalar; null is empty */
    int64_t line;
    struct node *first;
    struct node *last;
    struct node *next;
};

/* One object of the file, and the kind of the list that held it ("" if
 * none, or if it is said only after the items). */
typedef void tree_take_fn(void *context, const struct node *object,
                          const char *list_kind);

struct tree {
    struct arena *arena;
    bool keeps_arena; /* somebody else resets it */
    tree_take_fn *take;
    void *context;

    struct node *open[TREE_DEPTH_MAX];
    size_t depth;
    size_t skipped; /* containers open that are not kept */
    struct text key;
    struct node list;    /* the list of objects: never holds them */
    size_t object_depth; /* depth at which objects are; 0: the document */
    char list_kind[TREE_KIND_BYTES];
    size_t nodes;
    bool was_too_deep;
    bool was_too_big;
    int64_t cut_line; /* where the first of these was */
    int64_t objects;  /* handed over so far */

    char *scratch; /* for the syntaxes: the scalar that they collect */
    size_t scratch_used;
    size_t scratch_room;
};

/* How a document ended. */
enum document_end {
    DOCUMENT_WHOLE,
    DOCUMENT_CUT, /* the file ends inside it */
    DOCUMENT_MALFORMED,
};

void tree_init(struct tree *tree, struct arena *arena);
void tree_deinit(struct tree *tree);

/* Forgets an unfinished document. */
void tree_restart(struct tree *tree);
void tree_key(struct tree *tree, struct text key);
void tree_scalar(struct tree *tree, const struct node *scalar);
void tree_begin(struct tree *tree, enum node_type type, int64_t line);
void tree_end(struct tree *tree);
/* True where scalars are dropped anyway and need not be collected. */
bool tree_is_skipping(const struct tree *tree);

void tree_scratch_clear(struct tree *tree);
/* Past TREE_SCALAR_BYTES_MAX bytes are dropped. */
void tree_scratch_add(struct tree *tree, const char *bytes, size_t length);

/* The value of a key, or NULL. `node` may be NULL. */
const struct node *node_get(const struct node *node, const char *key);
/* "status/nodeInfo/kernelVersion": no key of the path has a slash. */
const struct node *node_find(const struct node *node, const char *path);
/* The scalar at a path; empty if there is none. */
struct text node_text(const struct node *node, const char *path);
bool node_is_true(const struct node *node, const char *path);
/* The first child, or NULL; for loops. `node` may be NULL. */
const struct node *node_children(const struct node *node);
