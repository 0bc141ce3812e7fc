#include "diagnose/engine.h"

#include "diagnose/case_facts.h"
#include "diagnose/gaps.h"
#include "diagnose/judge.h"
#include "diagnose/names.h"
#include "diagnose/words.h"
#include "store/rows.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

bool engine_open(struct engine *engine, struct sqlite3 *database,
                 const struct rules *rules, struct arena *arena,
                 struct problems *problems, struct failure *failure)
{
    *engine = (struct engine){ 0 };
    if (!available_load(&engine->available, database, arena, failure) ||
        !confine_begin(&engine->confinement, database, &confine_default_budget,
                       failure))
        return false;
    engine->programs =
        memory_allocate(rules->sign_count, sizeof *engine->programs);
    engine->program_count = rules->sign_count;
    for (size_t i = 0; i < rules->sign_count; i++)
        (void)sign_prepare(&engine->programs[i], &rules->signs[i],
                           &engine->confinement, &engine->available, problems);
    return true;
}

void engine_close(struct engine *engine)
{
    for (size_t i = 0; i < engine->program_count; i++)
        sign_close(&engine->programs[i]);
    free(engine->programs);
    confine_end(&engine->confinement);
    *engine = (struct engine){ 0 };
}

static bool run_signs(struct sqlite3 *database, const struct rules *rules,
                      struct arena *arena, struct sign_list *signs,
                      struct failure *failure)
{
    struct failure mistake;
    struct problems problems = problems_into(&mistake);
    struct sign_result *results =
        arena_allocate(arena, rules->sign_count * sizeof *results);
    struct engine engine;
    bool is_open =
        engine_open(&engine, database, rules, arena, &problems, failure);

    if (is_open && problems.count > 0)
        is_open = fail(failure, "%s", mistake.text);
    for (size_t i = 0; i < rules->sign_count && is_open; i++)
        sign_run(&engine.programs[i], &engine.confinement, &engine.available,
                 arena, &results[i]);
    engine_close(&engine);
    *signs = (struct sign_list){ results, rules->sign_count };
    return is_open;
}

static int compare_causes(const void *a, const void *b)
{
    const struct cause_result *cause_a = a;
    const struct cause_result *cause_b = b;

    if (cause_a->score != cause_b->score)
        return cause_a->score > cause_b->score ? -1 : 1;
    return strcmp(cause_a->id, cause_b->id);
}

/* The causes by score, each beside its rule. */
static struct judged *weigh_causes(const struct rules *rules,
                                   const struct sign_list *signs,
                                   struct arena *arena)
{
    size_t count = rules->cause_count;
    struct cause_result *results =
        arena_allocate(arena, count * sizeof *results);
    struct judged *judged = arena_allocate(arena, count * sizeof *judged);

    for (size_t i = 0; i < count; i++)
        weigh_cause(&rules->causes[i], signs, arena, &results[i]);
    if (count > 1)
        qsort(results, count, sizeof *results, compare_causes);
    for (size_t i = 0; i < count; i++)
        judged[i] = (struct judged){
            .rule = rules_cause(rules, results[i].id),
            .result = &results[i],
        };
    return judged;
}

/* Nothing failed, so nothing is the cause of it, whatever the signs say. */
static void cap_confidence(struct judged *causes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (causes[i].result->confidence > CONFIDENCE_POSSIBLE)
            causes[i].result->confidence = CONFIDENCE_POSSIBLE;
}

/* A few failures of a few questions: neither a symptom nor noise. */
static bool is_too_little(const struct verdict *verdict)
{
    return verdict->failed * 20 > verdict->failed + verdict->answered;
}

static void set_status(struct verdict *verdict, struct judged *causes,
                       size_t count)
{
    bool is_decided = true;

    if (verdict->symptom_count > 0)
        is_decided = judge_causes(causes, count);
    else
        cap_confidence(causes, count);
    verdict->status = VERDICT_UNDETERMINED;
    if (!is_decided)
        verdict->status = VERDICT_UNDECIDED;
    else if (verdict->symptom_count == 0 && verdict->answered > 0 &&
             !is_too_little(verdict))
        verdict->status = VERDICT_HEALTHY;
    for (size_t i = 0; i < count; i++)
        if (causes[i].result->outcome == CAUSE_EXPLAINS)
            verdict->status = VERDICT_EXPLAINED;
}

