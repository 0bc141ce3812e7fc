#include "diagnose/rule_case.h"

#include "base/text.h"
#include "diagnose/engine.h"
#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CASE_BYTES_MAX = 1024 * 1024,
};

static const struct wanted {
    const char *name;
    enum sign_outcome outcome;
} wanted[] = {
    { .name = "fires", .outcome = SIGN_FIRED },
    { .name = "silent", .outcome = SIGN_SILENT },
};

struct cases {
    const struct rules *rules;
    const char *directory;
    rule_case_fn *report;
    void *context;
    size_t wrong;
};

static const char *const outcome_words[] = {
    [SIGN_FIRED] = "it fires",
    [SIGN_SILENT] = "it is silent",
    [SIGN_NOT_TESTABLE] = "it is not testable",
    [SIGN_NOT_EVALUATED] = "it was not evaluated",
};

static void tell(struct cases *cases, const char *sign, const char *name,
                 const char *problem)
{
    if (problem != NULL)
        cases->wrong++;
    cases->report(cases->context, sign, name, problem);
}

/* The text of a case in the arena; NULL if there is none. */
static char *read_case(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "re");
    char *text;
    size_t length;

    if (file == NULL)
        return NULL;
    text = arena_allocate(arena, CASE_BYTES_MAX + 1);
    length = fread(text, 1, CASE_BYTES_MAX, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

static const char *result_problem(const struct sign_result *result,
                                  enum sign_outcome outcome,
                                  struct arena *arena)
{
    if (result->outcome == outcome)
        return NULL;
    if (result->missing == NULL)
        return outcome_words[result->outcome];
    return arena_format(arena, "%s: %s", outcome_words[result->outcome],
                        result->missing);
}

/* The sign alone over the case that stands in the store. */
static const char *run_sign(struct store *store, const struct sign_rule *rule,
                            enum sign_outcome outcome, struct arena *arena)
{
    struct sign_rule sign = *rule;
    struct rules one = { .signs = &sign, .sign_count = 1 };
    struct failure failure = { "" };
    struct failure mistake;
    struct problems problems = problems_into(&mistake);
    struct sign_result result;
    struct engine engine;
    const char *problem;

    if (!engine_open(&engine, store_database(store), &one, arena, &problems,
                     &failure)) {
        problem = arena_format(arena, "%s", failure.text);
    } else if (problems.count > 0) {
        problem = arena_format(arena, "%s", mistake.text);
    } else {
        sign_run(&engine.programs[0], &engine.confinement, &engine.available,
                 arena, &result);
        problem = result_problem(&result, outcome, arena);
    }
    engine_close(&engine);
    return problem;
}

/* What is wrong, or NULL. A failure if there is no store to run it in. */
static const char *run_text(const struct cases *cases,
                            const struct sign_rule *rule,
                            const struct wanted *want, struct arena *arena,
                            struct failure *failure)
{
    const char *base =
        read_case(arena, arena_format(arena, "%s/base.sql", cases->directory));
    const char *text =
        read_case(arena, arena_format(arena, "%s/%s/%s.sql", cases->directory,
                                      rule->id, want->name));
    struct failure mistake = { "" };
    const char *problem;
    struct store *store;

    if (text == NULL)
        return "there is no such case";
    store = store_open(NULL, STORE_TEMPORARY, failure);
    if (store == NULL)
        return NULL;
    /* Cases may write through views of their own; rules never see that. */
    (void)sqlite3_db_config(store_database(store),
                            SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
    if (!store_execute(store, base == NULL ? "" : base, &mistake) ||
        !store_execute(store, text, &mistake))
        problem = arena_format(arena, "%s", mistake.text);
    else
        problem = run_sign(store, rule, want->outcome, arena);
    store_close(store);
    return problem;
}

static bool run_case(struct cases *cases, const struct sign_rule *rule,
                     const struct wanted *want, struct failure *failure)
{
    const char *problem;
    struct arena arena;

    failure->text[0] = '\0';
    arena_init(&arena);
    problem = run_text(cases, rule, want, &arena, failure);
    if (failure->text[0] == '\0')
        tell(cases, rule->id, want->name, problem);
    arena_deinit(&arena);
    return failure->text[0] == '\0';
}

static bool has_own_signs(const struct rules *rules)
{
    for (size_t i = 0; i < rules->sign_count; i++)
        if (!rules->signs[i].file.is_embedded)
            return true;
    return false;
}

static int compare_entries(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool find_strangers(struct cases *cases, struct failure *failure)
{
    struct dirent **names = NULL;
    int count = scandir(cases->directory, &names, NULL, compare_entries);

    if (count < 0)
        return fail(failure, "%s: %s", cases->directory, strerror(errno));
    for (int i = 0; i < count; i++) {
        const char *name = names[i]->d_name;

        if (name[0] != '.' && strchr(name, '.') == NULL &&
            rules_sign(cases->rules, name) == NULL)
            tell(cases, name, "", "there is no such sign");
        free(names[i]);
    }
    free(names);
    return true;
}

bool rule_cases_run(const struct rules *rules, const char *directory,
                    rule_case_fn *report, void *context, size_t *wrong,
                    struct failure *failure)
{
    struct cases cases = {
        .rules = rules,
        .directory = directory,
        .report = report,
        .context = context,
    };
    bool only_own = has_own_signs(rules);
    bool is_made = find_strangers(&cases, failure);

    for (size_t i = 0; i < rules->sign_count && is_made; i++)
        for (size_t j = 0; j < 2 && is_made; j++)
            if (!only_own || !rules->signs[i].file.is_embedded)
                is_made =
                    run_case(&cases, &rules->signs[i], &wanted[j], failure);
    *wrong = cases.wrong;
    return is_made;
}
