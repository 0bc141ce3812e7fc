#include "diagnose/words.h"

#include "base/text.h"
#include "diagnose/fill.h"
#include "diagnose/names.h"

#include <string.h>

struct filling {
    const struct sign_result *sign; /* whose first row fills in; NULL */
    const struct cause_result *cause;
    const struct verdict *verdict;
    struct arena *arena;
    bool is_command;
};

typedef const char *find_fn(const struct filling *filling);

static const char *find_component(const struct filling *filling)
{
    return filling->cause->component;
}

static const char *find_senders(const struct filling *filling)
{
    return names_sentence(filling->arena, filling->cause->scope.from_nodes,
                          NULL);
}

static const char *find_receivers(const struct filling *filling)
{
    return names_sentence(filling->arena, filling->cause->scope.to_nodes, NULL);
}

static const char *find_tunnel(const struct filling *filling)
{
    return filling->verdict->tunnel_device;
}

static const char *find_tunnel_port(const struct filling *filling)
{
    return filling->verdict->tunnel_port;
}

static const char *find_uplink(const struct filling *filling)
{
    return filling->verdict->uplink;
}

static const char *find_service(const struct filling *filling)
{
    return filling->verdict->dns_service;
}

/* Names that sentences may use beside the columns of the signs: what gives
 * the value, and what stands in its place where the evidence has none, in a
 * sentence and in a command. */
static const struct {
    const char *name;
    find_fn *find; /* NULL: only the columns of signs give it */
    const char *words;
    const char *placeholder; /* NULL: <name> */
} known_names[] = {
    {
        .name = "component",
        .find = find_component,
        .words = "a part that the evidence does not name",
    },
    {
        .name = "from_nodes",
        .find = find_senders,
        .words = "some nodes",
    },
    {
        .name = "to_nodes",
        .find = find_receivers,
        .words = "other nodes",
    },
    {
        .name = "tunnel_device",
        .find = find_tunnel,
        .words = "the tunnel device",
        .placeholder = "TUNNEL",
    },
    {
        .name = "tunnel_port",
        .find = find_tunnel_port,
        .words = "the tunnel's port",
        .placeholder = "TUNNEL-PORT",
    },
    {
        .name = "uplink",
        .find = find_uplink,
        .words = "the uplink",
        .placeholder = "UPLINK",
    },
    {
        .name = "dns_service",
        .find = find_service,
        .words = "the DNS service",
        .placeholder = "DNS-SERVICE",
    },
    { .name = "interface", .words = "its interface" },
    { .name = "from_node", .words = "one node" },
    { .name = "to_node", .words = "another node" },
    { .name = "node", .words = "a node" },
};

enum {
    KNOWN_NAMES = sizeof known_names / sizeof known_names[0],
};

/* KNOWN_NAMES if it is none of them. */
static size_t place_of(struct text name)
{
    size_t at = 0;

    while (at < KNOWN_NAMES && !text_equals(name, known_names[at].name))
        at++;
    return at;
}

bool words_give(struct text name)
{
    size_t at = place_of(name);

    return at < KNOWN_NAMES && known_names[at].find != NULL;
}

static const char *unknown(const struct filling *filling, struct text name)
{
    size_t at = place_of(name);

    if (!filling->is_command)
        return at < KNOWN_NAMES ? known_names[at].words : "...";
    if (at < KNOWN_NAMES && known_names[at].placeholder != NULL)
        return known_names[at].placeholder;
    return arena_format(filling->arena, "<%s>",
                        text_copy(filling->arena, name));
}

/* Letters, digits and what stands in names of nodes, pods and interfaces,
 * addresses and paths: nothing that a shell acts on. */
static bool is_harmless(const char *value)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz"
                                  "0123456789._:/@%+-, ";

    return value[0] != '-' && strspn(value, allowed) == strlen(value);
}

static const char *find_value(const struct filling *filling, struct text name)
{
    if (words_give(name))
        return known_names[place_of(name)].find(filling);
    for (size_t i = 0;
         filling->sign != NULL && i < filling->sign->first_row_count; i++)
        if (text_equals(name, filling->sign->first_row[i].column))
            return filling->sign->first_row[i].value;
    return NULL;
}

