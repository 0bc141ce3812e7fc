#include "diagnose/sign_file.h"

#include "base/text.h"

#include <string.h>

enum {
    NEEDS_MAX = 16,
};

/* To add a key: one row here, and its field in struct sign_rule. */
static const struct header_key {
    const char *name;
    size_t offset;
    bool is_required;
} keys[] = {
    {
        .name = "sign",
        .offset = offsetof(struct sign_rule, id),
        .is_required = true,
    },
    {
        .name = "title",
        .offset = offsetof(struct sign_rule, title),
        .is_required = true,
    },
    {
        .name = "group",
        .offset = offsetof(struct sign_rule, group),
    },
    {
        .name = "needs", .offset = SIZE_MAX, /* a list: see needs_parse() */
    },
    {
        .name = "says",
        .offset = offsetof(struct sign_rule, says),
        .is_required = true,
    },
};

enum {
    KEY_COUNT = sizeof keys / sizeof keys[0],
    KEY_NEEDS = 3,
    KEY_SAYS = 4,
};

struct header {
    struct arena *arena;
    struct problems *problems;
    const char *path;
    const char *values[KEY_COUNT]; /* NULL: not there */
    int lines[KEY_COUNT];
    int open; /* the key that a continued line belongs to; -1 */
};

static int key_index(struct text name)
{
    for (int i = 0; i < KEY_COUNT; i++)
        if (text_equals(name, keys[i].name))
            return i;
    return -1;
}

static bool is_key(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if ((name.bytes[i] < 'a' || name.bytes[i] > 'z') &&
            name.bytes[i] != '_')
            return false;
    return name.length > 0;
}

static void header_continue(struct header *header, struct text line)
{
    const char *before;
    struct text more = text_trim(line);

    if (header->open < 0)
        return;
    before = header->values[header->open];
    header->values[header->open] = arena_format(header->arena, "%s%s%s", before,
                                                before[0] == '\0' ? "" : " ",
                                                text_copy(header->arena, more));
}

/* "key: value", or a comment for people, which has no key. */
static void header_line(struct header *header, struct text line, int number)
{
    struct text value = line;
    struct text name = text_until(&value, ':');
    int key;

    if (name.length == line.length || !is_key(name)) {
        header->open = -1;
        return;
    }
    key = key_index(name);
    header->open = key;
    if (key < 0) {
        problem_add(header->problems, header->path, number, "unknown key '%s'",
                    text_copy(header->arena, name));
        return;
    }
    if (header->values[key] != NULL)
        problem_add(header->problems, header->path, number,
                    "key '%s' stands twice", keys[key].name);
    header->values[key] = text_copy(header->arena, text_trim(value));
    header->lines[key] = number;
}

static void header_read(struct header *header, struct text rest)
{
    struct text line;

    for (int number = 1; text_line(&rest, &line); number++) {
        if (!text_skip(&line, "--"))
            return;
        if (text_starts(line, "   "))
            header_continue(header, line);
        else if (text_skip(&line, " "))
            header_line(header, line, number);
        else
            header->open = -1;
    }
}

static struct id_list needs_parse(struct header *header)
{
    const char **needs =
        arena_allocate(header->arena, (NEEDS_MAX + 1) * sizeof *needs);
    struct id_list list = { .ids = needs, .line = header->lines[KEY_NEEDS] };
    struct text rest;

    if (header->values[KEY_NEEDS] == NULL)
        return list;
    rest = text_of(header->values[KEY_NEEDS]);
    while (rest.length > 0) {
        struct text need = text_trim(text_until(&rest, ','));

        if (need.length == 0)
            continue;
        if (list.count == NEEDS_MAX) {
            problem_add(header->problems, header->path, list.line,
                        "more than %d needs", NEEDS_MAX);
            return list;
        }
        needs[list.count++] = text_copy(header->arena, need);
    }
    return list;
}

static void header_check(const struct header *header, const char *id)
{
    for (int i = 0; i < KEY_COUNT; i++)
        if (keys[i].is_required &&
            (header->values[i] == NULL || header->values[i][0] == '\0'))
            problem_add(header->problems, header->path,
                        header->lines[i] > 0 ? header->lines[i] : 1,
                        "key '%s' is missing or empty", keys[i].name);
    if (header->values[0] != NULL && strcmp(header->values[0], id) != 0)
        problem_add(header->problems, header->path, header->lines[0],
                    "sign '%s' stands in a file named '%s.sql'",
                    header->values[0], id);
}

void sign_file_parse(struct sign_rule *rule, struct arena *arena,
                     struct problems *problems)
{
    struct header header = {
        .arena = arena,
        .problems = problems,
        .path = rule->file.path,
        .open = -1,
    };

    header_read(&header, text_slice(rule->file.text, rule->file.text_bytes));
    header_check(&header, rule->file.id);
    for (int i = 0; i < KEY_COUNT; i++) {
        const char *value = header.values[i] == NULL ? "" : header.values[i];

        if (keys[i].offset != SIZE_MAX)
            memcpy((char *)rule + keys[i].offset, &value, sizeof value);
    }
    rule->id = rule->file.id;
    rule->needs = needs_parse(&header);
    rule->says_line = header.lines[KEY_SAYS];
}
