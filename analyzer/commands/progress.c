#include "commands/progress.h"

#include "report/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    FILES_A_COUNT = 10,
};

static void print_line(const struct evidence_row *row)
{
    struct output line;

    output_init(&line);
    output_plain(&line, row->path);
    output_format(&line, ": %s, %s, %lld facts", row->kind, row->status,
                  (long long)row->facts);
    if (row->why != NULL) {
        output_text(&line, ": ");
        output_plain(&line, row->why);
    }
    fprintf(stderr, "%s\n", line.bytes);
    output_deinit(&line);
}

static void see_file(void *context, const struct evidence_row *row)
{
    struct progress *progress = context;

    progress->files++;
    progress->facts += row->facts;
    if (progress->has_lines)
        print_line(row);
    if (progress->has_counter && progress->files % FILES_A_COUNT == 1)
        fprintf(stderr, "\r%lld files, %lld facts", (long long)progress->files,
                (long long)progress->facts);
}

/* Members of archives wait where the case is: there is room. */
static const char *spool_folder(struct progress *progress, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    snprintf(progress->spool_folder, sizeof progress->spool_folder, "%.*s",
             (int)(slash - path + 1), path);
    return progress->spool_folder;
}

void progress_init(struct progress *progress, const struct options *options,
                   struct load_options *load)
{
    bool is_terminal = isatty(STDERR_FILENO) == 1;

    *progress = (struct progress){
        .has_lines = options->is_verbose,
        .has_counter =
            is_terminal && !options->is_quiet && !options->is_verbose,
    };
    *load = (struct load_options){
        .decode = options->decode,
        .threads = options->threads,
        .progress = see_file,
        .progress_context = progress,
    };
    if (options->case_path != NULL)
        load->spool_folder = spool_folder(progress, options->case_path);
}

void progress_end(struct progress *progress)
{
    if (progress->has_counter && progress->files > 0)
        fprintf(stderr, "\r\033[K");
}
