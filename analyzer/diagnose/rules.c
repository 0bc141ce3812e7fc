#include "diagnose/rules.h"

#include "base/text.h"
#include "diagnose/cause_file.h"
#include "diagnose/rule_folder.h"
#include "diagnose/sign_file.h"

#include <stdlib.h>
#include <string.h>

extern const struct embedded rule_files[];

const struct sign_rule *rules_sign(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->sign_count; i++)
        if (strcmp(rules->signs[i].id, id) == 0)
            return &rules->signs[i];
    return NULL;
}

const struct cause_rule *rules_cause(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->cause_count; i++)
        if (strcmp(rules->causes[i].id, id) == 0)
            return &rules->causes[i];
    return NULL;
}

static void digest(const char *bytes, size_t length,
                   char text[SHA256_TEXT_BYTES])
{
    struct sha256 *sha256 = sha256_create();

    sha256_add(sha256, bytes, length);
    sha256_finish(sha256, text);
    sha256_destroy(sha256);
}

static void digest_line(struct sha256 *sha256, struct arena *arena,
                        const struct rule_file *file)
{
    const char *line = arena_format(
        arena, file->is_sign ? "%s  signs/%s.sql\n" : "%s  causes/%s.yaml\n",
        file->sha256, file->id);

    sha256_add(sha256, line, strlen(line));
}

static void digest_all(struct rules *rules)
{
    struct sha256 *sha256 = sha256_create();

    for (size_t i = 0; i < rules->sign_count; i++)
        digest_line(sha256, &rules->arena, &rules->signs[i].file);
    for (size_t i = 0; i < rules->cause_count; i++)
        digest_line(sha256, &rules->arena, &rules->causes[i].file);
    sha256_finish(sha256, rules->sha256);
    sha256_destroy(sha256);
}

static void check_sign_id(const struct rules *rules,
                          const struct cause_rule *cause, const char *id,
                          int line, struct problems *problems)
{
    if (id != NULL && rules_sign(rules, id) == NULL)
        problem_add(problems, cause->file.path, line, "unknown sign '%s'", id);
}

static void check_weights(const struct rules *rules,
                          const struct cause_rule *cause,
                          const struct weight_list *list,
                          struct problems *problems)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct weight_rule *weight = &list->items[i];

        check_sign_id(rules, cause, weight->sign, weight->line, problems);
        for (size_t j = 0; j < i && weight->sign != NULL; j++)
            if (list->items[j].sign != NULL &&
                strcmp(list->items[j].sign, weight->sign) == 0 &&
                list->items[j].is_silence == weight->is_silence)
                problem_add(problems, cause->file.path, weight->line,
                            "sign '%s' is weighed twice", weight->sign);
    }
}

/* Causes of which a later version knows may be named before they exist here:
 * a rule that is there may exclude one that a folder brings. What is checked
 * is that a cause does not name itself. */
static void check_cause_ids(const struct cause_rule *cause,
                            const struct id_list *list,
                            struct problems *problems)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->ids[i], cause->id) == 0)
            problem_add(problems, cause->file.path, list->line,
                        "the cause names itself");
}

static void check_cause_references(const struct rules *rules,
                                   const struct cause_rule *cause,
                                   struct problems *problems)
{
    for (size_t i = 0; i < cause->requires.count; i++)
        check_sign_id(rules, cause, cause->requires.ids[i],
                      cause->requires.line, problems);
    check_sign_id(rules, cause, cause->component_from,
                  cause->component_from_line, problems);
    check_weights(rules, cause, &cause->supports, problems);
    check_weights(rules, cause, &cause->contradicts, problems);
    check_cause_ids(cause, &cause->excludes, problems);
    check_cause_ids(cause, &cause->absorbs, problems);
}

static void parse_files(struct rules *rules, const struct rule_folder *folder,
                        struct problems *problems)
{
    size_t room = folder->count + 1;

    rules->signs = arena_allocate(&rules->arena, room * sizeof *rules->signs);
    rules->causes = arena_allocate(&rules->arena, room * sizeof *rules->causes);
    for (size_t i = 0; i < folder->count; i++) {
        struct rule_file file = folder->files[i];

        digest(file.text, file.text_bytes, file.sha256);
        if (file.is_sign) {
            struct sign_rule *sign = &rules->signs[rules->sign_count++];

            sign->file = file;
            sign_file_parse(sign, &rules->arena, problems);
        } else {
            struct cause_rule *cause = &rules->causes[rules->cause_count++];

            cause->file = file;
            cause_file_parse(cause, &rules->arena, problems);
        }
    }
}

struct rules *rules_read(const struct embedded *embedded,
                         const char *const *directories,
                         struct problems *problems)
{
    struct rules *rules = memory_allocate(1, sizeof *rules);
    struct rule_folder folder = { .arena = &rules->arena };

    arena_init(&rules->arena);
    rule_folder_add_embedded(&folder, embedded, problems);
    for (size_t i = 0; directories != NULL && directories[i] != NULL; i++)
        rule_folder_add(&folder, directories[i], problems);
    rule_folder_sort(&folder);
    parse_files(rules, &folder, problems);
    for (size_t i = 0; i < rules->cause_count; i++)
        check_cause_references(rules, &rules->causes[i], problems);
    digest_all(rules);
    free(folder.files);
    return rules;
}

struct rules *rules_load(const char *const *directories,
                         struct failure *failure)
{
    struct problems problems = problems_into(failure);
    struct rules *rules = rules_read(rule_files, directories, &problems);

    if (problems.count == 0)
        return rules;
    rules_destroy(rules);
    return NULL;
}

void rules_destroy(struct rules *rules)
{
    if (rules == NULL)
        return;
    arena_deinit(&rules->arena);
    free(rules);
}
