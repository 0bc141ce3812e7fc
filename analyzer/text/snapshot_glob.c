#include "text/snapshot_glob.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* How many bytes at the offset the first sign of a glob covers; 0 if none. */
static size_t covered(struct text text, size_t at, const char *glob)
{
    size_t digits = 0;

    if (at >= text.length || *glob == '\0')
        return 0;
    if (*glob == '\\')
        return text.bytes[at] == glob[1];
    if (*glob != '#')
        return *glob == '?' || text.bytes[at] == *glob;
    while (at + digits < text.length && is_digit(text.bytes[at + digits]))
        digits++;
    return digits;
}

/* Most globs begin with a letter, and most lines with another one. */
static bool is_other_letter(struct text text, const char *glob)
{
    return *glob >= 'A' && (text.length == 0 || text.bytes[0] != *glob) &&
           *glob != '\\';
}

bool glob_matches(struct text text, const char *glob)
{
    const char *after_star = NULL;
    size_t star_at = 0;
    size_t at = 0;

    if (is_other_letter(text, glob))
        return false;
    text = text_first(text, GLOB_BYTES);
    for (;;) {
        size_t step;

        if (*glob == '*') {
            after_star = ++glob;
            star_at = at;
            if (*glob == '\0')
                return true;
            continue;
        }
        step = covered(text, at, glob);
        if (step > 0) {
            at += step;
            glob += *glob == '\\' ? 2 : 1;
            continue;
        }
        if (*glob == '\0' && at == text.length)
            return true;
        if (after_star == NULL || star_at >= text.length)
            return false;
        at = ++star_at;
        glob = after_star;
    }
}

bool glob_matches_any(struct text text, const char *const *globs)
{
    for (; *globs != NULL; globs++)
        if (glob_matches(text, *globs))
            return true;
    return false;
}
