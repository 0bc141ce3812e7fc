/* One direction of a DNS connection over TCP: bytes -> messages.
 *
 * RFC 1035 section 4.2.2: each message stands behind its length in two
 * bytes. Messages and segments share no borders. A segment that continues
 * the stream and holds whole messages is read where it is; only what is
 * incomplete or early is copied, into one of a few buffers. After a gap the
 * place of the next length is unknown, and is found again only at a segment
 * that looks like a message of its own. */
#pragma once

#include "base/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    STREAM_BUFFERS_MAX = 128,
    STREAM_BUFFER_BYTES = 68 * 1024, /* one message and then some */
    STREAM_PIECES_MAX = 16,          /* early segments */
};

struct dns_stream_buffer;

/* Zero at the start of a connection: not in step. */
struct dns_stream {
    bool is_in_step;
    uint32_t next;                    /* sequence of the next length prefix */
    struct dns_stream_buffer *buffer; /* NULL: nothing kept */
};

struct dns_stream_message {
    struct reader bytes;
    bool is_cut;        /* by the capture */
    bool is_resynced;   /* the first after a gap */
    bool is_impossible; /* the length is too small to be one */
    bool is_in_frame;   /* bytes.base is the frame */
    uint32_t sequence;  /* of its length prefix */
};

typedef void dns_stream_fn(void *context,
                           const struct dns_stream_message *message);

struct dns_streams {
    struct dns_stream_buffer *buffers;
    size_t next_victim;
};

/* Part of a stream as it came. */
struct dns_stream_segment {
    uint32_t sequence;
    uint32_t payload_bytes; /* as sent */
    struct reader payload;  /* as captured: may be shorter */
    dns_stream_fn *deliver;
    void *context;
};

void dns_streams_init(struct dns_streams *streams);
void dns_streams_deinit(struct dns_streams *streams);
/* The stream starts at this sequence number: a SYN was seen. */
void dns_stream_start(struct dns_stream *stream, uint32_t sequence);
/* Calls deliver for each message that this segment completes. An empty one
 * (ACK, FIN) may do so, too, behind a gap. */
void dns_stream_take(struct dns_streams *streams, struct dns_stream *stream,
                     const struct dns_stream_segment *segment);
/* The receiver has everything before this number. If the capture has not, it
 * never will: the next segment goes on behind the gap. */
void dns_stream_acknowledged(struct dns_stream *stream,
                             uint32_t acknowledgment);
/* Gives the buffer back. */
void dns_stream_end(struct dns_stream *stream);
