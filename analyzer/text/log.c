/* Reads a log: lines out of the file, wrappers off, events into rows. */
#include "text/log_corefile.h"
#include "text/log_lines.h"
#include "text/log_origin.h"
#include "text/log_reader.h"
#include "text/readers.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOG_MESSAGE_BYTES = 2048,
    LOG_STAMP_BYTES = 64,
};

/* Raw lines that belong to the line before them. */
enum log_block {
    BLOCK_NONE,
    BLOCK_STACK,    /* a panic's goroutines */
    BLOCK_COREFILE, /* node-cache prints the Corefile that it generates */
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
    struct arena arena; /* of rows that wait; others reset the input's */
    struct unwrapper unwrapper;
    struct log_queue queue;
    struct log_messages messages;
    struct log_section section;
    struct log_origin origin;
    const char *form; /* the first wrapper met */
    enum log_block block;
    struct log_corefile corefile;
    bool is_coredns;
    bool is_yearless; /* a stamp without a year was told */
    int64_t lines;
    int64_t understood;
    struct log_trouble unknown;
    struct log_trouble cut;
    struct log_trouble nul;
    struct log_trouble left_out; /* of a Corefile */
};

struct log_reader *log_reader_create(struct input *input, struct sink *sink)
{
    struct log_reader *reader = memory_allocate(1, sizeof *reader);

    reader->input = input;
    reader->sink = sink;
    reader->unknown.anomaly = "log.lines-not-understood";
    reader->cut.anomaly = "log.line-too-long";
    reader->nul.anomaly = "log.nul-bytes";
    reader->left_out.anomaly = "log.corefile-too-long";
    log_origin_init(&reader->origin, input, sink);
    unwrapper_init(&reader->unwrapper, input_head(input));
    arena_init(&reader->arena);
    log_queue_init(&reader->queue, sink, &reader->arena);
    log_messages_init(&reader->messages);
    return reader;
}

void log_reader_destroy(struct log_reader *reader)
{
    log_messages_deinit(&reader->messages);
    log_queue_deinit(&reader->queue);
    log_corefile_deinit(&reader->corefile);
    unwrapper_deinit(&reader->unwrapper);
    arena_deinit(&reader->arena);
    free(reader);
}

static void count(struct log_trouble *trouble, int64_t line)
{
    if (trouble->count++ == 0)
        trouble->first_line = line;
}

/* The first stamp without a year is told as a clue: who knows when the file
 * was written can place it. */
static void note_yearless(struct log_reader *reader,
                          const struct log_line *line)
{
    char stamp[LOG_STAMP_BYTES] = "";

    if (reader->is_yearless || line->yearless.length == 0 ||
        line->yearless.length >= sizeof stamp)
        return;
    reader->is_yearless = true;
    memcpy(stamp, line->yearless.bytes, line->yearless.length);
    sink_clue(reader->sink, reader->input->evidence_id, line->number,
              "time-without-year", stamp);
}

static void note_line(struct log_reader *reader, struct log_line *line)
{
    wrapper_set_text(&line->pod, text_of(reader->section.pod));
    wrapper_set_text(&line->namespace, text_of(reader->section.namespace));
    wrapper_set_text(&line->container, text_of(reader->section.container));
    /* Stamps of one container do not bound the lines of another. */
    if (log_origin_note(&reader->origin, line))
        log_queue_break(&reader->queue);
    note_yearless(reader, line);
    if (reader->form == NULL)
        reader->form = line->form;
    if (line->was_cut)
        count(&reader->cut, line->number);
    if (line->at_ns != ABSENT)
        log_queue_anchor(&reader->queue, line->at_ns,
                         line->at_ns + line->resolution_ns - 1);
}

static const char *source_of(struct log_reader *reader,
                             const struct log_line *line,
                             const struct log_meaning *meaning)
{
    const char *source;

    if (meaning->message != NULL && meaning->message->source != NULL)
        return meaning->message->source;
    source = log_origin_source(&reader->origin, line, &reader->arena);
    if (source == NULL && meaning->is_coredns)
        source = "coredns";
    return source != NULL ? source : "log";
}

static const char *copy_name(struct arena *arena, struct text name)
{
    return name.length == 0 ? NULL
                            : text_copy_most(arena, name, WRAPPER_NAME_BYTES);
}

static void fill_row(struct log_reader *reader, const struct log_line *line,
                     const struct log_meaning *meaning,
                     struct log_event_row *row)
{
    struct arena *arena = &reader->arena;

    row->evidence_id = reader->input->evidence_id;
    row->line = line->number;
    row->pod = copy_name(arena, line->pod);
    row->container = copy_name(arena, line->container);
    row->node = copy_name(arena, line->node);
    row->at_ns = line->at_ns;
    row->severity = line->severity;
    row->source = source_of(reader, line, meaning);
    row->message = text_copy_most(arena, line->content, LOG_MESSAGE_BYTES);
}

static enum log_block block_begun(struct text content)
{
    if (text_starts(content, "panic: ") || text_starts(content, "goroutine ") ||
        text_starts(content, "fatal error: ") ||
        text_find(content, "Recovered from panic") >= 0)
        return BLOCK_STACK;
    if (text_ends(text_trim(content), "Using config file:"))
        return BLOCK_COREFILE;
    return BLOCK_NONE;
}

static bool is_error_line(struct text content)
{
    return text_starts(content, "[ERROR] ") ||
           text_starts(content, "[FATAL] ") || text_starts(content, "[PANIC] ");
}

