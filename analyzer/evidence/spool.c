#define _GNU_SOURCE /* O_TMPFILE, mkostemp, memfd_create */
#include "evidence/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int open_unlinked(const char *folder)
{
    char name[4096];
    int length = snprintf(name, sizeof name, "%s/wirecause-XXXXXX", folder);
    int descriptor;

    if (length < 0 || (size_t)length >= sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    descriptor = mkostemp(name, O_CLOEXEC);
    if (descriptor >= 0)
        (void)unlink(name);
    return descriptor;
}

static bool open_file(const char *folder, int *descriptor,
                      struct failure *failure)
{
    *descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*descriptor < 0)
        *descriptor = open_unlinked(folder);
    if (*descriptor < 0)
        return fail(failure, "temporary file in %s: %s", folder,
                    strerror(errno));
    return true;
}

bool spool_open(const char *folder, int *descriptor, struct failure *failure)
{
    *descriptor = memfd_create("wirecause", MFD_CLOEXEC);
    return *descriptor >= 0 || open_file(folder, descriptor, failure);
}

static bool write_all(int descriptor, struct text bytes,
                      struct failure *failure)
{
    while (bytes.length > 0) {
        ssize_t wrote = write(descriptor, bytes.bytes, bytes.length);

        if (wrote < 0 && errno != EINTR)
            return fail(failure, "temporary file: %s", strerror(errno));
        if (wrote > 0)
            bytes = text_from(bytes, (size_t)wrote);
    }
    return true;
}

/* What is in memory so far becomes the beginning of a file. */
static bool move_to_file(const char *folder, int *descriptor,
                         struct failure *failure)
{
    char buffer[64 * 1024];
    off_t at = 0;
    ssize_t got;
    int file;
    bool ok = open_file(folder, &file, failure);

    while (ok) {
        got = pread(*descriptor, buffer, sizeof buffer, at);
        if (got < 0)
            ok = fail(failure, "temporary memory: %s", strerror(errno));
        if (got <= 0)
            break;
        ok = write_all(file, text_slice(buffer, (size_t)got), failure);
        at += got;
    }
    if (file < 0)
        return false;
    (void)close(*descriptor);
    *descriptor = file;
    return ok;
}

bool spool_write(const char *folder, int *descriptor, struct text bytes,
                 struct failure *failure)
{
    off_t before = lseek(*descriptor, 0, SEEK_CUR);

    if (before <= SPOOL_MEMORY_BYTES &&
        before + (off_t)bytes.length > SPOOL_MEMORY_BYTES &&
        !move_to_file(folder, descriptor, failure))
        return false;
    return write_all(*descriptor, bytes, failure);
}

const char *spool_folder_default(void)
{
    const char *folder = getenv("TMPDIR");

    if (folder != NULL && folder[0] != '\0')
        return folder;
    return access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp";
}
