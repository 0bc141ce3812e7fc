#include "commands/commands.h"

#include "commands/rules_page.h"
#include "diagnose/rule_case.h"
#include "diagnose/rules.h"

#include <stdio.h>
#include <string.h>

static struct rules *load(const struct options *options,
                          struct failure *failure)
{
    const char *const directories[] = { options->rules_folder, NULL };

    return rules_load(directories, failure);
}

static int list(const struct options *options, const char *argument,
                struct failure *failure)
{
    struct rules *rules = load(options, failure);

    (void)argument;
    if (rules == NULL)
        return EXIT_WORLD;
    rules_page_list(rules);
    rules_destroy(rules);
    return EXIT_DONE;
}

static int show(const struct options *options, const char *argument,
                struct failure *failure)
{
    struct rules *rules = load(options, failure);
    bool is_shown;

    if (rules == NULL)
        return EXIT_WORLD;
    is_shown = rules_page_show(rules, argument);
    rules_destroy(rules);
    if (is_shown)
        return EXIT_DONE;
    return options_wrong(&command_rules,
                         "no sign or cause is called '%s': 'rules list' names "
                         "them",
                         argument);
}

static void print_problem(void *context, const char *path, int line,
                          const char *text)
{
    (void)context;
    rules_page_text(path);
    if (line > 0)
        printf(":%d", line);
    printf(": ");
    rules_page_text(text);
    printf("\n");
}

static int check(const struct options *options, const char *argument,
                 struct failure *failure)
{
    struct problems problems = { .put = print_problem };

    (void)options;
    if (!rules_check(argument, &problems, failure))
        return EXIT_WORLD;
    if (problems.count == 0) {
        printf("no mistakes\n");
        return EXIT_DONE;
    }
    fail(failure, "rules check: %zu mistake%s", problems.count,
         problems.count == 1 ? "" : "s");
    return EXIT_WORLD;
}

static void print_case(void *context, const char *sign, const char *name,
                       const char *problem)
{
    size_t *cases = context;

    (*cases)++;
    if (problem == NULL)
        return;
    rules_page_text(sign);
    printf("%s%s: ", name[0] == '\0' ? "" : " ", name);
    rules_page_text(problem);
    printf("\n");
}

static int test(const struct options *options, const char *argument,
                struct failure *failure)
{
    struct rules *rules = load(options, failure);
    size_t cases = 0;
    size_t wrong = 0;
    bool is_made;

    if (rules == NULL)
        return EXIT_WORLD;
    is_made =
        rule_cases_run(rules, argument, print_case, &cases, &wrong, failure);
    rules_destroy(rules);
    if (!is_made)
        return EXIT_WORLD;
    printf("%zu cases, %zu wrong\n", cases, wrong);
    if (wrong == 0)
        return EXIT_DONE;
    fail(failure, "rules test: %zu of %zu cases are wrong", wrong, cases);
    return EXIT_WORLD;
}

/* To add one: a row here, and its line in `details`. */
static const struct action {
    const char *name;
    const char *argument; /* NULL: it takes none */
    int (*run)(const struct options *options, const char *argument,
               struct failure *failure);
} actions[] = {
    { .name = "list", .run = list },
    { .name = "show", .argument = "ID", .run = show },
    { .name = "check", .argument = "DIR", .run = check },
    { .name = "test", .argument = "DIR", .run = test },
};

static int run(const struct options *options, struct failure *failure)
{
    const char *name =
        options->argument_count > 0 ? options->arguments[0] : "list";
    const char *argument =
        options->argument_count > 1 ? options->arguments[1] : NULL;

    if (options->argument_count > 2)
        return options_wrong(&command_rules, "too many arguments");
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        const struct action *action = &actions[i];

        if (strcmp(action->name, name) != 0)
            continue;
        if (action->argument != NULL && argument == NULL)
            return options_wrong(&command_rules, "%s: %s is missing", name,
                                 action->argument);
        if (action->argument == NULL && argument != NULL)
            return options_wrong(&command_rules, "%s takes no argument", name);
        return action->run(options, argument, failure);
    }
    return options_wrong(&command_rules,
                         "there is no '%s': it is list, show, check or test",
                         name);
}

const struct command command_rules = {
    .name = "rules",
    .arguments = "[list | show ID | check DIR | test DIR]",
    .summary = "Lists, shows, checks and tests the rules",
    .details = "list       every sign and cause (default)\n"
               "show ID    one of them as a page\n"
               "check DIR  every mistake in DIR/signs/*.sql and "
               "DIR/causes/*.yaml\n"
               "test DIR   runs DIR/SIGN/{fires,silent}.sql: INSERTs into an "
               "empty case\n"
               "With --rules, test wants the cases of those signs only.\n",
    .options = OPTION_RULES,
    .run = run,
};
