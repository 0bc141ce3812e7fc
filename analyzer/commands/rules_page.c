#include "commands/rules_page.h"

#include "base/text.h"
#include "report/output.h"

#include <stdio.h>
#include <string.h>

/* Line ends stay; everything else goes through the door for terminals. */
void rules_page_text(const char *text)
{
    struct text rest = text_of(text);
    struct output output;
    struct arena arena;

    arena_init(&arena);
    output_init(&output);
    while (rest.length > 0) {
        struct text found = text_until(&rest, '\n');

        output_plain(&output, text_copy(&arena, found));
        if (found.bytes[found.length] == '\n')
            output_text(&output, "\n");
    }
    fputs(output.bytes, stdout);
    output_deinit(&output);
    arena_deinit(&arena);
}

static void line(const char *name, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    printf("%-12s ", name);
    rules_page_text(text);
    printf("\n");
}

static void row(const struct rule_file *file, const char *title)
{
    printf("%-5s  %-34s  %.12s  ", file->is_sign ? "sign" : "cause", file->id,
           file->sha256);
    rules_page_text(title);
    printf("\n");
}

void rules_page_list(const struct rules *rules)
{
    for (size_t i = 0; i < rules->sign_count; i++)
        row(&rules->signs[i].file, rules->signs[i].title);
    for (size_t i = 0; i < rules->cause_count; i++)
        row(&rules->causes[i].file, rules->causes[i].title);
    printf("%zu signs, %zu causes, sha256 %s\n", rules->sign_count,
           rules->cause_count, rules->sha256);
}

static void ids(const char *name, const struct id_list *list)
{
    if (list->count == 0)
        return;
    printf("%-12s", name);
    for (size_t i = 0; i < list->count; i++) {
        printf(i == 0 ? " " : ", ");
        rules_page_text(list->ids[i]);
    }
    printf("\n");
}

static void texts(const char *name, const char *const *list)
{
    if (list[0] == NULL)
        return;
    printf("\n%s\n", name);
    for (size_t i = 0; list[i] != NULL; i++) {
        printf("  - ");
        rules_page_text(list[i]);
        printf("\n");
    }
}

static void weights(const char *name, char polarity,
                    const struct weight_list *list)
{
    if (list->count == 0)
        return;
    printf("\n%s\n", name);
    for (size_t i = 0; i < list->count; i++) {
        const struct weight_rule *weight = &list->items[i];

        printf("  %c%-4g %s%s\n        ", polarity, weight->weight,
               weight->sign, weight->is_silence ? ", when silent" : "");
        rules_page_text(weight->why);
        printf("\n");
    }
}

/* Signs that are there, and what weighs them. */
static void uses(const struct rules *rules, const char *sign)
{
    for (size_t i = 0; i < rules->cause_count; i++) {
        const struct cause_rule *cause = &rules->causes[i];
        const struct weight_list *lists[] = { &cause->supports,
                                              &cause->contradicts };

        for (size_t j = 0; j < 2; j++)
            for (size_t k = 0; k < lists[j]->count; k++)
                if (strcmp(lists[j]->items[k].sign, sign) == 0)
                    printf("  %c%-4g %s%s\n", j == 0 ? '+' : '-',
                           lists[j]->items[k].weight, cause->id,
                           lists[j]->items[k].is_silence ? ", when silent"
                                                         : "");
    }
}

static void show_sign(const struct rules *rules, const struct sign_rule *sign)
{
    line("sign", sign->id);
    line("title", sign->title);
    line("group", sign->group);
    ids("needs", &sign->needs);
    line("says", sign->says);
    line("file", sign->file.path);
    line("sha256", sign->file.sha256);
    printf("\nWeighed by\n");
    uses(rules, sign->id);
    printf("\n");
    rules_page_text(sign->file.text);
}

static void show_cause(const struct cause_rule *cause)
{
    char prior[32];

    snprintf(prior, sizeof prior, "%g dB: ", cause->prior);
    line("cause", cause->id);
    line("title", cause->title);
    line("summary", cause->summary);
    line("same node", cause->same_node);
    line("cross node", cause->cross_node);
    printf("%-12s %s", "prior", prior);
    rules_page_text(cause->prior_reason);
    printf("\n");
    ids("requires", &cause->requires);
    ids("excludes", &cause->excludes);
    ids("absorbs", &cause->absorbs);
    line("file", cause->file.path);
    line("sha256", cause->file.sha256);
    weights("Supported by (decibans)", '+', &cause->supports);
    weights("Contradicted by", '-', &cause->contradicts);
    texts("Fix", cause->fix);
    texts("Undo", cause->undo);
    texts("Verify", cause->verify);
    texts("References", cause->references);
    texts("False positives", cause->false_positives);
}

bool rules_page_show(const struct rules *rules, const char *id)
{
    const struct sign_rule *sign = rules_sign(rules, id);
    const struct cause_rule *cause = rules_cause(rules, id);

    if (sign != NULL)
        show_sign(rules, sign);
    if (sign != NULL && cause != NULL)
        printf("\n");
    if (cause != NULL)
        show_cause(cause);
    return sign != NULL || cause != NULL;
}
