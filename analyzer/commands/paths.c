#include "commands/paths.h"

#include "commands/options.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool paths_try(const struct options *options, struct failure *failure)
{
    for (int i = 0; i < options->argument_count; i++) {
        const char *path = options->arguments[i];
        struct stat status;

        if (strcmp(path, "-") != 0 && lstat(path, &status) != 0)
            return fail(failure, "%s: %s", path, strerror(errno));
    }
    return true;
}
