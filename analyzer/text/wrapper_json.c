/* Log lines as JSON objects: Docker json-file, fluent-bit and fluentd,
 * journald -o json, stern -o json, Loki and Grafana exports, zap and klog as
 * JSON. */
#include "base/clock.h"
#include "text/log_json.h"
#include "text/wrapper.h"

enum {
    JSON_NESTED_MAX = 4,
    DOCKER_PIECE_BYTES = 16 * 1024, /* moby/daemon/logger/copier.go */
};

struct json_line {
    struct unwrapper *unwrapper;
    struct log_line *line;
    struct text content;
    struct text stamp;
    struct text error;
    bool has_content;
    bool has_origin; /* a member says when, where or who */
    bool is_docker;  /* log, stream, time, attrs: no other member */
    struct text nested[JSON_NESTED_MAX];
    size_t nested_count;
};

typedef void json_field_fn(struct json_line *json,
                           const struct json_member *member);

static struct text decoded(struct json_line *json, struct text raw)
{
    char *to;

    if (text_find_byte(raw, '\\') < 0)
        return raw;
    to = unwrapper_scratch(json->unwrapper, raw.length);
    return to == NULL ? raw : text_slice(to, json_decode(raw, to));
}

static void field_content(struct json_line *json,
                          const struct json_member *member)
{
    char *to;

    if (json->has_content)
        return;
    if (member->kind == '"') {
        json->content = decoded(json, member->value);
        json->has_content = true;
    } else if (member->kind == '[') {
        to = unwrapper_scratch(json->unwrapper, member->value.length);
        if (to == NULL)
            return;
        json->content = text_slice(to, json_decode_bytes(member->value, to));
        json->has_content = true;
    }
}

static void field_time(struct json_line *json, const struct json_member *member)
{
    if (member->kind != '"' && member->kind != '0')
        return;
    json->has_origin = true;
    wrapper_set_text(&json->stamp, member->value);
}

static void set_name(struct json_line *json, const struct json_member *member,
                     struct text *field)
{
    if (member->kind != '"')
        return;
    json->has_origin = true;
    wrapper_set_text(field, decoded(json, member->value));
}

static void field_stream(struct json_line *json,
                         const struct json_member *member)
{
    if (member->kind == '{' && json->nested_count < JSON_NESTED_MAX)
        json->nested[json->nested_count++] = member->value;
    set_name(json, member, &json->line->stream);
}

static void field_pod(struct json_line *json, const struct json_member *member)
{
    set_name(json, member, &json->line->pod);
}

static void field_namespace(struct json_line *json,
                            const struct json_member *member)
{
    set_name(json, member, &json->line->namespace);
}

static void field_container(struct json_line *json,
                            const struct json_member *member)
{
    set_name(json, member, &json->line->container);
}

static void field_node(struct json_line *json, const struct json_member *member)
{
    set_name(json, member, &json->line->node);
}

static void field_program(struct json_line *json,
                          const struct json_member *member)
{
    set_name(json, member, &json->line->program);
}

static void field_severity(struct json_line *json,
                           const struct json_member *member)
{
    if (member->kind == '"' || member->kind == '0')
        wrapper_set_severity(json->line, member->value);
}

static void field_error(struct json_line *json,
                        const struct json_member *member)
{
    if (member->kind == '"')
        json->error = decoded(json, member->value);
}

static void field_nested(struct json_line *json,
                         const struct json_member *member)
{
    if (member->kind == '{' && json->nested_count < JSON_NESTED_MAX)
        json->nested[json->nested_count++] = member->value;
}

/* To add a member name: a row. */
static const struct {
    const char *name;
    json_field_fn *set;
} fields[] = {
    { "log", field_content },
    { "message", field_content },
    { "MESSAGE", field_content },
    { "msg", field_content },
    { "line", field_content },
    { "time", field_time },
    { "timestamp", field_time },
    { "@timestamp", field_time },
    { "ts", field_time },
    { "__REALTIME_TIMESTAMP", field_time },
    { "stream", field_stream },
    { "podName", field_pod },
    { "pod_name", field_pod },
    { "pod", field_pod },
    { "namespace", field_namespace },
    { "namespace_name", field_namespace },
    { "containerName", field_container },
    { "container_name", field_container },
    { "container", field_container },
    { "CONTAINER_NAME", field_container },
    { "nodeName", field_node },
    { "node_name", field_node },
    { "host", field_node },
    { "_HOSTNAME", field_node },
    { "SYSLOG_IDENTIFIER", field_program },
    { "level", field_severity },
    { "severity", field_severity },
    { "PRIORITY", field_severity },
    { "err", field_error },
    { "error", field_error },
    { "kubernetes", field_nested },
    { "fields", field_nested },
    { "labels", field_nested },
};

