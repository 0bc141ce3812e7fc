#include "evidence/load.h"

#include "base/memory.h"
#include "evidence/reader_process.h"
#include "evidence/receive.h"
#include "evidence/source.h"
#include "evidence/spool.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    THREADS_MAX = 64,
    TRANSACTION_ROWS = 20000,
    TRANSACTION_FILES = 1000,
};

struct job {
    struct found found;
    struct reader_process process;
};

/* Files in the order of their ids: the first is received, the others run
 * until their pipes are full. */
struct load {
    struct store *store;
    const struct load_options *options;
    struct ledger ledger;
    struct source *source;
    struct receiver *receiver;
    struct job jobs[THREADS_MAX];
    size_t first;
    size_t count;
    size_t width;
    bool is_at_end;
    bool is_in_transaction;
    int64_t rows; /* since the last commit */
    int64_t files;
    struct load_totals totals;
};

static size_t width_of(const struct load_options *options)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t width = options->threads > 0 ? options->threads
                                        : (size_t)(cores > 0 ? cores : 1);

    return width < THREADS_MAX ? width : THREADS_MAX;
}

/* Starts readers until as many run as may. */
static bool start_readers(struct load *load, struct failure *failure)
{
    while (load->count < load->width && !load->is_at_end) {
        struct job *job =
            &load->jobs[(load->first + load->count) % THREADS_MAX];
        enum source_step step = source_next(load->source, &job->found, failure);

        if (step == SOURCE_FAILED)
            return false;
        load->is_at_end = step == SOURCE_END;
        if (load->is_at_end)
            break;
        job->process = (struct reader_process){ .pipe = -1 };
        load->count++;
        if (job->found.status == NULL &&
            !reader_process_start(&job->process, load->options, &job->found,
                                  failure))
            return false;
    }
    return true;
}

static void release(struct job *job)
{
    (void)reader_process_end(&job->process, true);
    found_release(&job->found);
}

static void count_row(struct load *load, const struct evidence_row *row)
{
    if (row->id == 0) {
        load->totals.skipped++;
        return;
    }
    load->totals.files++;
    load->totals.facts += row->facts;
    if (strcmp(row->kind, "archive") != 0 &&
        (strcmp(row->status, "read") == 0 ||
         strcmp(row->status, "partly read") == 0))
        load->totals.read++;
    if (load->options->progress != NULL)
        load->options->progress(load->options->progress_context, row);
}

static bool commit(struct load *load, struct failure *failure)
{
    load->is_in_transaction = false;
    load->rows = 0;
    load->files = 0;
    return store_commit(load->store, failure);
}

/* Transactions end between two files, so that a file's rows and its row in
 * `evidence` commit together. */
static bool finish_first(struct load *load, struct failure *failure)
{
    struct job *job = &load->jobs[load->first];
    struct evidence_row row;
    bool ok = true;

    if (!load->is_in_transaction)
        ok = store_begin(load->store, failure);
    load->is_in_transaction = ok;
    ok = ok && receiver_take(load->receiver, &job->process, &job->found, &row,
                             failure);
    if (ok) {
        count_row(load, &row);
        load->rows += row.facts;
        load->files++;
    }
    release(job);
    load->first = (load->first + 1) % THREADS_MAX;
    load->count--;
    if (!ok)
        return false;
    if (load->rows < TRANSACTION_ROWS && load->files < TRANSACTION_FILES)
        return true;
    return commit(load, failure);
}

static bool load_all(struct load *load, struct failure *failure)
{
    for (;;) {
        if (!start_readers(load, failure))
            return false;
        if (load->count == 0)
            break;
        if (!finish_first(load, failure))
            return false;
    }
    return !load->is_in_transaction || commit(load, failure);
}

/* What every reader process needs is made once, before the first fork: the
 * hash functions of libcrypto, and the patterns of the text kinds. */
static void warm_up(const struct load_options *options)
{
    static const uint8_t head[] = "warm\n";
    const struct kind *kinds =
        options->kinds != NULL ? options->kinds : evidence_kinds;
    struct arena arena;
    struct input input = { .descriptor = -1,
                           .size_bytes = sizeof head - 1,
                           .path = "warm",
                           .head = head,
                           .head_bytes = sizeof head - 1,
                           .arena = &arena };

    arena_init(&arena);
    sha256_destroy(sha256_create());
    (void)kind_of(kinds, &input);
    arena_deinit(&arena);
}

static void load_init(struct load *load, const char *const *paths)
{
    const char *spool_folder = load->options->spool_folder;

    load->width = width_of(load->options);
    load->source = memory_allocate(1, sizeof *load->source);
    source_init(load->source, paths,
                spool_folder != NULL ? spool_folder : spool_folder_default(),
                &load->ledger);
    load->receiver = receiver_create(&load->ledger, load->options);
}

static void load_deinit(struct load *load)
{
    for (; load->count > 0; load->count--) {
        release(&load->jobs[load->first]);
        load->first = (load->first + 1) % THREADS_MAX;
    }
    source_deinit(load->source);
    free(load->source);
    receiver_destroy(load->receiver);
}

static bool load_run(struct load *load, struct failure *failure)
{
    warm_up(load->options);
    if (!load_all(load, failure)) {
        store_rollback(load->store);
        return false;
    }
    load->totals.skipped += load->source->skipped;
    if (load->totals.read == 0 && load->totals.skipped == 0)
        return fail(failure, "no file that wirecause understands");
    return true;
}

bool evidence_load(struct store *store, const struct load_options *options,
                   const char *const *paths, struct failure *failure)
{
    struct load *load = memory_allocate(1, sizeof *load);
    bool ok;

    load->store = store;
    load->options = options;
    ok = ledger_open(&load->ledger, store, failure);
    if (ok) {
        load_init(load, paths);
        ok = load_run(load, failure);
        load_deinit(load);
    }
    if (options->totals != NULL)
        *options->totals = load->totals;
    ledger_close(&load->ledger);
    free(load);
    return ok;
}
