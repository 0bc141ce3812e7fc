#include "text/log_origin.h"

#include "text/log_path.h"

#include <string.h>

static const char *const clue_names[NAME_COUNT] = {
    [NAME_POD] = "pod",
    [NAME_NAMESPACE] = "namespace",
    [NAME_CONTAINER] = "container",
    [NAME_NODE] = "node",
};

/* The name of the file is the last thing to go by: "dmesg", "kubelet.log". */
static const char *source_by_path(const struct log_path *path,
                                  struct text file_name)
{
    const char *source = NULL;

    if (path->container != NULL)
        source = log_program_source(text_of(path->container));
    if (source == NULL && path->pod != NULL)
        source = log_program_source(text_of(path->pod));
    return source != NULL ? source : log_program_source(file_name);
}

void log_origin_init(struct log_origin *origin, const struct input *input,
                     struct sink *sink)
{
    struct text head = input_head(input);
    struct log_path path;
    const char *values[NAME_COUNT];

    *origin = (struct log_origin){ 0 };
    log_path_read(input->path, input->arena, &path);
    values[NAME_POD] = path.pod;
    values[NAME_NAMESPACE] = path.namespace;
    values[NAME_CONTAINER] = path.container;
    values[NAME_NODE] = NULL;
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (values[i] == NULL)
            continue;
        origin->names[i].is_settled = true;
        sink_clue(sink, input->evidence_id, ABSENT, clue_names[i], values[i]);
    }
    origin->source = source_by_path(&path, input_name(input));
    if (origin->source == NULL && (text_find(head, "node-cache image") >= 0 ||
                                   text_find(head, "nodelocaldns rule") >= 0))
        origin->source = "node-cache";
}

static void note_name(struct log_name *name, struct text value)
{
    if (name->is_settled || value.length == 0)
        return;
    if (name->value[0] == '\0' && value.length < sizeof name->value)
        memcpy(name->value, value.bytes, value.length);
    else if (!text_equals(value, name->value))
        name->is_settled = true;
}

/* True if it was another. */
static bool replace(char last[WRAPPER_NAME_BYTES], struct text value)
{
    value = text_first(value, WRAPPER_NAME_BYTES - 1);
    if (text_equals(value, last))
        return false;
    text_keep(last, WRAPPER_NAME_BYTES, value);
    return true;
}

/* Looked up once for as long as the names stay the same. */
static void look_up(struct log_origin *origin)
{
    struct text container = text_of(origin->last_container);

    origin->last_families = log_program_families(container);
    origin->last_source = log_program_source(container);
    if (origin->last_source == NULL)
        origin->last_source = log_program_source(text_of(origin->last_pod));
}

bool log_origin_note(struct log_origin *origin, struct log_line *line)
{
    bool is_other_pod = replace(origin->last_pod, line->pod);
    bool is_other_container = replace(origin->last_container, line->container);

    note_name(&origin->names[NAME_POD], line->pod);
    note_name(&origin->names[NAME_NAMESPACE], line->namespace);
    note_name(&origin->names[NAME_CONTAINER], line->container);
    note_name(&origin->names[NAME_NODE], line->node);
    if (is_other_pod || is_other_container)
        look_up(origin);
    if (line->families == 0)
        line->families = origin->last_families;
    return is_other_pod || is_other_container;
}

const char *log_origin_source(const struct log_origin *origin,
                              const struct log_line *line, struct arena *arena)
{
    const char *source = NULL;

    if (line->program.length > 0)
        source = log_program_source(line->program);
    if (source == NULL)
        source = origin->last_source;
    if (source == NULL && line->program.length > 0)
        source = text_copy_most(arena, line->program, 64);
    return source != NULL ? source : origin->source;
}

void log_origin_tell(const struct log_origin *origin, struct sink *sink,
                     int64_t evidence_id)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (!origin->names[i].is_settled && origin->names[i].value[0] != '\0')
            sink_clue(sink, evidence_id, ABSENT, clue_names[i],
                      origin->names[i].value);
}
