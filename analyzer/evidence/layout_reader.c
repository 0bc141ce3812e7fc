#include "evidence/layouts.h"

#include "base/clock.h"
#include "base/pattern.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LAYOUTS_MAX = 32,
};

/* The groups that become clues as they are. */
static const char *const groups[] = { "collection", "node",      "namespace",
                                      "pod",        "container", "netns" };

enum {
    GROUPS_COUNT = sizeof groups / sizeof groups[0],
};

struct layout_reader {
    struct pattern *patterns[LAYOUTS_MAX];
};

struct layout_reader *layout_reader_create(void)
{
    struct layout_reader *reader = memory_allocate(1, sizeof *reader);

    for (size_t i = 0; layouts[i].name != NULL; i++) {
        struct failure failure = { "" };

        assert(i < LAYOUTS_MAX);
        reader->patterns[i] = pattern_create(layouts[i].pattern, &failure);
        assert(reader->patterns[i] != NULL);
    }
    return reader;
}

void layout_reader_destroy(struct layout_reader *reader)
{
    if (reader == NULL)
        return;
    for (size_t i = 0; layouts[i].name != NULL; i++)
        pattern_destroy(reader->patterns[i]);
    free(reader);
}

static bool has_group(const struct layout *layout, const char *group)
{
    char name[32];

    snprintf(name, sizeof name, "(?<%s>", group);
    return strstr(layout->pattern, name) != NULL;
}

/* The digits of a stamp, YYYYMMDDhhmm and maybe ss, whatever is between. */
static bool parse_stamp(struct text stamp, int64_t *at_ns)
{
    struct civil_time civil = { .year = 0 };
    int *const parts[] = { &civil.year, &civil.year,   &civil.month, &civil.day,
                           &civil.hour, &civil.minute, &civil.second };
    size_t digits = 0;

    for (size_t i = 0; i < stamp.length; i++) {
        int digit = stamp.bytes[i] - '0';

        if (digit < 0 || digit > 9)
            continue;
        if (digits / 2 == sizeof parts / sizeof parts[0])
            return false;
        *parts[digits / 2] = *parts[digits / 2] * 10 + digit;
        digits++;
    }
    return digits >= 12 && clock_from_civil(&civil, at_ns);
}

/* Most collectors name their archive in the local time of their host. */
static void put_stamp(const struct layout *layout, struct text stamp,
                      int64_t evidence_id, struct sink *sink)
{
    struct clue_row row = CLUE_ROW_NONE;

    if (!parse_stamp(stamp, &row.at_ns))
        return;
    row.evidence_id = evidence_id;
    row.name = "stamp";
    row.value = layout->is_utc ? "UTC" : "local";
    sink_put(sink, TABLE_CLUE, &row);
}

struct given {
    bool groups[GROUPS_COUNT];
    bool stamp;
};

static void layout_put(const struct layout *layout, struct pattern *pattern,
                       struct given *given, int64_t evidence_id,
                       struct arena *arena, struct sink *sink)
{
    for (size_t i = 0; i < GROUPS_COUNT; i++) {
        struct text value = { 0 };

        if (given->groups[i])
            continue;
        if (has_group(layout, groups[i]))
            value = pattern_group(pattern, groups[i]);
        else if (layout->netns != NULL && strcmp(groups[i], "netns") == 0)
            value = text_of(layout->netns);
        if (value.length == 0)
            continue;
        sink_clue(sink, evidence_id, ABSENT, groups[i],
                  text_copy(arena, value));
        given->groups[i] = true;
    }
    if (!given->stamp && has_group(layout, "stamp")) {
        put_stamp(layout, pattern_group(pattern, "stamp"), evidence_id, sink);
        given->stamp = true;
    }
}

void layout_clues(struct layout_reader *reader, const char *path,
                  int64_t evidence_id, struct arena *arena, struct sink *sink)
{
    struct given given = { .stamp = false };

    for (size_t i = 0; layouts[i].name != NULL; i++)
        if (pattern_match(reader->patterns[i], text_of(path)) == PATTERN_MATCH)
            layout_put(&layouts[i], reader->patterns[i], &given, evidence_id,
                       arena, sink);
}
