#include "text/corefile.h"

#include <string.h>

enum {
    TOKENS_MAX = 256, /* in one line */
    ZONES_MAX = 64,
    SNIPPETS_MAX = 32,
    OPTIONS_BYTES_MAX = 8 * 1024,
    LINE_TOKEN_BYTES = 4 * 1024,
};

struct directive {
    int64_t line;
    const char *plugin;
    const char *arguments;
    const char *options;
    struct directive *next;
};

struct snippet {
    struct text name;
    struct directive *first;
};

struct zone {
    const char *name;
    int64_t port;
};

struct corefile {
    const struct corefile_place *place;
    struct sink *sink;
    struct text rest;
    int64_t line; /* of `rest` */
    size_t rows;

    struct text tokens[TOKENS_MAX]; /* of the line at hand */
    size_t token_count;
    int64_t tokens_line;

    struct snippet snippets[SNIPPETS_MAX];
    size_t snippet_count;
};

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

static struct text take_token(struct text *rest, int64_t *line)
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
static bool next_line(struct corefile *file)
{
    file->token_count = 0;
    while (file->rest.length > 0) {
        char byte = file->rest.bytes[0];

        if (byte == '\n' && file->token_count > 0)
            return true;
        if (byte == '\n' || is_blank(byte)) {
            step(&file->rest, &file->line);
            continue;
        }
        if (byte == '#') {
            while (file->rest.length > 0 && file->rest.bytes[0] != '\n')
                file->rest = text_from(file->rest, 1);
            continue;
        }
        if (file->token_count == 0)
            file->tokens_line = file->line;
        if (file->token_count < TOKENS_MAX)
            file->tokens[file->token_count++] =
                take_token(&file->rest, &file->line);
        else
            (void)take_token(&file->rest, &file->line);
    }
    return file->token_count > 0;
}

static bool ends_with_brace(const struct corefile *file)
{
    return file->token_count > 0 &&
           text_equals(file->tokens[file->token_count - 1], "{");
}

static bool is_closing(const struct corefile *file)
{
    return text_equals(file->tokens[0], "}");
}

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
static void join_tokens(const struct corefile *file, size_t from, size_t until,
                        struct joined *joined)
{
    for (size_t i = from; i < until; i++)
        join(joined, " ", text_first(file->tokens[i], LINE_TOKEN_BYTES));
}

static const char *joined_copy(const struct corefile *file,
                               const struct joined *joined)
{
    return text_copy(file->place->arena,
                     text_slice(joined->bytes, joined->used));
}

/* The lines in the braces of a directive, inner braces included. */
static const char *take_options(struct corefile *file)
{
    struct joined options = { .used = 0 };
    int depth = 1;

    while (depth > 0 && next_line(file)) {
        struct joined line = { .used = 0 };

        depth -= is_closing(file);
        depth += ends_with_brace(file);
        if (depth == 0)
            break;
        join_tokens(file, 0, file->token_count, &line);
        join(&options, "; ", text_slice(line.bytes, line.used));
    }
    return joined_copy(file, &options);
}

static struct directive *take_directive(struct corefile *file)
{
    struct directive *directive =
        arena_allocate(file->place->arena, sizeof *directive);
    bool has_options = file->token_count > 1 && ends_with_brace(file);
    bool is_one_line = !has_options && file->token_count > 3 &&
                       text_equals(file->tokens[file->token_count - 1], "}");
    struct joined arguments = { .used = 0 };
    size_t until = file->token_count - has_options;

    directive->line = file->tokens_line;
    directive->plugin = text_copy_lower(
        file->place->arena, text_first(file->tokens[0], LINE_TOKEN_BYTES));
    directive->options = "";
    if (is_one_line) {
        /* forward . 10.0.0.10 { force_tcp } */
        size_t brace = until;
        struct joined options = { .used = 0 };

        for (size_t i = 1; i < file->token_count; i++)
            if (text_equals(file->tokens[i], "{") && brace == until)
                brace = i;
        if (brace < until) {
            join_tokens(file, brace + 1, file->token_count - 1, &options);
            directive->options = joined_copy(file, &options);
            until = brace;
        }
    }
    join_tokens(file, 1, until, &arguments);
    directive->arguments = joined_copy(file, &arguments);
    if (has_options)
        directive->options = take_options(file);
    return directive;
}

