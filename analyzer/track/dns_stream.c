#include "track/dns_stream.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    PREFIX_BYTES = 2,
    HEADER_BYTES = 12,
    OPCODE_MAX = 6,
    QUESTIONS_MAX = 4,
    RECORDS_MAX = 1000,
    CHAIN_MAX = 64,
};

/* From the stream's `next` on. `extent` bytes are there without a gap, then
 * come the early pieces, by offset. */
struct dns_stream_buffer {
    struct dns_stream *owner; /* NULL: free */
    uint8_t *bytes;
    uint32_t extent;
    bool is_resynced;
    bool has_lost; /* the gap before the first piece will not be filled */
    uint8_t piece_count;
    struct piece {
        uint32_t from;
        uint32_t to;
    } pieces[STREAM_PIECES_MAX];
};

void dns_streams_init(struct dns_streams *streams)
{
    *streams = (struct dns_streams){ 0 };
    streams->buffers =
        memory_allocate(STREAM_BUFFERS_MAX, sizeof *streams->buffers);
}

void dns_streams_deinit(struct dns_streams *streams)
{
    for (size_t i = 0; i < STREAM_BUFFERS_MAX && streams->buffers; i++)
        free(streams->buffers[i].bytes);
    free(streams->buffers);
    *streams = (struct dns_streams){ 0 };
}

void dns_stream_end(struct dns_stream *stream)
{
    if (stream->buffer != NULL)
        stream->buffer->owner = NULL;
    stream->buffer = NULL;
}

static void lose_step(struct dns_stream *stream)
{
    dns_stream_end(stream);
    stream->is_in_step = false;
}

void dns_stream_start(struct dns_stream *stream, uint32_t sequence)
{
    dns_stream_end(stream);
    stream->is_in_step = true;
    stream->next = sequence;
}

/* A free buffer, or that of another stream, which thereby loses step. */
static struct dns_stream_buffer *take_buffer(struct dns_streams *streams,
                                             struct dns_stream *stream)
{
    struct dns_stream_buffer *buffer = NULL;

    for (size_t i = 0; i < STREAM_BUFFERS_MAX && buffer == NULL; i++)
        if (streams->buffers[i].owner == NULL)
            buffer = &streams->buffers[i];
    if (buffer == NULL) {
        buffer = &streams->buffers[streams->next_victim++ % STREAM_BUFFERS_MAX];
        lose_step(buffer->owner);
    }
    if (buffer->bytes == NULL)
        buffer->bytes = memory_allocate(STREAM_BUFFER_BYTES, 1);
    buffer->owner = stream;
    buffer->extent = 0;
    buffer->piece_count = 0;
    buffer->is_resynced = false;
    buffer->has_lost = false;
    stream->buffer = buffer;
    return buffer;
}

static bool is_plausible_header(struct reader in)
{
    unsigned flags;
    unsigned questions;

    reader_skip(&in, 2);
    flags = reader_u16(&in);
    questions = reader_u16(&in);
    if ((flags >> 11 & 0xf) > OPCODE_MAX || questions > QUESTIONS_MAX)
        return false;
    for (int i = 0; i < 3; i++)
        if (reader_u16(&in) > RECORDS_MAX)
            return false;
    return reader_ok(&in);
}

/* Lengths that lead from message to message exactly to the end of what was
 * sent, the first of them with a header that makes sense. */
static bool looks_like_messages(struct reader in, uint32_t sent_bytes)
{
    struct reader header = in;

    reader_skip(&header, PREFIX_BYTES);
    if (!is_plausible_header(header))
        return false;
    for (unsigned i = 0; i < CHAIN_MAX && sent_bytes > 0; i++) {
        uint32_t bytes = reader_u16(&in);

        if (!reader_ok(&in) || bytes < HEADER_BYTES ||
            bytes + PREFIX_BYTES > sent_bytes)
            return false;
        sent_bytes -= bytes + PREFIX_BYTES;
        if (sent_bytes > 0)
            reader_skip(&in, bytes);
    }
    return sent_bytes == 0;
}

/* What is at hand of a stream from its `next` on. */
struct window {
    struct reader in;
    uint32_t sent_bytes; /* in.left, and what was not captured after it */
    bool is_in_frame;
    bool is_resynced;
};

/* Delivers the messages that are whole, or whole but for what the capture
 * cut. False if the place of the next length is lost. */
