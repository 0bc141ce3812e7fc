#include "text/snapshot.h"

#include "text/readers.h"
#include "text/snapshot_command.h"

#include <stdlib.h>
#include <string.h>

enum {
    JSON_BYTES_MAX = 64 * 1024 * 1024,
    SQUEEZED_BYTES = 64,
    HEAD_LINES_MAX = 40,
    BID_CONTENT = 90, /* the first line that says something is ours */
    BID_LATER = 45,   /* a later one is */
    BID_NAME_ERROR =
        70, /* our command in the name, an error or nothing in it */
    BID_NAME = 30,
};

static const struct format *format_of_command(struct text command)
{
    char buffer[SQUEEZED_BYTES];

    return format_by_command(command_squeeze(command, buffer, sizeof buffer));
}

static void set_command(struct snapshot *snapshot, struct text command)
{
    text_keep(snapshot->command, sizeof snapshot->command, command);
    snapshot->expected = format_of_command(command);
}

static void end_format(struct snapshot *snapshot)
{
    if (snapshot->format != NULL && snapshot->format->end != NULL)
        snapshot->format->end(snapshot);
    free(snapshot->state);
    snapshot->state = NULL;
    snapshot->format = NULL;
}

static void say_format(struct snapshot *snapshot, const struct format *format)
{
    if (snapshot->format_name != NULL || format == NULL)
        return;
    snapshot->format_name = format->name;
    sink_clue(snapshot->sink, snapshot->evidence_id, ABSENT, "format",
              format->name);
}

static void begin_format(struct snapshot *snapshot, const struct format *format)
{
    end_format(snapshot);
    snapshot->format = format;
    snapshot->expected = NULL;
    if (format->state_bytes > 0)
        snapshot->state = memory_allocate(1, format->state_bytes);
    say_format(snapshot, format);
}

static void take_echo(struct snapshot *snapshot, const struct echo *echo)
{
    end_format(snapshot);
    if (echo->host.length > 0)
        sink_clue(snapshot->sink, snapshot->evidence_id, snapshot->line,
                  "hostname", snapshot_text(snapshot, echo->host));
    if (echo->command.length > 0) {
        set_command(snapshot, echo->command);
        snapshot_set_interface(snapshot, command_interface(echo->command));
    }
    snapshot_set_interface(snapshot, echo->title);
}

static bool reads(struct snapshot *snapshot, struct text line)
{
    return snapshot->format != NULL && snapshot->format->read_line != NULL &&
           snapshot->format->read_line(snapshot, line);
}

/* A line of another format begins it, if its own reader takes the line. */
static bool changes_format(struct snapshot *snapshot, struct text line)
{
    const struct format *format = format_by_line(text_trim(line));

    if (format == NULL || format == snapshot->format ||
        format->read_line == NULL)
        return false;
    begin_format(snapshot, format);
    return reads(snapshot, line);
}

static bool is_expected(struct snapshot *snapshot, struct text line)
{
    if (snapshot->format != NULL || snapshot->expected == NULL ||
        snapshot->expected->read_line == NULL)
        return false;
    begin_format(snapshot, snapshot->expected);
    return reads(snapshot, line);
}

static bool is_complaint(struct snapshot *snapshot, struct text trimmed)
{
    if (!command_is_error(trimmed))
        return false;
    snapshot_anomaly(snapshot, "snapshot.tool-error", trimmed);
    say_format(snapshot, snapshot->expected);
    return true;
}

static void note_odd_line(struct snapshot *snapshot, struct text trimmed)
{
    struct text kept = text_first(trimmed, sizeof snapshot->odd_text - 1);

    if (snapshot->not_understood++ > 0)
        return;
    snapshot->odd_line = snapshot->line;
    memcpy(snapshot->odd_text, kept.bytes, kept.length);
}

static void read_line(struct snapshot *snapshot, struct text line)
{
    struct text trimmed = text_trim(line);
    /* What begins another format, and complaints, stand at the margin. */
    bool is_lax = snapshot->format == NULL ||
                  (snapshot->format->is_lax && trimmed.length > 0 &&
                   trimmed.bytes[0] == line.bytes[0]);
    struct echo echo;

    if (trimmed.length == 0)
        return;
    if (!is_lax && reads(snapshot, line)) {
        snapshot->understood++;
        return;
    }
    if (command_take_echo(trimmed, &echo)) {
        take_echo(snapshot, &echo);
        return;
    }
    if (is_complaint(snapshot, trimmed) || changes_format(snapshot, line) ||
        (is_lax && reads(snapshot, line)) || is_expected(snapshot, line))
        snapshot->understood++;
    else if (trimmed.bytes[0] != '#')
        note_odd_line(snapshot, trimmed);
}

static void note_cut_line(struct snapshot *snapshot, struct text line)
{
    snapshot_anomaly(snapshot, "snapshot.line-cut", line);
}

static void read_lines(struct snapshot *snapshot, struct input *input)
{
    struct line_reader lines;
    struct text line;

    line_reader_init(&lines, input->descriptor);
    while (!snapshot->sink->is_closed && line_reader_next(&lines, &line)) {
        snapshot->line = lines.number;
        if (lines.was_cut)
            note_cut_line(snapshot, line);
        read_line(snapshot, line);
        arena_reset(input->arena);
    }
    if (lines.failed)
        snapshot_anomaly(snapshot, "snapshot.read-error", text_of(""));
    line_reader_deinit(&lines);
}

