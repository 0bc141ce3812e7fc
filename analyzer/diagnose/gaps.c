#include "diagnose/gaps.h"

#include "diagnose/names.h"
#include "diagnose/words.h"

#include <string.h>

enum {
    BEST_CAUSES = 3,
};

struct adding {
    struct verdict *verdict;
    struct arena *arena;
    struct gap *gaps;
};

void gap_add(const struct gap *gap, struct verdict *verdict, struct gap *gaps)
{
    if (verdict->gap_count == GAPS_MAX)
        return;
    for (size_t i = 0; i < verdict->gap_count; i++)
        if (strcmp(gaps[i].what, gap->what) == 0 &&
            strcmp(gaps[i].collect, gap->collect) == 0)
            return;
    gaps[verdict->gap_count++] = *gap;
}

static void add(const struct adding *to, const struct gap *gap)
{
    gap_add(gap, to->verdict, to->gaps);
}

static void add_missing_sign(const struct adding *to,
                             const struct cause_result *cause,
                             const struct sign_result *sign)
{
    struct gap gap = { .what = sign->missing, .collect = sign->collect };

    if (sign->outcome != SIGN_NOT_TESTABLE)
        return;
    gap.so = arena_format(to->arena,
                          "cannot tell whether \"%s\" is so, which bears on "
                          "\"%s\"",
                          sign->title, cause->title);
    add(to, &gap);
}

static void add_missing(const struct adding *to,
                        const struct cause_result *cause)
{
    for (size_t i = 0; i < cause->missing_count; i++)
        add_missing_sign(to, cause, cause->missing[i].sign);
}

/* Signs that speak for a cause make it surer where they are found. */
static void add_missing_support(const struct adding *to,
                                const struct cause_result *cause)
{
    for (size_t i = 0; i < cause->missing_count; i++)
        if (cause->missing[i].is_support)
            add_missing_sign(to, cause, cause->missing[i].sign);
}

static void add_of_unsure(const struct adding *to)
{
    const struct verdict *verdict = to->verdict;

    for (size_t i = 0; i < verdict->cause_count; i++)
        if (verdict->causes[i]->confidence < CONFIDENCE_CONFIRMED)
            add_missing_support(to, verdict->causes[i]);
}

static void add_of_rivals(const struct adding *to)
{
    for (size_t i = 0; i < to->verdict->cause_count; i++)
        add_missing(to, to->verdict->causes[i]);
}

/* Of all that a capture holds, nothing says whether it came or went. */
static const struct gap nowhere = {
    .what = "No capture whose node is known",
    .so = "cannot tell whether a packet was captured where it leaves or where "
          "it arrives",
    .collect =
        "tcpdump -i any -w NODE_any.pcap port 53 or udp port 4789 or udp "
        "port 8472 (named after the node, or in a folder of the node "
        "with its ip addr)",
};

/* Questions that nobody saw may have failed. */
static void add_unwatched(const struct adding *to)
{
    const struct verdict *verdict = to->verdict;
    const char *nodes =
        names_sentence(to->arena, verdict->unwatched_nodes, NULL);
    struct gap gap = {
        .so = "questions that were asked there, and those that never arrived "
              "where something was captured, may have failed unseen",
        .collect = "tcpdump -i any -w NODE_any.pcap port 53 or udp port 4789 "
                   "or udp port 8472 (on each node, at the same time)",
    };

    if (verdict->captures == 0)
        return;
    if (nodes != NULL)
        gap.what = arena_format(to->arena, "No capture at %s", nodes);
    else if (verdict->watched_nodes[0] == NULL)
        gap = nowhere;
    else if (verdict->watched_nodes[1] == NULL)
        gap.what = arena_format(to->arena, "No capture but at %s",
                                verdict->watched_nodes[0]);
    else
        return;
    add(to, &gap);
}

/* The first causes that are not ruled out and lack something. */
static void add_of_best(const struct adding *to)
{
    const struct verdict *verdict = to->verdict;
    size_t taken = 0;

    if (verdict->failed == 0) /* what captures show does not fail */
        add_unwatched(to);
    else if (verdict->captures > 0 && verdict->watched_nodes[0] == NULL)
        add(to, &nowhere);
    for (size_t i = 0; i < verdict->all_cause_count && taken < BEST_CAUSES;
         i++) {
        const struct cause_result *cause = &verdict->all_causes[i];

        if (cause->outcome == CAUSE_RULED_OUT || cause->missing_count == 0)
            continue;
        add_missing(to, cause);
        taken++;
    }
}

static void (*const of_status[])(const struct adding *to) = {
    [VERDICT_EXPLAINED] = add_of_unsure,
    [VERDICT_UNDECIDED] = add_of_rivals,
    [VERDICT_UNDETERMINED] = add_of_best,
    [VERDICT_HEALTHY] = add_unwatched,
};

static bool is_sure(const struct verdict *verdict)
{
    return verdict->status == VERDICT_HEALTHY ||
           (verdict->status == VERDICT_EXPLAINED &&
            verdict->confidence == CONFIDENCE_CONFIRMED);
}

static void add_undated(const struct adding *to)
{
    const struct verdict *verdict = to->verdict;
    struct gap gap = {
        .so = "cannot tell whether they are from before, during or after the "
              "failures",
        .collect = "date > date.txt (into the same folder, each time); "
                   "kubectl logs --timestamps; dmesg --time-format iso",
    };

    if (verdict->undated <= 0 || verdict->symptom_count == 0 ||
        is_sure(verdict))
        return;
    gap.what = arena_format(to->arena, "No time in %s (%s%s)",
                            count_of(to->arena, verdict->undated, "file"),
                            verdict->undated > 1 ? "the first: " : "",
                            verdict->first_undated);
    add(to, &gap);
}

/* Everything that was looked for could be, and it does not settle the
 * cause. */
static void add_nothing_missing(const struct adding *to)
{
    static const struct gap capture_everywhere = {
        .what = "A capture of the failures at every place they pass",
        .so = "the evidence that is here can be judged, and does not settle "
              "the cause",
        .collect = "tcpdump -i any -w NODE_any.pcap port 53 or udp port 4789 "
                   "or udp port 8472 (on both nodes of a pair that fails)",
    };
    if (to->verdict->gap_count == 0 && !is_sure(to->verdict))
        add(to, &capture_everywhere);
}

/* The filter of a capture for the port of this overlay. */
static const char *with_port(const struct adding *to, const char *collect)
{
    static const char usual[] = "udp port 4789 or udp port 8472";
    const char *port = to->verdict->tunnel_port;
    const char *at = strstr(collect, usual);

    if (port == NULL || at == NULL || strcmp(port, "4789") == 0 ||
        strcmp(port, "8472") == 0)
        return collect;
    return arena_format(to->arena, "%.*sudp port %s%s", (int)(at - collect),
                        collect, port, at + strlen(usual));
}

void gaps_add(struct verdict *verdict, struct arena *arena)
{
    struct adding to = {
        .verdict = verdict,
        .arena = arena,
        .gaps = arena_allocate(arena, GAPS_MAX * sizeof(struct gap)),
    };

    memcpy(to.gaps, verdict->gaps, verdict->gap_count * sizeof(struct gap));
    verdict->gaps = to.gaps;
    of_status[verdict->status](&to);
    add_undated(&to);
    add_nothing_missing(&to);
    for (size_t i = 0; i < verdict->gap_count; i++)
        to.gaps[i].collect = with_port(&to, to.gaps[i].collect);
}
