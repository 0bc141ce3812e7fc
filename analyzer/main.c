/* wirecause COMMAND ...: the table of subcommands. */
#include "commands/commands.h"

#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = {
    &command_analyze, &command_load,  &command_report,
    &command_query,   &command_rules,
};

enum {
    COMMAND_COUNT = sizeof commands / sizeof commands[0],
};

static void print_help(void)
{
    printf("usage: wirecause COMMAND [OPTION]... [ARGUMENT]...\n\n"
           "Reads the support bundle of a Kubernetes network incident and "
           "says what caused it.\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-8s %s\n", commands[i]->name, commands[i]->summary);
    printf("\n'wirecause COMMAND --help' says more; 'wirecause --version' "
           "the version.\n");
}

static int run(const struct command *command, int argc, char **argv)
{
    struct failure failure = { "" };
    struct options options;
    int status = EXIT_USAGE;

    switch (options_parse(command, argc, argv, &options)) {
    case OPTIONS_HELP:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_USAGE;
    case OPTIONS_READY:
        status = command->run(&options, &failure);
        break;
    }
    if (status == EXIT_WORLD)
        fprintf(stderr, "wirecause: %s\n", failure.text);
    return status;
}

/* The word came from the command line: fail() makes it printable. */
static int no_command(const char *name)
{
    struct failure failure;

    if (name == NULL)
        fail(&failure, "a command is missing");
    else
        fail(&failure, "there is no command '%s'", name);
    fprintf(stderr, "wirecause: %s: it is ", failure.text);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(stderr, "%s%s",
                i == 0 ? "" : (i + 1 < COMMAND_COUNT ? ", " : " or "),
                commands[i]->name);
    fprintf(stderr, "\nTry 'wirecause --help'.\n");
    return EXIT_USAGE;
}

/* A full disk shows only when the last bytes leave. */
static int finish(int status)
{
    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return status;
    perror("wirecause: standard output");
    return EXIT_WORLD;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";

    if (strcmp(name, "--version") == 0) {
        printf("wirecause %s\n", WIRECAUSE_VERSION);
        return finish(EXIT_DONE);
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_help();
        return finish(EXIT_DONE);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(name, commands[i]->name) == 0)
            return finish(run(commands[i], argc - 1, argv + 1));
    return no_command(argc > 1 ? name : NULL);
}