static void read_element(struct snapshot *snapshot,
                         const struct json_element *element)
{
    const struct format *format = format_by_element(element);

    snapshot->line = element->line;
    /* ip -j prints {} for a device that its filter leaves out. */
    if (element->count == 0 && element->is_whole)
        return;
    if (element->is_cut)
        snapshot_anomaly(snapshot, "snapshot.json-cut", text_of(""));
    if (!element->is_whole)
        snapshot_anomaly(snapshot, "snapshot.json-broken", text_of(""));
    if (format == NULL) {
        note_odd_line(snapshot, text_of("{...}"));
        return;
    }
    if (format != snapshot->format)
        begin_format(snapshot, format);
    format->read_element(snapshot, element);
    snapshot->understood++;
}

/* Where JSON begins: at the front, or behind the echo of a command. */
static bool find_json(struct text *text)
{
    struct text rest = *text;
    struct text line;
    struct echo echo;

    while (!flat_json_looks(rest)) {
        if (!text_line(&rest, &line))
            return false;
        line = text_trim(line);
        if (line.length > 0 && !command_take_echo(line, &echo))
            return false;
    }
    *text = rest;
    return true;
}

static void read_json(struct snapshot *snapshot, struct input *input)
{
    bool was_cut;
    struct text text = input_whole(input, JSON_BYTES_MAX, &was_cut);
    struct flat_json reader;
    struct json_element element;
    struct arena fields;

    if (was_cut)
        snapshot_anomaly(snapshot, "snapshot.json-too-long", text_of(""));
    (void)find_json(&text);
    arena_init(&fields);
    flat_json_init(&reader, text, &fields);
    snapshot->arena = &fields;
    while (!snapshot->sink->is_closed && flat_json_next(&reader, &element)) {
        read_element(snapshot, &element);
        arena_reset(&fields);
    }
    flat_json_deinit(&reader);
    arena_deinit(&fields);
    snapshot->arena = input->arena;
}

static enum read_status conclude(struct snapshot *snapshot)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;

    end_format(snapshot);
    if (snapshot->interface[0] != '\0' && snapshot->interfaces <= 1)
        sink_clue(snapshot->sink, snapshot->evidence_id, ABSENT, "interface",
                  snapshot->interface);
    if (snapshot->not_understood == 0)
        return READ_WHOLE;
    row.evidence_id = snapshot->evidence_id;
    row.name = "snapshot.not-understood";
    row.line = snapshot->odd_line;
    row.packets = snapshot->not_understood;
    row.detail = snapshot->odd_text;
    sink_anomaly(snapshot->sink, &row);
    return snapshot->understood > 0 ? READ_PARTLY : READ_NOT_UNDERSTOOD;
}

/* What the place of the file says of the command that printed it. */
static struct text command_of_file(const struct input *input)
{
    if (text_find(text_of(input->path), "proc/sys/") >= 0)
        return text_of("procsys");
    return command_from_name(input_name(input));
}

enum read_status snapshot_read(struct input *input, struct sink *sink)
{
    struct snapshot snapshot = { .sink = sink,
                                 .arena = input->arena,
                                 .path = input->path,
                                 .evidence_id = input->evidence_id };
    struct text name = command_of_file(input);
    struct text head = input_head(input);

    set_command(&snapshot, name);
    snapshot_set_interface(&snapshot, command_interface(name));
    snapshot.interfaces = 0;
    if (input->size_bytes == 0) {
        snapshot_anomaly(&snapshot, "snapshot.empty", text_of(""));
        say_format(&snapshot, snapshot.expected);
    } else if (find_json(&head)) {
        read_json(&snapshot, input);
    } else {
        read_lines(&snapshot, input);
    }
    return conclude(&snapshot);
}

static int bid_json(struct text head)
{
    struct arena arena;
    struct flat_json reader;
    struct json_element element;
    bool is_ours;

    arena_init(&arena);
    flat_json_init(&reader, head, &arena);
    is_ours = flat_json_next(&reader, &element) &&
              format_by_element(&element) != NULL;
    flat_json_deinit(&reader);
    arena_deinit(&arena);
    return is_ours ? BID_CONTENT : 0;
}

/* `named` is the format of the file's name, or NULL. One without a signature
 * ("17" is an output of conntrack -C) is known by nothing else. */
static int bid_by_name(const struct format *named, bool has_text)
{
    if (named == NULL)
        return 0;
    return has_text && named->signatures[0] != NULL ? BID_NAME : BID_NAME_ERROR;
}

static int bid_lines(struct text head, const struct format *named)
{
    struct text line;
    struct echo echo;
    int bid = BID_CONTENT;

    for (int i = 0; i < HEAD_LINES_MAX && text_line(&head, &line); i++) {
        line = text_trim(line);
        if (line.length == 0)
            continue;
        if (command_take_echo(line, &echo)) {
            /* a command and a filter: what it prints has no title */
            if (named == NULL && echo.command.length > 0)
                named = format_of_command(echo.command);
            continue;
        }
        if (format_by_line(line) != NULL)
            return bid;
        if (named != NULL && command_is_error(line))
            return BID_NAME_ERROR;
        if (line.bytes[0] != '#')
            bid = BID_LATER;
    }
    return bid_by_name(named, bid == BID_LATER);
}

int snapshot_bid(const struct input *input)
{
    struct text head = input_head(input);
    struct text name = command_of_file(input);

    if (find_json(&head))
        return bid_json(head);
    return bid_lines(head, format_of_command(name));
}
