#include "text/yaml_events.h"

#include "text/prompt.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum {
    YAML_DEPTH_MAX = 1100, /* libyaml 0.2.5 itself stops at 1,000 */
};

struct yaml {
    struct source *in;
    struct tree *tree;
    bool is_inside; /* past the document's first line */
    bool is_ended;
    bool has_version;
    int64_t first_line;
    size_t depth;
    struct {
        bool is_map;
        bool wants_value;
    } open[YAML_DEPTH_MAX];
};

static bool is_marker(struct text line)
{
    return text_starts(line, "---") || text_equals(line, "...") ||
           text_starts(line, "... ");
}

/* What may stand in the first column inside a document that kubectl wrote:
 * nested lines are indented, and so are the lines of its scalars. */
static bool is_yaml_line(struct text line)
{
    ptrdiff_t colon = text_find_byte(line, ':');
    struct prompt prompt;

    if (line.length == 0 || strchr(" \t\r-\"'}]{%&*!|>", line.bytes[0]))
        return true;
    if (line.bytes[0] == '#' || line.bytes[0] == '[')
        return !prompt_parse(line, &prompt);
    if (colon <= 0 || text_starts(line, "Error "))
        return false;
    return (size_t)colon + 1 == line.length ||
           strchr(" \t\r", line.bytes[colon + 1]) != NULL;
}

/* Objects that follow each other with nothing between, or a comment (antctl's
 * clusterinfo): each begins with its apiVersion, which is there once. */
static bool repeats_version(struct yaml *yaml, struct text line)
{
    bool had = yaml->has_version;

    if (!text_starts(line, "apiVersion:"))
        return false;
    yaml->has_version = true;
    return had;
}

static bool is_boundary(struct yaml *yaml)
{
    struct text line;

    if (!source_line_ahead(yaml->in, &line) || repeats_version(yaml, line))
        return true;
    return yaml->is_inside && (is_marker(line) || !is_yaml_line(line));
}

/* As many whole lines of the document as there is room for. */
static int feed(void *data, unsigned char *buffer, size_t size, size_t *given)
{
    struct yaml *yaml = data;
    struct text taken;

    *given = 0;
    do {
        if (yaml->in->is_at_line_start && !yaml->is_ended)
            yaml->is_ended = is_boundary(yaml);
        if (yaml->is_ended)
            break;
        taken = source_take(yaml->in, size - *given);
        yaml->is_inside = true;
        if (taken.length > 0)
            memcpy(buffer + *given, taken.bytes, taken.length);
        *given += taken.length;
    } while (taken.length > 0 && *given < size);
    return 1;
}

static int64_t line_of(const struct yaml *yaml, const yaml_event_t *event)
{
    return yaml->first_line + (int64_t)event->start_mark.line;
}

/* A node of a map is a key or a value, by turns. */
static bool is_key(struct yaml *yaml)
{
    bool was_value;

    if (yaml->depth == 0 || !yaml->open[yaml->depth - 1].is_map)
        return false;
    was_value = yaml->open[yaml->depth - 1].wants_value;
    yaml->open[yaml->depth - 1].wants_value = !was_value;
    return !was_value;
}

static void take_scalar(struct yaml *yaml, const yaml_event_t *event)
{
    struct node scalar = {
        .type = NODE_SCALAR,
        .is_block = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE,
        .value = text_slice((const char *)event->data.scalar.value,
                            event->data.scalar.length),
        .line = line_of(yaml, event),
    };

    if (is_key(yaml)) {
        tree_key(yaml->tree, scalar.value);
        return;
    }
    if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
        (text_equals(scalar.value, "null") || text_equals(scalar.value, "~")))
        scalar.value = text_slice(NULL, 0);
    if (scalar.value.length > TREE_SCALAR_BYTES_MAX)
        scalar.value.length = TREE_SCALAR_BYTES_MAX;
    tree_scalar(yaml->tree, &scalar);
}

/* A container as a key is legal and never written: it gets no name. */
static bool take_begin(struct yaml *yaml, const yaml_event_t *event,
                       enum node_type type)
{
    if (is_key(yaml))
        tree_key(yaml->tree, text_of(""));
    if (yaml->depth == YAML_DEPTH_MAX)
        return false;
    yaml->open[yaml->depth].is_map = type == NODE_MAP;
    yaml->open[yaml->depth++].wants_value = false;
    tree_begin(yaml->tree, type, line_of(yaml, event));
    return true;
}

static bool take_event(struct yaml *yaml, const yaml_event_t *event)
{
    struct node alias = { .type = NODE_SCALAR, .value = text_of("*alias") };

    switch ((int)event->type) {
    case YAML_SCALAR_EVENT:
        if (yaml->depth > 0)
            take_scalar(yaml, event);
        return true;
    case YAML_ALIAS_EVENT:
        alias.line = line_of(yaml, event);
        if (is_key(yaml))
            tree_key(yaml->tree, alias.value);
        else
            tree_scalar(yaml->tree, &alias);
        return true;
    case YAML_MAPPING_START_EVENT:
        return take_begin(yaml, event, NODE_MAP);
    case YAML_SEQUENCE_START_EVENT:
        return take_begin(yaml, event, NODE_LIST);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        yaml->depth--;
        tree_end(yaml->tree);
        return true;
    default:
        return true;
    }
}

static bool take_events(struct yaml *yaml, yaml_parser_t *parser)
{
    yaml_event_type_t type = YAML_NO_EVENT;

    while (type != YAML_STREAM_END_EVENT) {
        yaml_event_t event;
        bool ok;

        if (yaml_parser_parse(parser, &event) == 0)
            return false;
        type = event.type;
        ok = take_event(yaml, &event);
        yaml_event_delete(&event);
        if (!ok)
            return false;
    }
    return true;
}

enum document_end yaml_read(struct source *in, struct tree *tree)
{
    struct yaml *yaml = memory_allocate(1, sizeof *yaml);
    yaml_parser_t parser;
    bool ok;

    yaml->in = in;
    yaml->tree = tree;
    yaml->first_line = in->line;
    if (yaml_parser_initialize(&parser) == 0)
        return DOCUMENT_MALFORMED;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&parser, feed, yaml);
    ok = take_events(yaml, &parser);
    yaml_parser_delete(&parser);
    if (!ok)
        tree_restart(tree);
    while (!ok && !is_boundary(yaml)) {
        yaml->is_inside = true;
        source_skip_line(in);
    }
    free(yaml);
    if (ok)
        return DOCUMENT_WHOLE;
    return source_peek(in) < 0 ? DOCUMENT_CUT : DOCUMENT_MALFORMED;
}
