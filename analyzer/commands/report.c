#include "commands/commands.h"

#include "commands/reporting.h"

static int run(const struct options *options, struct failure *failure)
{
    const struct renderer *renderer = reporting_renderer(options);
    struct store *store;
    int status = EXIT_WORLD;

    if (options->case_path == NULL)
        return options_wrong(&command_report, "-c FILE is missing");
    if (options->argument_count > 0)
        return options_wrong(&command_report, "it takes no PATH");
    if (renderer == NULL)
        return reporting_wrong(&command_report, options);
    if (!reporting_try(options, failure))
        return EXIT_WORLD;
    store = store_open(options->case_path, STORE_UPDATE, failure);
    if (store == NULL)
        return EXIT_WORLD;
    if (!reporting_write(store, options, renderer, &status, failure))
        status = EXIT_WORLD;
    store_close(store);
    return status;
}

const struct command command_report = {
    .name = "report",
    .arguments = "",
    .summary = "Writes the report of a case file",
    .details = "Formats: text (the default on a terminal), markdown (the "
               "default elsewhere), html, json.\n",
    .options = OPTION_CASE | OPTION_FORMAT | OPTION_OUTPUT | OPTION_RULES |
               OPTION_COLOR | OPTION_QUIET | OPTION_EXIT_CODE,
    .run = run,
};
