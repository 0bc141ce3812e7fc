#include "evidence/source.h"

#include "base/clock.h"
#include "evidence/source_archive.h"
#include "evidence/source_document.h"
#include "evidence/spool.h"
#include "store/rows.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OPEN_FLAGS = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
};

void found_release(struct found *found)
{
    if (found->descriptor >= 0)
        (void)close(found->descriptor);
    free(found->path);
    found->descriptor = -1;
    found->path = NULL;
}

void source_init(struct source *source, const char *const *paths,
                 const char *spool_folder, struct ledger *ledger)
{
    *source = (struct source){ .paths = paths,
                               .spool_folder = spool_folder,
                               .ledger = ledger };
    source->is_alone = paths[0] != NULL && paths[1] == NULL;
    name_set_init(&source->names);
    arena_init(&source->arena);
}

void source_pop(struct source *source)
{
    struct level *level = &source->levels[--source->level_count];

    if (level->is_archive) {
        unpack_close(&level->unpack);
        if (level->has_pending)
            free(level->pending.name);
        found_release(&level->archive);
        source->archive_count--;
    } else if (level->is_document) {
        document_deinit(&level->document);
        free(level->content);
        found_release(&level->archive);
    } else {
        folder_close(&level->folder);
    }
    free(level->prefix);
    level->prefix = NULL;
}

void source_deinit(struct source *source)
{
    while (source->level_count > 0)
        source_pop(source);
    name_set_deinit(&source->names);
    arena_deinit(&source->arena);
}

struct level *source_push(struct source *source, const char *prefix)
{
    struct level *level;

    assert(source->level_count < SOURCE_LEVELS_MAX);
    level = &source->levels[source->level_count++];
    *level = (struct level){ .folder.descriptor = -1 };
    level->unpack.pipe = -1;
    level->archive.descriptor = -1;
    level->prefix = strdup(prefix);
    if (level->prefix == NULL)
        abort();
    return level;
}

void source_begin(struct source *source, struct found *found, const char *path)
{
    *found = (struct found){ .descriptor = -1,
                             .kind = "unknown",
                             .modified_ns = ABSENT };
    found->id = source->ledger->next_id++;
    found->path = strdup(name_set_add(&source->names, &source->arena, path));
    if (found->path == NULL)
        abort();
}

enum source_step source_refuse(struct source *source, struct found *found,
                               const char *path, const char *why)
{
    if (found->path == NULL)
        source_begin(source, found, path);
    if (found->descriptor >= 0)
        (void)close(found->descriptor);
    found->descriptor = -1;
    found->status = "refused";
    snprintf(found->why, sizeof found->why, "%s", why);
    return SOURCE_FOUND;
}

static const char *type_name(mode_t mode)
{
    if (S_ISLNK(mode))
        return "a symbolic link, not followed";
    if (S_ISFIFO(mode))
        return "a named pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device or of an unknown type";
}

static int64_t modified_ns(const struct stat *status)
{
    if (status->st_mtim.tv_sec <= 0 ||
        status->st_mtim.tv_sec >= INT64_MAX / NS_PER_SECOND)
        return ABSENT;
    return status->st_mtim.tv_sec * NS_PER_SECOND + status->st_mtim.tv_nsec;
}

