#define _GNU_SOURCE /* O_TMPFILE, mkostemp */
#include "evidence/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

bool spool_open(const char *folder, int *descriptor, struct failure *failure)
{
    *descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*descriptor < 0)
        *descriptor = open_unlinked(folder);
    if (*descriptor < 0)
        return fail(failure, "temporary file in %s: %s", folder,
                    strerror(errno));
    return true;
}

bool spool_write(int descriptor, const void *bytes, size_t length,
                 struct failure *failure)
{
    const char *from = bytes;

    while (length > 0) {
        ssize_t wrote = write(descriptor, from, length);

        if (wrote < 0 && errno != EINTR)
            return fail(failure, "temporary file: %s", strerror(errno));
        if (wrote > 0) {
            from += wrote;
            length -= (size_t)wrote;
        }
    }
    return true;
}

const char *spool_folder_default(void)
{
    const char *folder = getenv("TMPDIR");

    if (folder != NULL && folder[0] != '\0')
        return folder;
    return access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp";
}
