/* Feeds a classic capture file to a tracker: for tests only, which read the
 * files of SHARED_FOLDER. The real reader is evidence/'s. */
#pragma once

#include "base/reader.h"
#include "track/tracker.h"

#include <stdio.h>
#include <stdlib.h>

struct capture_file {
    uint8_t *bytes;
    size_t length;
};

/* False: there is no such file. */
static inline bool capture_file_open(struct capture_file *file,
                                     const char *path)
{
    FILE *stream = fopen(path, "rb");
    size_t room = (size_t)1 << 28;

    *file = (struct capture_file){ 0 };
    if (stream == NULL)
        return false;
    file->bytes = malloc(room);
    file->length = fread(file->bytes, 1, room, stream);
    fclose(stream);
    return true;
}

static inline void capture_file_close(struct capture_file *file)
{
    free(file->bytes);
    file->bytes = NULL;
}

static inline uint32_t capture_word(struct reader *in, bool is_big)
{
    return (uint32_t)(is_big ? reader_big_endian(in, 4)
                             : reader_little_endian(in, 4));
}

/* False: not a classic capture. */
static inline bool capture_file_feed(const struct capture_file *file,
                                     struct tracker *tracker)
{
    struct reader in = reader_over(file->bytes, file->length);
    uint32_t magic = reader_u32(&in);
    bool is_big = magic == 0xa1b2c3d4 || magic == 0xa1b23c4d;
    bool is_ns = magic == 0xa1b23c4d || magic == 0x4d3cb2a1;
    struct tracker_frame frame = { 0 };

    if (!is_big && magic != 0xd4c3b2a1 && magic != 0x4d3cb2a1)
        return false;
    reader_skip(&in, 16);
    frame.frame.link_type = (int)(capture_word(&in, is_big) & 0xffff);
    while (reader_left(&in) >= 16) {
        int64_t seconds = capture_word(&in, is_big);
        int64_t fraction = capture_word(&in, is_big);
        struct reader bytes;

        frame.frame.captured_bytes = capture_word(&in, is_big);
        frame.frame.wire_bytes = capture_word(&in, is_big);
        bytes = reader_take(&in, frame.frame.captured_bytes);
        if (!reader_ok(&in))
            break;
        frame.frame.bytes = bytes.base + bytes.at;
        frame.at_ns = seconds * 1000000000 + fraction * (is_ns ? 1 : 1000);
        frame.number++;
        tracker_frame(tracker, &frame);
    }
    tracker_flush(tracker);
    return true;
}
