#include "diagnose/cause_file.h"

#include "diagnose/yaml_file.h"

#include <string.h>

enum {
    WEIGHT_MAX = 100, /* decibans: ten thousand million to one */
};

typedef void read_fn(struct yaml_file *file, void *field,
                     const yaml_node_t *value);

static void read_text(struct yaml_file *file, void *field,
                      const yaml_node_t *value)
{
    const char *text = yaml_text(file, value);

    memcpy(field, &text, sizeof text);
}

static void read_number(struct yaml_file *file, void *field,
                        const yaml_node_t *value)
{
    double number = 0;

    if (!yaml_number(file, value, &number))
        return;
    if (number > WEIGHT_MAX || number < -WEIGHT_MAX)
        problem_add(file->problems, file->path, yaml_line(value),
                    "is more than %d decibans", WEIGHT_MAX);
    memcpy(field, &number, sizeof number);
}

/* Items that are no text are told and left out. */
static const char **text_array(struct yaml_file *file, const yaml_node_t *value,
                               size_t *count)
{
    size_t items = yaml_items(file, value);
    const char **texts =
        arena_allocate(file->arena, (items + 1) * sizeof *texts);

    *count = 0;
    for (size_t i = 0; i < items; i++) {
        const char *text = yaml_text(file, yaml_item(file, value, i));

        if (text != NULL)
            texts[(*count)++] = text;
    }
    return texts;
}

static void read_texts(struct yaml_file *file, void *field,
                       const yaml_node_t *value)
{
    size_t count;
    const char **texts = text_array(file, value, &count);

    memcpy(field, &texts, sizeof texts);
}

static void read_ids(struct yaml_file *file, void *field,
                     const yaml_node_t *value)
{
    struct id_list *list = field;

    list->line = yaml_line(value);
    list->ids = text_array(file, value, &list->count);
}

/* Keys of one weight. To add one: a row, and its field in weight_rule. */
static const char *const weight_names[] = { "sign", "weight", "why", "when" };
static const struct {
    size_t offset;
    read_fn *read;
} weight_fields[] = {
    { .offset = offsetof(struct weight_rule, sign), .read = read_text },
    { .offset = offsetof(struct weight_rule, weight), .read = read_number },
    { .offset = offsetof(struct weight_rule, why), .read = read_text },
    { .offset = offsetof(struct weight_rule, when), .read = read_text },
};

enum {
    WEIGHT_KEYS = sizeof weight_names / sizeof weight_names[0],
    WEIGHT_KEYS_REQUIRED = 3, /* the first ones */
};

static void take_weight_key(struct yaml_file *file, void *context, size_t index,
                            const yaml_node_t *value)
{
    weight_fields[index].read(
        file, (char *)context + weight_fields[index].offset, value);
}

static void check_weight(struct yaml_file *file, struct weight_rule *weight,
                         const int *seen)
{
    for (size_t i = 0; i < WEIGHT_KEYS_REQUIRED; i++)
        if (seen[i] == 0)
            problem_add(file->problems, file->path, weight->line,
                        "key '%s' is missing", weight_names[i]);
    if (seen[1] > 0 && weight->weight <= 0)
        problem_add(file->problems, file->path, seen[1],
                    "weight is not more than 0");
    if (weight->when == NULL)
        return;
    weight->is_silence = strcmp(weight->when, "silent") == 0;
    if (!weight->is_silence && strcmp(weight->when, "fired") != 0)
        problem_add(file->problems, file->path, seen[3],
                    "when is '%s', not fired or silent", weight->when);
}

static void read_weights(struct yaml_file *file, void *field,
                         const yaml_node_t *value)
{
    struct weight_list *list = field;
    size_t items = yaml_items(file, value);
    struct weight_rule *weights =
        arena_allocate(file->arena, items * sizeof *weights);

    for (size_t i = 0; i < items; i++) {
        const yaml_node_t *item = yaml_item(file, value, i);
        int seen[WEIGHT_KEYS] = { 0 };
        struct yaml_keys keys = {
            .names = weight_names,
            .count = WEIGHT_KEYS,
            .take = take_weight_key,
            .context = &weights[i],
            .seen = seen,
        };

        weights[i].line = yaml_line(item);
        yaml_mapping(file, item, &keys);
        check_weight(file, &weights[i], seen);
    }
    list->items = weights;
    list->count = items;
}

/* clang-format off */
/* To add a key: a name here, a row at the same place below, and its field in
 * struct cause_rule. */
static const char *const cause_names[] = {
    "cause", "title", "summary", "prior", "prior_reason", "requires",
    "supports", "fix", "verify", "undo", "same_node", "cross_node",
    "contradicts", "excludes", "absorbs", "component_from", "ruled_out_says",
    "references", "false_positives", "explains",
};
#define FIELD(name, reader) \
    { .offset = offsetof(struct cause_rule, name), .read = reader }