/* The lines up to the closing brace; of a file without braces, up to its end,
 * the line at hand first. */
static struct directive *take_directives(struct corefile *file, bool has_braces)
{
    struct directive *first = NULL;
    struct directive **last = &first;
    bool has_line = !has_braces && file->token_count > 0;

    while ((has_line || next_line(file)) && !is_closing(file)) {
        has_line = false;
        *last = take_directive(file);
        last = &(*last)->next;
    }
    return first;
}

/* Ports of schemes, CoreDNS 1.12 plugin/pkg/transport. */
static const struct {
    const char *scheme;
    int64_t port;
} schemes[] = {
    { "dns://", 53 },    { "tls://", 853 },    { "quic://", 853 },
    { "https://", 443 }, { "https3://", 443 }, { "grpc://", 443 },
};

/* "10.0.0.0/8" as a zone means 10.in-addr.arpa; other lengths than whole
 * bytes stand for several zones, and stay as they are written. */
static const char *reverse_zone(struct arena *arena, struct text text)
{
    struct address address;
    int64_t length;

    if (text_find_byte(text, '/') < 0 ||
        !prefix_parse(text, &address, &length) || address.length != 4)
        return NULL;
    switch (length) {
    case 8:
        return arena_format(arena, "%d.in-addr.arpa.", address.bytes[0]);
    case 16:
        return arena_format(arena, "%d.%d.in-addr.arpa.", address.bytes[1],
                            address.bytes[0]);
    case 24:
        return arena_format(arena, "%d.%d.%d.in-addr.arpa.", address.bytes[2],
                            address.bytes[1], address.bytes[0]);
    default:
        return NULL;
    }
}

static struct zone parse_zone(const struct corefile *file, struct text text)
{
    struct arena *arena = file->place->arena;
    struct zone zone = { .port = 53 };
    ptrdiff_t colon;

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (text_skip(&text, schemes[i].scheme))
            zone.port = schemes[i].port;
    colon = text_find_byte(text, ':');
    if (colon >= 0) {
        int64_t port;

        if (text_integer(text_from(text, (size_t)colon + 1), &port) &&
            port > 0 && port < 65536)
            zone.port = port;
        text = text_first(text, (size_t)colon);
    }
    zone.name = reverse_zone(arena, text);
    if (zone.name == NULL)
        zone.name =
            text_ends(text, ".") || text.length == 0
                ? text_copy_lower(arena, text)
                : arena_format(arena, "%s.", text_copy_lower(arena, text));
    if (zone.name[0] == '\0')
        zone.name = ".";
    return zone;
}

/* Adds the zones of the line at hand to `count` others. */
static size_t parse_zones(const struct corefile *file,
                          struct zone zones[ZONES_MAX], size_t count)
{
    size_t until = file->token_count - ends_with_brace(file);

    for (size_t i = 0; i < until; i++) {
        struct text rest = file->tokens[i];

        while (rest.length > 0 && count < ZONES_MAX) {
            struct text zone = text_until(&rest, ',');

            if (zone.length > 0)
                zones[count++] = parse_zone(file, text_first(zone, 512));
        }
    }
    return count;
}

static void put(struct corefile *file, const struct zone *zone,
                const struct directive *directive)
{
    struct corefile_row row = COREFILE_ROW_NONE;

    row.evidence_id = file->place->evidence_id;
    row.line = file->place->line + directive->line * file->place->line_step;
    row.owner = file->place->owner;
    row.zone = zone->name;
    row.port = zone->port;
    row.plugin = directive->plugin;
    row.arguments = directive->arguments;
    row.options = directive->options;
    sink_put(file->sink, TABLE_COREFILE, &row);
    file->rows++;
}

static const struct snippet *find_snippet(const struct corefile *file,
                                          const struct directive *directive)
{
    struct text rest = text_of(directive->arguments);
    struct text name = text_word(&rest);

    if (strcmp(directive->plugin, "import") != 0)
        return NULL;
    for (size_t i = 0; i < file->snippet_count; i++)
        if (name.length == file->snippets[i].name.length &&
            memcmp(name.bytes, file->snippets[i].name.bytes, name.length) == 0)
            return &file->snippets[i];
    return NULL;
}

