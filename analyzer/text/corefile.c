#include "text/corefile.h"

#include "text/corefile_directive.h"

#include <string.h>

enum {
    ZONES_MAX = 64,
    SNIPPETS_MAX = 32,
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
    struct corefile_lines lines;
    size_t rows;
    struct snippet snippets[SNIPPETS_MAX];
    size_t snippet_count;
};

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
    size_t until = file->lines.token_count - corefile_lines_opens(&file->lines);

    for (size_t i = 0; i < until; i++) {
        struct text rest = file->lines.tokens[i];

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

    put(file, &everywhere, directive_take(&file->lines, file->place->arena));
}

static bool ends_with_comma(const struct corefile *file)
{
    return text_ends(file->lines.tokens[file->lines.token_count - 1], ",");
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
        if (corefile_lines_opens(&file->lines))
            return true;
        goes_on = ends_with_comma(file);
    } while (corefile_lines_next(&file->lines) && goes_on);
    return file->lines.token_count == 1 && corefile_lines_opens(&file->lines);
}

static void take_snippet(struct corefile *file, struct text name)
{
    struct directive *directives =
        directives_take(&file->lines, true, file->place->arena);

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

    put_block(file, zones, count,
              directives_take(&file->lines, has_braces, file->place->arena));
}

size_t corefile_read(struct text text, const struct corefile_place *place,
                     struct sink *sink)
{
    struct corefile *file = arena_allocate(place->arena, sizeof *file);

    file->place = place;
    file->sink = sink;
    file->lines.rest = text_first(text, COREFILE_BYTES_MAX);
    while (corefile_lines_next(&file->lines)) {
        struct text first = file->lines.tokens[0];

        if (text_equals(first, "import"))
            put_top_import(file);
        else if (is_snippet(first) && corefile_lines_opens(&file->lines))
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

    if (line.length == 0 || (line.bytes[0] == ' ' || line.bytes[0] == '\t'))
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

        if (strchr(" \t\r\n", line.bytes[0]) != NULL) {
            line = text_from(line, 1);
            continue;
        }
        if (line.bytes[0] == '#')
            break;
        token = corefile_token(&line, &number);
        depth += text_equals(token, "{") - text_equals(token, "}");
    }
    return depth;
}