static const struct {
    size_t offset;
    read_fn *read;
} cause_fields[] = {
    FIELD(id, read_text),
    FIELD(title, read_text),
    FIELD(summary, read_text),
    FIELD(prior, read_number),
    FIELD(prior_reason, read_text),
    FIELD(requires, read_ids),
    FIELD(supports, read_weights),
    FIELD(fix, read_texts),
    FIELD(verify, read_texts),
    FIELD(undo, read_texts),
    FIELD(same_node, read_text),
    FIELD(cross_node, read_text),
    FIELD(contradicts, read_weights),
    FIELD(excludes, read_ids),
    FIELD(absorbs, read_ids),
    FIELD(component_from, read_text),
    FIELD(ruled_out_says, read_text),
    FIELD(references, read_texts),
    FIELD(false_positives, read_texts),
    FIELD(explains, read_ids),
};
#undef FIELD
/* clang-format on */

enum {
    CAUSE_KEYS = sizeof cause_names / sizeof cause_names[0],
    CAUSE_KEYS_REQUIRED = 9, /* the first ones */
};

_Static_assert(sizeof cause_fields / sizeof cause_fields[0] == CAUSE_KEYS,
               "a name and a field for each key");

static void take_cause_key(struct yaml_file *file, void *context, size_t index,
                           const yaml_node_t *value)
{
    cause_fields[index].read(file, (char *)context + cause_fields[index].offset,
                             value);
}

enum {
    KEY_CAUSE = 0,
    KEY_REQUIRES = 5,
    KEY_COMPONENT_FROM = 15,
};

/* What fails, as far as one cause of failures can be told from another.
 * Without the key a cause explains losses. */
static const char *const failure_kinds[] = {
    "losses",   /* questions or answers vanish, or come damaged */
    "refusals", /* the server's host says no */
    "errors",   /* the server answers with an error */
    "upstream", /* servers ask resolvers outside in vain */
};
static const struct id_list losses_only = { .ids = failure_kinds, .count = 1 };

static bool is_failure_kind(const char *name)
{
    size_t count = sizeof failure_kinds / sizeof failure_kinds[0];

    for (size_t i = 0; i < count; i++)
        if (strcmp(failure_kinds[i], name) == 0)
            return true;
    return false;
}

static void check_explains(struct yaml_file *file,
                           const struct cause_rule *rule)
{
    for (size_t i = 0; i < rule->explains.count; i++)
        if (!is_failure_kind(rule->explains.ids[i]))
            problem_add(file->problems, file->path, rule->explains.line,
                        "explains '%s', which is no kind of failure",
                        rule->explains.ids[i]);
}

static void check_cause(struct yaml_file *file, const struct cause_rule *rule,
                        const int *seen)
{
    for (size_t i = 0; i < CAUSE_KEYS_REQUIRED; i++)
        if (seen[i] == 0)
            problem_add(file->problems, file->path, 1, "key '%s' is missing",
                        cause_names[i]);
    if (rule->id != NULL && strcmp(rule->id, rule->file.id) != 0)
        problem_add(file->problems, file->path, seen[KEY_CAUSE],
                    "cause '%s' stands in a file named '%s.yaml'", rule->id,
                    rule->file.id);
    if (seen[KEY_REQUIRES] > 0 && rule->requires.count == 0)
        problem_add(file->problems, file->path, seen[KEY_REQUIRES],
                    "requires names no sign");
    check_explains(file, rule);
}

/* Lists that are not there are empty, so that nobody has to ask. */
static void fill_absent(struct cause_rule *rule)
{
    static const char *const none[] = { NULL };
    const char *const **lists[] = { &rule->fix, &rule->undo, &rule->verify,
                                    &rule->references, &rule->false_positives };

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (*lists[i] == NULL)
            *lists[i] = none;
    if (rule->explains.count == 0)
        rule->explains = losses_only;
    rule->id = rule->file.id;
}

void cause_file_parse(struct cause_rule *rule, struct arena *arena,
                      struct problems *problems)
{
    struct yaml_file file = {
        .path = rule->file.path,
        .arena = arena,
        .problems = problems,
    };
    int seen[CAUSE_KEYS] = { 0 };
    struct yaml_keys keys = {
        .names = cause_names,
        .count = CAUSE_KEYS,
        .take = take_cause_key,
        .context = rule,
        .seen = seen,
    };
    const yaml_node_t *root = yaml_file_open(
        &file, text_slice(rule->file.text, rule->file.text_bytes));

    if (root != NULL) {
        yaml_mapping(&file, root, &keys);
        check_cause(&file, rule, seen);
        rule->component_from_line = seen[KEY_COMPONENT_FROM];
    }
    yaml_file_close(&file);
    fill_absent(rule);
}
