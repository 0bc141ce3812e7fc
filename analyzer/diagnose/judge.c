#include "diagnose/judge.h"

#include <string.h>

/* Decibans. Between causes that cannot both be true, less than 5 (3:1) is no
 * decision, 10 (10:1) rules the lesser out. */
static const double undecided_within = 5;
static const double beaten_by = 10;

static bool names(const struct id_list *list, const struct judged *cause)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->ids[i], cause->rule->id) == 0)
            return true;
    return false;
}

/* One of the two needs to say so. */
static bool exclude_each_other(const struct judged *a, const struct judged *b)
{
    return names(&a->rule->excludes, b) || names(&b->rule->excludes, a);
}

static double lead(const struct judged *a, const struct judged *b)
{
    return a->result->score - b->result->score;
}

/* What is ten times as sure as the cause that would absorb it is more than
 * its consequence. Two that absorb each other: the better one does. */
static bool absorbs(const struct judged *cause, const struct judged *other)
{
    if (cause == other || !names(&cause->rule->absorbs, other) ||
        lead(other, cause) >= beaten_by)
        return false;
    return !names(&other->rule->absorbs, cause) || cause < other;
}

static bool waits(const struct judged *cause, const struct judged *causes,
                  size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (causes[i].is_open && absorbs(&causes[i], cause))
            return true;
    return false;
}

/* The best open cause that no other open one absorbs; if they absorb each
 * other in a circle, the best. */
static struct judged *pick(struct judged *causes, size_t count)
{
    struct judged *first = NULL;

    for (size_t i = 0; i < count; i++) {
        if (!causes[i].is_open)
            continue;
        if (!waits(&causes[i], causes, count))
            return &causes[i];
        if (first == NULL)
            first = &causes[i];
    }
    return first;
}

/* Marks the open causes that exclude the picked one and are as good. */
static bool find_rivals(struct judged *picked, struct judged *causes,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double difference = lead(picked, &causes[i]);

        if (&causes[i] == picked || !causes[i].is_open ||
            absorbs(picked, &causes[i]) ||
            !exclude_each_other(picked, &causes[i]))
            continue;
        if (difference <= undecided_within && difference >= -undecided_within) {
            causes[i].is_rival = true;
            picked->is_rival = true;
        }
    }
    return picked->is_rival;
}

/* What the explaining cause does to every other, candidate or not. */
static void overrule(const struct judged *explaining, struct judged *other)
{
    bool is_absorbed = absorbs(explaining, other);
    bool is_excluded = exclude_each_other(explaining, other);

    if (other == explaining || other->result->outcome == CAUSE_EXPLAINS ||
        (!is_absorbed && !is_excluded))
        return;
    other->is_open = false;
    if (other->ruled_out_by != NULL ||
        other->result->outcome == CAUSE_RULED_OUT ||
        other->result->outcome == CAUSE_NOT_TESTABLE)
        return;
    if (is_absorbed || lead(explaining, other) >= beaten_by) {
        other->result->outcome = CAUSE_RULED_OUT;
        other->ruled_out_by = explaining;
    }
}

static bool is_in(const char *const *list, const char *name)
{
    for (size_t i = 0; list[i] != NULL; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static bool names_node(const struct scope *scope, const char *node)
{
    return is_in(scope->from_nodes, node) || is_in(scope->to_nodes, node);
}

static bool explains_kind(const struct cause_rule *rule, const char *kind)
{
    for (size_t i = 0; i < rule->explains.count; i++)
        if (strcmp(rule->explains.ids[i], kind) == 0)
            return true;
    return false;
}

/* Whether a cause that explains already is of this kind and at this node;
 * one that names no nodes is nowhere, so it takes no failure from another. */
static bool is_explained(const struct judged *causes, size_t count,
                         const char *kind, const char *node)
{
    for (size_t i = 0; i < count; i++)
        if (causes[i].result->outcome == CAUSE_EXPLAINS &&
            explains_kind(causes[i].rule, kind) &&
            names_node(&causes[i].result->scope, node))
            return true;
    return false;
}

/* Whether the causes that explain leave over failures at one of these nodes
 * that this one would explain. */
static bool is_left_over(const struct judged *causes, size_t count,
                         const struct judged *cause, const char *const *nodes)
{
    const struct id_list *kinds = &cause->rule->explains;

    for (size_t i = 0; i < kinds->count; i++)
        for (size_t j = 0; nodes[j] != NULL; j++)
            if (!is_explained(causes, count, kinds->ids[i], nodes[j]))
                return true;
    return false;
}

/* Whether it is a fault of its own beside those that explain. What is proven
 * is there, whatever else is; what is only likely must be needed. */
static bool is_needed(const struct judged *causes, size_t count,
                      const struct judged *cause)
{
    const struct scope *scope = &cause->result->scope;
    bool is_anywhere =
        scope->from_nodes[0] == NULL && scope->to_nodes[0] == NULL;

    return cause->result->confidence == CONFIDENCE_CONFIRMED || is_anywhere ||
           is_left_over(causes, count, cause, scope->from_nodes) ||
           is_left_over(causes, count, cause, scope->to_nodes);
}

bool judge_causes(struct judged *causes, size_t count)
{
    bool has_explanation = false;
    struct judged *picked;

    for (size_t i = 0; i < count; i++)
        causes[i].is_open = causes[i].result->outcome == CAUSE_POSSIBLE &&
                            causes[i].result->confidence >= CONFIDENCE_LIKELY;
    for (picked = pick(causes, count); picked != NULL;
         picked = pick(causes, count)) {
        if (!has_explanation && find_rivals(picked, causes, count))
            return false;
        picked->is_open = false;
        if (has_explanation && !is_needed(causes, count, picked))
            continue;
        picked->result->outcome = CAUSE_EXPLAINS;
        has_explanation = true;
        for (size_t i = 0; i < count; i++)
            overrule(picked, &causes[i]);
    }
    return true;
}
