/* A tracker that writes down what it is told, in place of the real one: for
 * tests of what captures deliver. Include it in one file of a test program;
 * as that defines all of track/tracker.h, the real one is not linked.
 *
 * "interface 0 'eth0' link=1 snaplen=96" and, for a frame,
 * "1 at=1000000007 interface=0 in 60/74 link=1 sum=4711". */
#pragma once

#include "base/hash.h"
#include "base/memory.h"
#include "evidence/capture.h"
#include "support/row_text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tracker {
    int64_t evidence_id;
};

struct seen_frame {
    int64_t at_ns;
    size_t captured_bytes;
    size_t wire_bytes;
    uint64_t hash; /* of the bytes */
};

struct frame_log {
    struct row_text rows;
    struct seen_frame *seen; /* one for each frame */
    int64_t seen_room;
    char text[8192]; /* cut when full */
    size_t length;
    int64_t frames;
    int64_t last_number;
    bool is_sound; /* every frame kept the promises of the interface */
    enum read_status status;
};

static struct frame_log frame_log;

PRINTF_LIKE(1, 2) static void log_line(const char *format, ...)
{
    char *end = frame_log.text + frame_log.length;
    size_t room = sizeof frame_log.text - frame_log.length;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(end, room, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length < room)
        frame_log.length += (size_t)length;
    else
        *end = '\0';
}

struct tracker *tracker_create_for(const struct decode_options *options,
                                   int64_t evidence_id, int64_t capture_bytes,
                                   struct sink *sink)
{
    struct tracker *tracker = memory_allocate(1, sizeof *tracker);

    (void)options;
    (void)capture_bytes;
    (void)sink;
    tracker->evidence_id = evidence_id;
    return tracker;
}

void tracker_destroy(struct tracker *tracker)
{
    free(tracker);
}

static void log_text(const char *name, const char *text)
{
    if (text != NULL)
        log_line(" %s'%.200s'", name, text);
}

static void log_count(const char *name, int64_t count)
{
    if (count != ABSENT)
        log_line(" %s=%" PRId64, name, count);
}

void tracker_interface(struct tracker *tracker,
                       const struct tracker_interface *interface)
{
    (void)tracker;
    log_line("interface %" PRId64, interface->number);
    log_text("", interface->name);
    log_text("description=", interface->description);
    log_text("filter=", interface->filter);
    log_line(" link=%d snaplen=%" PRId64, interface->link_type,
             interface->snaplen_bytes);
    log_count("received", interface->received);
    log_count("dropped", interface->dropped);
    log_line("\n");
}

static void see_frame(const struct tracker_frame *frame)
{
    if (frame_log.frames == frame_log.seen_room) {
        frame_log.seen_room = frame_log.seen_room * 2 + 64;
        frame_log.seen =
            memory_resize(frame_log.seen, (size_t)frame_log.seen_room,
                          sizeof *frame_log.seen);
    }
    frame_log.seen[frame_log.frames] = (struct seen_frame){
        .at_ns = frame->at_ns,
        .captured_bytes = frame->frame.captured_bytes,
        .wire_bytes = frame->frame.wire_bytes,
        .hash = hash_bytes(frame->frame.bytes, frame->frame.captured_bytes, 0),
    };
}

void tracker_frame(struct tracker *tracker, const struct tracker_frame *frame)
{
    static const char *const directions[] = {
        [DIRECTION_UNKNOWN] = "",
        [DIRECTION_IN] = " in",
        [DIRECTION_OUT] = " out",
    };
    unsigned sum = 0;

    (void)tracker;
    for (size_t i = 0; i < frame->frame.captured_bytes; i++)
        sum += frame->frame.bytes[i];
    if (frame->frame.captured_bytes > frame->frame.wire_bytes ||
        frame->number <= frame_log.last_number || frame->at_ns < 0 ||
        frame->at_ns > INT64_MAX / 2 || frame->interface < 0)
        frame_log.is_sound = false;
    see_frame(frame);
    frame_log.frames++;
    frame_log.last_number = frame->number;
    log_line("%" PRId64 " at=%" PRId64 " interface=%" PRId64
             "%s %zu/%zu link=%d sum=%u\n",
             frame->number, frame->at_ns, frame->interface,
             directions[frame->direction], frame->frame.captured_bytes,
             frame->frame.wire_bytes, frame->frame.link_type, sum);
}

void tracker_flush(struct tracker *tracker)
{
    (void)tracker;
}

void tracker_finish(struct tracker *tracker, struct tracker_totals *totals)
{
    (void)tracker;
    totals->packets = frame_log.frames;
    totals->first_ns = ABSENT;
    totals->last_ns = ABSENT;
}

/* One file for all captures of a test program. */
static int file_of(const uint8_t *bytes, size_t length)
{
    static FILE *file;

    if (file == NULL)
        file = tmpfile();
    if (file == NULL || ftruncate(fileno(file), 0) != 0 ||
        pwrite(fileno(file), bytes, length, 0) != (ssize_t)length)
        abort();
    return fileno(file);
}

static void log_deinit(void)
{
    if (frame_log.rows.text != NULL)
        row_text_deinit(&frame_log.rows);
    free(frame_log.seen);
    memset(&frame_log, 0, sizeof frame_log);
}

/* Reads the bytes as a capture of this name into frame_log. */
static void log_capture(const char *name, const uint8_t *bytes, size_t length)
{
    struct decode_options options = { .vxlan_port_count = 0 };
    struct tracker_totals totals;
    struct input input = {
        .descriptor = file_of(bytes, length),
        .evidence_id = 1,
        .size_bytes = (int64_t)length,
        .path = name,
        .head = bytes,
        .head_bytes = length < INPUT_HEAD_BYTES ? length : INPUT_HEAD_BYTES,
    };

    log_deinit();
    row_text_init(&frame_log.rows);
    frame_log.is_sound = true;
    frame_log.status =
        capture_read(&input, &options, &frame_log.rows.sink, &totals);
}
