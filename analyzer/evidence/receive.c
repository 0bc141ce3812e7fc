#include "evidence/receive.h"

#include "evidence/record_stream.h"
#include "store/record.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum {
    ROWS_ALWAYS = 100000, /* beside one for each byte of the file */
    PATH_BYTES = 4 * 4096,
    WHY_BYTES = PATH_BYTES + 64,
};

struct receiver {
    struct ledger *ledger;
    const struct load_options *options;
    struct record_stream stream;
    struct layout_reader *layouts;
    struct arena arena;

    /* Of the file at hand. */
    int64_t evidence_id;
    int64_t rows_max;
    int64_t rows;
    char format[64];   /* as its clue says */
    char anomaly[256]; /* the first one */
    char why[WHY_BYTES];
    char path[PATH_BYTES];
};

struct receiver *receiver_create(struct ledger *ledger,
                                 const struct load_options *options)
{
    struct receiver *receiver = memory_allocate(1, sizeof *receiver);

    receiver->ledger = ledger;
    receiver->options = options;
    record_stream_init(&receiver->stream);
    receiver->layouts = layout_reader_create();
    arena_init(&receiver->arena);
    return receiver;
}

void receiver_destroy(struct receiver *receiver)
{
    if (receiver == NULL)
        return;
    arena_deinit(&receiver->arena);
    record_stream_deinit(&receiver->stream);
    layout_reader_destroy(receiver->layouts);
    free(receiver);
}

static void copy_text(const struct record_value *value, char *to, size_t room)
{
    size_t length = value->is_null ? 0 : value->length;

    if (length > room - 1)
        length = room - 1;
    if (length > 0)
        memcpy(to, value->bytes, length);
    to[length] = '\0';
}

/* The named column of a checked record. */
static void column_text(enum table_id table, struct reader columns,
                        const char *name, char *to, size_t room)
{
    for (size_t i = 0; i < tables[table].column_count; i++) {
        const struct column *column = &tables[table].columns[i];
        struct record_value value;

        record_take(&columns, column->type, &value);
        if (strcmp(column->name, name) == 0)
            copy_text(&value, to, room);
    }
}

/* What the row of the file itself will say. */
static void note(struct receiver *receiver, enum table_id table,
                 struct reader columns)
{
    char name[64] = "";
    char detail[160] = "";

    if (table == TABLE_CLUE && receiver->format[0] == '\0') {
        column_text(table, columns, "name", name, sizeof name);
        if (strcmp(name, "format") == 0)
            column_text(table, columns, "value", receiver->format,
                        sizeof receiver->format);
    }
    if (table == TABLE_ANOMALY && receiver->anomaly[0] == '\0') {
        column_text(table, columns, "name", name, sizeof name);
        column_text(table, columns, "detail", detail, sizeof detail);
        snprintf(receiver->anomaly, sizeof receiver->anomaly, "%s%s%s", name,
                 detail[0] != '\0' ? ": " : "", detail);
    }
}

static bool take_fact(struct receiver *receiver, enum table_id table,
                      struct reader columns, struct failure *failure)
{
    struct store *store = receiver->ledger->store;
    struct reader first = columns;

    if (record_take_integer(&first) != receiver->evidence_id ||
        !store_takes_record(store, table, receiver->stream.nulls)) {
        (void)record_stream_break(&receiver->stream);
        return true;
    }
    if (++receiver->rows > receiver->rows_max) {
        receiver->stream.trouble = "reader floods";
        receiver->rows--;
        return true;
    }
    if (table == TABLE_CLUE || table == TABLE_ANOMALY)
        note(receiver, table, columns);
    return store_insert_record(store, table, columns, failure);
}

static const char *known_status(const char *status)
{
    static const char *const names[] = { "read", "partly read",
                                         "not understood" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(status, names[i]) == 0)
            return names[i];
    return NULL;
}

/* The last record: how it went. */
static void take_closing(struct receiver *receiver, struct reader columns,
                         struct evidence_row *row)
{
    struct evidence_row closing;

    record_read(columns, TABLE_EVIDENCE, &receiver->arena, &closing);
    row->status = closing.status == NULL ? NULL : known_status(closing.status);
    if (row->status == NULL) {
        (void)record_stream_break(&receiver->stream);
        return;
    }
    row->why = closing.why;
    row->packets = closing.packets == ABSENT ? 0 : closing.packets;
    row->first_ns = closing.first_ns;
    row->last_ns = closing.last_ns;
}

/* Facts until the closing record. row->status stays "" without one. */
static bool take_facts(struct receiver *receiver, struct evidence_row *row,
                       struct failure *failure)
{
    enum table_id table;
    struct reader columns;

    while (receiver->stream.trouble == NULL &&
           record_stream_next(&receiver->stream, &table, &columns)) {
        if (table == TABLE_EVIDENCE) {
            take_closing(receiver, columns, row);
            return true;
        }
        if (!take_fact(receiver, table, columns, failure))
            return false;
    }
    return true;
}

static void say_death(struct receiver *receiver, int status)
{
    char cause[64];

    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        snprintf(cause, sizeof cause, "reader used up its processor time");
    else if (WIFSIGNALED(status))
        snprintf(cause, sizeof cause, "reader died: signal %d",
                 WTERMSIG(status));
    else
        snprintf(cause, sizeof cause, "reader ended early: status %d",
                 WEXITSTATUS(status));
    snprintf(receiver->why, sizeof receiver->why, "%s after %lld rows",
             receiver->stream.trouble != NULL ? receiver->stream.trouble
                                              : cause,
             (long long)receiver->rows);
}

