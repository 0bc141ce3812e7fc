#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct text text_of(const char *string)
{
    return (struct text){ string, strlen(string) };
}

struct text text_slice(const char *bytes, size_t length)
{
    return (struct text){ bytes, length };
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static bool bytes_equal(const char *a, const char *b, size_t length)
{
    return length == 0 || memcmp(a, b, length) == 0;
}

bool text_equals(struct text text, const char *string)
{
    return text.length == strlen(string) &&
           bytes_equal(text.bytes, string, text.length);
}

bool text_equals_nocase(struct text text, const char *string)
{
    if (text.length != strlen(string))
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (lower(text.bytes[i]) != lower(string[i]))
            return false;
    return true;
}

bool text_starts(struct text text, const char *prefix)
{
    size_t length = strlen(prefix);

    return text.length >= length && bytes_equal(text.bytes, prefix, length);
}

bool text_ends(struct text text, const char *suffix)
{
    size_t length = strlen(suffix);

    return text.length >= length &&
           bytes_equal(text_from(text, text.length - length).bytes, suffix,
                       length);
}

ptrdiff_t text_find(struct text text, const char *needle)
{
    size_t length = strlen(needle);
    size_t at = 0;

    if (length == 0)
        return 0;
    while (text.length - at >= length) {
        const char *hit =
            memchr(text.bytes + at, needle[0], text.length - at - length + 1);

        if (hit == NULL)
            return -1;
        if (memcmp(hit, needle, length) == 0)
            return hit - text.bytes;
        at = (size_t)(hit - text.bytes) + 1;
    }
    return -1;
}

ptrdiff_t text_find_byte(struct text text, char byte)
{
    const char *hit =
        text.length > 0 ? memchr(text.bytes, byte, text.length) : NULL;

    return hit == NULL ? -1 : hit - text.bytes;
}

struct text text_trim(struct text text)
{
    while (text.length > 0 && is_blank(text.bytes[0])) {
        text.bytes++;
        text.length--;
    }
    while (text.length > 0 && is_blank(text.bytes[text.length - 1]))
        text.length--;
    return text;
}

struct text text_from(struct text text, size_t offset)
{
    size_t skipped = offset < text.length ? offset : text.length;

    if (skipped > 0)
        text.bytes += skipped;
    text.length -= skipped;
    return text;
}

struct text text_first(struct text text, size_t length)
{
    if (length < text.length)
        text.length = length;
    return text;
}

void text_keep(char *to, size_t room, struct text text)
{
    text = text_first(text, room - 1);
    if (text.length > 0)
        memcpy(to, text.bytes, text.length);
    to[text.length] = '\0';
}

bool text_skip(struct text *text, const char *prefix)
{
    if (!text_starts(*text, prefix))
        return false;
    *text = text_from(*text, strlen(prefix));
    return true;
}

struct text text_word(struct text *text)
{
    struct text word;
    size_t length = 0;

    while (text->length > 0 && is_blank(text->bytes[0]))
        *text = text_from(*text, 1);
    while (length < text->length && !is_blank(text->bytes[length]))
        length++;
    word = text_first(*text, length);
    *text = text_from(*text, length);
    return word;
}

struct text text_until(struct text *text, char separator)
{
    ptrdiff_t at = text_find_byte(*text, separator);
    struct text part = *text;

    if (at < 0) {
        *text = text_from(*text, text->length);
        return part;
    }
    part = text_first(part, (size_t)at);
    *text = text_from(*text, (size_t)at + 1);
    return part;
}

bool text_line(struct text *rest, struct text *line)
{
    if (rest->length == 0)
        return false;
    *line = text_until(rest, '\n');
    if (line->length > 0 && line->bytes[line->length - 1] == '\r')
        line->length--;
    return true;
}

bool text_integer(struct text text, int64_t *value)
{
    bool negative = text_skip(&text, "-");
    int64_t sum = 0;

    if (text.length == 0)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        int digit = text.bytes[i] - '0';

        if (digit < 0 || digit > 9)
            return false;
        if (__builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_sub_overflow(sum, digit, &sum))
            return false;
    }
    if (!negative && __builtin_sub_overflow(0, sum, &sum))
        return false;
    *value = sum;
    return true;
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (lower(byte) >= 'a' && lower(byte) <= 'f')
        return lower(byte) - 'a' + 10;
    return -1;
}

bool text_hex(struct text text, uint64_t *value)
{
    uint64_t sum = 0;

    if (!text_skip(&text, "0x"))
        text_skip(&text, "0X");
    if (text.length == 0 || text.length > 16)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        int digit = hex_digit(text.bytes[i]);

        if (digit < 0)
            return false;
        sum = sum << 4 | (uint64_t)digit;
    }
    *value = sum;
    return true;
}

/* By hand: strtod() obeys the locale. Enough for durations and rates. */
bool text_real(struct text text, double *value)
{
    bool negative = text_skip(&text, "-");
    double sum = 0;
    double scale = 1;
    size_t at = 0;
    size_t digits = 0;
    int64_t exponent = 0;

    for (; at < text.length && text.bytes[at] >= '0' && text.bytes[at] <= '9';
         at++, digits++)
        sum = sum * 10 + (text.bytes[at] - '0');
    if (at < text.length && text.bytes[at] == '.')
        for (at++;
             at < text.length && text.bytes[at] >= '0' && text.bytes[at] <= '9';
             at++, digits++) {
            sum = sum * 10 + (text.bytes[at] - '0');
            scale *= 10;
        }
    if (digits == 0 || digits > 300)
        return false;
    if (at < text.length && lower(text.bytes[at]) == 'e') {
        struct text rest = text_from(text, at + 1);

        text_skip(&rest, "+");
        if (!text_integer(rest, &exponent) || exponent > 300 || exponent < -300)
            return false;
        at = text.length;
    }
    if (at != text.length)
        return false;
    sum /= scale;
    for (; exponent > 0; exponent--)
        sum *= 10;
    for (; exponent < 0; exponent++)
        sum /= 10;
    *value = negative ? -sum : sum;
    return true;
}

char *text_copy_most(struct arena *arena, struct text text, size_t most)
{
    ptrdiff_t nul;

    text = text_first(text, most);
    nul = text_find_byte(text, '\0');
    if (nul >= 0)
        text = text_first(text, (size_t)nul);
    return arena_copy(arena, text.bytes, text.length);
}

char *text_copy(struct arena *arena, struct text text)
{
    return text_copy_most(arena, text, text.length);
}

char *text_copy_lower(struct arena *arena, struct text text)
{
    char *copy = text_copy(arena, text);

    for (char *at = copy; *at != '\0'; at++)
        *at = lower(*at);
    return copy;
}
