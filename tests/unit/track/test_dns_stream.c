#include "track/dns_stream.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct received {
    size_t count;
    size_t bytes[64];
    uint16_t ids[64];
    uint32_t sequences[64];
    size_t cut;
    size_t resynced;
    size_t impossible;
};

struct line {
    struct dns_streams streams;
    struct dns_stream stream;
    struct received received;
};

static void note(void *context, const struct dns_stream_message *message)
{
    struct received *received = context;
    struct reader in = message->bytes;

    received->impossible += message->is_impossible;
    if (message->is_impossible)
        return;
    received->bytes[received->count] = reader_left(&in);
    received->ids[received->count] = reader_u16(&in);
    received->sequences[received->count] = message->sequence;
    received->cut += message->is_cut;
    received->resynced += message->is_resynced;
    received->count++;
}

static void begin(struct line *line)
{
    memset(line, 0, sizeof *line);
    dns_streams_init(&line->streams);
}

static void end(struct line *line)
{
    dns_stream_end(&line->stream);
    dns_streams_deinit(&line->streams);
}

/* In an allocation of its size; `sent` is more than what was captured. */
static void send_cut(struct line *line, uint32_t sequence, const void *bytes,
                     size_t captured, size_t sent)
{
    uint8_t *exact = malloc(captured + (captured == 0));
    struct dns_stream_segment segment = {
        .sequence = sequence,
        .payload_bytes = (uint32_t)sent,
        .deliver = note,
        .context = &line->received,
    };

    memcpy(exact, bytes, captured);
    segment.payload = reader_over(exact, captured);
    dns_stream_take(&line->streams, &line->stream, &segment);
    free(exact);
}

static void send(struct line *line, uint32_t sequence, const void *bytes,
                 size_t length)
{
    send_cut(line, sequence, bytes, length, length);
}

/* Queries with ids from 1 on, each behind its length. */
static struct bytes messages(unsigned count)
{
    struct bytes all = { .length = 0 };

    for (unsigned i = 1; i <= count; i++) {
        struct bytes one = dns_query((uint16_t)i, "example.org", 1);

        put_number(&all, one.length, 2);
        put_bytes(&all, one.data, one.length);
    }
    return all;
}

enum {
    ONE = 2 + 12 + 13 + 4, /* bytes of one of them */
};

static void segment_holds_several_messages(void **state)
{
    struct bytes all = messages(3);
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 1000);
    send(&line, 1000, all.data, all.length);
    assert_int_equal(line.received.count, 3);
    assert_int_equal(line.received.ids[2], 3);
    assert_int_equal(line.received.bytes[2], ONE - 2);
    assert_int_equal(line.received.sequences[2], 1000 + 2 * ONE);
    assert_null(line.stream.buffer);
    end(&line);
}

static void every_split_of_three_messages_is_joined(void **state)
{
    struct bytes all = messages(3);

    (void)state;
    for (size_t a = 1; a < all.length; a++) {
        for (size_t b = a; b < all.length; b += 7) {
            struct line line;

            begin(&line);
            /* Numbers that wrap on the way. */
            dns_stream_start(&line.stream, 0xfffffff0);
            send(&line, 0xfffffff0, all.data, a);
            send(&line, (uint32_t)(0xfffffff0 + a), all.data + a, b - a);
            send(&line, (uint32_t)(0xfffffff0 + b), all.data + b,
                 all.length - b);
            assert_int_equal(line.received.count, 3);
            assert_int_equal(line.received.ids[1], 2);
            assert_null(line.stream.buffer);
            end(&line);
        }
    }
}

static void byte_by_byte_in_reverse_is_joined(void **state)
{
    struct bytes all = messages(1);
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 0);
    for (size_t i = 12; i-- > 0;) /* within STREAM_PIECES_MAX */
        send(&line, (uint32_t)i, all.data + i, 1);
    send(&line, 12, all.data + 12, all.length - 12);
    assert_int_equal(line.received.count, 1);
    end(&line);
}

static void repeated_bytes_are_not_read_twice(void **state)
{
    struct bytes all = messages(2);
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 5);
    send(&line, 5, all.data, ONE);
    send(&line, 5, all.data, ONE);
    send(&line, 5, all.data, all.length);
    send(&line, 5 + ONE, all.data + ONE, ONE);
    assert_int_equal(line.received.count, 2);
    end(&line);
}

static void early_segment_waits_for_the_gap_to_fill(void **state)
{
    struct bytes all = messages(3);
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 0);
    send(&line, 2 * ONE, all.data + 2 * ONE, ONE);
    send(&line, ONE, all.data + ONE, ONE);
    assert_int_equal(line.received.count, 0);
    send(&line, 0, all.data, ONE);
    assert_int_equal(line.received.count, 3);
    assert_int_equal(line.received.resynced, 0);
    end(&line);
}

