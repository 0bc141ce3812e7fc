#include "commands/options.h"

#include "base/text.h"

#include <assert.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* False if the argument is not what the option takes. */
typedef bool set_fn(struct options *options, const char *argument);

static bool take_number(const char *argument, int64_t most, int64_t *number)
{
    return text_integer(text_of(argument), number) && *number >= 1 &&
           *number <= most;
}

static bool set_case(struct options *options, const char *argument)
{
    options->case_path = argument;
    return argument[0] != '\0';
}

static bool set_format(struct options *options, const char *argument)
{
    options->format = argument;
    return true;
}

static bool set_output(struct options *options, const char *argument)
{
    options->output_path = argument;
    return argument[0] != '\0';
}

static bool set_rules(struct options *options, const char *argument)
{
    options->rules_folder = argument;
    return argument[0] != '\0';
}

static bool add_port(uint16_t *ports, size_t *count, const char *argument)
{
    int64_t port;

    if (!take_number(argument, 65535, &port) || *count == PACKET_PORTS_MAX)
        return false;
    ports[(*count)++] = (uint16_t)port;
    return true;
}

static bool set_vxlan(struct options *options, const char *argument)
{
    return add_port(options->decode.vxlan_ports,
                    &options->decode.vxlan_port_count, argument);
}

static bool set_geneve(struct options *options, const char *argument)
{
    return add_port(options->decode.geneve_ports,
                    &options->decode.geneve_port_count, argument);
}

static bool set_color(struct options *options, const char *argument)
{
    static const char *const names[] = { [COLOR_AUTO] = "auto",
                                         [COLOR_ALWAYS] = "always",
                                         [COLOR_NEVER] = "never" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(argument, names[i]) == 0) {
            options->color = (enum color_choice)i;
            return true;
        }
    return false;
}

static bool set_threads(struct options *options, const char *argument)
{
    int64_t threads;

    if (!take_number(argument, 64, &threads))
        return false;
    options->threads = (unsigned)threads;
    return true;
}

static bool set_quiet(struct options *options, const char *argument)
{
    (void)argument;
    options->is_quiet = true;
    return true;
}

static bool set_verbose(struct options *options, const char *argument)
{
    (void)argument;
    options->is_verbose = true;
    return true;
}

static bool set_exit_code(struct options *options, const char *argument)
{
    (void)argument;
    options->has_exit_code = true;
    return true;
}

struct option_row {
    enum option_bit bit;
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: none */
    const char *help;
    set_fn *set;
};

static const struct option_row rows[] = {
    {
        .bit = OPTION_CASE,
        .name = "case",
        .letter = 'c',
        .argument = "FILE",
        .help = "the case file (SQLite)",
        .set = set_case,
    },
    {
        .bit = OPTION_FORMAT,
        .name = "format",
        .letter = 'f',
        .argument = "FORMAT",
        .help = "how to write it",
        .set = set_format,
    },
    {
        .bit = OPTION_OUTPUT,
        .name = "output",
        .letter = 'o',
        .argument = "FILE",
        .help = "where to write it; default: standard output",
        .set = set_output,
    },
    {
        .bit = OPTION_RULES,
        .name = "rules",
        .letter = 'r',
        .argument = "DIR",
        .help = "more rules; one with the same id replaces ours",
        .set = set_rules,
    },
    {
        .bit = OPTION_PORTS,
        .name = "vxlan-port",
        .argument = "PORT",
        .help = "one more UDP port of VXLAN; repeatable",
        .set = set_vxlan,
    },
    {
        .bit = OPTION_PORTS,
        .name = "geneve-port",
        .argument = "PORT",
        .help = "one more UDP port of Geneve; repeatable",
        .set = set_geneve,
    },
    {
        .bit = OPTION_COLOR,
        .name = "color",
        .argument = "WHEN",
        .help = "auto, always or never",
        .set = set_color,
    },
    {
        .bit = OPTION_EXIT_CODE,
        .name = "exit-code",
        .help = "10 explained, 11 undecided, 12 undetermined, 0 healthy",
        .set = set_exit_code,
    },
    {
        .bit = OPTION_THREADS,
        .name = "threads",
        .argument = "N",
        .help = "files read at once, 1 to 64; default: one a core",
        .set = set_threads,
    },
    {
        .bit = OPTION_QUIET,
        .name = "quiet",
        .letter = 'q',
        .help = "no progress",
        .set = set_quiet,
    },
    {
        .bit = OPTION_QUIET,
        .name = "verbose",
        .letter = 'v',
        .help = "a line for each file on standard error",
        .set = set_verbose,
    },
};

