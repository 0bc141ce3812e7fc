/* Builds the tree of one object field by field, by path. All of it lives in
 * the arena; texts are borrowed from the caller, who keeps them there. */
#pragma once

#include "text/objects_tree.h"

struct describe_tree {
    struct arena *arena;
    struct node *root;
    int64_t line; /* of the fields put next */
};

void describe_tree_init(struct describe_tree *tree, struct arena *arena);
struct node *describe_map(struct describe_tree *tree);
/* The map at a path, made where it is missing. */
struct node *describe_at(struct describe_tree *tree, struct node *map,
                         const char *path);
/* A new map at the end of the list at a path. */
struct node *describe_item(struct describe_tree *tree, struct node *map,
                           const char *path);
/* A scalar at a path; its key may hold anything with describe_set(). */
void describe_put(struct describe_tree *tree, struct node *map,
                  const char *path, struct text value);
void describe_set(struct describe_tree *tree, struct node *map, struct text key,
                  struct text value);
