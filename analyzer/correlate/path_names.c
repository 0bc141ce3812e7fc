#include "correlate/path_names.h"

#include <stdlib.h>
#include <string.h>

enum {
    BORDERS_MAX = 64,
};

void path_names_init(struct path_names *names, struct arena *arena)
{
    *names = (struct path_names){ .arena = arena };
}

void path_names_deinit(struct path_names *names)
{
    free(names->list);
    *names = (struct path_names){ 0 };
}

void path_names_add(struct path_names *names, const char *text,
                    const char *value)
{
    if (text == NULL || value == NULL || strlen(text) < 2 ||
        strlen(text) > NAME_BYTES_MAX)
        return;
    if (names->count == names->room) {
        names->room = names->room * 2 + 64;
        names->list =
            memory_resize(names->list, names->room, sizeof *names->list);
    }
    names->list[names->count++] = (struct path_name){
        .text = text,
        .value = value,
    };
    names->is_sorted = false;
}

static int path_name_compare(const void *a, const void *b)
{
    const struct path_name *left = a;
    const struct path_name *right = b;
    int order = strcmp(left->text, right->text);

    if (order != 0 || left->value == NULL || right->value == NULL)
        return order;
    return strcmp(left->value, right->value);
}

/* Makes one entry of equal names; value NULL if they disagree. */
static void path_names_sort(struct path_names *names)
{
    size_t kept = 0;

    if (names->is_sorted || names->count == 0)
        return;
    qsort(names->list, names->count, sizeof *names->list, path_name_compare);
    for (size_t i = 0; i < names->count; i++) {
        struct path_name *last = kept > 0 ? &names->list[kept - 1] : NULL;

        if (last == NULL || strcmp(last->text, names->list[i].text) != 0)
            names->list[kept++] = names->list[i];
        else if (last->value != NULL && names->list[i].value != NULL &&
                 strcmp(last->value, names->list[i].value) != 0)
            last->value = NULL;
    }
    names->count = kept;
    names->is_sorted = true;
}

const char *path_names_get(struct path_names *names, struct text text)
{
    size_t low = 0;
    size_t high;

    path_names_sort(names);
    high = names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *name = names->list[middle].text;
        size_t length = strlen(name);
        size_t shared = length < text.length ? length : text.length;
        int order = memcmp(name, text.bytes, shared);

        if (order == 0 && length == text.length)
            return names->list[middle].value;
        if (order < 0 || (order == 0 && length < text.length))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9');
}

const char *path_names_find(struct path_names *names, struct text text)
{
    size_t starts[BORDERS_MAX];
    size_t ends[BORDERS_MAX];
    size_t start_count = 0;
    size_t end_count = 0;
    const char *best = NULL;
    size_t best_length = 0;

    for (size_t i = 0; i < text.length; i++) {
        bool word = is_word(text.bytes[i]);

        if (word && (i == 0 || !is_word(text.bytes[i - 1])) &&
            start_count < BORDERS_MAX)
            starts[start_count++] = i;
        if (word && (i + 1 == text.length || !is_word(text.bytes[i + 1])) &&
            end_count < BORDERS_MAX)
            ends[end_count++] = i + 1;
    }
    for (size_t s = 0; s < start_count; s++)
        for (size_t e = end_count; e-- > 0 && ends[e] > starts[s];) {
            size_t length = ends[e] - starts[s];
            const char *value;

            if (length <= best_length)
                break;
            value = path_names_get(names,
                                   text_slice(text.bytes + starts[s], length));
            if (value != NULL) {
                best = value;
                best_length = length;
            }
        }
    return best;
}
