#include "text/objects_tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void tree_init(struct tree *tree, struct arena *arena)
{
    *tree = (struct tree){ .arena = arena };
}

void tree_deinit(struct tree *tree)
{
    free(tree->scratch);
    *tree = (struct tree){ 0 };
}

static void forget_object(struct tree *tree)
{
    tree->nodes = 0;
    if (!tree->keeps_arena)
        arena_reset(tree->arena);
}

void tree_restart(struct tree *tree)
{
    tree->depth = 0;
    tree->skipped = 0;
    tree->object_depth = 0;
    tree->list_kind[0] = '\0';
    tree->key = text_slice(NULL, 0);
    forget_object(tree);
}

bool tree_is_skipping(const struct tree *tree)
{
    return tree->skipped > 0;
}

void tree_key(struct tree *tree, struct text key)
{
    if (tree->skipped > 0)
        return;
    if (tree->arena->used_bytes > TREE_BYTES_MAX)
        key.length = 0;
    tree->key =
        text_slice(arena_copy(tree->arena, key.bytes, key.length), key.length);
}

/* Half of a pods JSON, and never looked at. */
static bool is_ignored(struct text key)
{
    return text_equals(key, "managedFields") ||
           text_equals(key, "kubectl.kubernetes.io/last-applied-configuration");
}

static void note_cut(struct tree *tree, bool *which, int64_t line)
{
    if (!tree->was_too_deep && !tree->was_too_big)
        tree->cut_line = line;
    *which = true;
}

static bool refuses(struct tree *tree, int64_t line)
{
    if (is_ignored(tree->key))
        return true;
    if (tree->depth == TREE_DEPTH_MAX) {
        note_cut(tree, &tree->was_too_deep, line);
        return true;
    }
    if (tree->nodes == TREE_NODES_MAX ||
        tree->arena->used_bytes > TREE_BYTES_MAX) {
        note_cut(tree, &tree->was_too_big, line);
        return true;
    }
    return false;
}

/* Hangs a node under the open one, unless it is an object of its own. */
static void attach(struct tree *tree, struct node *node)
{
    struct node *parent = tree->depth > 0 ? tree->open[tree->depth - 1] : NULL;

    node->key = tree->key;
    tree->key = text_slice(NULL, 0);
    if (parent == NULL || tree->depth == tree->object_depth)
        return;
    if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
}

static struct node *add(struct tree *tree, const struct node *like)
{
    struct node *node = arena_allocate(tree->arena, sizeof *node);

    *node = *like;
    tree->nodes++;
    attach(tree, node);
    return node;
}

void tree_scalar(struct tree *tree, const struct node *scalar)
{
    struct node copy = *scalar;

    if (tree->skipped > 0)
        return;
    if (tree->depth == tree->object_depth || refuses(tree, scalar->line)) {
        tree->key = text_slice(NULL, 0);
        return;
    }
    copy.value.bytes =
        arena_copy(tree->arena, scalar->value.bytes, scalar->value.length);
    add(tree, &copy);
}

/* The list at the top of a document, or the items of a List: what is in it
 * are the objects. */
static bool begins_objects(const struct tree *tree, enum node_type type)
{
    if (type != NODE_LIST || tree->object_depth != 0)
        return false;
    return tree->depth == 0 ||
           (tree->depth == 1 && text_equals(tree->key, "items"));
}

static void begin_objects(struct tree *tree, int64_t line)
{
    const struct node *root = tree->depth == 1 ? tree->open[0] : NULL;
    struct text kind = node_text(root, "kind");

    text_keep(tree->list_kind, sizeof tree->list_kind, kind);
    tree->list = (struct node){ .type = NODE_LIST, .line = line };
    /* The root node is given back with the first object: nothing is hung
     * under it any more, the list stands in for it. */
    tree->open[0] = &tree->list;
    tree->open[tree->depth++] = &tree->list;
    tree->object_depth = tree->depth;
    tree->key = text_slice(NULL, 0);
}

void tree_begin(struct tree *tree, enum node_type type, int64_t line)
{
    struct node *node;

    if (tree->skipped > 0) {
        tree->skipped++;
        return;
    }
    if (begins_objects(tree, type)) {
        begin_objects(tree, line);
        return;
    }
    if (refuses(tree, line)) {
        tree->skipped = 1;
        tree->key = text_slice(NULL, 0);
        return;
    }
    node = add(tree, &(struct node){ .type = type, .line = line });
    tree->open[tree->depth++] = node;
}

static void hand_over(struct tree *tree, const struct node *object)
{
    if (object->type == NODE_MAP) {
        tree->objects++;
        tree->take(tree->context, object, tree->list_kind);
    }
    forget_object(tree);
}

void tree_end(struct tree *tree)
{
    struct node *ended;

    if (tree->skipped > 0) {
        tree->skipped--;
        return;
    }
    assert(tree->depth > 0);
    ended = tree->open[--tree->depth];
    if (ended != &tree->list && tree->depth == tree->object_depth)
        hand_over(tree, ended);
    if (tree->depth == 0)
        tree_restart(tree);
}

void tree_scratch_clear(struct tree *tree)
{
    tree->scratch_used = 0;
}

void tree_scratch_add(struct tree *tree, const char *bytes, size_t length)
{
    size_t room = TREE_SCALAR_BYTES_MAX - tree->scratch_used;

    if (length > room)
        length = room;
    if (length == 0)
        return;
    if (tree->scratch_used + length > tree->scratch_room) {
        tree->scratch_room = (tree->scratch_used + length) * 2;
        tree->scratch = memory_resize(tree->scratch, tree->scratch_room, 1);
    }
    memcpy(tree->scratch + tree->scratch_used, bytes, length);
    tree->scratch_used += length;
}

static const struct node *get(const struct node *node, struct text key)
{
    const struct node *child = node_children(node);

    if (node == NULL || node->type != NODE_MAP)
        return NULL;
    for (; child != NULL; child = child->next)
        if (child->key.length == key.length && key.length > 0 &&
            memcmp(child->key.bytes, key.bytes, key.length) == 0)
            return child;
    return NULL;
}

const struct node *node_get(const struct node *node, const char *key)
{
    return get(node, text_of(key));
}

const struct node *node_find(const struct node *node, const char *path)
{
    struct text rest = text_of(path);

    while (node != NULL && rest.length > 0)
        node = get(node, text_until(&rest, '/'));
    return node;
}

struct text node_text(const struct node *node, const char *path)
{
    const struct node *found = node_find(node, path);

    if (found == NULL || found->type != NODE_SCALAR)
        return text_slice(NULL, 0);
    return found->value;
}

bool node_is_true(const struct node *node, const char *path)
{
    return text_equals_nocase(node_text(node, path), "true");
}

const struct node *node_children(const struct node *node)
{
    return node == NULL ? NULL : node->first;
}