/* A regular file, open. */
static enum source_step take_file(struct source *source, struct found *found,
                                  int descriptor, struct failure *failure)
{
    struct stat status;

    found->descriptor = descriptor;
    if (fstat(descriptor, &status) != 0)
        return source_refuse(source, found, found->path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return source_refuse(source, found, found->path,
                             type_name(status.st_mode));
    found->size_bytes = status.st_size;
    found->modified_ns = modified_ns(&status);
    return source_accept(source, found, failure);
}

/* What is not a regular file is not opened at all; what turned into
 * something else meanwhile is found out after opening. */
static enum source_step take_entry(struct source *source, struct level *level,
                                   const struct folder_entry *entry,
                                   struct found *found, struct failure *failure)
{
    const char *path = name_join(&source->arena, level->prefix, entry->name);
    int folder = level->folder.descriptor;
    struct stat status;
    int descriptor;

    source_begin(source, found, path);
    if (fstatat(folder, entry->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return source_refuse(source, found, path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return source_refuse(source, found, path, type_name(status.st_mode));
    descriptor = openat(folder, entry->name, OPEN_FLAGS | O_NOFOLLOW);
    if (descriptor < 0)
        return source_refuse(source, found, path, strerror(errno));
    return take_file(source, found, descriptor, failure);
}

static bool push_folder(struct source *source, int descriptor,
                        const char *prefix, struct failure *failure)
{
    struct level *level = source_push(source, prefix);

    if (folder_open(&level->folder, descriptor, failure))
        return true;
    source_pop(source);
    return false;
}

/* SOURCE_MORE: a folder was pushed. */
static enum source_step take_folder(struct source *source, struct level *level,
                                    const char *name, struct found *found)
{
    const char *path = name_join(&source->arena, level->prefix, name);
    struct failure failure = { "" };
    int descriptor;

    if (source->level_count - source->archive_count >= SOURCE_FOLDERS_MAX)
        return source_refuse(source, found, path,
                             "folders nested more than 64 deep");
    descriptor = openat(level->folder.descriptor, name,
                        OPEN_FLAGS | O_DIRECTORY | O_NOFOLLOW);
    if (descriptor < 0)
        return source_refuse(source, found, path, strerror(errno));
    if (!push_folder(source, descriptor, path, &failure))
        return source_refuse(source, found, path, failure.text);
    return SOURCE_MORE;
}

static enum source_step step_folder(struct source *source, struct found *found,
                                    struct failure *failure)
{
    struct level *level = &source->levels[source->level_count - 1];
    const struct folder_entry *entry = folder_next(&level->folder);

    if (entry == NULL) {
        source_pop(source);
        return SOURCE_MORE;
    }
    if (entry->is_folder)
        return take_folder(source, level, entry->name, found);
    return take_entry(source, level, entry, found, failure);
}

/* The archive's own row comes last. */
static enum source_step step_archive(struct source *source, struct found *found,
                                     struct failure *failure)
{
    struct level *level = &source->levels[source->level_count - 1];
    enum source_step step = source_member(source, level, found, failure);

    if (step != SOURCE_END)
        return step;
    *found = level->archive;
    level->archive = (struct found){ .descriptor = -1 };
    archive_finish(level, found);
    source_pop(source);
    return SOURCE_FOUND;
}

static const char *base_name(struct source *source, const char *path)
{
    size_t length = strlen(path);
    char *copy;

    while (length > 1 && path[length - 1] == '/')
        length--;
    copy = arena_copy(&source->arena, path, length);
    return strrchr(copy, '/') != NULL && length > 1 ? strrchr(copy, '/') + 1
                                                    : copy;
}

static enum source_step take_stdin(struct source *source, struct found *found,
                                   struct failure *failure)
{
    const char *folder = source->spool_folder;
    char buffer[64 * 1024];
    int descriptor;
    ssize_t got;

    if (!spool_open(folder, &descriptor, failure))
        return SOURCE_FAILED;
    source_begin(source, found, "-");
    found->descriptor = descriptor;
    do {
        got = read(STDIN_FILENO, buffer, sizeof buffer);
        if (got > 0 && !spool_write(folder, &found->descriptor,
                                    text_slice(buffer, (size_t)got), failure))
            return SOURCE_FAILED;
        found->size_bytes += got > 0 ? got : 0;
    } while (got > 0 || (got < 0 && errno == EINTR));
    return source_accept(source, found, failure);
}

/* What the user names is followed, and must be there. */
static enum source_step step_argument(struct source *source,
                                      struct found *found,
                                      struct failure *failure)
{
    const char *path = *source->paths++;
    const char *name = base_name(source, path);
    struct stat status;
    int descriptor;

    if (strcmp(path, "-") == 0)
        return take_stdin(source, found, failure);
    descriptor = open(path, OPEN_FLAGS);
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        fail(failure, "%s: %s", path, strerror(errno));
        return SOURCE_FAILED;
    }
    name = name_join(&source->arena, "", name);
    if (S_ISDIR(status.st_mode)) {
        if (!ledger_begin(source->ledger, source->is_alone ? name : "",
                          failure)) {
            (void)close(descriptor);
            return SOURCE_FAILED;
        }
        if (push_folder(source, descriptor, source->is_alone ? "" : name,
                        failure))
            return SOURCE_MORE;
        fail_add(failure, "%s", path);
        return SOURCE_FAILED;
    }
    if (!S_ISREG(status.st_mode)) {
        (void)close(descriptor);
        fail(failure, "%s: neither a file nor a folder", path);
        return SOURCE_FAILED;
    }
    source_begin(source, found, name);
    return take_file(source, found, descriptor, failure);
}

static enum source_step step(struct source *source, struct found *found,
                             struct failure *failure)
{
    if (source->level_count == 0)
        return step_argument(source, found, failure);
    if (source->levels[source->level_count - 1].is_archive)
        return step_archive(source, found, failure);
    if (source->levels[source->level_count - 1].is_document)
        return source_piece(source, found, failure);
    return step_folder(source, found, failure);
}

enum source_step source_next(struct source *source, struct found *found,
                             struct failure *failure)
{
    while (source->level_count > 0 || *source->paths != NULL) {
        enum source_step result;

        *found = (struct found){ .descriptor = -1 };
        result = step(source, found, failure);
        arena_reset(&source->arena);
        if (result == SOURCE_FOUND)
            return result;
        found_release(found);
        if (result == SOURCE_FAILED)
            return result;
    }
    return SOURCE_END;
}
