#include "commands/commands.h"

#include "commands/paths.h"
#include "commands/progress.h"
#include "store/page_cache.h"

#include <stdio.h>

static bool load(const struct options *options, struct load_totals *totals,
                 struct failure *failure)
{
    struct load_options load_options;
    struct progress progress;
    struct store *store;
    bool ok;

    page_cache_keep_from_children();
    store = store_open(options->case_path, STORE_WRITE, failure);
    if (store == NULL)
        return false;
    progress_init(&progress, options, &load_options);
    load_options.totals = totals;
    ok = evidence_load(store, &load_options, options->arguments, failure);
    progress_end(&progress);
    store_close(store);
    return ok;
}

static int run(const struct options *options, struct failure *failure)
{
    struct load_totals totals = { 0 };

    if (options->case_path == NULL)
        return options_wrong(&command_load, "-c FILE is missing");
    if (options->argument_count == 0)
        return options_wrong(&command_load, "nothing to load");
    if (!paths_try(options, failure) || !load(options, &totals, failure))
        return EXIT_WORLD;
    if (!options->is_quiet)
        printf("%lld files added, %lld of them understood, %lld facts; "
               "%lld files were there\n",
               (long long)totals.files, (long long)totals.read,
               (long long)totals.facts, (long long)totals.skipped);
    return EXIT_DONE;
}

const struct command command_load = {
    .name = "load",
    .arguments = "PATH...",
    .summary = "Loads evidence into a case file",
    .details = "PATH is a folder, an archive, a single file, or '-' for "
               "standard input.\n"
               "Files that the case has already, by path and content, are "
               "skipped.\n",
    .options = OPTION_CASE | OPTION_PORTS | OPTION_THREADS | OPTION_QUIET,
    .run = run,
};
