#include "evidence/capture_file.h"

#include "base/clock.h"

#include <inttypes.h>
#include <pcap/pcap.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DAY_NS (INT64_C(86400) * NS_PER_SECOND)

static const char *const trouble_names[CAPTURE_TROUBLES] = {
    [CAPTURE_TRUNCATED] = "capture.truncated",
    [CAPTURE_EMPTY] = "capture.empty",
    [CAPTURE_VERSION] = "capture.unknown-version",
    [CAPTURE_MAGIC] = "capture.unknown-variant",
    [CAPTURE_READ_ERROR] = "capture.read-error",
    [CAPTURE_RECORD_MALFORMED] = "capture.record-malformed",
    [CAPTURE_BLOCK_MALFORMED] = "capture.block-malformed",
    [CAPTURE_BLOCK_SKIPPED] = "capture.block-skipped",
    [CAPTURE_INTERFACE_UNKNOWN] = "capture.unknown-interface",
    [CAPTURE_CAPLEN_OVER_LEN] = "capture.caplen-over-len",
    [CAPTURE_SNAPLEN_EXCEEDED] = "capture.snaplen-exceeded",
    [CAPTURE_SUBSECOND] = "capture.subsecond",
    [CAPTURE_TIME_BACKWARDS] = "capture.time-backwards",
    [CAPTURE_TIME_JUMP] = "capture.time-jump",
    [CAPTURE_TIME_RANGE] = "capture.time-range",
    [CAPTURE_NO_TIME] = "capture.no-time",
};

static void note(struct capture_file *file, enum capture_trouble trouble,
                 int64_t offset, const char *format, va_list arguments)
{
    struct capture_found *found = &file->found[trouble];

    found->count++;
    if (found->count > 1)
        return;
    found->frame = file->frames > 0 ? file->frames : ABSENT;
    found->byte_offset = offset;
    vsnprintf(found->detail, sizeof found->detail, format, arguments);
}

void capture_file_note(struct capture_file *file, enum capture_trouble trouble,
                       int64_t offset, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    note(file, trouble, offset, format, arguments);
    va_end(arguments);
}

void capture_file_lose(struct capture_file *file, enum capture_trouble trouble,
                       int64_t offset, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    note(file, trouble, offset, format, arguments);
    va_end(arguments);
    file->is_damaged = true;
}

void capture_file_cut(struct capture_file *file, int64_t offset,
                      const char *inside)
{
    if (file->window.failed)
        capture_file_lose(file, CAPTURE_READ_ERROR, offset,
                          "the rest could not be read: an input error");
    else
        capture_file_lose(file, CAPTURE_TRUNCATED, offset,
                          "ended inside %s that begins at offset %" PRId64,
                          inside, offset);
}

struct capture_interface *capture_file_add(struct capture_file *file)
{
    struct capture_interface *interface;

    file->interface_count++;
    if (file->interface_count > CAPTURE_INTERFACES_MAX)
        return NULL;
    interface = &file->interfaces[file->interface_count - 1];
    interface->last_ns = ABSENT;
    interface->received = ABSENT;
    interface->dropped = ABSENT;
    return interface;
}

int64_t capture_file_time(struct capture_file *file, int64_t seconds,
                          int64_t nanoseconds, int64_t offset)
{
    const int64_t most = CAPTURE_TIME_NS_MAX / NS_PER_SECOND - 1;
    bool is_early = seconds < 0;

    if (!is_early && seconds <= most)
        return seconds * NS_PER_SECOND + nanoseconds;
    capture_file_note(file, CAPTURE_TIME_RANGE, offset,
                      "second %" PRId64 " is not between 1970 and 2116",
                      seconds);
    return is_early ? 0 : CAPTURE_TIME_NS_MAX;
}

/* Packets of several processors arrive some microseconds out of order, and
 * those of several interfaces more than that: only one interface is compared
 * with itself. */
static void check_time(struct capture_file *file,
                       struct capture_interface *interface,
                       const struct capture_frame *frame)
{
    int64_t last_ns = interface->last_ns;
    int64_t step_ns = last_ns == ABSENT ? 0 : frame->at_ns - last_ns;

    interface->last_ns = frame->at_ns;
    if (step_ns < 0)
        capture_file_note(file, CAPTURE_TIME_BACKWARDS, frame->offset,
                          "earlier than the frame before it");
    if (-step_ns > file->backwards_ns)
        file->backwards_ns = -step_ns;
    if (step_ns > DAY_NS)
        capture_file_note(file, CAPTURE_TIME_JUMP, frame->offset,
                          "%" PRId64 " hours after the frame before it",
                          step_ns / (DAY_NS / 24));
}

static void check_lengths(struct capture_file *file,
                          const struct capture_interface *interface,
                          const struct capture_frame *frame)
{
    if (frame->captured_bytes > frame->wire_bytes)
        capture_file_note(file, CAPTURE_CAPLEN_OVER_LEN, frame->offset,
                          "%zu bytes captured of a packet of %zu",
                          frame->captured_bytes, frame->wire_bytes);
    if (interface->snaplen_bytes > 0 &&
        (int64_t)frame->captured_bytes > interface->snaplen_bytes)
        capture_file_note(file, CAPTURE_SNAPLEN_EXCEEDED, frame->offset,
                          "%zu bytes captured, the limit is %" PRId64,
                          frame->captured_bytes, interface->snaplen_bytes);
}

