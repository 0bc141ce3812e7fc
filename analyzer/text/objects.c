/* Kubernetes objects as people save them: kubectl tables, JSON, YAML and
 * Corefiles, one after the other in one file, with prompts and errors in
 * between.
 *
 * The file is a sequence of segments. The line at hand tells what begins
 * here; a reader takes that to its end, and the next line is looked at.
 * Lines that begin nothing are noise. */
#include "text/objects.h"

#include "text/corefile.h"
#include "text/describe.h"
#include "text/json_events.h"
#include "text/prompt.h"
#include "text/yaml_events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BID_LINES_MAX = 40, /* prompts, warnings and licences come first */
};

static bool is_first_line_of_yaml(struct text line)
{
    static const char *const keys[] = {
        "apiVersion:", "kind:", "items:",  "metadata:",
        "data:",       "spec:", "status:", "binaryData:",
    };

    if (text_equals(text_trim(line), "---"))
        return true;
    (void)text_skip(&line, "- ");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (text_starts(line, keys[i]))
            return true;
    return false;
}

/* "[" also begins "[INFO] plugin/reload: ..." and "[root@node1 ~]#". */
static bool is_first_line_of_json(struct text line)
{
    struct text rest = line;
    struct text after;

    if (!text_skip(&rest, "{") && !text_skip(&rest, "["))
        return false;
    after = text_trim(rest);
    return after.length == 0 || strchr("\"{}[]", after.bytes[0]) != NULL;
}

/* What kubectl says when it gives nothing. */
static const char *const answers[] = {
    "No resources found",
    "Error from server",
    "error: ",
    "The connection to the server ",
    "Unable to connect to the server",
};

static bool is_answer(struct text line)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (text_starts(line, answers[i]))
            return true;
    return false;
}

static void take_command(struct objects *objects, struct text line)
{
    struct command command;

    while (command_take(&line, &command)) {
        struct text namespace = command_option(&command, "--namespace");

        if (command_find(&command, "kubectl") == command.word_count &&
            command_find(&command, "oc") == command.word_count)
            continue;
        if (namespace.length == 0)
        namespace = command_option(&command, "-n");
        snprintf(objects->namespace, sizeof objects->namespace, "%.*s",
                 (int)text_first(namespace, OBJECTS_NAME_BYTES).length,
                 namespace.length > 0 ? namespace.bytes : "");
    }
}

static void take_noise(struct objects *objects, struct text line)
{
    struct prompt prompt;

    if (is_answer(line)) {
        objects_note_format(objects, "kubectl");
        if (!text_starts(line, "No resources"))
            objects_note_wrong(objects, "objects.kubectl-error",
                               objects->source.line,
                               text_copy_most(objects->input->arena, line,
                                              OBJECTS_DETAIL_BYTES));
    } else if (prompt_parse(line, &prompt)) {
        take_command(objects, prompt.command);
    }
    source_skip_line(&objects->source);
}

static void note_document_end(struct objects *objects, enum document_end end)
{
    struct tree *tree = &objects->tree;

    if (end == DOCUMENT_CUT)
        objects_note_wrong(objects, "objects.truncated", objects->source.line,
                           "the file ends inside a document");
    if (end == DOCUMENT_MALFORMED)
        objects_note_wrong(objects, "objects.malformed", objects->source.line,
                           "a document could not be read further");
    if (tree->was_too_deep)
        objects_note_wrong(objects, "objects.too-deep", tree->cut_line,
                           "an object is nested deeper than 64 levels");
    if (tree->was_too_big)
        objects_note_wrong(objects, "objects.too-big", tree->cut_line,
                           "an object has too many fields or bytes");
    tree->was_too_deep = false;
    tree->was_too_big = false;
}

void objects_read_document(struct objects *objects, bool is_json)
{
    enum document_end end = is_json
                                ? json_read(&objects->source, &objects->tree)
                                : yaml_read(&objects->source, &objects->tree);

    objects_note_format(objects, is_json ? "kubectl json" : "kubectl yaml");
    note_document_end(objects, end);
    if (end != DOCUMENT_WHOLE && !objects->source.is_at_line_start)
        source_skip_line(&objects->source);
}

/* Between two blocks of a Corefile. */
static bool begins_another(struct text line)
{
    struct prompt prompt;

    return prompt_parse(line, &prompt) || objects_is_header(line) ||
           is_first_line_of_yaml(line) || text_starts(line, "{\"") ||
           text_starts(line, "[");
}

static void read_corefile(struct objects *objects)
{
    struct corefile_place place = {
        .evidence_id = objects->input->evidence_id,
        .line = objects->source.line,
        .line_step = 1,
        .owner = "",
        .arena = objects->input->arena,
    };
    char *bytes = arena_allocate(objects->input->arena, COREFILE_BYTES_MAX);
    size_t used = 0;
    int depth = 0;
    struct text line;

    do {
        struct text taken = source_take(&objects->source, SOURCE_AHEAD_BYTES);

        if (used + taken.length > COREFILE_BYTES_MAX || taken.length == 0)
            break;
        memcpy(bytes + used, taken.bytes, taken.length);
        used += taken.length;
        depth += corefile_depth(taken);
    } while (source_line_ahead(&objects->source, &line) &&
             (depth > 0 || !begins_another(line)));
    if (depth != 0)
        objects_note_wrong(objects, "objects.truncated", objects->source.line,
                           "the file ends inside a Corefile");
    objects_note_format(objects, "corefile");
    corefile_read(text_slice(bytes, used), &place, objects->sink);
}

