#include "commands/commands.h"

#include "commands/paths.h"
#include "commands/progress.h"
#include "commands/reporting.h"
#include "store/page_cache.h"

static bool load(struct store *store, const struct options *options,
                 struct failure *failure)
{
    struct load_options load_options;
    struct progress progress;
    bool ok;

    progress_init(&progress, options, &load_options);
    ok = evidence_load(store, &load_options, options->arguments, failure);
    progress_end(&progress);
    return ok;
}

static int run(const struct options *options, struct failure *failure)
{
    const struct renderer *renderer = reporting_renderer(options);
    struct store *store;
    int status = EXIT_WORLD;

    if (options->argument_count == 0)
        return options_wrong(&command_analyze, "nothing to analyze");
    if (renderer == NULL)
        return reporting_wrong(&command_analyze, options);
    if (!paths_try(options, failure) || !reporting_try(options, failure))
        return EXIT_WORLD;
    page_cache_keep_from_children();
    store = store_open(
        options->case_path,
        options->case_path != NULL ? STORE_WRITE : STORE_TEMPORARY, failure);
    if (store == NULL)
        return EXIT_WORLD;
    if (!load(store, options, failure) ||
        !reporting_write(store, options, renderer, &status, failure))
        status = EXIT_WORLD;
    store_close(store);
    return status;
}

const struct command command_analyze = {
    .name = "analyze",
    .arguments = "PATH...",
    .summary = "Loads evidence and writes the report",
    .details = "PATH is a folder, an archive, a single file, or '-' for "
               "standard input.\n"
               "The case file is temporary unless -c names it.\n"
               "Formats: text (the default on a terminal), markdown (the "
               "default elsewhere), html, json.\n",
    .options = OPTION_CASE | OPTION_FORMAT | OPTION_OUTPUT | OPTION_RULES |
               OPTION_PORTS | OPTION_COLOR | OPTION_QUIET | OPTION_THREADS |
               OPTION_EXIT_CODE,
    .run = run,
};
