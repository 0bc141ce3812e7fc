#include "text/corefile_directive.h"

#include <string.h>

enum {
    OPTIONS_BYTES_MAX = 8 * 1024,
    LINE_TOKEN_BYTES = 4 * 1024,
};

struct joined {
    char bytes[OPTIONS_BYTES_MAX];
    size_t used;
};

static void join(struct joined *joined, const char *separator, struct text text)
{
    size_t length = strlen(separator);

    if (joined->used + length + text.length > sizeof joined->bytes)
        text.length = 0;
    if (text.length == 0)
        return;
    if (joined->used > 0) {
        memcpy(joined->bytes + joined->used, separator, length);
        joined->used += length;
    }
    memcpy(joined->bytes + joined->used, text.bytes, text.length);
    joined->used += text.length;
}

/* Tokens [from, until) with blanks between them. */
static void join_tokens(const struct corefile_lines *lines, size_t from,
                        size_t until, struct joined *joined)
{
    for (size_t i = from; i < until; i++)
        join(joined, " ", text_first(lines->tokens[i], LINE_TOKEN_BYTES));
}

static const char *joined_copy(struct arena *arena, const struct joined *joined)
{
    return text_copy(arena, text_slice(joined->bytes, joined->used));
}

/* The lines in the braces of a directive, inner braces included. */
static const char *take_options(struct corefile_lines *lines,
                                struct arena *arena)
{
    struct joined options = { .used = 0 };
    int depth = 1;

    while (depth > 0 && corefile_lines_next(lines)) {
        struct joined line = { .used = 0 };

        depth -= corefile_lines_closes(lines);
        depth += corefile_lines_opens(lines);
        if (depth == 0)
            break;
        join_tokens(lines, 0, lines->token_count, &line);
        join(&options, "; ", text_slice(line.bytes, line.used));
    }
    return joined_copy(arena, &options);
}

struct directive *directive_take(struct corefile_lines *lines,
                                 struct arena *arena)
{
    struct directive *directive = arena_allocate(arena, sizeof *directive);
    bool has_options = lines->token_count > 1 && corefile_lines_opens(lines);
    bool is_one_line = !has_options && lines->token_count > 3 &&
                       text_equals(lines->tokens[lines->token_count - 1], "}");
    struct joined arguments = { .used = 0 };
    size_t until = lines->token_count - has_options;

    directive->line = lines->tokens_line;
    directive->plugin =
        text_copy_lower(arena, text_first(lines->tokens[0], LINE_TOKEN_BYTES));
    directive->options = "";
    if (is_one_line) {
        /* forward . 10.0.0.10 { force_tcp } */
        size_t brace = until;
        struct joined options = { .used = 0 };

        for (size_t i = 1; i < lines->token_count; i++)
            if (text_equals(lines->tokens[i], "{") && brace == until)
                brace = i;
        if (brace < until) {
            join_tokens(lines, brace + 1, lines->token_count - 1, &options);
            directive->options = joined_copy(arena, &options);
            until = brace;
        }
    }
    join_tokens(lines, 1, until, &arguments);
    directive->arguments = joined_copy(arena, &arguments);
    if (has_options)
        directive->options = take_options(lines, arena);
    return directive;
}

struct directive *directives_take(struct corefile_lines *lines, bool has_braces,
                                  struct arena *arena)
{
    struct directive *first = NULL;
    struct directive **last = &first;
    bool has_line = !has_braces && lines->token_count > 0;

    while ((has_line || corefile_lines_next(lines)) &&
           !corefile_lines_closes(lines)) {
        has_line = false;
        *last = directive_take(lines, arena);
        last = &(*last)->next;
    }
    return first;
}