/* Puts together what is known of how it went. */
static void conclude(struct receiver *receiver, const struct found *found,
                     int status, struct evidence_row *row)
{
    bool is_whole = row->status[0] != '\0' && receiver->stream.trouble == NULL;

    row->format = receiver->format;
    row->facts = receiver->rows;
    if (!is_whole) {
        say_death(receiver, status);
        row->why = receiver->why;
        row->status = receiver->rows > 0 ? "partly read" : "refused";
        return;
    }
    if (strcmp(row->status, "read") == 0 && found->why[0] != '\0')
        row->status = "partly read";
    if (found->why[0] != '\0')
        row->why = found->why;
    else if (strcmp(row->status, "partly read") == 0 && row->why == NULL &&
             receiver->anomaly[0] != '\0')
        row->why = receiver->anomaly;
}

struct layout_sink {
    struct sink sink; /* must be first */
    struct receiver *receiver;
    struct failure *failure;
};

static void put_clue(struct sink *base, enum table_id table, const void *row)
{
    struct layout_sink *sink = (struct layout_sink *)base;

    if (!store_insert(sink->receiver->ledger->store, table, row, sink->failure))
        base->is_closed = true;
}

static bool insert(struct receiver *receiver, const struct evidence_row *row,
                   struct failure *failure)
{
    struct layout_sink clues = { .sink.put = put_clue,
                                 .receiver = receiver,
                                 .failure = failure };

    if (!ledger_insert(receiver->ledger, row, failure))
        return false;
    layout_clues(receiver->layouts, row->path, row->id, &receiver->arena,
                 &clues.sink);
    return !clues.sink.is_closed;
}

static void reset(struct receiver *receiver, const struct found *found,
                  int pipe_end)
{
    int64_t seconds =
        reader_process_seconds(receiver->options, found->size_bytes);

    arena_reset(&receiver->arena);
    record_stream_begin(&receiver->stream, pipe_end, seconds + 1);
    receiver->evidence_id = found->id;
    receiver->rows_max = ROWS_ALWAYS + found->size_bytes;
    receiver->rows = 0;
    receiver->format[0] = '\0';
    receiver->anomaly[0] = '\0';
}

/* A row that no process adds to. */
static bool take_row(struct receiver *receiver, struct evidence_row *row,
                     struct failure *failure)
{
    if (!ledger_knows(receiver->ledger, row->path, row->sha256))
        return insert(receiver, row, failure);
    row->id = 0;
    return true;
}

/* The first record says what the file is. False without one. */
static bool take_opening(struct receiver *receiver, struct evidence_row *row)
{
    struct evidence_row opening;
    struct reader columns;
    enum table_id table;

    if (!record_stream_next(&receiver->stream, &table, &columns))
        return false;
    if (table != TABLE_EVIDENCE)
        return record_stream_break(&receiver->stream);
    record_read(columns, table, &receiver->arena, &opening);
    if (opening.sha256 == NULL || opening.kind == NULL)
        return record_stream_break(&receiver->stream);
    row->sha256 = opening.sha256;
    row->kind = opening.kind;
    return true;
}

/* Two snapshots with the same content are two observations; two captures are
 * one, copied. */
static bool is_copy(struct receiver *receiver, struct evidence_row *row)
{
    if (strcmp(row->kind, "capture") != 0 ||
        !ledger_find_capture(receiver->ledger, row->sha256, receiver->path,
                             sizeof receiver->path))
        return false;
    snprintf(receiver->why, sizeof receiver->why, "same content as %s",
             receiver->path);
    row->status = "read";
    row->why = receiver->why;
    return true;
}

static bool take_process(struct receiver *receiver,
                         struct reader_process *process,
                         const struct found *found, struct evidence_row *row,
                         struct failure *failure)
{
    bool has_opening = take_opening(receiver, row);
    int status;

    if (has_opening &&
        (ledger_knows(receiver->ledger, row->path, row->sha256) ||
         is_copy(receiver, row))) {
        (void)reader_process_end(process, true);
        return take_row(receiver, row, failure);
    }
    if (!insert(receiver, row, failure))
        return false;
    if (has_opening && !take_facts(receiver, row, failure))
        return false;
    status = reader_process_end(process, receiver->stream.trouble != NULL);
    conclude(receiver, found, status, row);
    return ledger_update(receiver->ledger, row, failure);
}

bool receiver_take(struct receiver *receiver, struct reader_process *process,
                   const struct found *found, struct evidence_row *row,
                   struct failure *failure)
{
    *row = (struct evidence_row)EVIDENCE_ROW_NONE;
    reset(receiver, found, process->pipe);
    row->id = found->id;
    row->path = found->path;
    row->size_bytes = found->size_bytes;
    row->sha256 = found->sha256;
    row->kind = found->kind;
    row->modified_ns = found->modified_ns;
    if (process->pipe >= 0)
        return take_process(receiver, process, found, row, failure);
    assert(found->status != NULL);
    row->status = found->status;
    row->why = found->why[0] != '\0' ? found->why : NULL;
    return take_row(receiver, row, failure);
}
