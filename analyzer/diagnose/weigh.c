#include "diagnose/weigh.h"

#include "diagnose/names.h"

#include <stdlib.h>
#include <string.h>

static int compare_sign(const void *key, const void *member)
{
    return strcmp(key, ((const struct sign_result *)member)->id);
}

const struct sign_result *sign_list_find(const struct sign_list *list,
                                         const char *id)
{
    if (list->count == 0)
        return NULL;
    return bsearch(id, list->signs, list->count, sizeof *list->signs,
                   compare_sign);
}

static bool was_tested(const struct sign_result *sign)
{
    return sign->outcome == SIGN_FIRED || sign->outcome == SIGN_SILENT;
}

/* A silence has no sentence of its own: the cause's reason is one. */
static struct weighed_sign weighed(const struct weight_rule *rule,
                                   const struct sign_result *sign)
{
    return (struct weighed_sign){
        .sign = sign,
        .weight = rule->weight,
        .is_counted = true,
        .why = rule->why,
        .is_silence = rule->is_silence,
        .says = rule->is_silence ? rule->why : sign->says,
    };
}

/* Signs of one group are the same observation made twice: the greatest weight
 * counts, of equal ones the first. */
static void count_groups_once(struct weighed_sign *signs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            bool is_same =
                i != j && signs[i].sign->group[0] != '\0' &&
                strcmp(signs[i].sign->group, signs[j].sign->group) == 0;

            if (is_same && (signs[j].weight > signs[i].weight ||
                            (j < i && signs[j].weight >= signs[i].weight)))
                signs[i].is_counted = false;
        }
}

/* The signs of the list that say something now. */
static const struct weighed_sign *weigh_list(const struct weight_list *list,
                                             const struct sign_list *signs,
                                             struct arena *arena, size_t *count)
{
    struct weighed_sign *counted =
        arena_allocate(arena, list->count * sizeof *counted);

    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct weight_rule *rule = &list->items[i];
        const struct sign_result *sign = sign_list_find(signs, rule->sign);
        enum sign_outcome outcome = rule->is_silence ? SIGN_SILENT : SIGN_FIRED;

        if (sign != NULL && sign->outcome == outcome)
            counted[(*count)++] = weighed(rule, sign);
    }
    count_groups_once(counted, *count);
    return counted;
}

static double sum(const struct weighed_sign *signs, size_t count)
{
    double total = 0;

    for (size_t i = 0; i < count; i++)
        if (signs[i].is_counted)
            total += signs[i].weight;
    return total;
}

static void add_missing(const struct weight_list *list,
                        const struct sign_list *signs,
                        struct weighed_sign *missing, size_t *count)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct sign_result *sign =
            sign_list_find(signs, list->items[i].sign);
        bool is_listed = sign == NULL || was_tested(sign);

        for (size_t j = 0; j < *count && !is_listed; j++)
            is_listed = missing[j].sign == sign;
        if (is_listed)
            continue;
        missing[*count] = weighed(&list->items[i], sign);
        missing[*count].is_counted = false;
        missing[(*count)++].says = NULL;
    }
}

static void list_missing(const struct cause_rule *rule,
                         const struct sign_list *signs, struct arena *arena,
                         struct cause_result *result)
{
    size_t room = rule->supports.count + rule->contradicts.count;
    struct weighed_sign *missing =
        arena_allocate(arena, room * sizeof *missing);

    add_missing(&rule->supports, signs, missing, &result->missing_count);
    for (size_t i = 0; i < result->missing_count; i++)
        missing[i].is_support = true;
    add_missing(&rule->contradicts, signs, missing, &result->missing_count);
    result->missing = missing;
}

/* The nodes and transports that the signs behind it name. */
static struct scope scope_of(const struct cause_result *result,
                             struct arena *arena)
{
    struct names from = { .arena = arena };
    struct names to = { .arena = arena };
    struct names transports = { .arena = arena };
    struct names clients = { .arena = arena };

