/* Reads a log: lines out of the file, wrappers off, events into rows. */
#include "text/log_path.h"
#include "text/log_reader.h"
#include "text/readers.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOG_MESSAGE_BYTES = 2048,
};

/* Raw lines that belong to the line before them. */
enum log_block {
    BLOCK_NONE,
    BLOCK_STACK,    /* a panic's goroutines */
    BLOCK_COREFILE, /* node-cache prints the Corefile that it generates */
};

/* One thing that lines say of their origin, if they all say the same. */
struct log_name {
    const char *clue;
    char value[WRAPPER_NAME_BYTES];
    bool differs;
};

enum log_name_id {
    NAME_POD,
    NAME_NAMESPACE,
    NAME_CONTAINER,
    NAME_NODE,
    NAME_COUNT,
};

/* Lines of one kind of trouble: how many, and where the first is. */
struct log_trouble {
    const char *anomaly;
    int64_t count;
    int64_t first_line;
};

struct log_reader {
    struct input *input;
    struct sink *sink;
    struct unwrapper unwrapper;
    struct log_queue queue;
    struct log_messages messages;
    struct log_section section;
    struct log_name names[NAME_COUNT];
    char
        origin[2 * WRAPPER_NAME_BYTES]; /* pod and container of the last line */
    const char *source;                 /* by name or content, or NULL */
    const char *form;                   /* the first wrapper met */
    enum log_block block;
    bool is_coredns;
    int64_t lines;
    int64_t understood;
    struct log_trouble unknown;
    struct log_trouble cut;
    struct log_trouble nul;
};

static void count(struct log_trouble *trouble, int64_t line)
{
    if (trouble->count++ == 0)
        trouble->first_line = line;
}

/* The name of a file is the last thing to go by: "dmesg", "kubelet.log". */
static const char *source_by_path(const struct log_reader *reader,
                                  const struct log_path *path)
{
    const char *source = NULL;

    if (path->container != NULL)
        source = log_program_source(text_of(path->container));
    if (source == NULL && path->pod != NULL)
        source = log_program_source(text_of(path->pod));
    if (source == NULL)
        source = log_program_source(input_name(reader->input));
    return source;
}

static void clue(struct log_reader *reader, const char *name, const char *value)
{
    if (value != NULL)
        sink_clue(reader->sink, reader->input->evidence_id, ABSENT, name,
                  value);
}

static void begin(struct log_reader *reader)
{
    struct text head = input_head(reader->input);
    struct log_path path;

    log_path_read(reader->input->path, reader->input->arena, &path);
    clue(reader, "pod", path.pod);
    clue(reader, "namespace", path.namespace);
    clue(reader, "container", path.container);
    reader->names[NAME_POD] = (struct log_name){ .clue = "pod" };
    reader->names[NAME_NAMESPACE] = (struct log_name){ .clue = "namespace" };
    reader->names[NAME_CONTAINER] = (struct log_name){ .clue = "container" };
    reader->names[NAME_NODE] = (struct log_name){ .clue = "node" };
    reader->names[NAME_POD].differs = path.pod != NULL;
    reader->names[NAME_NAMESPACE].differs = path.namespace != NULL;
    reader->names[NAME_CONTAINER].differs = path.container != NULL;
    reader->unknown.anomaly = "log.lines-not-understood";
    reader->cut.anomaly = "log.line-too-long";
    reader->nul.anomaly = "log.nul-bytes";
    reader->source = source_by_path(reader, &path);
    if (reader->source == NULL && (text_find(head, "node-cache image") >= 0 ||
                                   text_find(head, "nodelocaldns rule") >= 0))
        reader->source = "node-cache";
    unwrapper_init(&reader->unwrapper, head);
    log_queue_init(&reader->queue, reader->sink, reader->input->arena);
    log_messages_init(&reader->messages);
}

static void note_name(struct log_name *name, struct text value)
{
    if (name->differs || value.length == 0)
        return;
    if (name->value[0] == '\0' && value.length < sizeof name->value)
        memcpy(name->value, value.bytes, value.length);
    else if (!text_equals(value, name->value))
        name->differs = true;
}

/* Stamps of one container do not bound the lines of another. */
static void note_origin(struct log_reader *reader, const struct log_line *line)
{
    struct text last = text_of(reader->origin);
    struct text pod = text_first(line->pod, WRAPPER_NAME_BYTES - 1);
    struct text container = text_first(line->container, WRAPPER_NAME_BYTES - 1);

    if (last.length == pod.length + container.length &&
        memcmp(last.bytes, pod.bytes == NULL ? "" : pod.bytes, pod.length) ==
            0 &&
        memcmp(last.bytes + pod.length,
               container.bytes == NULL ? "" : container.bytes,
               container.length) == 0)
        return;
    log_queue_break(&reader->queue);
    if (pod.length > 0)
        memcpy(reader->origin, pod.bytes, pod.length);
    if (container.length > 0)
        memcpy(reader->origin + pod.length, container.bytes, container.length);
    reader->origin[pod.length + container.length] = '\0';
}

