/* A YAML file of ours as a tree of bounded size, with the line of each node.
 *
 * Readers walk it by a fixed shape (a mapping of lists of mappings of
 * scalars), so nothing recurses, whatever the file nests. */
#pragma once

#include "base/memory.h"
#include "base/text.h"
#include "diagnose/problem.h"

#include <stdbool.h>
#include <yaml.h>

struct yaml_file {
    yaml_document_t document;
    bool has_document;
    const char *path;
    struct arena *arena; /* for the texts that are taken out */
    struct problems *problems;
};

/* The top mapping, or NULL after telling what is wrong. */
const yaml_node_t *yaml_file_open(struct yaml_file *file, struct text text);
void yaml_file_close(struct yaml_file *file);

int yaml_line(const yaml_node_t *node);
/* The items of a list; a problem and none if it is no list. */
size_t yaml_items(struct yaml_file *file, const yaml_node_t *node);
const yaml_node_t *yaml_item(struct yaml_file *file, const yaml_node_t *node,
                             size_t index);
/* The text of a scalar; a problem and NULL if it is none or is empty. */
const char *yaml_text(struct yaml_file *file, const yaml_node_t *node);
/* False after telling: the scalar is no number. */
bool yaml_number(struct yaml_file *file, const yaml_node_t *node,
                 double *number);

/* Calls `take` with each key of a mapping that is one of `names` (an array of
 * `count`), and its index there. Tells unknown keys, repeated keys and keys
 * that are no text. seen[i] is the line of names[i], 0 if it is not there. */
typedef void yaml_take_fn(struct yaml_file *file, void *context, size_t index,
                          const yaml_node_t *value);

struct yaml_keys {
    const char *const *names;
    size_t count;
    yaml_take_fn *take;
    void *context;
    int *seen;
};

void yaml_mapping(struct yaml_file *file, const yaml_node_t *node,
                  const struct yaml_keys *keys);
