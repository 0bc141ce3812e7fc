#include "text/corefile_lines.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static void step(struct text *rest, int64_t *line)
{
    *line += rest->bytes[0] == '\n';
    *rest = text_from(*rest, 1);
}

/* A quoted token may run over lines; \" is a quote in it. */
static struct text take_quoted(struct text *rest, int64_t *line)
{
    struct text token;
    size_t length = 0;

    *rest = text_from(*rest, 1);
    token = *rest;
    while (rest->length > 0 && rest->bytes[0] != '"') {
        if (rest->bytes[0] == '\\' && rest->length > 1) {
            step(rest, line);
            length++;
        }
        step(rest, line);
        length++;
    }
    *rest = text_from(*rest, 1);
    return text_first(token, length);
}

struct text corefile_token(struct text *rest, int64_t *line)
{
    struct text token = *rest;
    size_t length = 0;

    if (rest->bytes[0] == '"')
        return take_quoted(rest, line);
    while (length < rest->length && !is_blank(rest->bytes[length]) &&
           rest->bytes[length] != '\n')
        length++;
    *rest = text_from(*rest, length);
    return text_first(token, length);
}

/* The tokens of the next line that has any. False at the end. */
bool corefile_lines_next(struct corefile_lines *lines)
{
    lines->token_count = 0;
    while (lines->rest.length > 0) {
        char byte = lines->rest.bytes[0];

        if (byte == '\n' && lines->token_count > 0)
            return true;
        if (byte == '\n' || is_blank(byte)) {
            step(&lines->rest, &lines->line);
            continue;
        }
        if (byte == '#') {
            while (lines->rest.length > 0 && lines->rest.bytes[0] != '\n')
                lines->rest = text_from(lines->rest, 1);
            continue;
        }
        if (lines->token_count == 0)
            lines->tokens_line = lines->line;
        if (lines->token_count < COREFILE_TOKENS_MAX)
            lines->tokens[lines->token_count++] =
                corefile_token(&lines->rest, &lines->line);
        else
            (void)corefile_token(&lines->rest, &lines->line);
    }
    return lines->token_count > 0;
}

bool corefile_lines_opens(const struct corefile_lines *lines)
{
    return lines->token_count > 0 &&
           text_equals(lines->tokens[lines->token_count - 1], "{");
}

bool corefile_lines_closes(const struct corefile_lines *lines)
{
    return text_equals(lines->tokens[0], "}");
}