static void acknowledged_gap_is_skipped(void **state)
{
    struct bytes all = messages(3);
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 0);
    send(&line, ONE, all.data + ONE, ONE);
    dns_stream_acknowledged(&line.stream, 2 * ONE);
    send(&line, 2 * ONE, all.data + 2 * ONE, ONE);
    assert_int_equal(line.received.count, 2);
    assert_int_equal(line.received.ids[0], 2);
    assert_int_equal(line.received.resynced, 1);
    end(&line);
}

/* Some write the length on its own: it is found again all the same. */
static void length_on_its_own_behind_a_gap_is_found(void **state)
{
    struct bytes all = messages(2);
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 0);
    send(&line, ONE, all.data + ONE, 2);
    dns_stream_acknowledged(&line.stream, ONE + 2);
    send(&line, ONE + 2, all.data + ONE + 2, ONE - 2);
    assert_int_equal(line.received.count, 1);
    assert_int_equal(line.received.ids[0], 2);
    end(&line);
}

static void stream_without_a_start_is_entered_at_a_message(void **state)
{
    struct bytes all = messages(2);
    struct line line;

    (void)state;
    begin(&line);
    send(&line, 500, "GET / HTTP/1.1", 14);
    send(&line, 600, all.data + 5, ONE - 5);
    assert_int_equal(line.received.count, 0);
    send(&line, 700, all.data, all.length);
    assert_int_equal(line.received.count, 2);
    assert_int_equal(line.received.resynced, 1);
    end(&line);
}

static void cut_segments_keep_the_place(void **state)
{
    struct bytes all = messages(2);
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 0);
    send_cut(&line, 0, all.data, 20, ONE);
    send(&line, ONE, all.data + ONE, ONE);
    assert_int_equal(line.received.count, 2);
    assert_int_equal(line.received.cut, 1);
    assert_int_equal(line.received.bytes[0], 18);
    end(&line);
}

static void impossible_length_is_told_once(void **state)
{
    static const uint8_t bytes[] = { 0, 5, 1, 2, 3, 4, 5 };
    struct line line;

    (void)state;
    begin(&line);
    dns_stream_start(&line.stream, 0);
    send(&line, 0, bytes, sizeof bytes);
    send(&line, sizeof bytes, bytes, sizeof bytes);
    assert_int_equal(line.received.impossible, 1);
    assert_int_equal(line.received.count, 0);
    end(&line);
}

static void largest_message_fits(void **state)
{
    struct bytes one = dns_query(9, "example.org", 1);
    struct line line;
    size_t at = 0;

    (void)state;
    begin(&line);
    memmove(one.data + 2, one.data, one.length);
    set_16(one.data, 65535);
    one.length = 65537;
    dns_stream_start(&line.stream, 0);
    while (at < one.length) {
        size_t bytes = one.length - at < 1400 ? one.length - at : 1400;

        send(&line, (uint32_t)at, one.data + at, bytes);
        at += bytes;
    }
    assert_int_equal(line.received.count, 1);
    assert_int_equal(line.received.bytes[0], 65535);
    end(&line);
}

/* More half messages than there are buffers: the oldest lose step, none is
 * mixed up with another. */
static void buffers_are_bounded(void **state)
{
    enum {
        STREAMS = STREAM_BUFFERS_MAX + 20,
    };
    struct bytes all = messages(1);
    struct dns_stream *streams = calloc(STREAMS, sizeof *streams);
    struct line line;

    (void)state;
    begin(&line);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < STREAMS; i++) {
            struct dns_stream_segment segment = {
                .sequence = pass == 0 ? 0 : 10,
                .payload_bytes = pass == 0 ? 10 : ONE - 10,
                .payload = pass == 0 ? reader_over(all.data, 10)
                                     : reader_over(all.data + 10, ONE - 10),
                .deliver = note,
                .context = &line.received,
            };

            if (pass == 0)
                dns_stream_start(&streams[i], 0);
            line.received.count = 0;
            dns_stream_take(&line.streams, &streams[i], &segment);
            assert_int_equal(line.received.count,
                             pass == 1 && i >= STREAMS - STREAM_BUFFERS_MAX);
        }
    }
    end(&line);
    free(streams);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segment_holds_several_messages),
        cmocka_unit_test(every_split_of_three_messages_is_joined),
        cmocka_unit_test(byte_by_byte_in_reverse_is_joined),
        cmocka_unit_test(repeated_bytes_are_not_read_twice),
        cmocka_unit_test(early_segment_waits_for_the_gap_to_fill),
        cmocka_unit_test(acknowledged_gap_is_skipped),
        cmocka_unit_test(length_on_its_own_behind_a_gap_is_found),
        cmocka_unit_test(stream_without_a_start_is_entered_at_a_message),
        cmocka_unit_test(cut_segments_keep_the_place),
        cmocka_unit_test(impossible_length_is_told_once),
        cmocka_unit_test(largest_message_fits),
        cmocka_unit_test(buffers_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