    for (size_t i = 0; i < result->supports_count; i++) {
        const struct sign_result *sign = result->supports[i].sign;

        names_add_all(&from, sign->from_nodes);
        names_add_all(&to, sign->to_nodes);
        names_add_all(&transports, sign->transports);
        names_add_all(&clients, sign->clients);
    }
    return (struct scope){ names_list(&from), names_list(&to),
                           names_list(&transports), names_list(&clients) };
}

bool weigh_has_required(const struct cause_rule *rule,
                        const struct sign_list *signs)
{
    for (size_t i = 0; i < rule->requires.count; i++) {
        const struct sign_result *sign =
            sign_list_find(signs, rule->requires.ids[i]);

        if (sign != NULL && sign->outcome == SIGN_FIRED)
            return true;
    }
    return false;
}

/* All signs that the cause cannot do without were looked for in vain. */
static bool lacks_required(const struct cause_rule *rule,
                           const struct sign_list *signs)
{
    for (size_t i = 0; i < rule->requires.count; i++) {
        const struct sign_result *sign =
            sign_list_find(signs, rule->requires.ids[i]);

        if (sign == NULL || sign->outcome != SIGN_SILENT)
            return false;
    }
    return rule->requires.count > 0;
}

static bool has_tested_support(const struct cause_rule *rule,
                               const struct sign_list *signs)
{
    for (size_t i = 0; i < rule->supports.count; i++) {
        const struct sign_result *sign =
            sign_list_find(signs, rule->supports.items[i].sign);

        if (sign != NULL && was_tested(sign))
            return true;
    }
    return false;
}

enum confidence weigh_confidence(double score, bool has_required)
{
    if (score >= SCORE_CONFIRMED && has_required)
        return CONFIDENCE_CONFIRMED;
    if (score >= SCORE_LIKELY && has_required)
        return CONFIDENCE_LIKELY;
    return score >= SCORE_POSSIBLE ? CONFIDENCE_POSSIBLE : CONFIDENCE_NONE;
}

/* A low prior alone rules nothing out: something must have been looked at,
 * and either speak against the cause or lack what it requires. */
static enum cause_outcome outcome(const struct cause_rule *rule,
                                  const struct sign_list *signs,
                                  const struct cause_result *result)
{
    bool is_contradicted = result->contradicts_count > 0;

    if (!is_contradicted && !has_tested_support(rule, signs))
        return CAUSE_NOT_TESTABLE;
    if (result->score <= SCORE_RULED_OUT &&
        (is_contradicted || lacks_required(rule, signs)))
        return CAUSE_RULED_OUT;
    return CAUSE_POSSIBLE;
}

void weigh_cause(const struct cause_rule *rule, const struct sign_list *signs,
                 struct arena *arena, struct cause_result *result)
{
    *result = (struct cause_result){
        .id = rule->id,
        .prior = rule->prior,
        .prior_reason = rule->prior_reason,
        .sha256 = rule->file.sha256,
        .references = rule->references,
        .false_positives = rule->false_positives,
    };
    result->supports =
        weigh_list(&rule->supports, signs, arena, &result->supports_count);
    result->contradicts = weigh_list(&rule->contradicts, signs, arena,
                                     &result->contradicts_count);
    list_missing(rule, signs, arena, result);
    result->scope = scope_of(result, arena);
    result->score = rule->prior +
                    sum(result->supports, result->supports_count) -
                    sum(result->contradicts, result->contradicts_count);
    result->confidence =
        weigh_confidence(result->score, weigh_has_required(rule, signs));
    result->outcome = outcome(rule, signs, result);
}

const struct weighed_sign *weigh_strongest(const struct weighed_sign *signs,
                                           size_t count)
{
    const struct weighed_sign *strongest = NULL;

    for (size_t i = 0; i < count; i++)
        if (signs[i].is_counted &&
            (strongest == NULL || signs[i].weight > strongest->weight))
            strongest = &signs[i];
    return strongest;
}