static void read_member(struct json_line *json,
                        const struct json_member *member)
{
    if (!text_equals(member->name, "log") &&
        !text_equals(member->name, "stream") &&
        !text_equals(member->name, "time") &&
        !text_equals(member->name, "attrs"))
        json->is_docker = false;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (member->name.length > 0 &&
            member->name.bytes[0] == fields[i].name[0] &&
            text_equals(member->name, fields[i].name)) {
            fields[i].set(json, member);
            return;
        }
}

static void read_members(struct json_line *json, struct text rest)
{
    struct json_member member;

    if (json_enter(&rest))
        while (json_next(&rest, &member))
            read_member(json, &member);
}

/* Units by size: a time of this century has 10 digits in seconds, 13 in
 * milliseconds, 16 in microseconds (journald), 19 in nanoseconds (Loki). */
static bool time_from_number(struct text stamp, int64_t *at_ns)
{
    struct text whole = text_until(&stamp, '.');
    int64_t number;
    int64_t scale = 1;
    double fraction = 0;

    if (!text_integer(whole, &number) || number < 0)
        return false;
    for (size_t digits = whole.length; digits < 19; digits++)
        scale *= 10;
    if (scale > NS_PER_SECOND || __builtin_mul_overflow(number, scale, &number))
        return false;
    if (stamp.length > 0 && stamp.length <= 9) {
        char zero[] = "0.000000000";

        for (size_t i = 0; i < stamp.length; i++)
            zero[2 + i] = stamp.bytes[i];
        if (!text_real(text_of(zero), &fraction))
            return false;
    }
    return !__builtin_add_overflow(
        number, (int64_t)(fraction * (double)scale + 0.5), at_ns);
}

static void read_time(struct json_line *json)
{
    struct text stamp = json->stamp;
    int64_t resolution_ns = 1;
    int64_t at_ns;

    if (clock_take_rfc3339(&stamp, &at_ns) ||
        time_from_number(json->stamp, &at_ns) ||
        wrapper_take_plain(&stamp, &at_ns, &resolution_ns))
        wrapper_set_time(json->line, at_ns, resolution_ns);
}

/* Docker's record of a long line has no line end but in its last piece. */
static bool is_piece(struct json_line *json)
{
    bool ends = text_ends(json->content, "\n");

    if (!json->is_docker)
        return false;
    if (ends)
        json->unwrapper->docker_ends_lines = true;
    return !ends && (json->unwrapper->docker_ends_lines ||
                     json->content.length >= DOCKER_PIECE_BYTES);
}

static struct text without_line_end(struct text content)
{
    while (text_ends(content, "\n") || text_ends(content, "\r"))
        content = text_first(content, content.length - 1);
    return content;
}

/* klog and zap keep the error apart from the message. */
static struct text with_error(struct json_line *json, struct text content)
{
    size_t length = content.length + 2 + json->error.length;
    char *both;
    size_t at = 0;

    if (json->error.length == 0)
        return content;
    both = unwrapper_scratch(json->unwrapper, length);
    if (both == NULL)
        return content;
    for (size_t i = 0; i < content.length; i++)
        both[at++] = content.bytes[i];
    both[at++] = ':';
    both[at++] = ' ';
    for (size_t i = 0; i < json->error.length; i++)
        both[at++] = json->error.bytes[i];
    return text_slice(both, at);
}

bool wrapper_json(struct unwrapper *unwrapper, struct log_line *line)
{
    struct log_line filled = *line;
    struct json_line json = {
        .unwrapper = unwrapper,
        .line = &filled,
        .is_docker = true,
    };

    read_members(&json, line->content);
    for (size_t i = 0; i < json.nested_count; i++)
        read_members(&json, json.nested[i]);
    if (!json.has_content || !json.has_origin)
        return false;
    read_time(&json);
    filled.is_partial = is_piece(&json);
    filled.content = without_line_end(with_error(&json, json.content));
    filled.families |= log_program_families(filled.program) |
                       log_program_families(filled.container);
    *line = filled;
    return true;
}