static void put_block(struct corefile *file, const struct zone *zones,
                      size_t zone_count, const struct directive *directives)
{
    for (size_t i = 0; i < zone_count; i++)
        for (const struct directive *at = directives; at != NULL;
             at = at->next) {
            const struct snippet *snippet = find_snippet(file, at);
            const struct directive *inner =
                snippet == NULL ? NULL : snippet->first;

            if (snippet == NULL)
                put(file, &zones[i], at);
            for (; inner != NULL; inner = inner->next)
                put(file, &zones[i], inner);
        }
}

static bool is_snippet(struct text token)
{
    return text_starts(token, "(") && text_ends(token, ")") && token.length > 2;
}

/* An import between the blocks, of files with blocks of their own. */
static void put_top_import(struct corefile *file)
{
    struct zone everywhere = { .name = ".", .port = 53 };

    put(file, &everywhere, take_directive(file));
}

static bool ends_with_comma(const struct corefile *file)
{
    return text_ends(file->tokens[file->token_count - 1], ",");
}

/* The zones of a block, which go on after a comma, up to its opening brace in
 * the same line or the next. False if there is no brace: the line at hand is
 * then the first directive of a file that is one block. */
static bool take_zones(struct corefile *file, struct zone zones[ZONES_MAX],
                       size_t *count)
{
    bool goes_on;

    *count = 0;
    do {
        *count = parse_zones(file, zones, *count);
        if (ends_with_brace(file))
            return true;
        goes_on = ends_with_comma(file);
    } while (next_line(file) && goes_on);
    return file->token_count == 1 && ends_with_brace(file);
}

static void take_snippet(struct corefile *file, struct text name)
{
    struct directive *directives = take_directives(file, true);

    if (file->snippet_count < SNIPPETS_MAX)
        file->snippets[file->snippet_count++] = (struct snippet){
            .name = text_first(text_from(name, 1), name.length - 2),
            .first = directives,
        };
}

static void take_block(struct corefile *file)
{
    struct zone zones[ZONES_MAX];
    size_t count;
    bool has_braces = take_zones(file, zones, &count);

    put_block(file, zones, count, take_directives(file, has_braces));
}

size_t corefile_read(struct text text, const struct corefile_place *place,
                     struct sink *sink)
{
    struct corefile *file = arena_allocate(place->arena, sizeof *file);

    file->place = place;
    file->sink = sink;
    file->rest = text_first(text, COREFILE_BYTES_MAX);
    while (next_line(file)) {
        struct text first = file->tokens[0];

        if (text_equals(first, "import"))
            put_top_import(file);
        else if (is_snippet(first) && ends_with_brace(file))
            take_snippet(file, first);
        else
            take_block(file);
    }
    return file->rows;
}

bool corefile_is_first_line(struct text line)
{
    struct text rest = line;
    struct text first = text_word(&rest);
    struct text trimmed = text_trim(line);

    if (line.length == 0 || is_blank(line.bytes[0]))
        return false;
    return text_ends(trimmed, " {") && first.length > 0 &&
           (text_find_byte(first, '.') >= 0 ||
            text_find_byte(first, ':') >= 0 || is_snippet(first));
}

bool corefile_has_plugin(struct text text)
{
    static const char *const plugins[] = {
        "errors", "forward", "kubernetes", "cache",      "log",   "health",
        "bind",   "whoami",  "template",   "prometheus", "hosts", "loop",
    };
    struct text line;

    while (text_line(&text, &line)) {
        struct text word = text_word(&line);

        for (size_t i = 0; i < sizeof plugins / sizeof plugins[0]; i++)
            if (text_equals(word, plugins[i]))
                return true;
    }
    return false;
}

int corefile_depth(struct text line)
{
    int64_t number = 0;
    int depth = 0;

    while (line.length > 0) {
        struct text token;

        if (is_blank(line.bytes[0]) || line.bytes[0] == '\n') {
            line = text_from(line, 1);
            continue;
        }
        if (line.bytes[0] == '#')
            break;
        token = take_token(&line, &number);
        depth += text_equals(token, "{") - text_equals(token, "}");
    }
    return depth;
}
