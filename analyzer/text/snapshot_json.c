#include "text/snapshot_json.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static char first_byte(struct text text)
{
    return text.length > 0 ? text.bytes[0] : '\0';
}

static struct text without_blanks(struct text text)
{
    size_t at = 0;

    while (at < text.length && is_blank(text.bytes[at]))
        at++;
    return text_from(text, at);
}

bool flat_json_looks(struct text text)
{
    char second;

    text = without_blanks(text);
    second = first_byte(without_blanks(text_from(text, 1)));
    if (first_byte(text) == '[')
        return second == '{' || second == ']';
    return first_byte(text) == '{' && (second == '"' || second == '}');
}

void flat_json_init(struct flat_json *reader, struct text text,
                    struct arena *arena)
{
    *reader = (struct flat_json){ .rest = text, .arena = arena, .line = 1 };
    reader->fields = memory_allocate(JSON_FIELDS_MAX, sizeof *reader->fields);
}

void flat_json_deinit(struct flat_json *reader)
{
    free(reader->fields);
    reader->fields = NULL;
}

static void skip_blanks(struct flat_json *reader)
{
    size_t at = 0;

    while (at < reader->rest.length && is_blank(reader->rest.bytes[at]))
        if (reader->rest.bytes[at++] == '\n')
            reader->line++;
    reader->rest = text_from(reader->rest, at);
}

/* What an escape stands for; '?' for all beyond ASCII, which no name that is
 * looked for here has. Moves *at past it. */
static char unescape(struct text text, size_t *at)
{
    static const char from[] = "nrtbf";
    static const char to[] = "\n\r\t\b\f";
    char sign = text.bytes[(*at)++];
    const char *found;
    uint64_t unit;

    if (sign == 'u') {
        struct text digits = text_first(text_from(text, *at), 4);

        *at += digits.length;
        return text_hex(digits, &unit) && unit > 0 && unit < 128 ? (char)unit
                                                                 : '?';
    }
    found = sign == '\0' ? NULL : strchr(from, sign);
    return found != NULL ? to[found - from] : sign;
}

static struct text unescaped(struct flat_json *reader, struct text raw)
{
    char *copy;
    size_t length = 0;
    size_t at = 0;

    if (text_find_byte(raw, '\\') < 0)
        return raw;
    copy = arena_allocate(reader->arena, raw.length + 1);
    while (at < raw.length) {
        char byte = raw.bytes[at++];

        if (byte == '\\' && at < raw.length)
            byte = unescape(raw, &at);
        copy[length++] = byte;
    }
    return text_slice(copy, length);
}

/* Takes a string; the opening quote is at the front. */
static bool take_string(struct flat_json *reader, struct text *value)
{
    struct text rest = text_from(reader->rest, 1);
    size_t at = 0;

    while (at < rest.length && rest.bytes[at] != '"')
        at += rest.bytes[at] == '\\' ? 2 : 1;
    if (at >= rest.length)
        return false;
    *value = unescaped(reader, text_first(rest, at));
    reader->rest = text_from(rest, at + 1);
    return true;
}

/* Takes a string, a number or a word. */
static bool take_scalar(struct flat_json *reader, struct text *value)
{
    size_t at = 0;

    if (first_byte(reader->rest) == '"')
        return take_string(reader, value);
    while (at < reader->rest.length && !is_blank(reader->rest.bytes[at]) &&
           memchr(",:]}[{\"", reader->rest.bytes[at], 7) == NULL)
        at++;
    *value = text_first(reader->rest, at);
    reader->rest = text_from(reader->rest, at);
    return at > 0;
}

static void enter(struct flat_json *reader, bool is_array)
{
    if (reader->depth == JSON_DEPTH_MAX) {
        reader->too_deep++;
        return;
    }
    reader->levels[reader->depth++] =
        (struct json_level){ is_array, reader->path_length };
}

static void leave(struct flat_json *reader)
{
    if (reader->too_deep > 0)
        reader->too_deep--;
    else if (reader->depth > 0)
        reader->path_length = reader->levels[--reader->depth].path_length;
}

/* The path below the innermost object becomes "... .key". */
static void set_key(struct flat_json *reader, struct text key)
{
    size_t at = reader->levels[reader->depth - 1].path_length;

    if (at > 0 && at < JSON_PATH_BYTES)
        reader->path[at++] = '.';
    key = text_first(key, JSON_PATH_BYTES - at);
    if (key.length > 0)
        memcpy(reader->path + at, key.bytes, key.length);
    reader->path_length = at + key.length;
}

static void add_field(struct flat_json *reader, struct json_element *element,
                      struct text value)
{
    struct json_field *field = &reader->fields[element->count];

    if (reader->too_deep > 0 || element->count == JSON_FIELDS_MAX) {
        element->is_cut = true;
        return;
    }
    field->path =
        text_slice(arena_copy(reader->arena, reader->path, reader->path_length),
                   reader->path_length);
    field->value = value;
    field->line = reader->line;
    element->count++;
}

static bool in_object(const struct flat_json *reader)
{
    return reader->too_deep == 0 && !reader->levels[reader->depth - 1].is_array;
}

/* One step inside an element; false if it is no JSON. */
static bool take_part(struct flat_json *reader, struct json_element *element)
{
    char sign = first_byte(reader->rest);
    struct text scalar;

    if (memchr("{[]},", sign, 5) != NULL) {
        reader->rest = text_from(reader->rest, 1);
        if (sign == '{' || sign == '[')
            enter(reader, sign == '[');
        else if (sign != ',')
            leave(reader);
        return true;
    }
    if (!take_scalar(reader, &scalar))
        return false;
    skip_blanks(reader);
    if (first_byte(reader->rest) == ':') {
        reader->rest = text_from(reader->rest, 1);
        if (in_object(reader))
            set_key(reader, scalar);
        return true;
    }
    add_field(reader, element, scalar);
    return true;
}

/* Moves to the next object outside of any other. */
static bool find_element(struct flat_json *reader)
{
    for (;;) {
        skip_blanks(reader);
        if (reader->rest.length == 0)
            return false;
        if (first_byte(reader->rest) == '{')
            return true;
        if (memchr("[],", first_byte(reader->rest), 3) == NULL) {
            reader->is_bad = true;
            return false;
        }
        reader->rest = text_from(reader->rest, 1);
    }
}

bool flat_json_next(struct flat_json *reader, struct json_element *element)
{
    if (reader->is_bad || !find_element(reader))
        return false;
    *element =
        (struct json_element){ .fields = reader->fields, .line = reader->line };
    reader->depth = 0;
    reader->too_deep = 0;
    reader->path_length = 0;
    do {
        if (!take_part(reader, element)) {
            reader->is_bad = true;
            return true;
        }
        skip_blanks(reader);
    } while (reader->depth > 0 && reader->rest.length > 0);
    element->is_whole = reader->depth == 0;
    reader->is_bad = !element->is_whole;
    return true;
}

struct text flat_json_value(const struct json_element *element,
                            const char *path)
{
    for (size_t i = 0; i < element->count; i++)
        if (text_equals(element->fields[i].path, path))
            return element->fields[i].value;
    return text_slice(NULL, 0);
}

bool flat_json_has(const struct json_element *element, const char *path)
{
    return flat_json_value(element, path).bytes != NULL;
}
