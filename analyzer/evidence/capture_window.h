/* A file read forwards through one bounded buffer.
 *
 * The one idea: a caller asks for the next bytes and gets a reader over them,
 * never a pointer to move. Bytes are fetched with pread(), so that the
 * position of the descriptor is nobody's business, and what is skipped
 * without being asked for is never read. */
#pragma once

#include "base/reader.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    /* The largest record: what libpcap 1.10 allows a pcapng block at first. */
    CAPTURE_BLOCK_BYTES_MAX = 16 * 1024 * 1024,
};

struct capture_window {
    int descriptor;
    uint8_t *buffer;
    size_t room;
    size_t at;
    size_t end;
    int64_t offset;                      /* in the file, of the byte at `end` */
    bool failed;                         /* a read error: the file may go on */
    void (*before_fetch)(void *context); /* NULL: nobody keeps a reader */
    void *context;
};

void capture_window_init(struct capture_window *window, int descriptor);
void capture_window_deinit(struct capture_window *window);

/* How many of the next `want` bytes there are: fewer only at the end of the
 * file. Costs nothing if they are in the buffer. */
size_t capture_window_have(struct capture_window *window, size_t want);
/* The next bytes, without moving on; `length` of them must be there. The
 * reader holds until before_fetch is called. */
struct reader capture_window_peek(const struct capture_window *window,
                                  size_t length);
/* Moves on by length, past the end of the file if need be. */
void capture_window_skip(struct capture_window *window, int64_t length);
/* The place of the next byte in the file. */
int64_t capture_window_offset(const struct capture_window *window);
