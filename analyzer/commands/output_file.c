#include "commands/output_file.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the bytes go. */
struct place {
    char *target;    /* heap: the file itself, links followed; NULL: special */
    char *beside;    /* heap: written first; NULL: special */
    int descriptor;  /* -1: none */
    mode_t mode;     /* for the new file */
    bool is_special; /* written to as it is */
};

/* What these name may be a regular file, and is open already: it is not
 * replaced. */
static bool is_open_already(const char *path)
{
    return strcmp(path, "/dev/stdout") == 0 ||
           strcmp(path, "/dev/stderr") == 0 ||
           strncmp(path, "/dev/fd/", 8) == 0 ||
           strncmp(path, "/proc/self/fd/", 14) == 0;
}

/* The process has one thread when it writes. */
static mode_t mode_of_new_files(void)
{
    mode_t mask = umask(0);

    (void)umask(mask);
    return 0666 & ~mask;
}

static char *duplicate(const char *text)
{
    size_t room = strlen(text) + 1;

    return memcpy(memory_allocate(room, 1), text, room);
}

/* A new file; a link to nothing is none, for what it names may be anywhere. */
static bool place_new(struct place *place, const char *path)
{
    struct stat status;

    if (lstat(path, &status) == 0)
        return false;
    place->target = duplicate(path);
    place->mode = mode_of_new_files();
    return true;
}

/* errno says why, if false. */
static bool find_place(struct place *place, const char *path)
{
    struct stat status;

    *place = (struct place){ .descriptor = -1 };
    if (stat(path, &status) != 0)
        return errno == ENOENT && place_new(place, path);
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    /* A file that is read-only is so for a reason, though a rename could
     * replace it. */
    if (access(path, W_OK) != 0)
        return false;
    place->is_special = !S_ISREG(status.st_mode) || is_open_already(path);
    if (place->is_special)
        return true;
    place->mode = status.st_mode & 0777;
    place->target = realpath(path, NULL);
    return place->target != NULL;
}

static bool open_beside(struct place *place)
{
    size_t room = strlen(place->target) + sizeof ".XXXXXX";

    place->beside = memory_allocate(room, 1);
    snprintf(place->beside, room, "%s.XXXXXX", place->target);
    place->descriptor = mkstemp(place->beside);
    if (place->descriptor >= 0)
        return true;
    free(place->beside);
    place->beside = NULL;
    return false;
}

/* Removes what was written beside, unless it has been moved. */
static void leave(struct place *place)
{
    if (place->descriptor >= 0)
        (void)close(place->descriptor);
    if (place->beside != NULL)
        (void)unlink(place->beside);
    free(place->beside);
    free(place->target);
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static bool write_special(struct place *place, const char *path,
                          const char *bytes, size_t length)
{
    place->descriptor = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
    return place->descriptor >= 0 &&
           write_all(place->descriptor, bytes, length);
}

static bool write_beside(struct place *place, const char *bytes, size_t length)
{
    if (!open_beside(place) || !write_all(place->descriptor, bytes, length) ||
        fchmod(place->descriptor, place->mode) != 0 ||
        (fsync(place->descriptor) != 0 && errno != EINVAL) ||
        rename(place->beside, place->target) != 0)
        return false;
    free(place->beside);
    place->beside = NULL;
    return true;
}

bool output_file_try(const char *path, struct failure *failure)
{
    struct place place;
    bool ok =
        find_place(&place, path) && (place.is_special || open_beside(&place));

    if (!ok)
        fail(failure, "write %s: %s", path, strerror(errno));
    leave(&place);
    return ok;
}

bool output_file_write(const char *path, const char *bytes, size_t length,
                       struct failure *failure)
{
    struct place place;
    bool ok = find_place(&place, path) &&
              (place.is_special ? write_special(&place, path, bytes, length)
                                : write_beside(&place, bytes, length));

    if (!ok)
        fail(failure, "write %s: %s", path, strerror(errno));
    leave(&place);
    return ok;
}
