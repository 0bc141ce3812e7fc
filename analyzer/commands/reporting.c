#include "commands/reporting.h"

#include "commands/output_file.h"
#include "correlate/correlate.h"
#include "diagnose/rules.h"
#include "report/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool goes_to_terminal(const struct options *options)
{
    return options->output_path == NULL && isatty(STDOUT_FILENO) == 1;
}

const struct renderer *reporting_renderer(const struct options *options)
{
    if (options->format != NULL)
        return renderer_find(options->format);
    return renderer_find(goes_to_terminal(options) ? "text" : "markdown");
}

static bool has_color(const struct options *options)
{
    if (options->color == COLOR_AUTO)
        return goes_to_terminal(options) && getenv("NO_COLOR") == NULL;
    return options->color == COLOR_ALWAYS;
}

static bool deliver(const struct options *options, const struct output *output,
                    struct failure *failure)
{
    if (options->output_path != NULL)
        return output_file_write(options->output_path, output->bytes,
                                 output->length, failure);
    if (fwrite(output->bytes, 1, output->length, stdout) != output->length ||
        fflush(stdout) != 0)
        return fail(failure, "write standard output: %s", strerror(errno));
    return true;
}

static int status_of(const struct options *options,
                     const struct verdict *verdict)
{
    static const int statuses[] = {
        [VERDICT_EXPLAINED] = 10,
        [VERDICT_UNDECIDED] = 11,
        [VERDICT_UNDETERMINED] = 12,
        [VERDICT_HEALTHY] = 0,
    };

    return options->has_exit_code ? statuses[verdict->status] : EXIT_DONE;
}

static bool render(struct store *store, const struct options *options,
                   const struct renderer *renderer,
                   const struct verdict *verdict, struct failure *failure)
{
    struct report_input input = {
        .store = store,
        .verdict = verdict,
        .options.color = has_color(options),
    };
    struct output output;
    bool ok;

    output_init(&output);
    ok = renderer->render(&input, &output, failure) &&
         deliver(options, &output, failure);
    output_deinit(&output);
    return ok;
}

int reporting_wrong(const struct command *command,
                    const struct options *options)
{
    return options_wrong(
        command,
        "there is no format '%s': it is text, markdown, html or "
        "json",
        options->format);
}

bool reporting_try(const struct options *options, struct failure *failure)
{
    return options->output_path == NULL ||
           output_file_try(options->output_path, failure);
}

bool reporting_write(struct store *store, const struct options *options,
                     const struct renderer *renderer, int *status,
                     struct failure *failure)
{
    const char *folders[] = { options->rules_folder, NULL };
    struct rules *rules = rules_load(folders, failure);
    struct verdict verdict;
    struct arena arena;
    bool ok;

    if (rules == NULL)
        return false;
    arena_init(&arena);
    ok = correlate(store, failure) &&
         verdict_make(store, rules, &arena, &verdict, failure) &&
         render(store, options, renderer, &verdict, failure);
    if (ok)
        *status = status_of(options, &verdict);
    arena_deinit(&arena);
    rules_destroy(rules);
    return ok;
}
