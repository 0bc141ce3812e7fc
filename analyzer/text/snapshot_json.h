/* JSON of `ip -j`, `bridge -j`, `nstat -j`, `ethtool --json`: one flat list
 * of fields for each element.
 *
 * The tools print an array of objects, or one object; each is an element. Its
 * scalars come in order with the dotted path that leads to them, arrays not
 * counted: "linkinfo.info_data.id", "addr_info.local". No recursion: depth,
 * fields and path are bounded, what is beyond the bounds is left out and
 * `is_cut` says so. */
#pragma once

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    JSON_DEPTH_MAX = 16,
    JSON_FIELDS_MAX = 4096,
    JSON_PATH_BYTES = 256,
};

struct json_field {
    struct text path;
    struct text value; /* without quotes and escapes; "true" "null" "12" */
    int64_t line;
};

struct json_element {
    const struct json_field *fields;
    size_t count;
    int64_t line;  /* of its first byte */
    bool is_whole; /* false if the text ended or broke inside it */
    bool is_cut;
};

struct json_level {
    bool is_array;
    size_t path_length; /* at its entry */
};

struct flat_json {
    struct text rest;
    struct arena *arena; /* for paths and unescaped strings */
    int64_t line;
    bool is_bad; /* met something that is no JSON; `rest` is there */
    struct json_field *fields;
    char path[JSON_PATH_BYTES];
    size_t path_length;
    struct json_level levels[JSON_DEPTH_MAX];
    size_t depth;
    size_t too_deep; /* levels beyond the bound that are open */
};

/* True if the text begins as an array of objects or an object does. */
bool flat_json_looks(struct text text);
void flat_json_init(struct flat_json *reader, struct text text,
                    struct arena *arena);
void flat_json_deinit(struct flat_json *reader);
/* False at the end. The element is valid until the next call; the caller may
 * reset the arena between two calls. */
bool flat_json_next(struct flat_json *reader, struct json_element *element);

/* The first value at the path; empty (bytes NULL) if there is none. */
struct text flat_json_value(const struct json_element *element,
                            const char *path);
bool flat_json_has(const struct json_element *element, const char *path);
