#include "commands/reporting.h"

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

static bool write_stream(FILE *stream, const char *name,
                         const struct output *output, struct failure *failure)
{
    if (fwrite(output->bytes, 1, output->length, stream) != output->length ||
        fflush(stream) != 0)
        return fail(failure, "write %s: %s", name, strerror(errno));
    return true;
}

static bool write_file(const char *path, const struct output *output,
                       struct failure *failure)
{
    size_t length = strlen(path);
    char *beside = memory_allocate(length + 8, 1);
    FILE *stream = NULL;
    int descriptor;
    bool ok;

    snprintf(beside, length + 8, "%s.XXXXXX", path);
    descriptor = mkstemp(beside);
    if (descriptor >= 0)
        stream = fdopen(descriptor, "w");
    if (stream == NULL) {
        fail(failure, "write %s: %s", path, strerror(errno));
        if (descriptor >= 0)
            close(descriptor);
        free(beside);
        return false;
    }
    ok = write_stream(stream, path, output, failure);
    if (ok && fsync(descriptor) != 0 && errno != EINVAL)
        ok = fail(failure, "write %s: %s", path, strerror(errno));
    if (fclose(stream) != 0 && ok)
        ok = fail(failure, "write %s: %s", path, strerror(errno));
    if (ok && rename(beside, path) != 0)
        ok = fail(failure, "write %s: %s", path, strerror(errno));
    if (!ok)
        unlink(beside);
    free(beside);
    return ok;
}

/* A pipe or device named with --output is written to as it is. */
static bool is_special(const char *path)
{
    FILE *existing = fopen(path, "a");
    bool special = existing != NULL && fseek(existing, 0, SEEK_END) != 0;

    if (existing != NULL)
        fclose(existing);
    return special || strncmp(path, "/dev/", 5) == 0;
}

static bool deliver(const struct options *options, const struct output *output,
                    struct failure *failure)
{
    FILE *stream;
    bool ok;

    if (options->output_path == NULL)
        return write_stream(stdout, "standard output", output, failure);
    if (!is_special(options->output_path))
        return write_file(options->output_path, output, failure);
    stream = fopen(options->output_path, "w");
    if (stream == NULL)
        return fail(failure, "write %s: %s", options->output_path,
                    strerror(errno));
    ok = write_stream(stream, options->output_path, output, failure);
    fclose(stream);
    return ok;
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