void capture_file_frame(struct capture_file *file, int64_t number,
                        const struct capture_frame *frame)
{
    struct capture_interface *interface = &file->interfaces[number];
    size_t wire_bytes = frame->wire_bytes > frame->captured_bytes
                            ? frame->wire_bytes
                            : frame->captured_bytes;

    check_lengths(file, interface, frame);
    if (!frame->is_untimed)
        check_time(file, interface, frame);
    interface->frames++;
    file->last_ns = frame->at_ns;
    tracker_frame(file->tracker,
                  &(struct tracker_frame){
                      .frame = { .bytes = frame->bytes,
                                 .captured_bytes = frame->captured_bytes,
                                 .wire_bytes = wire_bytes,
                                 .link_type = interface->link_type },
                      .number = file->frames,
                      .at_ns = frame->at_ns,
                      .interface = number,
                      .direction = frame->direction,
                  });
}

/* The name that libpcap has for a LINKTYPE_ value, or NULL. Its DLT_ values
 * differ from those in files for some types (raw IP is 12 here and 101
 * there), and only its own file reader knows which: so it reads a header. */
static const char *link_type_name(int link_type)
{
    uint32_t header[6] = { 0xa1b2c3d4, 0, 0, 0, 262144, (uint32_t)link_type };
    const uint16_t version[2] = { 2, 4 };
    char error[PCAP_ERRBUF_SIZE];
    const char *name = NULL;
    FILE *stream;
    pcap_t *pcap;

    memcpy(&header[1], version, sizeof version);
    stream = fmemopen(header, sizeof header, "r");
    if (stream == NULL)
        return NULL;
    pcap = pcap_fopen_offline(stream, error);
    if (pcap == NULL) {
        fclose(stream);
        return NULL;
    }
    name = pcap_datalink_val_to_name(pcap_datalink(pcap));
    pcap_close(pcap);
    return name;
}

static void put_anomaly(struct capture_file *file,
                        const struct anomaly_row *anomaly)
{
    struct anomaly_row row = *anomaly;

    row.evidence_id = file->evidence_id;
    sink_anomaly(file->sink, &row);
}

static void report_link_type(struct capture_file *file, int64_t number)
{
    const struct capture_interface *interface = &file->interfaces[number];
    struct anomaly_row row = ANOMALY_ROW_NONE;
    char detail[CAPTURE_DETAIL_BYTES];
    const char *name;

    if (interface->is_decoded || interface->frames == 0)
        return;
    name = link_type_name(interface->link_type);
    snprintf(detail, sizeof detail,
             "interface %" PRId64 " not decoded: %" PRId64
             " packets of link type %d (%s)",
             number, interface->frames, interface->link_type,
             name == NULL ? "no name" : name);
    row.name = "capture.unknown-link-type";
    row.packets = interface->frames;
    row.detail = detail;
    put_anomaly(file, &row);
    file->is_damaged = true;
}

/* A statistics block holds the sum since the start, drop counts at frames
 * what was lost since the frame before: they tell the same story. */
static void report_drops(struct capture_file *file, int64_t number)
{
    struct capture_interface *interface = &file->interfaces[number];
    bool has_statistics = interface->dropped != ABSENT;
    struct anomaly_row row = ANOMALY_ROW_NONE;
    char detail[CAPTURE_DETAIL_BYTES];

    if (!has_statistics ? interface->dropped_on_frames > 0
                        : interface->dropped < interface->dropped_on_frames)
        interface->dropped = interface->dropped_on_frames;
    if (interface->dropped == ABSENT || interface->dropped == 0)
        return;
    snprintf(detail, sizeof detail,
             "interface %" PRId64 "%s%s: %" PRId64
             " packets lost while capturing, by its %s",
             number, interface->name[0] == '\0' ? "" : " ", interface->name,
             interface->dropped, has_statistics ? "statistics" : "drop counts");
    row.name = "capture.dropped";
    row.packets = interface->dropped;
    row.detail = detail;
    put_anomaly(file, &row);
}

static void report_statistics(struct capture_file *file, int64_t number)
{
    const struct capture_interface *interface = &file->interfaces[number];

    if (interface->received == ABSENT && interface->dropped == ABSENT)
        return;
    tracker_interface(file->tracker,
                      &(struct tracker_interface){
                          .number = number,
                          .link_type = interface->link_type,
                          .snaplen_bytes = interface->snaplen_bytes,
                          .received = interface->received,
                          .dropped = interface->dropped,
                      });
}

static void report_trouble(struct capture_file *file,
                           enum capture_trouble trouble)
{
    const struct capture_found *found = &file->found[trouble];
    struct anomaly_row row = ANOMALY_ROW_NONE;
    char detail[CAPTURE_DETAIL_BYTES + 64];

    if (found->count == 0)
        return;
    snprintf(detail, sizeof detail, "%s", found->detail);
    if (trouble == CAPTURE_TIME_BACKWARDS)
        snprintf(detail, sizeof detail, "%s; by at most %" PRId64 " us",
                 found->detail, file->backwards_ns / 1000);
    row.name = trouble_names[trouble];
    row.frame = found->frame;
    row.byte_offset = found->byte_offset;
    row.packets = found->count;
    row.detail = detail;
    put_anomaly(file, &row);
}

void capture_file_report(struct capture_file *file)
{
    int64_t count = file->interface_count < CAPTURE_INTERFACES_MAX
                        ? file->interface_count
                        : CAPTURE_INTERFACES_MAX;

    if (file->frames == 0 && !file->is_damaged)
        capture_file_note(file, CAPTURE_EMPTY, file->size_bytes,
                          "%" PRId64 " bytes of headers and no packet",
                          file->size_bytes);
    for (int64_t number = 0; number < count; number++) {
        report_link_type(file, number);
        report_drops(file, number);
        report_statistics(file, number);
    }
    for (int trouble = 0; trouble < CAPTURE_TROUBLES; trouble++)
        report_trouble(file, (enum capture_trouble)trouble);
}