static void note_line(struct log_reader *reader, struct log_line *line)
{
    wrapper_set_text(&line->pod, text_of(reader->section.pod));
    wrapper_set_text(&line->namespace, text_of(reader->section.namespace));
    wrapper_set_text(&line->container, text_of(reader->section.container));
    note_name(&reader->names[NAME_POD], line->pod);
    note_name(&reader->names[NAME_NAMESPACE], line->namespace);
    note_name(&reader->names[NAME_CONTAINER], line->container);
    note_name(&reader->names[NAME_NODE], line->node);
    note_origin(reader, line);
    if (reader->form == NULL)
        reader->form = line->form;
    if (line->was_cut)
        count(&reader->cut, line->number);
    if (line->families == 0)
        line->families = log_program_families(line->container);
    if (line->at_ns != ABSENT)
        log_queue_anchor(&reader->queue, line->at_ns,
                         line->at_ns + line->resolution_ns - 1);
}

/* Who wrote the line: as it says itself, else as the file does. */
static const char *source_of(const struct log_reader *reader,
                             const struct log_line *line,
                             const struct log_meaning *meaning)
{
    const char *source = NULL;

    if (meaning->message != NULL && meaning->message->source != NULL)
        return meaning->message->source;
    if (line->program.length > 0)
        source = log_program_source(line->program);
    if (source == NULL && line->container.length > 0)
        source = log_program_source(line->container);
    if (source == NULL && line->pod.length > 0)
        source = log_program_source(line->pod);
    if (source == NULL && line->program.length > 0)
        return text_copy_most(reader->input->arena, line->program, 64);
    if (source == NULL)
        source = reader->source;
    if (source == NULL && meaning->is_coredns)
        source = "coredns";
    return source != NULL ? source : "log";
}

static const char *copy_name(const struct log_reader *reader, struct text name)
{
    return name.length == 0
               ? NULL
               : text_copy_most(reader->input->arena, name, WRAPPER_NAME_BYTES);
}

static void commit(struct log_reader *reader, const struct log_line *line,
                   const struct log_meaning *meaning)
{
    struct log_event_row *row = &reader->queue.rows[reader->queue.count];

    row->evidence_id = reader->input->evidence_id;
    row->line = line->number;
    row->pod = copy_name(reader, line->pod);
    row->container = copy_name(reader, line->container);
    row->node = copy_name(reader, line->node);
    row->at_ns = line->at_ns;
    row->severity = line->severity;
    row->source = source_of(reader, line, meaning);
    row->message =
        text_copy_most(reader->input->arena, line->content, LOG_MESSAGE_BYTES);
    log_queue_commit(&reader->queue);
}

static enum log_block block_begun(struct text content)
{
    if (text_starts(content, "panic: ") || text_starts(content, "goroutine ") ||
        text_starts(content, "fatal error: ") ||
        text_find(content, "Recovered from panic") >= 0)
        return BLOCK_STACK;
    if (text_ends(content, "Using config file:") ||
        text_ends(content, "Using config file: "))
        return BLOCK_COREFILE;
    return BLOCK_NONE;
}

/* An unknown line: part of a block, or counted. The count is told only if
 * the file turns out to be CoreDNS's. An error that no row knows is kept as
 * it is: its reader may know it. */
static void take_unknown(struct log_reader *reader, const struct log_line *line,
                         struct log_meaning *meaning)
{
    bool is_error = text_starts(line->content, "[ERROR] ") ||
                    text_starts(line->content, "[FATAL] ") ||
                    text_starts(line->content, "[PANIC] ");

    if (block_begun(line->content) == BLOCK_STACK)
        reader->block = BLOCK_STACK;
    if (text_starts(line->content, "["))
        reader->block = BLOCK_NONE;
    if (reader->block != BLOCK_NONE || text_trim(line->content).length == 0) {
        reader->understood++;
        return;
    }
    if ((line->families & (LOG_KERNEL | LOG_KUBE)) == 0)
        count(&reader->unknown, line->number);
    if (line->form != NULL || meaning->is_coredns)
        reader->understood++;
    if (is_error && reader->is_coredns) {
        reader->queue.rows[reader->queue.count].event = "other";
        commit(reader, line, meaning);
    }
}

