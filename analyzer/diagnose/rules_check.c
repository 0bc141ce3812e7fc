#include "base/text.h"
#include "diagnose/engine.h"
#include "diagnose/fill.h"
#include "diagnose/rules.h"
#include "diagnose/words.h"
#include "store/store.h"

#include <string.h>

extern const struct embedded rule_files[];

static const struct sign_program *find_program(const struct engine *engine,
                                               const char *id)
{
    for (size_t i = 0; i < engine->program_count; i++)
        if (strcmp(engine->programs[i].rule->id, id) == 0)
            return &engine->programs[i];
    return NULL;
}

static bool sign_gives(const struct engine *engine, const char *id,
                       struct text name)
{
    const struct sign_program *program =
        id == NULL ? NULL : find_program(engine, id);

    return program != NULL && sign_has_column(program, name);
}

/* Names that some sign may give; without component_from it is the first
 * supporting sign that fires, so any of them. */
static bool is_given(const struct engine *engine, const struct cause_rule *rule,
                     struct text name)
{
    if (words_give(name) || sign_gives(engine, rule->component_from, name))
        return true;
    for (size_t i = 0; i < rule->supports.count; i++)
        if (sign_gives(engine, rule->supports.items[i].sign, name))
            return true;
    return false;
}

/* The line on which "{name}" stands first. */
static int line_of_name(const struct rule_file *file, struct text name)
{
    struct text rest = text_slice(file->text, file->text_bytes);
    struct text line;

    for (int number = 1; text_line(&rest, &line); number++) {
        struct blank found;

        while (fill_next(&line, &found))
            if (found.name.length == name.length &&
                memcmp(found.name.bytes, name.bytes, name.length) == 0)
                return number;
    }
    return 1;
}

static void check_sentence(const struct engine *engine,
                           const struct cause_rule *rule, const char *sentence,
                           struct problems *problems)
{
    struct text rest = text_of(sentence == NULL ? "" : sentence);
    struct blank blank;

    while (fill_next(&rest, &blank))
        if (!is_given(engine, rule, blank.name))
            problem_add(problems, rule->file.path,
                        line_of_name(&rule->file, blank.name),
                        "{%.*s} is given by no supporting sign",
                        (int)blank.name.length, blank.name.bytes);
}

static void check_cause(const struct engine *engine,
                        const struct cause_rule *rule,
                        struct problems *problems)
{
    const char *const sentences[] = { rule->title, rule->summary,
                                      rule->same_node, rule->cross_node };
    const char *const *const lists[] = { rule->fix, rule->undo, rule->verify };

    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        check_sentence(engine, rule, sentences[i], problems);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        for (const char *const *item = lists[i]; *item != NULL; item++)
            check_sentence(engine, rule, *item, problems);
}

bool rules_check(const char *directory, struct problems *problems,
                 struct failure *failure)
{
    const char *const directories[] = { directory, NULL };
    struct store *store = store_open(NULL, STORE_TEMPORARY, failure);
    struct arena arena;
    struct engine engine;
    struct rules *rules;
    bool is_made;

    if (store == NULL)
        return false;
    arena_init(&arena);
    rules = rules_read(rule_files, directories, problems);
    is_made = engine_open(&engine, store_database(store), rules, &arena,
                          problems, failure);
    for (size_t i = 0; i < rules->cause_count && is_made; i++)
        check_cause(&engine, &rules->causes[i], problems);
    engine_close(&engine);
    rules_destroy(rules);
    arena_deinit(&arena);
    store_close(store);
    return is_made;
}
