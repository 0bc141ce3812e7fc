#include "text/log_json.h"

#include <string.h>

static struct text skip_space(struct text rest)
{
    size_t at = 0;

    while (at < rest.length &&
           (rest.bytes[at] == ' ' || rest.bytes[at] == '\t' ||
            rest.bytes[at] == '\r' || rest.bytes[at] == '\n'))
        at++;
    return text_from(rest, at);
}

bool json_enter(struct text *rest)
{
    struct text inside = skip_space(*rest);

    if (!text_skip(&inside, "{") || !text_ends(text_trim(inside), "}"))
        return false;
    *rest = inside;
    return true;
}

/* A quote behind an odd number of backslashes is part of the string. */
static bool is_escaped(struct text text, size_t at)
{
    size_t backslashes = 0;

    while (backslashes < at && text.bytes[at - backslashes - 1] == '\\')
        backslashes++;
    return backslashes % 2 == 1;
}

/* Takes a string whose opening quote is off, with its closing quote. */
static bool take_string(struct text *rest, struct text *raw)
{
    size_t at = 0;

    for (;;) {
        ptrdiff_t quote = text_find_byte(text_from(*rest, at), '"');

        if (quote < 0)
            return false;
        at += (size_t)quote;
        if (!is_escaped(*rest, at))
            break;
        at++;
    }
    *raw = text_first(*rest, at);
    *rest = text_from(*rest, at + 1);
    return true;
}

/* Takes an array or object by counting brackets outside of strings. */
static bool take_nested(struct text *rest, struct text *raw)
{
    struct text whole = *rest;
    struct text string;
    size_t depth = 0;

    do {
        char byte = rest->length > 0 ? rest->bytes[0] : '\0';

        if (rest->length == 0)
            return false;
        *rest = text_from(*rest, 1);
        if (byte == '{' || byte == '[')
            depth++;
        else if (byte == '}' || byte == ']')
            depth--;
        else if (byte == '"' && !take_string(rest, &string))
            return false;
    } while (depth > 0);
    *raw = text_first(whole, whole.length - rest->length);
    return true;
}

static struct text take_scalar(struct text *rest)
{
    struct text whole = *rest;
    size_t at = 0;

    while (at < whole.length && whole.bytes[at] != ',' &&
           whole.bytes[at] != '}' && whole.bytes[at] != ']')
        at++;
    *rest = text_from(whole, at);
    return text_trim(text_first(whole, at));
}

bool json_next(struct text *rest, struct json_member *member)
{
    *rest = skip_space(*rest);
    if (text_skip(rest, ","))
        *rest = skip_space(*rest);
    if (!text_skip(rest, "\"") || !take_string(rest, &member->name))
        return false;
    *rest = skip_space(*rest);
    if (!text_skip(rest, ":"))
        return false;
    *rest = skip_space(*rest);
    if (rest->length == 0)
        return false;
    member->kind = rest->bytes[0];
    if (text_skip(rest, "\""))
        return take_string(rest, &member->value);
    if (member->kind == '{' || member->kind == '[')
        return take_nested(rest, &member->value);
    member->kind = '0';
    member->value = take_scalar(rest);
    return true;
}

/* \uXXXX as UTF-8, never longer than its six characters; surrogates become
 * '?', as nothing that is looked for lies beyond the basic plane. */
static size_t put_unit(uint64_t unit, char *to)
{
    if (unit < 0x80) {
        to[0] = (char)unit;
        return 1;
    }
    if (unit < 0x800) {
        to[0] = (char)(0xc0 | unit >> 6);
        to[1] = (char)(0x80 | (unit & 0x3f));
        return 2;
    }
    if (unit >= 0xd800 && unit < 0xe000) {
        to[0] = '?';
        return 1;
    }
    to[0] = (char)(0xe0 | unit >> 12);
    to[1] = (char)(0x80 | (unit >> 6 & 0x3f));
    to[2] = (char)(0x80 | (unit & 0x3f));
    return 3;
}

/* What follows a backslash. */
static size_t put_escape(struct text *raw, char *to)
{
    static const char names[] = "nrtbf";
    static const char bytes[] = "\n\r\t\b\f";
    char byte = raw->bytes[0];
    uint64_t unit;

    *raw = text_from(*raw, 1);
    if (byte == 'u' && raw->length >= 4 &&
        text_hex(text_first(*raw, 4), &unit)) {
        *raw = text_from(*raw, 4);
        return put_unit(unit, to);
    }
    for (size_t i = 0; names[i] != '\0'; i++)
        if (byte == names[i])
            byte = bytes[i];
    to[0] = byte;
    return 1;
}

size_t json_decode(struct text raw, char *to)
{
    size_t length = 0;

    while (raw.length > 0) {
        ptrdiff_t at = text_find_byte(raw, '\\');
        size_t plain = at < 0 ? raw.length : (size_t)at;

        if (plain > 0)
            memcpy(to + length, raw.bytes, plain);
        length += plain;
        raw = text_from(raw, plain + 1);
        if (at >= 0 && raw.length > 0)
            length += put_escape(&raw, to + length);
    }
    return length;
}

size_t json_decode_bytes(struct text raw, char *to)
{
    size_t length = 0;

    (void)text_skip(&raw, "[");
    while (raw.length > 0) {
        struct text item = text_trim(text_until(&raw, ','));
        int64_t value;

        if (text_ends(item, "]"))
            item = text_trim(text_first(item, item.length - 1));
        if (!text_integer(item, &value) || value < 0 || value > 255)
            break;
        to[length++] = (char)value;
    }
    return length;
}
