#include "diagnose/yaml_file.h"

#include <string.h>

static void parser_problem(struct yaml_file *file, const yaml_parser_t *parser)
{
    problem_add(file->problems, file->path, (int)parser->problem_mark.line + 1,
                "not YAML: %s",
                parser->problem != NULL ? parser->problem : "out of memory");
}

/* A second document would be read by nobody. */
static void refuse_second(struct yaml_file *file, yaml_parser_t *parser)
{
    yaml_document_t second;
    const yaml_node_t *root;

    if (!yaml_parser_load(parser, &second)) {
        parser_problem(file, parser);
        return;
    }
    root = yaml_document_get_root_node(&second);
    if (root != NULL)
        problem_add(file->problems, file->path, yaml_line(root),
                    "more than one document");
    yaml_document_delete(&second);
}

const yaml_node_t *yaml_file_open(struct yaml_file *file, struct text text)
{
    yaml_parser_t parser;
    const yaml_node_t *root = NULL;

    file->has_document = false;
    if (!yaml_parser_initialize(&parser)) {
        problem_add(file->problems, file->path, 0, "out of memory");
        return NULL;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.bytes,
                                 text.length);
    file->has_document = yaml_parser_load(&parser, &file->document) != 0;
    if (!file->has_document) {
        parser_problem(file, &parser);
    } else {
        root = yaml_document_get_root_node(&file->document);
        if (root == NULL)
            problem_add(file->problems, file->path, 0, "holds no YAML");
        else
            refuse_second(file, &parser);
    }
    yaml_parser_delete(&parser);
    return root;
}

void yaml_file_close(struct yaml_file *file)
{
    if (file->has_document)
        yaml_document_delete(&file->document);
    file->has_document = false;
}

int yaml_line(const yaml_node_t *node)
{
    return (int)node->start_mark.line + 1;
}

size_t yaml_items(struct yaml_file *file, const yaml_node_t *node)
{
    if (node->type != YAML_SEQUENCE_NODE) {
        problem_add(file->problems, file->path, yaml_line(node),
                    "is not a list");
        return 0;
    }
    return (size_t)(node->data.sequence.items.top -
                    node->data.sequence.items.start);
}

const yaml_node_t *yaml_item(struct yaml_file *file, const yaml_node_t *node,
                             size_t index)
{
    return yaml_document_get_node(&file->document,
                                  node->data.sequence.items.start[index]);
}

static struct text scalar(const yaml_node_t *node)
{
    return text_slice((const char *)node->data.scalar.value,
                      node->data.scalar.length);
}

const char *yaml_text(struct yaml_file *file, const yaml_node_t *node)
{
    if (node->type != YAML_SCALAR_NODE || scalar(node).length == 0) {
        problem_add(file->problems, file->path, yaml_line(node),
                    "is not a text, or empty");
        return NULL;
    }
    if (text_find_byte(scalar(node), '\0') >= 0) {
        problem_add(file->problems, file->path, yaml_line(node),
                    "holds a NUL byte");
        return NULL;
    }
    return text_copy(file->arena, scalar(node));
}

bool yaml_number(struct yaml_file *file, const yaml_node_t *node,
                 double *number)
{
    if (node->type == YAML_SCALAR_NODE && text_real(scalar(node), number))
        return true;
    problem_add(file->problems, file->path, yaml_line(node), "is not a number");
    return false;
}

static size_t name_index(const struct yaml_keys *keys, const char *name)
{
    size_t index = 0;

    while (index < keys->count && strcmp(keys->names[index], name) != 0)
        index++;
    return index;
}

static void take_pair(struct yaml_file *file, const struct yaml_keys *keys,
                      const yaml_node_pair_t *pair)
{
    const yaml_node_t *key = yaml_document_get_node(&file->document, pair->key);
    const yaml_node_t *value =
        yaml_document_get_node(&file->document, pair->value);
    const char *name = yaml_text(file, key);
    size_t index;

    if (name == NULL)
        return;
    index = name_index(keys, name);
    if (index == keys->count) {
        problem_add(file->problems, file->path, yaml_line(key),
                    "unknown key '%s'", name);
        return;
    }
    if (keys->seen[index] > 0) {
        problem_add(file->problems, file->path, yaml_line(key),
                    "key '%s' stands twice", name);
        return;
    }
    keys->seen[index] = yaml_line(key);
    keys->take(file, keys->context, index, value);
}

void yaml_mapping(struct yaml_file *file, const yaml_node_t *node,
                  const struct yaml_keys *keys)
{
    if (node->type != YAML_MAPPING_NODE) {
        problem_add(file->problems, file->path, yaml_line(node),
                    "is not a mapping");
        return;
    }
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++)
        take_pair(file, keys, pair);
}
