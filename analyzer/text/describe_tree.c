#include "text/describe_tree.h"

#include <string.h>

void describe_tree_init(struct describe_tree *tree, struct arena *arena)
{
    *tree = (struct describe_tree){ .arena = arena };
}

static struct node *node_create(struct describe_tree *tree, enum node_type type)
{
    struct node *node = arena_allocate(tree->arena, sizeof *node);

    *node = (struct node){ .type = type, .line = tree->line };
    return node;
}

struct node *describe_map(struct describe_tree *tree)
{
    return node_create(tree, NODE_MAP);
}

static void append(struct node *parent, struct node *child)
{
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

static struct node *child_of(struct node *map, struct text key)
{
    for (struct node *child = map->first; child != NULL; child = child->next)
        if (child->key.length == key.length &&
            memcmp(child->key.bytes, key.bytes, key.length) == 0)
            return child;
    return NULL;
}

/* The child of a key, made as `type` where it is missing. */
static struct node *enter(struct describe_tree *tree, struct node *map,
                          struct text key, enum node_type type)
{
    struct node *child = child_of(map, key);

    if (child != NULL)
        return child;
    child = node_create(tree, type);
    child->key = key;
    append(map, child);
    return child;
}

/* Goes to the map that holds the path's last name, and leaves that name. */
static struct node *walk(struct describe_tree *tree, struct node *map,
                         struct text *path)
{
    while (text_find_byte(*path, '/') >= 0)
        map = enter(tree, map, text_until(path, '/'), NODE_MAP);
    return map;
}

struct node *describe_at(struct describe_tree *tree, struct node *map,
                         const char *path)
{
    struct text rest = text_of(path);

    map = walk(tree, map, &rest);
    return enter(tree, map, rest, NODE_MAP);
}

struct node *describe_item(struct describe_tree *tree, struct node *map,
                           const char *path)
{
    struct text rest = text_of(path);
    struct node *item = describe_map(tree);

    map = walk(tree, map, &rest);
    append(enter(tree, map, rest, NODE_LIST), item);
    return item;
}

void describe_set(struct describe_tree *tree, struct node *map, struct text key,
                  struct text value)
{
    enter(tree, map, key, NODE_SCALAR)->value = value;
}

void describe_put(struct describe_tree *tree, struct node *map,
                  const char *path, struct text value)
{
    struct text rest = text_of(path);

    map = walk(tree, map, &rest);
    describe_set(tree, map, rest, value);
}