/* A line that nothing knows: part of a block, or counted; the count is told
 * only if the file turns out to be CoreDNS's. True if it is to be a row all
 * the same: an error that no table knows may be known to its reader. */
static bool take_unknown(struct log_reader *reader, const struct log_line *line,
                         const struct log_meaning *meaning)
{
    if (text_starts(line->content, "["))
        reader->block = BLOCK_NONE;
    else if (block_begun(line->content) == BLOCK_STACK)
        reader->block = BLOCK_STACK;
    if (reader->block == BLOCK_COREFILE &&
        !log_corefile_add(&reader->corefile, line->content, line->number))
        count(&reader->left_out, line->number);
    if (reader->block != BLOCK_NONE || text_trim(line->content).length == 0) {
        reader->understood++;
        return false;
    }
    if (line->form != NULL || meaning->is_coredns)
        reader->understood++;
    if ((line->families & (LOG_KERNEL | LOG_KUBE)) != 0)
        return false;
    count(&reader->unknown, line->number);
    return reader->is_coredns && is_error_line(line->content);
}

/* A file that no name tells of is node-cache's once it says so itself. */
static void take_known(struct log_reader *reader, const struct log_line *line,
                       const struct log_meaning *meaning)
{
    const struct log_message *message = meaning->message;

    reader->understood++;
    reader->block = message == NULL ? BLOCK_NONE : block_begun(line->content);
    if (reader->block == BLOCK_COREFILE)
        log_corefile_begin(&reader->corefile);
    if (reader->origin.source == NULL && meaning->is_coredns &&
        line->pod.length == 0 && line->container.length == 0 && message != NULL)
        reader->origin.source = message->source;
}

static void take_line(struct log_reader *reader, struct log_line *line)
{
    struct log_event_row *row;
    struct log_meaning meaning;

    note_line(reader, line);
    row = log_queue_begin(&reader->queue);
    meaning = log_content_read(&reader->messages, line, row, &reader->arena);
    reader->is_coredns |= meaning.is_coredns;
    if (meaning.verdict != LOG_UNKNOWN) {
        take_known(reader, line, &meaning);
    } else if (take_unknown(reader, line, &meaning)) {
        row->event = "other";
        meaning.verdict = LOG_EVENT;
    }
    if (meaning.verdict != LOG_EVENT)
        return;
    fill_row(reader, line, &meaning, row);
    log_queue_commit(&reader->queue);
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

void log_reader_take(struct log_reader *reader, struct text raw, int64_t number,
                     bool was_cut)
{
    struct log_line line = LOG_LINE_NONE;

    reader->lines++;
    line.number = number;
    line.was_cut = was_cut;
    raw = without_hole(reader, raw, number);
    if (log_section_read(&reader->section, &reader->unwrapper, raw)) {
        reader->understood++;
        log_queue_break(&reader->queue);
    } else if (unwrapper_take(&reader->unwrapper, raw, &line)) {
        take_line(reader, &line);
    } else {
        reader->understood++;
    }
}

void log_reader_end_part(struct log_reader *reader)
{
    for (;;) {
        struct log_line line = LOG_LINE_NONE;

        if (!unwrapper_take_unfinished(&reader->unwrapper, &line))
            break;
        take_line(reader, &line);
    }
    log_queue_break(&reader->queue);
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

/* "node-cache log, cri". */
static void tell_format(struct log_reader *reader)
{
    const char *source = reader->origin.source;

    if (source == NULL)
        source = reader->is_coredns ? "coredns" : "";
    sink_clue(reader->sink, reader->input->evidence_id, ABSENT, "format",
              arena_format(&reader->arena, "%s%slog%s%s", source,
                           source[0] != '\0' ? " " : "",
                           reader->form != NULL ? ", " : "",
                           reader->form != NULL ? reader->form : ""));
}

enum read_status log_reader_finish(struct log_reader *reader)
{
    log_reader_end_part(reader);
    log_corefile_tell(&reader->corefile, reader->input->evidence_id,
                      &reader->arena, reader->sink);
    if (!reader->is_coredns)
        reader->unknown.count = 0;
    tell(reader, &reader->unknown);
    tell(reader, &reader->cut);
    tell(reader, &reader->nul);
    tell(reader, &reader->left_out);
    if (reader->understood == 0 && reader->lines > 0)
        return READ_NOT_UNDERSTOOD;
    return reader->unknown.count > 0 || reader->cut.count > 0 ||
                   reader->left_out.count > 0
               ? READ_PARTLY
               : READ_WHOLE;
}

static void tell_failed(struct log_reader *reader, int64_t line)
{
    struct log_trouble failed = {
        .anomaly = "log.read-error",
        .count = 1,
        .first_line = line,
    };

    tell(reader, &failed);
}

enum read_status log_read(struct input *input, struct sink *sink)
{
    struct log_reader *reader = log_reader_create(input, sink);
    struct line_reader lines;
    enum read_status status;
    struct text raw;

    line_reader_init(&lines, input->descriptor);
    while (!sink->is_closed && line_reader_next(&lines, &raw))
        log_reader_take(reader, raw, lines.number, lines.was_cut);
    status = log_reader_finish(reader);
    log_origin_tell(&reader->origin, sink, input->evidence_id);
    if (lines.failed) {
        tell_failed(reader, lines.number);
        status = READ_PARTLY;
    }
    if (status != READ_NOT_UNDERSTOOD)
        tell_format(reader);
    line_reader_deinit(&lines);
    log_reader_destroy(reader);
    return status;
}
