#include "text/json_events.h"

#include <string.h>

enum {
    JSON_DEPTH_MAX = 512, /* to tell brackets apart; the tree keeps less */
};

enum json_want {
    WANT_VALUE,
    WANT_VALUE_OR_END,
    WANT_KEY,
    WANT_KEY_OR_END,
    WANT_COLON,
    WANT_COMMA_OR_END,
};

struct json {
    struct source *in;
    struct tree *tree;
    enum json_want want;
    size_t depth;
    enum node_type open[JSON_DEPTH_MAX];
};

static int next_significant(struct source *in)
{
    int byte;

    do
        byte = source_next(in);
    while (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t');
    return byte;
}

static void add_utf8(struct tree *tree, unsigned long code)
{
    char out[4];

    if (code < 0x80) {
        out[0] = (char)code;
        tree_scratch_add(tree, out, 1);
    } else if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        tree_scratch_add(tree, out, 2);
    } else if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        tree_scratch_add(tree, out, 3);
    } else {
        out[0] = (char)(0xf0 | code >> 18);
        out[1] = (char)(0x80 | (code >> 12 & 0x3f));
        out[2] = (char)(0x80 | (code >> 6 & 0x3f));
        out[3] = (char)(0x80 | (code & 0x3f));
        tree_scratch_add(tree, out, 4);
    }
}

/* Four hex digits after \u. */
static bool take_unit(struct source *in, unsigned long *unit)
{
    char digits[4];
    uint64_t value;

    for (size_t i = 0; i < sizeof digits; i++) {
        int byte = source_next(in);

        if (byte < 0)
            return false;
        digits[i] = (char)byte;
    }
    if (!text_hex(text_slice(digits, sizeof digits), &value))
        return false;
    *unit = (unsigned long)value;
    return true;
}

/* A pair of surrogates is one character; half of one becomes U+FFFD. */
static bool take_unicode(struct json *json)
{
    unsigned long high;
    unsigned long low;

    if (!take_unit(json->in, &high))
        return false;
    while (high >= 0xd800 && high < 0xdc00) {
        if (source_fill(json->in, 2) < 2 || source_peek(json->in) != '\\' ||
            json->in->bytes[json->in->at + 1] != 'u')
            break;
        (void)source_next(json->in);
        (void)source_next(json->in);
        if (!take_unit(json->in, &low))
            return false;
        if (low >= 0xdc00 && low < 0xe000) {
            high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            break;
        }
        add_utf8(json->tree, 0xfffd);
        high = low;
    }
    add_utf8(json->tree, high >= 0xd800 && high < 0xe000 ? 0xfffd : high);
    return true;
}

static bool take_escape(struct json *json)
{
    static const char names[] = "\"\\/bfnrt";
    static const char bytes[] = "\"\\/\b\f\n\r\t";
    int byte = source_next(json->in);
    const char *at;

    if (byte == 'u')
        return take_unicode(json);
    at = byte > 0 ? strchr(names, byte) : NULL;
    if (at == NULL)
        return false;
    tree_scratch_add(json->tree, &bytes[at - names], 1);
    return true;
}

/* The bytes up to the next quote, backslash or newline at once: strings are
 * nearly all of a file. */
static void take_plain(struct json *json)
{
    struct source *in = json->in;
    size_t start = in->at;
    size_t at = start;

    while (at < in->end && in->bytes[at] != '"' && in->bytes[at] != '\\' &&
           in->bytes[at] != '\n')
        at++;
    if (at > start && !tree_is_skipping(json->tree))
        tree_scratch_add(json->tree, in->bytes + start, at - start);
    if (at > start)
        in->is_at_line_start = false;
    in->at = at;
}

