#define _GNU_SOURCE /* F_SETPIPE_SZ */

#include "evidence/reader_process.h"

#include "base/memory.h"
#include "evidence/child_sink.h"
#include "evidence/confine.h"
#include "evidence/unknown.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    FILE_DESCRIPTOR = CONFINE_FIRST,
    PIPE_DESCRIPTOR = CONFINE_FIRST + 1,
    PIPE_BYTES = 1024 * 1024,
    HASH_BYTES = 256 * 1024,
    SECONDS_DEFAULT = 30,
    BYTES_A_SECOND = 1024 * 1024, /* slower than any reader should be */
};

#define MEMORY_BYTES (INT64_C(1) << 30)

int64_t reader_process_seconds(const struct load_options *options,
                               int64_t size_bytes)
{
    int64_t base =
        options->reader_seconds > 0 ? options->reader_seconds : SECONDS_DEFAULT;

    return base + size_bytes / BYTES_A_SECOND;
}

static void hash_file(struct sha256 *sha256, char text[SHA256_TEXT_BYTES])
{
    char *buffer = memory_allocate(HASH_BYTES, 1);
    off_t at = 0;
    ssize_t got;

    do {
        got = pread(FILE_DESCRIPTOR, buffer, HASH_BYTES, at);
        if (got > 0) {
            sha256_add(sha256, buffer, (size_t)got);
            at += got;
        }
    } while (got > 0 || (got < 0 && errno == EINTR));
    sha256_finish(sha256, text);
}

static void open_input(struct input *input, struct arena *arena,
                       const struct found *found)
{
    static uint8_t head[INPUT_HEAD_BYTES];
    struct stat status;
    ssize_t got = pread(FILE_DESCRIPTOR, head, sizeof head, 0);

    arena_init(arena);
    *input = (struct input){
        .descriptor = FILE_DESCRIPTOR,
        .evidence_id = found->id,
        .path = found->path,
        .head = head,
        .head_bytes = got > 0 ? (size_t)got : 0,
        .arena = arena,
    };
    if (fstat(FILE_DESCRIPTOR, &status) == 0)
        input->size_bytes = status.st_size;
    (void)lseek(FILE_DESCRIPTOR, 0, SEEK_SET);
}

/* In the order of enum read_status. */
static const char *const status_names[] = {
    [READ_WHOLE] = "read",
    [READ_PARTLY] = "partly read",
    [READ_NOT_UNDERSTOOD] = "not understood",
};

static void read_file(struct input *input, const struct kind *kind,
                      const struct load_options *options,
                      struct child_sink *sink, struct evidence_row *row)
{
    struct reading reading = {
        .decode = &options->decode,
        .sink = &sink->sink,
        .totals = { .first_ns = ABSENT, .last_ns = ABSENT },
    };
    enum read_status status =
        kind == NULL ? READ_NOT_UNDERSTOOD : kind->read(input, &reading);

    row->status = status_names[status];
    if (status == READ_NOT_UNDERSTOOD)
        row->why = unknown_describe(input);
    row->packets = reading.totals.packets;
    row->first_ns = reading.totals.first_ns;
    row->last_ns = reading.totals.last_ns;
    if (row->first_ns == ABSENT && row->last_ns == ABSENT) {
        row->first_ns = sink->first_ns;
        row->last_ns = sink->last_ns;
    }
}

static NEVER_RETURNS void child_run(const struct load_options *options,
                                    const struct found *found,
                                    struct sha256 *sha256)
{
    const struct kind *kinds =
        options->kinds != NULL ? options->kinds : evidence_kinds;
    struct evidence_row row = EVIDENCE_ROW_NONE;
    char hash[SHA256_TEXT_BYTES];
    const struct kind *kind;
    struct child_sink sink;
    struct arena arena;
    struct input input;

    open_input(&input, &arena, found);
    child_sink_init(&sink, PIPE_DESCRIPTOR, found->id);
    if (found->sha256[0] == '\0')
        hash_file(sha256, hash);
    else
        memcpy(hash, found->sha256, sizeof hash);
    sink.line_offset = found->first_line > 0 ? found->first_line - 1 : 0;
    kind = kind_of(kinds, &input);
    row.id = found->id;
    row.sha256 = hash;
    row.kind = kind == NULL ? "unknown" : kind->name;
    sink_put(&sink.sink, TABLE_EVIDENCE, &row);
    child_sink_flush(&sink);
    (void)lseek(FILE_DESCRIPTOR, 0, SEEK_SET);
    if (found->near[0] != '\0')
        sink_clue(&sink.sink, found->id, 1, "near", found->near);
    read_file(&input, kind, options, &sink, &row);
    sink_put(&sink.sink, TABLE_EVIDENCE, &row);
    child_sink_flush(&sink);
    _exit(0);
}

static NEVER_RETURNS void child_start(const struct load_options *options,
                                      const struct found *found, int pipe_end)
{
    int kept[] = { found->descriptor, pipe_end };
    struct sha256 *sha256 = sha256_create();
    struct confine_limits limits = {
        .memory_bytes = MEMORY_BYTES,
        .cpu_seconds = reader_process_seconds(options, found->size_bytes),
    };

    confine_descriptors(kept, 2);
    confine_process(&limits);
    child_run(options, found, sha256);
}

bool reader_process_start(struct reader_process *reader,
                          const struct load_options *options,
                          const struct found *found, struct failure *failure)
{
    int ends[2];

    *reader = (struct reader_process){ .pipe = -1 };
    if (pipe(ends) != 0)
        return fail(failure, "pipe: %s", strerror(errno));
#ifdef F_SETPIPE_SZ
    (void)fcntl(ends[0], F_SETPIPE_SZ, PIPE_BYTES);
#endif
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    reader->process = fork();
    if (reader->process == 0)
        child_start(options, found, ends[1]);
    (void)close(ends[1]);
    reader->pipe = ends[0];
    if (reader->process > 0)
        return true;
    fail(failure, "fork: %s", strerror(errno));
    reader->process = 0;
    (void)reader_process_end(reader, true);
    return false;
}

int reader_process_end(struct reader_process *reader, bool is_killed)
{
    int status = 0;

    if (reader->pipe >= 0)
        (void)close(reader->pipe);
    reader->pipe = -1;
    if (reader->process > 0) {
        if (is_killed)
            (void)kill(reader->process, SIGKILL);
        while (waitpid(reader->process, &status, 0) < 0 && errno == EINTR)
            continue;
    }
    reader->process = 0;
    return status;
}
