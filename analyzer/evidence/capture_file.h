/* What the readers of both capture formats share: the window on the file,
 * the frames on their way to the tracker, and what is wrong with the file.
 *
 * Each kind of trouble is one row however often it occurs: it counts, and
 * keeps the place of the first. All packets count and go to the tracker,
 * those of unknown link types too, so that frame numbers are those of every
 * other tool. */
#pragma once

#include "base/attributes.h"
#include "evidence/capture_window.h"
#include "track/tracker.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    CAPTURE_DETAIL_BYTES = 160,
    CAPTURE_NAME_BYTES = 32,
    CAPTURE_INTERFACES_MAX = TRACKER_INTERFACES_MAX,
    /* What tcpdump and dumpcap write at most for the link types that are
     * decoded here; libpcap's MAXIMUM_SNAPLEN. */
    CAPTURE_SNAPLEN_MAX = 262144,
};

/* Half the range: any two times can be added and subtracted. 2116-02-20. */
#define CAPTURE_TIME_NS_MAX (INT64_MAX / 2)

enum capture_trouble {
    CAPTURE_TRUNCATED,
    CAPTURE_EMPTY,
    CAPTURE_VERSION,
    CAPTURE_MAGIC,
    CAPTURE_READ_ERROR,
    CAPTURE_RECORD_MALFORMED,
    CAPTURE_BLOCK_MALFORMED,
    CAPTURE_BLOCK_SKIPPED,
    CAPTURE_INTERFACE_UNKNOWN,
    CAPTURE_CAPLEN_OVER_LEN,
    CAPTURE_SNAPLEN_EXCEEDED,
    CAPTURE_SUBSECOND,
    CAPTURE_TIME_BACKWARDS,
    CAPTURE_TIME_JUMP,
    CAPTURE_TIME_RANGE,
    CAPTURE_NO_TIME,
    CAPTURE_TROUBLES,
};

struct capture_found {
    int64_t count;
    int64_t frame; /* of the first; ABSENT before any frame */
    int64_t byte_offset;
    char detail[CAPTURE_DETAIL_BYTES];
};

struct capture_interface {
    char name[CAPTURE_NAME_BYTES]; /* for messages, cut; "" not said */
    int link_type;
    int64_t snaplen_bytes; /* 0: not limited */
    bool is_decoded;
    int64_t frames;
    int64_t last_ns;           /* ABSENT without frames */
    int64_t received;          /* by the capture's statistics; ABSENT */
    int64_t dropped;           /* as received */
    int64_t dropped_on_frames; /* the sum over drop counts at frames */
    /* pcapng: how to read a time stamp */
    uint8_t resolution; /* if_tsresol */
    int64_t offset_s;   /* if_tsoffset */
};

struct capture_file {
    struct capture_window window;
    int64_t evidence_id;
    int64_t size_bytes;
    struct sink *sink;
    struct tracker *tracker;
    int64_t frames; /* numbered so far */
    int64_t last_ns;
    int64_t backwards_ns; /* the largest step */
    bool is_damaged;      /* some of it could not be read */
    struct capture_interface *interfaces;
    int64_t interface_count; /* declared, those beyond the limit too */
    struct capture_found found[CAPTURE_TROUBLES];
};

/* One packet as the file has it. */
struct capture_frame {
    int64_t offset; /* of its record in the file */
    const uint8_t *bytes;
    size_t captured_bytes;
    size_t wire_bytes; /* may contradict captured_bytes */
    int64_t at_ns;
    bool is_untimed; /* at_ns is not its own */
    enum packet_direction direction;
};

/* Takes the file from its start to its end or to its damage. */
typedef void capture_format_fn(struct capture_file *file);
capture_format_fn pcap_file_read;
capture_format_fn pcapng_file_read;

/* Counts a trouble; the first of its kind gives place and detail. The place
 * is the frame that was numbered last. */
void capture_file_note(struct capture_file *file, enum capture_trouble trouble,
                       int64_t offset, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* As capture_file_note, for a trouble by which a part of the file is lost. */
void capture_file_lose(struct capture_file *file, enum capture_trouble trouble,
                       int64_t offset, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* Notes that the file ends before the record at `offset` does. */
void capture_file_cut(struct capture_file *file, int64_t offset,
                      const char *inside);

/* The next free interface, or NULL when there are too many: it is counted
 * all the same. Its number is its place in file->interfaces. */
struct capture_interface *capture_file_add(struct capture_file *file);
/* Checks a frame and hands it on. The frame is numbered by the caller. */
void capture_file_frame(struct capture_file *file, int64_t interface,
                        const struct capture_frame *frame);
/* Brings seconds and nanoseconds together, within 1970 and 2116. */
int64_t capture_file_time(struct capture_file *file, int64_t seconds,
                          int64_t nanoseconds, int64_t offset);
/* The statistics and all that was found, as rows. */
void capture_file_report(struct capture_file *file);
