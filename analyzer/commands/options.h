/* The command line: one table of options, each command says which it takes.
 *
 * Wrong usage is told on standard error with the way to the help, exit
 * status 1. */
#pragma once

#include "evidence/load.h"

#include <stdbool.h>

/* To add an option: a bit here, a field in struct options, a row in
 * options.c. */
enum option_bit {
    OPTION_CASE = 1 << 0,
    OPTION_FORMAT = 1 << 1,
    OPTION_OUTPUT = 1 << 2,
    OPTION_RULES = 1 << 3,
    OPTION_PORTS = 1 << 4, /* --vxlan-port, --geneve-port */
    OPTION_COLOR = 1 << 5,
    OPTION_QUIET = 1 << 6, /* --quiet, --verbose */
    OPTION_THREADS = 1 << 7,
    OPTION_EXIT_CODE = 1 << 8,
};

enum color_choice {
    COLOR_AUTO,
    COLOR_ALWAYS,
    COLOR_NEVER,
};

struct options {
    const char *case_path;    /* NULL: not given */
    const char *format;       /* NULL: not given */
    const char *output_path;  /* NULL: standard output */
    const char *rules_folder; /* NULL: none beside those built in */
    enum color_choice color;
    bool is_quiet;
    bool is_verbose;
    bool has_exit_code;
    unsigned threads; /* 0: not given */
    struct decode_options decode;
    const char *const *arguments; /* what is left; ends with NULL */
    int argument_count;
};

enum exit_status {
    EXIT_DONE = 0,
    EXIT_USAGE = 1,
    EXIT_WORLD = 2, /* the failure says why */
};

struct command {
    const char *name;
    const char *arguments; /* "PATH..." */
    const char *summary;   /* one line */
    const char *details;   /* for its own help; may be NULL */
    unsigned options;      /* enum option_bit */
    int (*run)(const struct options *options, struct failure *failure);
};

enum options_result {
    OPTIONS_READY,
    OPTIONS_HELP,  /* the help was asked for and has been printed */
    OPTIONS_WRONG, /* and standard error says why */
};

/* argv[0] is the command's name. */
enum options_result options_parse(const struct command *command, int argc,
                                  char **argv, struct options *options);
/* "wirecause: COMMAND: WHAT" on standard error; gives EXIT_USAGE. */
int options_wrong(const struct command *command, const char *what, ...)
    PRINTF_LIKE(2, 3);
void options_print_help(const struct command *command);