static void set_causes(struct verdict *verdict, const struct judged *causes,
                       size_t count, struct arena *arena)
{
    const struct cause_result **chosen =
        arena_allocate(arena, (count + 1) * sizeof *chosen);
    enum confidence weakest = CONFIDENCE_NONE;

    for (size_t i = 0; i < count; i++) {
        const struct cause_result *result = causes[i].result;

        if (result->outcome != CAUSE_EXPLAINS && !causes[i].is_rival)
            continue;
        if (verdict->cause_count == 0 || result->confidence < weakest)
            weakest = result->confidence;
        chosen[verdict->cause_count++] = result;
    }
    if (verdict->status == VERDICT_UNDECIDED && weakest > CONFIDENCE_LIKELY)
        weakest = CONFIDENCE_LIKELY;
    verdict->causes = chosen;
    verdict->confidence = weakest;
}

static void set_why(struct verdict *verdict)
{
    if (verdict->status != VERDICT_EXPLAINED)
        return;
    for (size_t i = 0; i < verdict->cause_count; i++) {
        if (verdict->same_node == NULL)
            verdict->same_node = verdict->causes[i]->same_node;
        if (verdict->cross_node == NULL)
            verdict->cross_node = verdict->causes[i]->cross_node;
    }
}

/* The nodes that the explaining causes' own evidence names are closer to the
 * fault than those of everything that failed. */
static void set_scope(struct verdict *verdict, struct arena *arena)
{
    static const char *const none[] = { NULL };
    struct names from = { .arena = arena };
    struct names to = { .arena = arena };

    for (size_t i = 0; i < verdict->cause_count; i++) {
        names_add_all(&from, verdict->causes[i]->scope.from_nodes);
        names_add_all(&to, verdict->causes[i]->scope.to_nodes);
    }
    /* Noise hits nobody in particular, and is over at no time. */
    if (verdict->symptom_count == 0) {
        verdict->from_nodes = verdict->to_nodes = none;
        verdict->transports = verdict->clients = none;
        verdict->start_ns = verdict->end_ns = verdict->fixed_ns = ABSENT;
    }
    if (from.count > 0)
        verdict->from_nodes = names_list(&from);
    if (to.count > 0)
        verdict->to_nodes = names_list(&to);
}

static void set_words(const struct verdict *verdict, struct judged *causes,
                      const struct sign_list *signs, struct arena *arena)
{
    size_t count = verdict->all_cause_count;

    for (size_t i = 0; i < count; i++)
        words_for_cause(&causes[i], signs, verdict, arena);
    for (size_t i = 0; i < count; i++)
        if (causes[i].result->outcome == CAUSE_RULED_OUT)
            words_for_ruled_out(&causes[i], signs, arena);
}

bool engine_verdict(struct sqlite3 *database, const struct rules *rules,
                    struct arena *arena, struct verdict *verdict,
                    struct failure *failure)
{
    struct sign_list signs;
    struct judged *causes;

    *verdict = (struct verdict){ .rules_sha256 = rules->sha256 };
    if (!run_signs(database, rules, arena, &signs, failure) ||
        !case_facts_load(verdict, database, arena, failure))
        return false;
    causes = weigh_causes(rules, &signs, arena);
    set_status(verdict, causes, rules->cause_count);
    verdict->all_cause_count = rules->cause_count;
    set_words(verdict, causes, &signs, arena);
    set_causes(verdict, causes, rules->cause_count, arena);
    set_why(verdict);
    set_scope(verdict, arena);
    verdict->signs = signs.signs;
    verdict->sign_count = signs.count;
    verdict->all_causes = rules->cause_count > 0 ? causes[0].result : NULL;
    gaps_add(verdict, arena);
    words_for_verdict(verdict, arena);
    return true;
}

bool verdict_make(struct store *store, const struct rules *rules,
                  struct arena *arena, struct verdict *verdict,
                  struct failure *failure)
{
    return engine_verdict(store_database(store), rules, arena, verdict,
                          failure);
}
