#include "evidence/capture.h"

#include "evidence/capture_file.h"

#include <inttypes.h>
#include <stdlib.h>

/* The first four bytes of a capture. To add a format: its magic numbers, the
 * name that the report shows, and the function that reads it. NULL: known by
 * name only. */
struct capture_format {
    uint32_t magic; /* as its writer put it down, either byte order */
    const char *name;
    capture_format_fn *read;
};

/* FORMATS: tcpdump's formats, that of Alexey Kuznetzov's libpcap patches of
 * 1999, and two variants that no public tool reads. */
static const struct capture_format formats[] = {
    {
        .magic = 0xa1b2c3d4,
        .name = "pcap",
        .read = pcap_file_read,
    },
    {
        .magic = 0xa1b23c4d,
        .name = "pcap, nanoseconds",
        .read = pcap_file_read,
    },
    {
        .magic = 0xa1b2cd34,
        .name = "pcap, modified",
        .read = pcap_file_read,
    },
    {
        .magic = 0x0a0d0d0a,
        .name = "pcapng",
        .read = pcapng_file_read,
    },
    {
        .magic = 0xa1b234cd,
        .name = "pcap, variant a1b234cd",
    },
    {
        .magic = 0xa12b3c4d,
        .name = "pcap, variant a12b3c4d",
    },
};

static const struct capture_format *format_of(const struct input *input)
{
    struct reader big = reader_over(input->head, input->head_bytes);
    struct reader little = big;
    uint32_t as_big = reader_u32(&big);
    uint32_t as_little = (uint32_t)reader_little_endian(&little, 4);

    if (!reader_ok(&big))
        return NULL;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (formats[i].magic == as_big || formats[i].magic == as_little)
            return &formats[i];
    return NULL;
}

/* A capture that was stopped before its first bytes were written. */
static bool is_void(const struct input *input)
{
    struct text name = input_name(input);

    return input->head_bytes < 4 &&
           (text_ends(name, ".pcap") || text_ends(name, ".pcapng") ||
            text_ends(name, ".cap"));
}

int capture_bid(const struct input *input)
{
    if (format_of(input) != NULL)
        return 100;
    return is_void(input) ? 60 : 0;
}

static void read_format(struct capture_file *file,
                        const struct capture_format *format)
{
    if (format == NULL) {
        capture_file_lose(file, CAPTURE_EMPTY, 0,
                          "a capture of %" PRId64 " bytes: not even a header",
                          file->size_bytes);
        return;
    }
    sink_clue(file->sink, file->evidence_id, ABSENT, "format", format->name);
    if (format->read == NULL)
        capture_file_lose(file, CAPTURE_MAGIC, 0, "%s is not read here",
                          format->name);
    else
        format->read(file);
}

static enum read_status status_of(const struct capture_file *file)
{
    if (!file->is_damaged)
        return READ_WHOLE;
    return file->interface_count > 0 ? READ_PARTLY : READ_NOT_UNDERSTOOD;
}

static void flush(void *tracker)
{
    tracker_flush(tracker);
}

enum read_status capture_read(struct input *input,
                              const struct decode_options *options,
                              struct sink *sink, struct tracker_totals *totals)
{
    struct capture_file file = {
        .evidence_id = input->evidence_id,
        .size_bytes = input->size_bytes,
        .sink = sink,
    };
    enum read_status status;

    capture_window_init(&file.window, input->descriptor);
    file.interfaces =
        memory_allocate(CAPTURE_INTERFACES_MAX, sizeof *file.interfaces);
    file.tracker = tracker_create_for(options, input->evidence_id,
                                      input->size_bytes, sink);
    file.window.before_fetch = flush;
    file.window.context = file.tracker;

    read_format(&file, format_of(input));
    capture_file_report(&file);
    tracker_finish(file.tracker, totals);
    status = status_of(&file);

    tracker_destroy(file.tracker);
    free(file.interfaces);
    capture_window_deinit(&file.window);
    return status;
}
