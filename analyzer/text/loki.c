/* Answers of Loki's HTTP API (GET /loki/api/v1/query_range, Loki 2 and 3) and
 * the lines that Grafana's Explore exports as JSON: lines of logs, each with
 * its labels and its time in nanoseconds since 1970.
 *
 * They are given to the log reader in the form that logcli prints:
 * time {label="value", ...} line. */
#include "base/clock.h"
#include "text/objects.h"

#include <stdio.h>

static bool copy_label(struct arena *arena, const struct node *label,
                       const char **labels)
{
    bool is_plain = label->type == NODE_SCALAR &&
                    text_find_byte(label->value, '"') < 0 &&
                    text_find_byte(label->value, '\\') < 0 &&
                    text_find_byte(label->value, '\n') < 0;

    if (is_plain)
        *labels = arena_format(
            arena, "%s%s%s=\"%s\"", *labels, (*labels)[0] != '\0' ? ", " : "",
            text_copy(arena, label->key), text_copy(arena, label->value));
    return is_plain;
}

static const char *labels_of(struct arena *arena, const struct node *stream)
{
    const char *labels = "";
    const struct node *label = node_children(stream);

    for (; label != NULL; label = label->next)
        (void)copy_label(arena, label, &labels);
    return labels;
}

static void take(struct objects *objects, struct text at, const char *labels,
                 const struct node *line)
{
    struct arena *arena = objects->input->arena;
    struct text first = line->value;
    char time[CLOCK_TEXT_BYTES];
    int64_t at_ns;

    if (!text_integer(at, &at_ns))
        return;
    first = text_until(&first, '\n');
    log_reader_take(
        objects_log(objects),
        text_of(arena_format(arena, "%s {%s} %s", clock_format(at_ns, time),
                             labels, text_copy(arena, first))),
        line->line, false);
}

/* "values": [["1795342710000000001", "line"], ...]. */
static void take_stream(struct objects *objects, const struct node *stream)
{
    const char *labels =
        labels_of(objects->input->arena, node_get(stream, "stream"));
    const struct node *value = node_children(node_get(stream, "values"));

    for (; value != NULL; value = value->next) {
        const struct node *at = node_children(value);

        if (at != NULL && at->next != NULL && at->type == NODE_SCALAR &&
            at->next->type == NODE_SCALAR)
            take(objects, at->value, labels, at->next);
    }
}

void loki_streams_read(struct objects *objects, const struct node *object)
{
    const struct node *stream = node_children(node_find(object, "data/result"));

    for (; stream != NULL; stream = stream->next) {
        take_stream(objects, stream);
        log_reader_end_part(objects_log(objects));
    }
}

void loki_line_read(struct objects *objects, const struct node *object)
{
    const struct node *line = node_get(object, "line");
    const struct node *labels = node_get(object, "fields");

    if (labels == NULL)
        labels = node_get(object, "labels");
    if (line->type == NODE_SCALAR)
        take(objects, node_text(object, "timestamp"),
             labels_of(objects->input->arena, labels), line);
}

bool loki_begins(struct text head)
{
    return (text_find(head, "\"resultType\"") >= 0 &&
            text_find(head, "\"streams\"") >= 0) ||
           (text_starts(text_trim(head), "[") &&
            text_find(head, "\"line\"") >= 0 &&
            text_find(head, "\"timestamp\"") >= 0 &&
            (text_find(head, "\"fields\"") >= 0 ||
             text_find(head, "\"labels\"") >= 0));
}
