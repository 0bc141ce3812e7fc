#include "report/output.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(struct output *output, const char *bytes, size_t length)
{
    size_t needed = memory_sum(memory_sum(output->length, length), 1);

    if (needed > output->room) {
        output->room = memory_sum(needed, needed);
        output->bytes = memory_resize(output->bytes, output->room, 1);
    }
    memcpy(output->bytes + output->length, bytes, length);
    output->length += length;
    output->bytes[output->length] = '\0';
}

void output_init(struct output *output)
{
    *output = (struct output){ 0 };
    append(output, "", 0);
}

void output_deinit(struct output *output)
{
    free(output->bytes);
    *output = (struct output){ 0 };
}

void output_text(struct output *output, const char *text)
{
    append(output, text, strlen(text));
}

void output_format(struct output *output, const char *format, ...)
{
    char text[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    output_text(output, text);
}

void output_cut(struct output *output, size_t length)
{
    if (length < output->length) {
        output->length = length;
        output->bytes[length] = '\0';
    }
}

/* Length of the well-formed UTF-8 character at text (RFC 3629, shortest form
 * only), 0 if it is none; its code point in *code. */
static size_t utf8_length(const unsigned char *text, uint32_t *code)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t length = text[0] < 0x80             ? 1
                    : (text[0] & 0xe0) == 0xc0 ? 2
                    : (text[0] & 0xf0) == 0xe0 ? 3
                    : (text[0] & 0xf8) == 0xf0 ? 4
                                               : 0;

    if (length <= 1) {
        *code = text[0];
        return length;
    }
    *code = text[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (text[i] & 0x3f);
    }
    if (*code < smallest[length] || *code > 0x10ffff ||
        (*code >= 0xd800 && *code <= 0xdfff))
        return 0;
    return length;
}

/* Controls, and characters that reorder or hide text. */
static bool is_hidden(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad ||
           code == 0x61c || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfff9 && code <= 0xfffb) || code >= 0xe0000;
}

typedef void escape_fn(struct output *output, uint32_t code, const char *bytes,
                       size_t length);

/* How a hidden character is written; NULL: as \xNN or \u{NN}. */
typedef void hidden_fn(struct output *output, uint32_t code);

/* Walks the characters: those that must not be seen raw go out escaped, the
 * rest through the door's own escape. */
static void walk(struct output *output, const char *text, escape_fn *escape,
                 hidden_fn *hide)
{
    const unsigned char *at = (const unsigned char *)text;
    char shown[16];

    while (*at != '\0') {
        uint32_t code = 0;
        size_t length = utf8_length(at, &code);

        if (length > 0 && is_hidden(code) && hide != NULL) {
            hide(output, code);
            at += length;
            continue;
        }
        if (length == 0 || is_hidden(code)) {
            snprintf(shown, sizeof shown, length > 1 ? "\\u{%x}" : "\\x%02x",
                     length > 1 ? code : *at);
            for (const char *byte = shown; *byte != '\0'; byte++)
                escape(output, (unsigned char)*byte, byte, 1);
            at += length > 1 ? length : 1;
            continue;
        }
        escape(output, code, (const char *)at, length);
        at += length;
    }
}

static void escape_json(struct output *output, uint32_t code, const char *bytes,
                        size_t length)
{
    switch (code) {
    case '"':
        output_text(output, "\\\"");
        break;
    case '\\':
        output_text(output, "\\\\");
        break;
    case '<':
    case '>':
    case '&':
        output_format(output, "\\u%04x", code);
        break;
    default:
        append(output, bytes, length);
    }
}

static void json_escape(struct output *output, uint32_t code)
{
    if (code == '\n')
        output_text(output, "\\n");
    else if (code == '\t')
        output_text(output, "\\t");
    else if (code < 0x10000)
        output_format(output, "\\u%04x", code);
    else
        output_format(output, "\\u%04x\\u%04x",
                      0xd800 + ((code - 0x10000) >> 10),
                      0xdc00 + ((code - 0x10000) & 0x3ff));
}

/* RFC 8259, 7: what must not be seen raw is escaped, so that a reader gets
 * the text back as it was. */
void output_json(struct output *output, const char *text)
{
    if (text == NULL) {
        output_text(output, "null");
        return;
    }
    output_text(output, "\"");
    walk(output, text, escape_json, json_escape);
    output_text(output, "\"");
}

/* A backslash where CommonMark honours it; an entity where GitHub would make
 * a mention, an issue link or an autolink of it. */
static void escape_markdown(struct output *output, uint32_t code,
                            const char *bytes, size_t length)
{
    if (code < 0x80 && strchr("\\`*_[]<>|~&{}!", (int)code) != NULL)
        output_text(output, "\\");
    if (code == '@' || code == '#')
        output_format(output, "&#%u;", code);
    else
        append(output, bytes, length);
}

/* "http://x" and "www.x" become links by themselves: a word joiner, written
 * as an entity, breaks them. */
static void break_autolinks(struct output *output, size_t from)
{
    static const char *const starts[] = { "://", "www.", "WWW." };
    struct output copy;

    output_init(&copy);
    for (size_t at = from; at < output->length; at++) {
        const char *rest = output->bytes + at;
        bool is_start = false;

        for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
            is_start |= strncmp(rest, starts[i], strlen(starts[i])) == 0;
        append(&copy, rest, 1);
        if (is_start)
            output_text(&copy, "&#8288;");
    }
    output_cut(output, from);
    output_text(output, copy.bytes);
    output_deinit(&copy);
}

void output_markdown(struct output *output, const char *text)
{
    size_t from = output->length;

    if (text == NULL)
        return;
    walk(output, text, escape_markdown, NULL);
    break_autolinks(output, from);
}

static void escape_code(struct output *output, uint32_t code, const char *bytes,
                        size_t length)
{
    if (code == '`')
        output_text(output, "'");
    else if (code == '|')
        output_text(output, "\\|");
    else
        append(output, bytes, length);
}

void output_code(struct output *output, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    output_text(output, "`");
    walk(output, text, escape_code, NULL);
    output_text(output, "`");
}

static void escape_html(struct output *output, uint32_t code, const char *bytes,
                        size_t length)
{
    if (code < 0x80 && strchr("<>&\"'`=", (int)code) != NULL)
        output_format(output, "&#%u;", code);
    else
        append(output, bytes, length);
}

void output_html(struct output *output, const char *text)
{
    if (text != NULL)
        walk(output, text, escape_html, NULL);
}

static void escape_plain(struct output *output, uint32_t code,
                         const char *bytes, size_t length)
{
    (void)code;
    append(output, bytes, length);
}

void output_plain(struct output *output, const char *text)
{
    if (text != NULL)
        walk(output, text, escape_plain, NULL);
}

static void escape_mermaid(struct output *output, uint32_t code,
                           const char *bytes, size_t length)
{
    bool is_plain = (code >= 'a' && code <= 'z') ||
                    (code >= 'A' && code <= 'Z') ||
                    (code >= '0' && code <= '9') ||
                    (code < 0x80 && strchr(" .:_/-,()", (int)code) != NULL);

    append(output, is_plain ? bytes : "?", is_plain ? length : 1);
}

void output_mermaid(struct output *output, const char *text)
{
    output_text(output, "\"");
    if (text != NULL)
        walk(output, text, escape_mermaid, NULL);
    output_text(output, "\"");
}