static bool deliver_whole(struct dns_stream *stream, struct window *window,
                          const struct dns_stream_segment *segment)
{
    while (window->sent_bytes >= PREFIX_BYTES) {
        struct reader in = window->in;
        uint32_t bytes = reader_u16(&in);
        struct dns_stream_message message = {
            .is_resynced = window->is_resynced,
            .is_impossible = bytes < HEADER_BYTES,
            .is_in_frame = window->is_in_frame,
            .sequence = stream->next,
        };

        if (!reader_ok(&in))
            return false;
        if (bytes + PREFIX_BYTES > window->sent_bytes && !message.is_impossible)
            return true;
        /* Where the place of the length was guessed, the header must bear it
         * out. */
        if (window->is_resynced &&
            (message.is_impossible || !is_plausible_header(in)))
            return false;
        message.is_cut = bytes > reader_left(&in);
        message.bytes =
            reader_take(&in, message.is_cut ? reader_left(&in) : bytes);
        segment->deliver(segment->context, &message);
        if (message.is_impossible)
            return false;
        stream->next += bytes + PREFIX_BYTES;
        window->sent_bytes -= bytes + PREFIX_BYTES;
        window->in = in;
        window->is_resynced = false;
    }
    return true;
}

static void shift(struct dns_stream_buffer *buffer, uint32_t bytes)
{
    uint32_t end = buffer->extent;

    if (bytes == 0)
        return;
    if (buffer->piece_count > 0)
        end = buffer->pieces[buffer->piece_count - 1].to;
    memmove(buffer->bytes, buffer->bytes + bytes, end - bytes);
    buffer->extent = buffer->extent > bytes ? buffer->extent - bytes : 0;
    for (uint8_t i = 0; i < buffer->piece_count; i++) {
        buffer->pieces[i].from -= bytes;
        buffer->pieces[i].to -= bytes;
    }
}

static void forget_piece(struct dns_stream_buffer *buffer)
{
    buffer->piece_count--;
    memmove(buffer->pieces, buffer->pieces + 1,
            buffer->piece_count * sizeof *buffer->pieces);
}

/* Early pieces that the stream has reached belong to it. */
static void absorb(struct dns_stream_buffer *buffer)
{
    while (buffer->piece_count > 0 &&
           buffer->pieces[0].from <= buffer->extent) {
        if (buffer->pieces[0].to > buffer->extent)
            buffer->extent = buffer->pieces[0].to;
        forget_piece(buffer);
    }
}

static void drain(struct dns_stream *stream,
                  const struct dns_stream_segment *segment)
{
    struct dns_stream_buffer *buffer = stream->buffer;
    struct window window = {
        .in = reader_over(buffer->bytes, buffer->extent),
        .sent_bytes = buffer->extent,
        .is_resynced = buffer->is_resynced,
    };

    if (!deliver_whole(stream, &window, segment)) {
        lose_step(stream);
        return;
    }
    buffer->is_resynced = window.is_resynced;
    shift(buffer, buffer->extent - window.sent_bytes);
    if (buffer->extent == 0 && buffer->piece_count == 0)
        dns_stream_end(stream);
}

/* Where the pieces that follow the first without a gap end. */
static uint32_t run_end(const struct dns_stream_buffer *buffer)
{
    uint32_t end = buffer->pieces[0].to;

    for (uint8_t i = 1; i < buffer->piece_count; i++) {
        if (buffer->pieces[i].from > end)
            break;
        end = buffer->pieces[i].to;
    }
    return end;
}

/* Goes on at the first early piece that looks like a message. One that is
 * too short to tell waits for what follows it: some write the length and the
 * message one by one. */
static void skip_gap(struct dns_stream *stream,
                     const struct dns_stream_segment *segment)
{
    struct dns_stream_buffer *buffer = stream->buffer;

    buffer->extent = 0;
    for (; buffer->piece_count > 0; forget_piece(buffer)) {
        uint32_t from = buffer->pieces[0].from;
        uint32_t end = run_end(buffer);
        struct reader in = reader_over(buffer->bytes, end);

        reader_skip(&in, from);
        if (looks_like_messages(in, end - from)) {
            stream->next += from;
            shift(buffer, from);
            absorb(buffer);
            buffer->has_lost = false;
            buffer->is_resynced = true;
            drain(stream, segment);
            return;
        }
        if (end - from == PREFIX_BYTES && buffer->piece_count == 1)
            return;
    }
    lose_step(stream);
}

/* Room for a piece at its place; false if there are too many, or if it
 * overlaps a piece that is there (first come, first kept). */
static bool insert_piece(struct dns_stream_buffer *buffer, struct piece piece)
{
    uint8_t at = 0;

    while (at < buffer->piece_count && buffer->pieces[at].from <= piece.from)
        at++;
    if (at > 0 && buffer->pieces[at - 1].to > piece.from)
        return true; /* seen before, or nearly so */
    if (at < buffer->piece_count && buffer->pieces[at].from < piece.to)
        return true;
    if (buffer->piece_count == STREAM_PIECES_MAX)
        return false;
    memmove(buffer->pieces + at + 1, buffer->pieces + at,
            (size_t)(buffer->piece_count - at) * sizeof piece);
    buffer->pieces[at] = piece;
    buffer->piece_count++;
    return true;
}