static void take_line(struct log_reader *reader, struct log_line *line)
{
    struct log_event_row *row;
    struct log_meaning meaning;

    note_line(reader, line);
    row = log_queue_begin(&reader->queue);
    meaning =
        log_content_read(&reader->messages, line, row, reader->input->arena);
    reader->is_coredns |= meaning.is_coredns;
    if (meaning.verdict == LOG_UNKNOWN) {
        take_unknown(reader, line, &meaning);
        return;
    }
    reader->understood++;
    reader->block =
        meaning.message == NULL ? BLOCK_NONE : block_begun(line->content);
    if (meaning.message != NULL && meaning.message->source != NULL &&
        line->pod.length == 0 && line->container.length == 0 &&
        reader->source == NULL && meaning.is_coredns)
        reader->source = meaning.message->source;
    if (meaning.verdict == LOG_EVENT)
        commit(reader, line, &meaning);
}

/* A log that was truncated while its writer went on begins with a hole. */
static struct text without_hole(struct log_reader *reader, struct text raw,
                                int64_t number)
{
    size_t at = 0;

    while (at < raw.length && raw.bytes[at] == '\0')
        at++;
    if (at > 0)
        count(&reader->nul, number);
    return text_from(raw, at);
}

static void take_yearless(struct log_reader *reader,
                          const struct log_line *line)
{
    static const char clue_name[] = "time-without-year";

    if (reader->names[NAME_NODE].clue == NULL || line->yearless.length == 0)
        return;
    sink_clue(reader->sink, reader->input->evidence_id, line->number, clue_name,
              text_copy_most(reader->input->arena, line->yearless, 64));
}

static void read_lines(struct log_reader *reader, struct line_reader *lines)
{
    bool yearless_told = false;
    struct text raw;

    while (!reader->sink->is_closed && line_reader_next(lines, &raw)) {
        struct log_line line = LOG_LINE_NONE;

        line.number = lines->number;
        line.was_cut = lines->was_cut;
        raw = without_hole(reader, raw, line.number);
        reader->lines++;
        if (log_section_read(&reader->section, &reader->unwrapper, raw)) {
            reader->understood++;
            log_queue_break(&reader->queue);
            continue;
        }
        if (!unwrapper_take(&reader->unwrapper, raw, &line)) {
            reader->understood++;
            continue;
        }
        if (line.yearless.length > 0 && !yearless_told) {
            take_yearless(reader, &line);
            yearless_told = true;
        }
        take_line(reader, &line);
    }
}

static void read_unfinished(struct log_reader *reader)
{
    for (;;) {
        struct log_line line = LOG_LINE_NONE;

        if (!unwrapper_take_unfinished(&reader->unwrapper, &line))
            return;
        take_line(reader, &line);
    }
}

static void tell(struct log_reader *reader, const struct log_trouble *trouble)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;

    if (trouble->count == 0)
        return;
    row.evidence_id = reader->input->evidence_id;
    row.name = trouble->anomaly;
    row.line = trouble->first_line;
    row.packets = trouble->count;
    sink_anomaly(reader->sink, &row);
}

static void tell_format(struct log_reader *reader)
{
    const char *source = reader->source;

    if (source == NULL)
        source = reader->is_coredns ? "coredns" : "";
    clue(reader, "format",
         arena_format(reader->input->arena, "%s%slog%s%s", source,
                      source[0] != '\0' ? " " : "",
                      reader->form != NULL ? ", " : "",
                      reader->form != NULL ? reader->form : ""));
}

static enum read_status finish(struct log_reader *reader,
                               const struct line_reader *lines)
{
    struct log_trouble failed = {
        .anomaly = "log.read-error",
        .count = lines->failed,
        .first_line = lines->number,
    };

    log_queue_break(&reader->queue);
    if (!reader->is_coredns)
        reader->unknown.count = 0;
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (!reader->names[i].differs && reader->names[i].value[0] != '\0')
            clue(reader, reader->names[i].clue, reader->names[i].value);
    tell(reader, &reader->unknown);
    tell(reader, &reader->cut);
    tell(reader, &reader->nul);
    tell(reader, &failed);
    if (reader->understood == 0 && reader->lines > 0)
        return READ_NOT_UNDERSTOOD;
    tell_format(reader);
    return reader->unknown.count > 0 || reader->cut.count > 0 || lines->failed
               ? READ_PARTLY
               : READ_WHOLE;
}

enum read_status log_read(struct input *input, struct sink *sink)
{
    struct log_reader *reader = memory_allocate(1, sizeof *reader);
    struct line_reader lines;
    enum read_status status;

    reader->input = input;
    reader->sink = sink;
    begin(reader);
    line_reader_init(&lines, input->descriptor);
    read_lines(reader, &lines);
    read_unfinished(reader);
    status = finish(reader, &lines);
    line_reader_deinit(&lines);
    log_messages_deinit(&reader->messages);
    log_queue_deinit(&reader->queue);
    unwrapper_deinit(&reader->unwrapper);
    free(reader);
    return status;
}
