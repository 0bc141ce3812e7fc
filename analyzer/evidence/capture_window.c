#include "evidence/capture_window.h"

#include "base/memory.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 256 * 1024,
};

void capture_window_init(struct capture_window *window, int descriptor)
{
    *window = (struct capture_window){ .descriptor = descriptor };
    window->room = BUFFER_BYTES;
    window->buffer = memory_resize(NULL, window->room, 1);
}

void capture_window_deinit(struct capture_window *window)
{
    free(window->buffer);
    *window = (struct capture_window){ .descriptor = -1 };
}

/* Moves the rest to the front, so that `want` bytes have room. */
static void make_room(struct capture_window *window, size_t want)
{
    size_t rest = window->end - window->at;

    if (window->before_fetch != NULL)
        window->before_fetch(window->context);
    if (rest > 0 && window->at > 0)
        memmove(window->buffer, window->buffer + window->at, rest);
    window->at = 0;
    window->end = rest;
    if (want > window->room) {
        window->room = want;
        window->buffer = memory_resize(window->buffer, window->room, 1);
    }
}

static bool fetch(struct capture_window *window)
{
    ssize_t got;

    do
        got = pread(window->descriptor, window->buffer + window->end,
                    window->room - window->end, (off_t)window->offset);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        window->failed = true;
    if (got <= 0)
        return false;
    window->end += (size_t)got;
    window->offset += got;
    return true;
}

size_t capture_window_have(struct capture_window *window, size_t want)
{
    assert(want <= CAPTURE_BLOCK_BYTES_MAX);
    if (window->end - window->at < want)
        make_room(window, want);
    while (window->end - window->at < want)
        if (!fetch(window))
            return window->end - window->at;
    return want;
}

struct reader capture_window_peek(const struct capture_window *window,
                                  size_t length)
{
    assert(length <= window->end - window->at);
    return reader_over(window->buffer + window->at, length);
}

void capture_window_skip(struct capture_window *window, int64_t length)
{
    int64_t rest = (int64_t)(window->end - window->at);

    if (length <= rest) {
        window->at += (size_t)length;
        return;
    }
    window->at = 0;
    window->end = 0;
    window->offset += length - rest;
}

int64_t capture_window_offset(const struct capture_window *window)
{
    return window->offset - (int64_t)(window->end - window->at);
}