enum {
    ROW_COUNT = sizeof rows / sizeof rows[0],
    FIRST_VALUE = 1000, /* of long options: beyond all letters */
};

/* What getopt_long() wants of the options that the command takes. */
struct getopt_tables {
    struct option longs[ROW_COUNT + 2];
    char letters[ROW_COUNT * 2 + 4];
};

static void make_tables(const struct command *command,
                        struct getopt_tables *getopt_tables)
{
    size_t count = 0;
    size_t used = 0;

    *getopt_tables = (struct getopt_tables){ 0 };
    getopt_tables->letters[used++] = ':';
    getopt_tables->letters[used++] = 'h';
    getopt_tables->longs[count++] =
        (struct option){ .name = "help", .val = 'h' };
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct option_row *row = &rows[i];

        if ((command->options & (unsigned)row->bit) == 0)
            continue;
        getopt_tables->longs[count++] = (struct option){
            .name = row->name,
            .has_arg = row->argument != NULL ? required_argument : no_argument,
            .val = FIRST_VALUE + (int)i,
        };
        if (row->letter == 0)
            continue;
        getopt_tables->letters[used++] = row->letter;
        if (row->argument != NULL)
            getopt_tables->letters[used++] = ':';
    }
}

static const struct option_row *row_of(int value)
{
    if (value >= FIRST_VALUE)
        return &rows[value - FIRST_VALUE];
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].letter != 0 && rows[i].letter == value)
            return &rows[i];
    return NULL;
}

int options_wrong(const struct command *command, const char *what, ...)
{
    struct failure failure;
    char text[FAILURE_BYTES];
    va_list arguments;

    va_start(arguments, what);
    vsnprintf(text, sizeof text, what, arguments);
    va_end(arguments);
    fail(&failure, "%s: %s", command->name, text);
    fprintf(stderr,
            "wirecause: %s\n"
            "Try 'wirecause %s --help'.\n",
            failure.text, command->name);
    return EXIT_USAGE;
}

static void print_row(const struct option_row *row)
{
    char name[64];

    snprintf(name, sizeof name, "--%s%s%s", row->name,
             row->argument != NULL ? " " : "",
             row->argument != NULL ? row->argument : "");
    printf("  %c%c%c %-20s %s\n", row->letter != 0 ? '-' : ' ',
           row->letter != 0 ? row->letter : ' ', row->letter != 0 ? ',' : ' ',
           name, row->help);
}

void options_print_help(const struct command *command)
{
    printf("usage: wirecause %s [OPTION]... %s\n\n%s.\n", command->name,
           command->arguments, command->summary);
    if (command->details != NULL)
        printf("\n%s", command->details);
    printf("\n");
    for (size_t i = 0; i < ROW_COUNT; i++)
        if ((command->options & (unsigned)rows[i].bit) != 0)
            print_row(&rows[i]);
    printf("  -h, %-20s %s\n", "--help", "this text");
}

/* EXIT_DONE, or EXIT_USAGE after saying why. */
static int take_option(const struct command *command, int value, char **argv,
                       struct options *options)
{
    const struct option_row *row;

    if (value == ':')
        return options_wrong(command, "option '%s' needs an argument",
                             argv[optind - 1]);
    if (value == '?')
        return options_wrong(command, "unknown option '%s'", argv[optind - 1]);
    row = row_of(value);
    assert(row != NULL);
    if (row->set(options, optarg))
        return EXIT_DONE;
    return options_wrong(command, "option '--%s' does not take '%s'", row->name,
                         optarg);
}

enum options_result options_parse(const struct command *command, int argc,
                                  char **argv, struct options *options)
{
    struct getopt_tables getopt_tables;

    *options = (struct options){ 0 };
    make_tables(command, &getopt_tables);
    opterr = 0;
    optind = 0; /* glibc and musl: begin anew */
    for (;;) {
        int value = getopt_long(argc, argv, getopt_tables.letters,
                                getopt_tables.longs, NULL);

        if (value == -1)
            break;
        if (value == 'h') {
            options_print_help(command);
            return OPTIONS_HELP;
        }
        if (take_option(command, value, argv, options) != EXIT_DONE)
            return OPTIONS_WRONG;
    }
    options->arguments = (const char *const *)(argv + optind);
    options->argument_count = argc - optind;
    return OPTIONS_READY;
}
