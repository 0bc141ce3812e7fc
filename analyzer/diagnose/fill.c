#include "diagnose/fill.h"

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

bool fill_next(struct text *rest, struct text *before, struct text *name)
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
        *name = text_first(found, (size_t)close);
        if (is_name(*name)) {
            *before = text_first(whole, at - 1);
            *rest = text_from(whole, at + (size_t)close + 1);
            return true;
        }
    }
    *before = whole;
    *rest = text_from(whole, whole.length);
    return false;
}

const char *fill_sentence(struct arena *arena, const char *sentence,
                          fill_fn *value, const void *context)
{
    struct text rest = text_of(sentence);
    struct text before;
    struct text name;
    const char *filled = "";

    while (fill_next(&rest, &before, &name)) {
        const char *found = value(context, name);

        if (found == NULL)
            found = arena_format(arena, "{%s}", text_copy(arena, name));
        filled = arena_format(arena, "%s%.*s%s", filled, (int)before.length,
                              before.bytes, found);
    }
    return arena_format(arena, "%s%.*s", filled, (int)before.length,
                        before.bytes);
}
