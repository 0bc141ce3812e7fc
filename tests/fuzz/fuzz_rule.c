/* A rule file of a stranger: read, prepared and, for a sign, run. The first
 * byte says which kind it is. */
#include "diagnose/engine.h"
#include "diagnose/sign.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void ignore(void *context, const char *path, int line, const char *text)
{
    (void)context, (void)path, (void)line, (void)text;
}

static void run_signs(struct engine *engine, struct arena *arena)
{
    engine->confinement.budget.steps = 100000;
    engine->confinement.budget.rows = 100;
    for (size_t i = 0; i < engine->program_count; i++) {
        struct sign_result result;

        if (engine->programs[i].statement != NULL)
            sign_run(&engine->programs[i], &engine->confinement,
                     &engine->available, arena, &result);
    }
}

static void run_rules(struct store *store, const struct embedded *files)
{
    struct problems problems = { .put = ignore };
    struct failure failure = { "" };
    struct rules *rules = rules_read(files, NULL, &problems);
    struct engine engine;
    struct arena arena;

    arena_init(&arena);
    if (engine_open(&engine, store_database(store), rules, &arena, &problems,
                    &failure))
        run_signs(&engine, &arena);
    engine_close(&engine);
    arena_deinit(&arena);
    rules_destroy(rules);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct store *store;
    struct failure failure = { "" };
    struct embedded files[2] = { { NULL, NULL }, { NULL, NULL } };
    char *text;

    if (store == NULL)
        store = store_open(NULL, STORE_TEMPORARY, &failure);
    if (store == NULL)
        abort();
    if (length == 0 || length > RULE_BYTES_MAX)
        return 0;
    text = calloc(length, 1);
    if (text == NULL)
        abort();
    memcpy(text, bytes + 1, length - 1);
    files[0].path =
        bytes[0] % 2 == 0 ? "rules/signs/x.sql" : "rules/causes/x.yaml";
    files[0].text = text;
    run_rules(store, files);
    free(text);
    return 0;
}
