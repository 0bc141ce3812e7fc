#include "diagnose/rule_folder.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct kind {
    const char *folder;
    const char *ending;
    bool is_sign;
} kinds[] = {
    { .folder = "signs", .ending = ".sql", .is_sign = true },
    { .folder = "causes", .ending = ".yaml", .is_sign = false },
};

enum {
    KIND_COUNT = sizeof kinds / sizeof kinds[0],
};

static bool is_id(struct text id)
{
    for (size_t i = 0; i < id.length; i++) {
        char byte = id.bytes[i];

        if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9') &&
            byte != '-')
            return false;
    }
    return id.length > 0 && id.length <= 64;
}

static void put(struct rule_folder *folder, const struct rule_file *file,
                struct problems *problems)
{
    for (size_t i = 0; i < folder->count; i++)
        if (folder->files[i].is_sign == file->is_sign &&
            strcmp(folder->files[i].id, file->id) == 0) {
            folder->files[i] = *file;
            return;
        }
    if (folder->count == RULES_MAX) {
        problem_add(problems, file->path, 0, "more than %d rules", RULES_MAX);
        return;
    }
    if (folder->count == folder->room) {
        folder->room = folder->room * 2 + 64;
        folder->files =
            memory_resize(folder->files, folder->room, sizeof *folder->files);
    }
    folder->files[folder->count++] = *file;
}

/* The id in a file's name; false if it does not end as its kind does. */
static bool take_id(struct rule_folder *folder, const struct kind *kind,
                    const char *name, const char **id)
{
    struct text text = text_of(name);

    if (!text_ends(text, kind->ending))
        return false;
    text = text_first(text, text.length - strlen(kind->ending));
    *id = text_copy(folder->arena, text);
    return true;
}

void rule_folder_add_embedded(struct rule_folder *folder,
                              const struct embedded *embedded,
                              struct problems *problems)
{
    for (; embedded != NULL && embedded->path != NULL; embedded++) {
        const char *name = strrchr(embedded->path, '/') + 1;

        for (size_t i = 0; i < KIND_COUNT; i++) {
            struct rule_file file = {
                .path = embedded->path,
                .text = embedded->text,
                .text_bytes = strlen(embedded->text),
                .is_sign = kinds[i].is_sign,
                .is_embedded = true,
            };

            if (take_id(folder, &kinds[i], name, &file.id))
                put(folder, &file, problems);
        }
    }
}

/* The whole file, or NULL after telling. */
static char *read_whole(struct arena *arena, const char *path, size_t *bytes,
                        struct problems *problems)
{
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    char *text = NULL;
    ssize_t got = 0;

    *bytes = 0;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        problem_add(problems, path, 0, "%s", strerror(errno));
    } else if (!S_ISREG(status.st_mode) || status.st_size > RULE_BYTES_MAX) {
        problem_add(problems, path, 0, "not a file of at most %d bytes",
                    RULE_BYTES_MAX);
    } else {
        text = arena_allocate(arena, RULE_BYTES_MAX + 1);
        do {
            got = read(descriptor, text + *bytes, RULE_BYTES_MAX - *bytes);
            *bytes += got > 0 ? (size_t)got : 0;
        } while (got > 0);
        if (got < 0)
            problem_add(problems, path, 0, "%s", strerror(errno));
    }
    if (descriptor >= 0)
        close(descriptor);
    return got < 0 ? NULL : text;
}

static void add_file(struct rule_folder *folder, const struct kind *kind,
                     const char *path, struct problems *problems)
{
    struct rule_file file = { .path = path, .is_sign = kind->is_sign };

    if (!take_id(folder, kind, strrchr(path, '/') + 1, &file.id))
        return;
    if (!is_id(text_of(file.id))) {
        problem_add(problems, path, 0,
                    "an id is made of a-z, 0-9 and '-', at most 64 of them");
        return;
    }
    file.text = read_whole(folder->arena, path, &file.text_bytes, problems);
    if (file.text == NULL)
        return;
    if (memchr(file.text, '\0', file.text_bytes) != NULL) {
        problem_add(problems, path, 0, "holds a NUL byte");
        return;
    }
    put(folder, &file, problems);
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* False if there is no such folder. */
static bool add_kind(struct rule_folder *folder, const char *directory,
                     const struct kind *kind, struct problems *problems)
{
    struct dirent **names = NULL;
    const char *path =
        arena_format(folder->arena, "%s/%s", directory, kind->folder);
    int count = scandir(path, &names, NULL, compare_names);

    if (count < 0 && errno != ENOENT)
        problem_add(problems, path, 0, "%s", strerror(errno));
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.')
            add_file(
                folder, kind,
                arena_format(folder->arena, "%s/%s", path, names[i]->d_name),
                problems);
        free(names[i]);
    }
    free(names);
    return count >= 0;
}

void rule_folder_add(struct rule_folder *folder, const char *directory,
                     struct problems *problems)
{
    size_t before = problems->count;
    bool is_there = false;

    for (size_t i = 0; i < KIND_COUNT; i++)
        is_there |= add_kind(folder, directory, &kinds[i], problems);
    if (!is_there && problems->count == before)
        problem_add(problems, directory, 0,
                    "holds neither a folder signs nor a folder causes");
}

static int compare_files(const void *a, const void *b)
{
    const struct rule_file *file_a = a;
    const struct rule_file *file_b = b;

    if (file_a->is_sign != file_b->is_sign)
        return file_a->is_sign ? -1 : 1;
    return strcmp(file_a->id, file_b->id);
}

void rule_folder_sort(struct rule_folder *folder)
{
    if (folder->count > 1)
        qsort(folder->files, folder->count, sizeof *folder->files,
              compare_files);
}
