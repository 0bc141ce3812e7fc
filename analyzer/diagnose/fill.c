#include "diagnose/fill.h"

#include <string.h>

/* "packet", "node pair", "SYN-ACK". */
static bool is_noun(struct text noun)
{
    for (size_t i = 0; i < noun.length; i++) {
        char byte = noun.bytes[i];

        if ((byte < 'a' || byte > 'z') && (byte < 'A' || byte > 'Z') &&
            byte != ' ' && byte != '-')
            return false;
    }
    return noun.length > 0;
}

static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.bytes[i];

        if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9') &&
            byte != '_')
            return false;
    }
    return name.length > 0;
}

/* "name" or "name:noun". */
static bool take_blank(struct text inside, struct blank *blank)
{
    ptrdiff_t colon = text_find_byte(inside, ':');

    blank->noun = text_of("");
    blank->name = inside;
    if (colon >= 0) {
        blank->name = text_first(inside, (size_t)colon);
        blank->noun = text_from(inside, (size_t)colon + 1);
    }
    return is_name(blank->name) && (colon < 0 || is_noun(blank->noun));
}

bool fill_next(struct text *rest, struct blank *blank)
{
    struct text whole = *rest;
    size_t at = 0;

    for (;;) {
        struct text found = text_from(whole, at);
        ptrdiff_t open = text_find_byte(found, '{');
        ptrdiff_t close;

        if (open < 0)
            break;
        at += (size_t)open + 1;
        found = text_from(whole, at);
        close = text_find_byte(found, '}');
        if (close < 0)
            break;
        if (take_blank(text_first(found, (size_t)close), blank)) {
            blank->before = text_first(whole, at - 1);
            *rest = text_from(whole, at + (size_t)close + 1);
            return true;
        }
    }
    blank->before = whole;
    *rest = text_from(whole, whole.length);
    return false;
}

const char *fill_count(struct arena *arena, const char *count, const char *noun)
{
    bool is_one = strcmp(count, "1") == 0;
    struct text stem = text_of(noun);

    if (is_one || !text_ends(stem, "y"))
        return arena_format(arena, "%s %s%s", count, noun, is_one ? "" : "s");
    return arena_format(arena, "%s %.*sies", count, (int)stem.length - 1, noun);
}

static const char *fill_blank(struct arena *arena, const struct blank *blank,
                              const char *value)
{
    if (value == NULL)
        return arena_format(arena, "{%s}", text_copy(arena, blank->name));
    if (blank->noun.length == 0)
        return value;
    return fill_count(arena, value, text_copy(arena, blank->noun));
}

const char *fill_sentence(struct arena *arena, const char *sentence,
                          fill_fn *value, const void *context)
{
    struct text rest = text_of(sentence);
    struct blank blank;
    const char *filled = "";

    while (fill_next(&rest, &blank))
        filled =
            arena_format(arena, "%s%.*s%s", filled, (int)blank.before.length,
                         blank.before.bytes,
                         fill_blank(arena, &blank, value(context, blank.name)));
    return arena_format(arena, "%s%.*s", filled, (int)blank.before.length,
                        blank.before.bytes);
}
