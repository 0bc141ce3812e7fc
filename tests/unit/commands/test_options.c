/* The command line of each command takes its own options and no others. */
#include "commands/options.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

static const struct command load = {
    .name = "load",
    .arguments = "PATH...",
    .summary = "Loads",
    .options = OPTION_CASE | OPTION_PORTS | OPTION_THREADS | OPTION_QUIET,
};

static enum options_result parse(struct options *options, const char *line)
{
    static char text[256];
    static char *argv[16];
    int argc = 0;
    char *word;

    strcpy(text, line);
    for (word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    return options_parse(&load, argc, argv, options);
}

static void options_and_arguments_mix(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(parse(&options, "load a -c case.db -q --threads 3 b "
                                     "--vxlan-port 8472 --vxlan-port=4790 "
                                     "--geneve-port 6082 -- -c"),
                     OPTIONS_READY);
    assert_string_equal(options.case_path, "case.db");
    assert_true(options.is_quiet);
    assert_false(options.is_verbose);
    assert_int_equal(options.threads, 3);
    assert_int_equal(options.decode.vxlan_port_count, 2);
    assert_int_equal(options.decode.vxlan_ports[0], 8472);
    assert_int_equal(options.decode.vxlan_ports[1], 4790);
    assert_int_equal(options.decode.geneve_ports[0], 6082);
    assert_int_equal(options.argument_count, 3);
    assert_string_equal(options.arguments[0], "a");
    assert_string_equal(options.arguments[1], "b");
    assert_string_equal(options.arguments[2], "-c");
    assert_null(options.arguments[3]);
}

static void a_dash_is_an_argument(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(parse(&options, "load -c x -"), OPTIONS_READY);
    assert_int_equal(options.argument_count, 1);
    assert_string_equal(options.arguments[0], "-");
}

static void wrong_usage_is_told(void **state)
{
    static const char *const lines[] = {
        "load --no-such-option",  "load -z",
        "load --format json",     "load -c",
        "load --threads 0",       "load --threads 65",
        "load --threads many",    "load --vxlan-port 65536",
        "load --vxlan-port 0",    "load --vxlan-port -1",
        "load --geneve-port 1.5", "load --exit-code",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct options options;

        if (parse(&options, lines[i]) != OPTIONS_WRONG)
            fail_msg("'%s' is taken", lines[i]);
    }
}

static void help_is_help(void **state)
{
    struct options options;

    (void)state;
    assert_int_equal(parse(&options, "load --help"), OPTIONS_HELP);
    assert_int_equal(parse(&options, "load -h"), OPTIONS_HELP);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_arguments_mix),
        cmocka_unit_test(a_dash_is_an_argument),
        cmocka_unit_test(wrong_usage_is_told),
        cmocka_unit_test(help_is_help),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
