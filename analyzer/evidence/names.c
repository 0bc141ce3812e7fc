#include "evidence/names.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Length of the UTF-8 sequence at text, 0 if it is none (RFC 3629). C1
 * controls count as none: terminals obey them. */
static size_t utf8_length(const unsigned char *text)
{
    static const struct {
        unsigned char low, high, second_low, second_high;
        size_t length;
    } forms[] = {
        { 0x20, 0x7e, 0x00, 0xff, 1 }, { 0xc2, 0xc2, 0xa0, 0xbf, 2 },
        { 0xc3, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 },
        { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
        { 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
        { 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
    };

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        size_t at = 2;

        if (text[0] < forms[i].low || text[0] > forms[i].high)
            continue;
        if (text[1] < forms[i].second_low || text[1] > forms[i].second_high)
            return 0;
        while (at < forms[i].length && (text[at] & 0xc0) == 0x80)
            at++;
        return at >= forms[i].length ? forms[i].length : 0;
    }
    return 0;
}

static size_t escape(char *to, const char *name)
{
    const unsigned char *from = (const unsigned char *)name;
    size_t used = 0;

    while (*from != '\0') {
        size_t length = utf8_length(from);

        if (length == 0) {
            used += (size_t)snprintf(to + used, 5, "\\x%02x", *from);
            from++;
        } else {
            memcpy(to + used, from, length);
            used += length;
            from += length;
        }
    }
    to[used] = '\0';
    return used;
}

char *name_join(struct arena *arena, const char *prefix, const char *name)
{
    size_t prefix_length = strlen(prefix);
    char *path = arena_allocate(arena, prefix_length + strlen(name) * 4 + 2);

    memcpy(path, prefix, prefix_length);
    if (prefix_length > 0)
        path[prefix_length++] = '/';
    (void)escape(path + prefix_length, name);
    return path;
}

const char *name_trim(const char *name)
{
    while (name[0] == '.' && name[1] == '/') {
        name += 2;
        name += strspn(name, "/");
    }
    return name;
}

static bool has_dot_dot(const char *name)
{
    while (*name != '\0') {
        size_t length = strcspn(name, "/");

        if (length == 2 && name[0] == '.' && name[1] == '.')
            return true;
        name += length;
        name += strspn(name, "/");
    }
    return false;
}

static size_t depth_of(const char *name)
{
    size_t depth = 1;

    for (; *name != '\0'; name++)
        depth += *name == '/' ? 1 : 0;
    return depth;
}

const char *name_refusal(const char *name)
{
    if (name[0] == '\0')
        return "a member without a name";
    if (name[0] == '/')
        return "an absolute name in an archive";
    if (strnlen(name, NAME_BYTES_MAX + 1) > NAME_BYTES_MAX)
        return "a name of more than 4096 bytes";
    if (has_dot_dot(name))
        return "a name that leaves the archive";
    if (depth_of(name) > NAME_DEPTH_MAX)
        return "a name of more than 64 levels";
    return NULL;
}

void name_set_init(struct name_set *set)
{
    *set = (struct name_set){ .room = 1024 };
    set->entries = memory_allocate(set->room, sizeof *set->entries);
}

void name_set_deinit(struct name_set *set)
{
    free(set->entries);
    *set = (struct name_set){ 0 };
}

static struct name_count *find(const struct name_set *set, uint64_t hash)
{
    size_t at = (size_t)hash & (set->room - 1);

    while (set->entries[at].hash != 0 && set->entries[at].hash != hash)
        at = (at + 1) & (set->room - 1);
    return &set->entries[at];
}

static void grow(struct name_set *set)
{
    struct name_set bigger = { .room = set->room * 2, .used = set->used };

    bigger.entries = memory_allocate(bigger.room, sizeof *bigger.entries);
    for (size_t i = 0; i < set->room; i++)
        if (set->entries[i].hash != 0)
            *find(&bigger, set->entries[i].hash) = set->entries[i];
    free(set->entries);
    *set = bigger;
}

static uint32_t count_name(struct name_set *set, const char *path)
{
    uint64_t hash = hash_bytes(path, strlen(path), 0) | 1;
    struct name_count *entry;

    if (set->used * 2 >= set->room)
        grow(set);
    entry = find(set, hash);
    if (entry->hash == 0) {
        entry->hash = hash;
        set->used++;
    }
    return ++entry->count;
}

/* The numbered form may be taken as well, by a name that ends in '~2'. Then
 * that form is numbered: names get longer, so this ends. */
const char *name_set_add(struct name_set *set, struct arena *arena,
                         const char *path)
{
    uint32_t count = count_name(set, path);

    while (count > 1) {
        path = arena_format(arena, "%s~%u", path, (unsigned)count);
        count = count_name(set, path);
    }
    return path;
}