static const char *fill_value(const void *context, struct text name)
{
    const struct filling *filling = context;
    const char *value = find_value(filling, name);
    bool is_known = value != NULL && value[0] != '\0';

    if (!is_known || (filling->is_command && !is_harmless(value)))
        return unknown(filling, name);
    return value;
}

static const char *sentence(const struct filling *filling, const char *text)
{
    return text == NULL
               ? NULL
               : fill_sentence(filling->arena, text, fill_value, filling);
}

static const char *const *commands(const struct filling *filling,
                                   const char *const *texts)
{
    size_t count = 0;
    const char **filled;

    while (texts[count] != NULL)
        count++;
    filled = arena_allocate(filling->arena, (count + 1) * sizeof *filled);
    for (size_t i = 0; i < count; i++)
        filled[i] = sentence(filling, texts[i]);
    return filled;
}

/* The sign whose first row fills in: the one that the cause names, else the
 * first that supports it. */
static const struct sign_result *filling_sign(const struct judged *cause,
                                              const struct sign_list *signs)
{
    const struct sign_result *named =
        cause->rule->component_from == NULL
            ? NULL
            : sign_list_find(signs, cause->rule->component_from);

    if (named != NULL && named->outcome == SIGN_FIRED)
        return named;
    for (size_t i = 0; i < cause->result->supports_count; i++)
        if (!cause->result->supports[i].is_silence)
            return cause->result->supports[i].sign;
    return NULL;
}

static const char *component(const struct sign_result *first,
                             const struct cause_result *cause)
{
    if (first != NULL && first->component != NULL)
        return first->component;
    for (size_t i = 0; i < cause->supports_count; i++)
        if (cause->supports[i].sign->component != NULL)
            return cause->supports[i].sign->component;
    return NULL;
}

void words_for_cause(struct judged *cause, const struct sign_list *signs,
                     const struct verdict *verdict, struct arena *arena)
{
    struct cause_result *result = cause->result;
    struct filling filling = {
        .sign = filling_sign(cause, signs),
        .cause = result,
        .verdict = verdict,
        .arena = arena,
    };

    result->component = component(filling.sign, result);
    result->title = sentence(&filling, cause->rule->title);
    result->summary = sentence(&filling, cause->rule->summary);
    result->same_node = sentence(&filling, cause->rule->same_node);
    result->cross_node = sentence(&filling, cause->rule->cross_node);
    filling.is_command = true;
    result->fix = commands(&filling, cause->rule->fix);
    result->undo = commands(&filling, cause->rule->undo);
    result->verify = commands(&filling, cause->rule->verify);
}

/* The first sign it requires that was looked for in vain. */
static const char *lacking(const struct cause_rule *rule,
                           const struct sign_list *signs, struct arena *arena)
{
    for (size_t i = 0; i < rule->requires.count; i++) {
        const struct sign_result *sign =
            sign_list_find(signs, rule->requires.ids[i]);

        if (sign != NULL && sign->outcome == SIGN_SILENT)
            return arena_format(arena, "The evidence does not show: %s",
                                sign->title);
    }
    return "Nothing in the evidence speaks for it";
}

void words_for_ruled_out(struct judged *cause, const struct sign_list *signs,
                         struct arena *arena)
{
    struct cause_result *result = cause->result;
    const struct weighed_sign *strongest =
        weigh_strongest(result->contradicts, result->contradicts_count);

    if (cause->ruled_out_by != NULL)
        result->ruled_out_by = arena_format(arena, "%s: this explains it",
                                            cause->ruled_out_by->result->title);
    else if (strongest != NULL && !strongest->is_silence &&
             strongest->says != NULL && strongest->says[0] != '\0')
        result->ruled_out_by = strongest->says;
    else if (cause->rule->ruled_out_says != NULL)
        result->ruled_out_by = cause->rule->ruled_out_says;
    else if (strongest != NULL)
        result->ruled_out_by = strongest->why;
    else
        result->ruled_out_by = lacking(cause->rule, signs, arena);
}

const char *count_of(struct arena *arena, int64_t count, const char *noun)
{
    return fill_count(arena, arena_format(arena, "%lld", (long long)count),
                      noun);
}

static const char *join_summaries(const struct verdict *verdict,
                                  struct arena *arena)
{
    const char *joined = verdict->causes[0]->summary;

