#include "evidence/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int compare(const void *a, const void *b)
{
    const struct folder_entry *left = a;
    const struct folder_entry *right = b;
    size_t same = 0;
    unsigned char ends[2];

    while (left->name[same] != '\0' && left->name[same] == right->name[same])
        same++;
    ends[0] = (unsigned char)left->name[same];
    ends[1] = (unsigned char)right->name[same];
    if (ends[0] == '\0' && left->is_folder)
        ends[0] = '/';
    if (ends[1] == '\0' && right->is_folder)
        ends[1] = '/';
    return (ends[0] > ends[1]) - (ends[0] < ends[1]);
}

static bool is_folder(int descriptor, const char *name)
{
    struct stat status;

    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(status.st_mode);
}

static void add(struct folder *folder, size_t *room, const char *name)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return;
    if (folder->count == *room) {
        *room = *room == 0 ? 64 : *room * 2;
        folder->entries =
            memory_resize(folder->entries, *room, sizeof *folder->entries);
    }
    folder->entries[folder->count++] = (struct folder_entry){
        .name = arena_copy(&folder->arena, name, strlen(name)),
        .is_folder = is_folder(folder->descriptor, name),
    };
}

bool folder_open(struct folder *folder, int descriptor, struct failure *failure)
{
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    DIR *stream = copy < 0 ? NULL : fdopendir(copy);
    const struct dirent *entry;
    size_t room = 0;

    *folder = (struct folder){ .descriptor = descriptor };
    arena_init(&folder->arena);
    if (stream == NULL) {
        fail(failure, "%s", strerror(errno));
        if (copy >= 0)
            (void)close(copy);
        folder_close(folder);
        return false;
    }
    for (entry = readdir(stream); entry != NULL; entry = readdir(stream))
        add(folder, &room, entry->d_name);
    (void)closedir(stream);
    if (folder->count > 1)
        qsort(folder->entries, folder->count, sizeof *folder->entries, compare);
    return true;
}

void folder_close(struct folder *folder)
{
    if (folder->descriptor >= 0)
        (void)close(folder->descriptor);
    arena_deinit(&folder->arena);
    free(folder->entries);
    *folder = (struct folder){ .descriptor = -1 };
}

const struct folder_entry *folder_next(struct folder *folder)
{
    if (folder->at == folder->count)
        return NULL;
    return &folder->entries[folder->at++];
}