/* Keeps bytes that cannot be delivered yet. False: there is no room. */
static bool keep(struct dns_stream_buffer *buffer, uint32_t offset,
                 struct reader bytes)
{
    struct piece piece = { offset, offset + (uint32_t)reader_left(&bytes) };

    if (piece.to > STREAM_BUFFER_BYTES)
        return false;
    if (piece.from > buffer->extent) {
        uint8_t before = buffer->piece_count;

        if (!insert_piece(buffer, piece))
            return false;
        if (buffer->piece_count == before)
            return true;
        reader_copy(&bytes, buffer->bytes + piece.from, piece.to - piece.from);
        return true;
    }
    if (piece.to <= buffer->extent)
        return true;
    reader_skip(&bytes, buffer->extent - piece.from);
    reader_copy(&bytes, buffer->bytes + buffer->extent,
                piece.to - buffer->extent);
    buffer->extent = piece.to;
    absorb(buffer);
    return true;
}

static void take_direct(struct dns_streams *streams, struct dns_stream *stream,
                        const struct dns_stream_segment *segment,
                        bool is_resynced)
{
    struct window window = {
        .in = segment->payload,
        .sent_bytes = segment->payload_bytes,
        .is_in_frame = true,
        .is_resynced = is_resynced,
    };

    if (!deliver_whole(stream, &window, segment)) {
        lose_step(stream);
        return;
    }
    if (window.sent_bytes == 0)
        return;
    /* The beginning of a message; of no use if the capture cut it. */
    if (reader_left(&window.in) < window.sent_bytes) {
        lose_step(stream);
        return;
    }
    (void)keep(take_buffer(streams, stream), 0, window.in);
}

/* Not in step: only a segment that is messages and nothing else helps, or a
 * length on its own, if what follows bears it out. */
static void take_out_of_step(struct dns_streams *streams,
                             struct dns_stream *stream,
                             const struct dns_stream_segment *segment)
{
    struct reader prefix = segment->payload;
    bool is_prefix = segment->payload_bytes == PREFIX_BYTES &&
                     reader_u16(&prefix) >= HEADER_BYTES;

    if (!is_prefix &&
        !looks_like_messages(segment->payload, segment->payload_bytes))
        return;
    stream->is_in_step = true;
    stream->next = segment->sequence;
    take_direct(streams, stream, segment, true);
    if (stream->buffer != NULL)
        stream->buffer->is_resynced = true;
}

static void take_buffered(struct dns_streams *streams,
                          struct dns_stream *stream,
                          const struct dns_stream_segment *segment)
{
    struct reader bytes = segment->payload;
    uint32_t offset = segment->sequence - stream->next;
    bool is_cut = reader_left(&bytes) < segment->payload_bytes;
    struct dns_stream_buffer *buffer = stream->buffer;

    if (buffer == NULL)
        buffer = take_buffer(streams, stream);
    if (!is_cut && keep(buffer, offset, bytes)) {
        if (buffer->has_lost && buffer->extent < offset)
            skip_gap(stream, segment);
        else
            drain(stream, segment);
        return;
    }
    skip_gap(stream, segment);
    if (!stream->is_in_step)
        take_out_of_step(streams, stream, segment);
}

/* The part of the segment that is new to the stream: what was delivered
 * before is cut off. */
static struct dns_stream_segment new_part(
    const struct dns_stream *stream, const struct dns_stream_segment *segment)
{
    struct dns_stream_segment rest = *segment;
    int32_t offset = (int32_t)(segment->sequence - stream->next);
    uint32_t old = offset < 0 ? (uint32_t) - (int64_t)offset : 0;

    if (old > rest.payload_bytes)
        old = rest.payload_bytes;
    rest.sequence += old;
    rest.payload_bytes -= old;
    reader_skip(&rest.payload, old);
    return rest;
}

void dns_stream_take(struct dns_streams *streams, struct dns_stream *stream,
                     const struct dns_stream_segment *segment)
{
    struct dns_stream_segment rest;

    if (segment->payload_bytes == 0) {
        if (stream->buffer != NULL && stream->buffer->has_lost)
            skip_gap(stream, segment);
        return;
    }
    if (!stream->is_in_step) {
        take_out_of_step(streams, stream, segment);
        return;
    }
    rest = new_part(stream, segment);
    if (rest.payload_bytes == 0)
        return;
    if (rest.sequence == stream->next && stream->buffer == NULL)
        take_direct(streams, stream, &rest, false);
    else
        take_buffered(streams, stream, &rest);
}

void dns_stream_acknowledged(struct dns_stream *stream, uint32_t acknowledgment)
{
    struct dns_stream_buffer *buffer = stream->buffer;

    if (buffer != NULL && buffer->piece_count > 0 &&
        (int32_t)(acknowledgment - (stream->next + buffer->extent)) > 0)
        buffer->has_lost = true;
}