/* After the opening quote. A raw newline is not JSON, and does no harm. */
static bool take_string(struct json *json)
{
    tree_scratch_clear(json->tree);
    for (;;) {
        char raw = '\n';
        int byte;

        take_plain(json);
        byte = source_peek(json->in);
        if (byte < 0)
            return false;
        if (byte != '"' && byte != '\\' && byte != '\n')
            continue;
        (void)source_next(json->in);
        if (byte == '"')
            return true;
        if (byte == '\\' && !take_escape(json))
            return false;
        if (byte == '\n')
            tree_scratch_add(json->tree, &raw, 1);
    }
}

static struct text scratch(const struct tree *tree)
{
    return text_slice(tree->scratch, tree->scratch_used);
}

static bool is_literal_byte(int byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           byte == 'E' || byte == '+' || byte == '-' || byte == '.';
}

/* A number, true, false or null; what else looks like one is none. */
static bool is_literal(struct text text)
{
    double number;

    return text_equals(text, "true") || text_equals(text, "false") ||
           text_equals(text, "null") || text_real(text, &number);
}

static bool take_literal(struct json *json, int first)
{
    char byte = (char)first;

    tree_scratch_clear(json->tree);
    if (!is_literal_byte(first))
        return false;
    tree_scratch_add(json->tree, &byte, 1);
    while (is_literal_byte(source_peek(json->in))) {
        byte = (char)source_next(json->in);
        tree_scratch_add(json->tree, &byte, 1);
    }
    return is_literal(scratch(json->tree));
}

static bool begin(struct json *json, enum node_type type)
{
    if (json->depth == JSON_DEPTH_MAX)
        return false;
    json->open[json->depth++] = type;
    tree_begin(json->tree, type, json->in->line);
    json->want = type == NODE_MAP ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
    return true;
}

static bool end(struct json *json, int byte)
{
    enum node_type type = byte == '}' ? NODE_MAP : NODE_LIST;

    if (json->depth == 0 || json->open[json->depth - 1] != type)
        return false;
    json->depth--;
    tree_end(json->tree);
    json->want = WANT_COMMA_OR_END;
    return true;
}

static bool take_value(struct json *json, int byte)
{
    struct node scalar = { .type = NODE_SCALAR, .line = json->in->line };

    if (byte == '{')
        return begin(json, NODE_MAP);
    if (byte == '[')
        return begin(json, NODE_LIST);
    if (byte == '"' ? !take_string(json) : !take_literal(json, byte))
        return false;
    if (byte == '"' || !text_equals(scratch(json->tree), "null"))
        scalar.value = scratch(json->tree);
    tree_scalar(json->tree, &scalar);
    json->want = WANT_COMMA_OR_END;
    return true;
}

static bool take_key(struct json *json, int byte)
{
    if (byte != '"' || !take_string(json))
        return false;
    tree_key(json->tree, scratch(json->tree));
    json->want = WANT_COLON;
    return true;
}

static bool step(struct json *json, int byte)
{
    bool is_end = byte == '}' || byte == ']';

    switch (json->want) {
    case WANT_VALUE_OR_END:
        return is_end ? end(json, byte) : take_value(json, byte);
    case WANT_KEY_OR_END:
        return is_end ? end(json, byte) : take_key(json, byte);
    case WANT_COMMA_OR_END:
        if (is_end)
            return end(json, byte);
        json->want =
            json->open[json->depth - 1] == NODE_MAP ? WANT_KEY : WANT_VALUE;
        return byte == ',';
    case WANT_COLON:
        json->want = WANT_VALUE;
        return byte == ':';
    case WANT_VALUE:
        return take_value(json, byte);
    case WANT_KEY:
        return take_key(json, byte);
    }
    return false;
}

enum document_end json_read(struct source *in, struct tree *tree)
{
    struct json json = { .in = in, .tree = tree, .want = WANT_VALUE };

    do {
        int byte = next_significant(in);

        if (byte < 0 || !step(&json, byte)) {
            tree_restart(tree);
            return source_peek(in) < 0 ? DOCUMENT_CUT : DOCUMENT_MALFORMED;
        }
    } while (json.depth > 0);
    return DOCUMENT_WHOLE;
}
