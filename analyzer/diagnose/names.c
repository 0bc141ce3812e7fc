#include "diagnose/names.h"

#include "base/text.h"

#include <string.h>

static size_t place_of(const struct names *names, const char *name)
{
    size_t at = 0;

    while (at < names->count && strcmp(names->names[at], name) < 0)
        at++;
    return at;
}

void names_add(struct names *names, const char *name)
{
    const char *copy;
    size_t at;

    if (name == NULL || name[0] == '\0')
        return;
    if (names->names == NULL)
        names->names =
            arena_allocate(names->arena, (NAMES_MAX + 1) * sizeof(char *));
    copy = text_copy_most(names->arena, text_of(name), NAME_BYTES_MAX);
    at = place_of(names, copy);
    if (at < names->count && strcmp(names->names[at], copy) == 0)
        return;
    if (names->count == NAMES_MAX)
        return;
    memmove(&names->names[at + 1], &names->names[at],
            (names->count - at) * sizeof(char *));
    names->names[at] = copy;
    names->count++;
}

void names_add_all(struct names *names, const char *const *more)
{
    for (size_t i = 0; more != NULL && more[i] != NULL; i++)
        names_add(names, more[i]);
}

const char *const *names_list(const struct names *names)
{
    static const char *const none[] = { NULL };

    return names->names == NULL ? none : names->names;
}

const char *names_sentence(struct arena *arena, const char *const *list,
                           const char *otherwise)
{
    const char *sentence = otherwise;

    for (size_t i = 0; list[i] != NULL; i++) {
        const char *joint = list[i + 1] == NULL ? " and " : ", ";

        sentence =
            i == 0 ? list[0]
                   : arena_format(arena, "%s%s%s", sentence, joint, list[i]);
    }
    return sentence;
}