    for (size_t i = 1; i < verdict->cause_count; i++)
        joined = arena_format(arena, "%s Besides: %s", joined,
                              verdict->causes[i]->summary);
    return joined;
}

static const char *healthy(const struct verdict *verdict, struct arena *arena)
{
    const char *first =
        arena_format(arena, "%s %s answered",
                     count_of(arena, verdict->answered, "DNS question"),
                     verdict->answered == 1 ? "was" : "were");

    if (verdict->unseen_errors > 0)
        return arena_format(arena,
                            "%s and none failed while captures ran; at other "
                            "times DNS servers logged %s.",
                            first,
                            count_of(arena, verdict->unseen_errors, "error"));
    if (verdict->failed <= 0)
        return arena_format(arena, "%s and none failed.", first);
    return arena_format(arena,
                        "%s and %lld failed (%.2g %%), which is no more than "
                        "noise.",
                        first, (long long)verdict->failed,
                        100.0 * (double)verdict->failed /
                            (double)(verdict->failed + verdict->answered));
}

/* ", 40 of them by a packet with a wrong checksum", where no cause says so. */
static const char *damage(const struct verdict *verdict, struct arena *arena)
{
    if (verdict->damaged <= 0)
        return "";
    if (verdict->damaged == verdict->failed)
        return ", all of them by a packet with a wrong checksum";
    return arena_format(arena,
                        ", %lld of them by a packet with a wrong checksum",
                        (long long)verdict->damaged);
}

/* "312 of 340 DNS questions failed", or what stands in their place. */
static const char *failures(const struct verdict *verdict, struct arena *arena)
{
    if (verdict->failed == 0 && verdict->answered > 0 &&
        verdict->symptom_count > 0)
        return arena_format(arena, "%s captured and answered, but %s (%lld)",
                            count_of(arena, verdict->answered, "DNS question"),
                            verdict->symptoms[0].title,
                            (long long)verdict->symptoms[0].failed);
    if (verdict->answered + verdict->failed > 0)
        return arena_format(arena, "%lld of %s failed%s",
                            (long long)verdict->failed,
                            count_of(arena, verdict->answered + verdict->failed,
                                     "DNS question"),
                            damage(verdict, arena));
    return arena_format(arena, "The bundle shows failures (%s)",
                        verdict->symptom_count > 0 ? verdict->symptoms[0].title
                                                   : "none that is counted");
}

static const char *undetermined(const struct verdict *verdict,
                                struct arena *arena)
{
    if (verdict->symptom_count == 0 && verdict->failed > 0)
        return arena_format(arena, "%s: too few to tell a fault from chance.",
                            failures(verdict, arena));
    if (verdict->symptom_count == 0 && verdict->logged_answers > 0)
        return arena_format(
            arena,
            "%s; the logs hold %s and no error: nothing can be said of "
            "packets that never reached a DNS server.",
            verdict->captures > 0 ? "The captures show no DNS traffic"
                                  : "There is no capture",
            count_of(arena, verdict->logged_answers, "answered question"));
    if (verdict->symptom_count == 0)
        return "The bundle shows no DNS question that was answered and none "
               "that failed: nothing can be said.";
    return arena_format(arena,
                        "%s, and no known cause explains them well enough.",
                        failures(verdict, arena));
}

static const char *undecided(const struct verdict *verdict, struct arena *arena)
{
    const char *causes = "";

    for (size_t i = 0; i < verdict->cause_count; i++)
        causes =
            arena_format(arena, "%s%s%s (%.0f dB)", causes,
                         i == 0                          ? ""
                         : i + 1 == verdict->cause_count ? " or "
                                                         : ", ",
                         verdict->causes[i]->title, verdict->causes[i]->score);
    return arena_format(arena, "%s. The evidence does not decide between: %s.",
                        failures(verdict, arena), causes);
}

void words_for_verdict(struct verdict *verdict, struct arena *arena)
{
    if (verdict->status == VERDICT_EXPLAINED)
        verdict->summary = join_summaries(verdict, arena);
    else if (verdict->status == VERDICT_HEALTHY)
        verdict->summary = healthy(verdict, arena);
    else if (verdict->status == VERDICT_UNDECIDED)
        verdict->summary = undecided(verdict, arena);
    else
        verdict->summary = undetermined(verdict, arena);
}