static bool ends_description(struct text line)
{
    return begins_another(line) || corefile_is_first_line(line) ||
           text_starts(line, "```");
}

static void read_segment(struct objects *objects, struct text line)
{
    if (is_first_line_of_json(line))
        objects_read_document(objects, true);
    else if (is_first_line_of_yaml(line))
        objects_read_document(objects, false);
    else if (objects_is_header(line))
        objects_read_table(objects);
    else if (corefile_is_first_line(line))
        read_corefile(objects);
    else if (describe_is_first_line(line))
        describe_read(objects, ends_description);
    else if (!objects_take_log(objects, line))
        take_noise(objects, line);
    arena_reset(objects->input->arena);
}

static void tell_unused(struct objects *objects)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;
    struct detail detail = { .used = 0 };

    if (objects->unused_objects == 0)
        return;
    for (size_t i = 0; i < objects->unused_count; i++) {
        char count[32];

        snprintf(count, sizeof count, "%lld",
                 (long long)objects->unused[i].objects);
        detail_add(&detail, objects->unused[i].kind, text_of(count));
    }
    row.evidence_id = objects->input->evidence_id;
    row.name = "objects.kind-not-used";
    row.line = objects->unused_line;
    row.packets = objects->unused_objects;
    row.detail = detail_text(objects, &detail);
    sink_anomaly(objects->sink, &row);
}

static void tell_format(struct objects *objects)
{
    char format[128];
    size_t used = 0;

    for (size_t i = 0; i < objects->format_count; i++)
        used += (size_t)snprintf(format + used, sizeof format - used, "%s%s",
                                 i > 0 ? ", " : "", objects->formats[i]);
    if (objects->format_count > 0)
        sink_clue(objects->sink, objects->input->evidence_id, ABSENT, "format",
                  format);
}

enum read_status objects_read(struct input *input, struct sink *sink)
{
    struct objects *objects = memory_allocate(1, sizeof *objects);
    enum read_status status = READ_WHOLE;
    struct text line;

    objects->input = input;
    objects->sink = sink;
    source_open(&objects->source, input->descriptor);
    tree_init(&objects->tree, input->arena);
    objects->tree.take = kube_object_read;
    objects->tree.context = objects;
    while (!sink->is_closed && source_line_ahead(&objects->source, &line))
        read_segment(objects, line);
    objects_finish_log(objects);
    tell_unused(objects);
    tell_format(objects);
    if (objects->is_partly)
        status = READ_PARTLY;
    if (objects->format_count == 0)
        status = READ_NOT_UNDERSTOOD;
    tree_deinit(&objects->tree);
    source_close(&objects->source);
    free(objects);
    return status;
}

/* JSON and YAML need a second word: much else is written in them. */
static int bid_on_json(struct text head)
{
    bool has_metadata = text_find(head, "\"metadata\"") >= 0;

    if (loki_begins(head))
        return 95;
    if (text_find(head, "\"kind\"") >= 0 &&
        (has_metadata || text_find(head, "\"apiVersion\"") >= 0))
        return 95;
    if (has_metadata &&
        (text_find(head, "\"spec\"") >= 0 || text_find(head, "\"items\"") >= 0))
        return 80;
    return text_find(head, "\"apiVersion\"") >= 0 ? 80 : 0;
}

/* nslookup, too, writes "Name:" and blanks. */
static bool is_description(struct text head)
{
    return text_find(head, "\nLabels:  ") >= 0 ||
           text_find(head, "\nNamespace:  ") >= 0;
}

/* How sure a line makes; -1 if it says nothing. */
static int bid_on_line(struct text line, struct text head)
{
    if (is_first_line_of_json(line))
        return bid_on_json(head);
    if (is_first_line_of_yaml(line) && text_find(head, "kind:") >= 0 &&
        (text_find(head, "apiVersion:") >= 0 ||
         text_find(head, "metadata:") >= 0))
        return 95;
    if (objects_is_known_header(line))
        return 90;
    if (objects_is_header(line))
        return 50;
    if (corefile_is_first_line(line) && corefile_has_plugin(head))
        return 80;
    if (describe_is_first_line(line) && is_description(head))
        return 92;
    return is_answer(line) ? 40 : -1;
}

int objects_bid(const struct input *input)
{
    struct text head = input_head(input);
    struct text rest = head;
    struct text line;

    (void)text_skip(&rest, "\xef\xbb\xbf");
    for (int i = 0; i < BID_LINES_MAX && text_line(&rest, &line); i++) {
        int bid = bid_on_line(line, head);

        if (bid >= 0)
            return bid;
    }
    return 0;
}
