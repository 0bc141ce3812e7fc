/* Rows, details and settings of Kubernetes objects, and the account of what
 * was not used. */
#include "text/json_events.h"
#include "text/objects.h"
#include "text/yaml_events.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

void objects_note_format(struct objects *objects, const char *format)
{
    for (size_t i = 0; i < objects->format_count; i++)
        if (strcmp(objects->formats[i], format) == 0)
            return;
    assert(objects->format_count < OBJECTS_FORMATS_MAX);
    objects->formats[objects->format_count++] = format;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || strchr("-./() ", byte) != NULL;
}

void objects_note_unused(struct objects *objects, struct text kind,
                         int64_t line)
{
    size_t i = 0;

    kind = text_first(kind.length == 0 ? text_of("no kind") : kind,
                      OBJECTS_NAME_BYTES - 1);
    for (size_t at = 0; at < kind.length; at++)
        if (!is_word_byte(kind.bytes[at]))
            kind.length = at;
    if (objects->unused_objects++ == 0)
        objects->unused_line = line;
    while (i < objects->unused_count &&
           !text_equals(kind, objects->unused[i].kind))
        i++;
    if (i == OBJECTS_UNUSED_MAX)
        return;
    if (i == objects->unused_count) {
        objects->unused_count++;
        if (kind.length > 0)
            memcpy(objects->unused[i].kind, kind.bytes, kind.length);
    }
    objects->unused[i].objects++;
}

void objects_note_wrong(struct objects *objects, const char *name, int64_t line,
                        const char *detail)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;

    row.evidence_id = objects->input->evidence_id;
    row.name = name;
    row.line = line;
    row.packets = 1;
    row.detail = detail;
    sink_anomaly(objects->sink, &row);
    objects->is_partly = true;
}

const char *objects_copy(struct objects *objects, struct text text)
{
    return text_copy(objects->input->arena, text);
}

const char *objects_copy_some(struct objects *objects, struct text text)
{
    return text.length == 0 ? NULL : objects_copy(objects, text);
}

static void detail_append(struct detail *detail, struct text text)
{
    text = text_first(text, sizeof detail->bytes - 1 - detail->used);
    if (text.length > 0)
        memcpy(detail->bytes + detail->used, text.bytes, text.length);
    detail->used += text.length;
}

void detail_add(struct detail *detail, const char *key, struct text value)
{
    if (value.length == 0)
        return;
    if (detail->used > 0)
        detail_append(detail, text_of("; "));
    detail_append(detail, text_of(key));
    detail_append(detail, text_of("="));
    detail_append(detail, value);
}

const char *detail_text(struct objects *objects, const struct detail *detail)
{
    return objects_copy_some(objects, text_slice(detail->bytes, detail->used));
}

/* ConfigMaps and environments do hold passwords now and then. */
static bool is_secret(struct text name)
{
    static const char *const words[] = {
        "password", "passwd", "secret", "token", "credential", "privatekey"
    };
    char lower[OBJECTS_NAME_BYTES * 2];
    size_t length = 0;

    for (size_t i = 0; i < name.length && length < sizeof lower; i++) {
        char byte = name.bytes[i];

        if (byte != '_' && byte != '-')
            lower[length++] =
                byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_find(text_slice(lower, length), words[i]) >= 0)
            return true;
    return false;
}

void objects_put_setting(struct objects *objects, int64_t line,
                         const char *source, struct text name,
                         struct text value)
{
    struct setting_row row = SETTING_ROW_NONE;

    if (is_secret(name))
        return;
    row.evidence_id = objects->input->evidence_id;
    row.line = line;
    row.source = source;
    row.name = objects_copy(objects, name);
    row.value = objects_copy(objects, text_first(value, OBJECTS_DETAIL_BYTES));
    sink_put(objects->sink, TABLE_SETTING, &row);
}

struct walk {
    const struct node *node[TREE_DEPTH_MAX + 1]; /* the next at each depth */
    size_t path_used[TREE_DEPTH_MAX + 1];        /* of the parent's path */
    int64_t index[TREE_DEPTH_MAX + 1];           /* in a list */
    size_t depth;
    char path[512];
    size_t used;
};

static void walk_name(struct walk *walk, const struct node *node,
                      const char *prefix)
{
    size_t at = walk->path_used[walk->depth];
    size_t room = sizeof walk->path - at;
    int written;

    if (node->key.bytes == NULL)
        written = snprintf(walk->path + at, room, "[%lld]",
                           (long long)walk->index[walk->depth]++);
    else
        written = snprintf(
            walk->path + at, room, "%s%.*s", at > strlen(prefix) ? "." : "",
            (int)text_first(node->key, room).length, node->key.bytes);
    walk->used = written > 0 && (size_t)written < room ? at + (size_t)written
                                                       : sizeof walk->path - 1;
}

static void walk_down(struct walk *walk, const struct node *node)
{
    walk->depth++;
    walk->node[walk->depth] = node->first;
    walk->path_used[walk->depth] = walk->used;
    walk->index[walk->depth] = 0;
}

void objects_put_settings(struct objects *objects, const struct node *root,
                          const char *source, const char *prefix)
{
    struct walk walk = { 0 };
    size_t put = 0;

    walk.used = strlen(prefix);
    if (walk.used >= sizeof walk.path)
        return;
    memcpy(walk.path, prefix, walk.used);
    walk.node[0] = node_children(root);
    walk.path_used[0] = walk.used;
    while (put < OBJECTS_SETTINGS_MAX) {
        const struct node *node = walk.node[walk.depth];

        if (node == NULL) {
            if (walk.depth == 0)
                return;
            walk.depth--;
            continue;
        }
        walk.node[walk.depth] = node->next;
        walk_name(&walk, node, prefix);
        if (node->type != NODE_SCALAR) {
            walk_down(&walk, node);
            continue;
        }
        objects_put_setting(objects, node->line, source,
                            text_slice(walk.path, walk.used), node->value);
        put++;
    }
}

void objects_parse_scalar(struct objects *objects, const struct node *scalar,
                          tree_take_fn *take, void *context)
{
    struct text text = text_trim(scalar->value);
    struct source source;
    struct tree tree;

    source_open_text(&source, text);
    source.line = scalar->line + scalar->is_block;
    tree_init(&tree, objects->input->arena);
    tree.keeps_arena = true;
    tree.take = take;
    tree.context = context;
    if (text_starts(text, "{"))
        (void)json_read(&source, &tree);
    else
        (void)yaml_read(&source, &tree);
    tree_deinit(&tree);
    source_close(&source);
}
