/* Classic pcap files for the tests of decode/: just enough to get at the
 * frames. evidence/ has the reader that the program uses. */
#pragma once

#include "base/reader.h"
#include "unit/decode/frames.h"

#include <dirent.h>

enum {
    CAPTURE_BYTES_MAX = 8 * 1024 * 1024,
    CAPTURE_PATH_BYTES = 1024,
};

struct capture {
    uint8_t *bytes;
    struct reader in;
    bool is_little;
    int link_type;
};

static inline uint64_t capture_u32(struct capture *capture)
{
    if (capture->is_little)
        return reader_little_endian(&capture->in, 4);
    return reader_big_endian(&capture->in, 4);
}

/* False if the file is none that is read here. */
static inline bool capture_open(struct capture *capture, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t length;
    uint32_t magic;

    *capture = (struct capture){ .bytes = malloc(CAPTURE_BYTES_MAX) };
    assert_non_null(capture->bytes);
    if (file == NULL)
        return false;
    length = fread(capture->bytes, 1, CAPTURE_BYTES_MAX, file);
    fclose(file);

    capture->in = reader_over(capture->bytes, length);
    magic = reader_u32(&capture->in);
    capture->is_little = magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1;
    if (!capture->is_little && magic != 0xa1b2c3d4 && magic != 0xa1b23c4d)
        return false;
    reader_skip(&capture->in, 16);
    capture->link_type = (int)(capture_u32(capture) & 0xffff);
    return reader_ok(&capture->in);
}

static inline void capture_close(struct capture *capture)
{
    free(capture->bytes);
}

static inline bool capture_next(struct capture *capture, struct frame *frame)
{
    struct reader bytes;
    uint64_t captured_bytes;

    if (reader_left(&capture->in) < 16)
        return false;
    reader_skip(&capture->in, 8);
    captured_bytes = capture_u32(capture);
    frame->wire_bytes = (size_t)capture_u32(capture);
    bytes = reader_take(&capture->in, (size_t)captured_bytes);
    if (!reader_ok(&bytes))
        return false;
    frame->captured_bytes = reader_left(&bytes);
    frame->bytes = bytes.base + reader_offset(&bytes);
    frame->link_type = capture->link_type;
    return true;
}

static inline bool shared_captures_are_there(void)
{
    DIR *folder = opendir(SHARED_FOLDER "/captures");

    if (folder == NULL) {
        print_message("skipped: no " SHARED_FOLDER "/captures\n");
        return false;
    }
    closedir(folder);
    return true;
}

typedef void capture_fn(const char *path, void *context);

/* Calls for every file of a folder of the shared captures. */
static inline size_t capture_each(const char *folder, capture_fn *call,
                                  void *context)
{
    char path[CAPTURE_PATH_BYTES];
    size_t count = 0;
    struct dirent *entry;
    DIR *listing;

    snprintf(path, sizeof(path), SHARED_FOLDER "/captures/%s", folder);
    listing = opendir(path);
    assert_non_null(listing);
    for (entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), SHARED_FOLDER "/captures/%s/%s", folder,
                 entry->d_name);
        call(path, context);
        count++;
    }
    closedir(listing);
    return count;
}
