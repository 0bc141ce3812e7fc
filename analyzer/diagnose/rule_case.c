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

static bool run_case(struct cases *cases, const struct sign_rule *rule,
                     const struct wanted *want, struct failure *failure)
{
    struct failure mistake = { "" };
    struct arena arena;
    struct store *store;
    const char *problem = "there is no such case";
    char *text;

    arena_init(&arena);
    text =
        read_case(&arena, arena_format(&arena, "%s/%s/%s.sql", cases->directory,
                                       rule->id, want->name));
    store = text == NULL ? NULL : store_open(NULL, STORE_TEMPORARY, failure);
    if (store != NULL && !store_execute(store, text, &mistake))
        problem = mistake.text;
    else if (store != NULL)
        problem = run_sign(store, rule, want->outcome, &arena);
    if (text == NULL || store != NULL)
        tell(cases, rule->id, want->name, problem);
    store_close(store);
    arena_deinit(&arena);
    return text == NULL || store != NULL;
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
