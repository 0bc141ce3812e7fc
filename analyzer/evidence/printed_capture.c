#include "evidence/printed_capture.h"

#include "base/clock.h"
#include "decode/decoder.h"
#include "evidence/printed_packet.h"
#include "evidence/printed_sequence.h"
#include "evidence/printed_session.h"
#include "text/printed_hex.h"

#include <stdlib.h>
#include <string.h>

enum {
    BID_LINES_MAX = 40,
    LINK_BYTES = 14, /* in front of the bytes, for the MAC addresses */
};

#define DAY_NS      (86400 * NS_PER_SECOND)
#define HALF_DAY_NS (DAY_NS / 2)

/* The lines of one packet are gathered until the next begins. */
struct capture {
    struct input *input;
    struct sink *sink;
    const struct decode_options *options;
    struct tracker *tracker;
    struct printed_session session;
    struct printed_sequences *sequences;
    struct printed_packet packet;
    struct printed_frame frame;
    struct packet decoded;
    bool is_open;
    int64_t line; /* of the open packet */
    char lines[PRINTED_BYTES_MAX];
    size_t lines_bytes;
    struct printed_hex hex; /* its bytes, behind room for a link header */
    uint8_t *bytes;

    bool is_tshark;
    bool is_undated;
    int64_t day_ns; /* of times without a date */
    int64_t last_ns;
    int64_t packets;
    int64_t unread;
    int64_t unread_line; /* of the first */
};

static void join(struct capture *capture, struct text line)
{
    size_t room = PRINTED_BYTES_MAX - capture->lines_bytes;
    size_t length;

    line = text_trim(line);
    length = line.length + 1;
    if (length > room)
        return; /* the end of a very long packet is its payload */
    memcpy(capture->lines + capture->lines_bytes, line.bytes, line.length);
    capture->lines[capture->lines_bytes + line.length] = ' ';
    capture->lines_bytes += length;
}

/* Past midnight the clock goes back by a day; anything less is disorder. */
static int64_t time_of(struct capture *capture)
{
    const struct printed_packet *packet = &capture->packet;
    int64_t at_ns;

    if (packet->has_date)
        return packet->at_ns;
    if (!capture->is_undated) {
        capture->is_undated = true;
        capture->day_ns = clock_undated(capture->input->evidence_id);
    } else if (capture->day_ns + packet->at_ns <
               capture->last_ns - HALF_DAY_NS) {
        capture->day_ns += DAY_NS;
    }
    at_ns = capture->day_ns + packet->at_ns;
    capture->last_ns = at_ns;
    return at_ns;
}

static bool begins_with_address(const struct capture *capture, size_t offset)
{
    const struct address *source = &capture->packet.levels[0].source;
    size_t at = offset + (source->length == 4 ? 12 : 8);

    return source->length > 0 && at + source->length <= capture->hex.count &&
           memcmp(capture->hex.bytes + at, source->bytes, source->length) == 0;
}

static size_t promised_bytes(const uint8_t *ip, size_t captured)
{
    size_t bytes = (size_t)(ip[2] << 8 | ip[3]);

    if (ip[0] >> 4 == 6)
        bytes = (size_t)(ip[4] << 8 | ip[5]) + 40;
    return bytes > captured ? bytes : captured;
}

/* The printed MAC addresses in front of the bytes of -x and -X. */
static void put_link(struct capture *capture)
{
    uint8_t *link = capture->bytes;
    bool is_ipv6 = capture->packet.levels[0].source.length == 16;

    memcpy(link, capture->packet.destination_mac, PRINTED_MAC_BYTES);
    memcpy(link + PRINTED_MAC_BYTES, capture->packet.source_mac,
           PRINTED_MAC_BYTES);
    link[LINK_BYTES - 2] = is_ipv6 ? 0x86 : 0x08;
    link[LINK_BYTES - 1] = is_ipv6 ? 0xdd : 0x00;
}

/* -x and -X begin at the IP header, -xx and -XX at the link's; the printed
 * source address tells which. */
static bool frame_of_bytes(struct capture *capture, struct frame *frame)
{
    struct printed_hex *hex = &capture->hex;
    bool is_bare = begins_with_address(capture, 0);
    size_t link_bytes = is_bare ? 0 : LINK_BYTES;

    if (!is_bare && (!capture->packet.has_macs ||
                     !begins_with_address(capture, LINK_BYTES)))
        return false;
    frame->bytes = hex->bytes;
    frame->captured_bytes = hex->count;
    frame->wire_bytes = link_bytes + promised_bytes(hex->bytes + link_bytes,
                                                    hex->count - link_bytes);
    frame->link_type = is_bare ? LINK_TYPE_RAW : LINK_TYPE_ETHERNET;
    if (!is_bare || !capture->packet.has_macs)
        return true;
    put_link(capture);
    frame->bytes = capture->bytes;
    frame->captured_bytes += LINK_BYTES;
    frame->wire_bytes += LINK_BYTES;
    frame->link_type = LINK_TYPE_ETHERNET;
    return true;
}

static void restore_sequences(struct capture *capture)
{
    struct printed_packet *packet = &capture->packet;

    for (size_t i = 0; i < packet->level_count; i++)
        if (packet->levels[i].protocol == PROTOCOL_TCP &&
            packet->levels[i].source_port != ABSENT)
            printed_sequences_restore(capture->sequences, &packet->levels[i]);
}

static void hand_on(struct capture *capture)
{
    struct tracker_frame frame = {
        .number = LINE_AS_FRAME + capture->line,
        .at_ns = time_of(capture),
        .interface = printed_session_interface(
            &capture->session, capture->packet.interface, capture->tracker),
    };

    capture->packets++;
    if (frame_of_bytes(capture, &frame.frame)) {
        packet_decode(capture->options, &frame.frame, &capture->decoded);
        tracker_packet(capture->tracker, &frame, &capture->decoded);
        return;
    }
    restore_sequences(capture);
    printed_frame_make(&capture->packet, &capture->frame);
    frame.frame = (struct frame){
        .captured_bytes = capture->frame.wire_bytes,
        .wire_bytes = capture->frame.wire_bytes,
        .link_type = LINK_TYPE_ETHERNET,
    };
    tracker_packet(capture->tracker, &frame, &capture->frame.packet);
}

static void note_unread(struct capture *capture)
{
    if (capture->unread++ == 0)
        capture->unread_line = capture->line;
}

/* Packets of other protocols, such as ARP, are counted and no more. */
static bool is_other_protocol(struct text rest)
{
    static const char *const words[] = {
        "ARP, ",  " arp ", " STP ", "LLDP",       " Loopback",
        " EAPOL", " CDP",  " 802.", "ethertype ",
    };

    rest = text_first(rest, 160);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_find(rest, words[i]) >= 0)
            return true;
    return false;
}

static void finish_packet(struct capture *capture)
{
    struct text lines = text_slice(capture->lines, capture->lines_bytes);

    if (!capture->is_open)
        return;
    capture->is_open = false;
    if (printed_read(lines, &capture->packet))
        hand_on(capture);
    else if (!is_other_protocol(lines))
        note_unread(capture);
}

static void begin_packet(struct capture *capture, struct text rest,
                         int64_t line)
{
    capture->is_open = true;
    capture->line = line;
    capture->lines_bytes = 0;
    capture->hex.count = 0;
    capture->hex.is_broken = false;
    join(capture, rest);
}

/* What goes on with a packet is indented, or a header inside a tunnel. */
static bool goes_on(struct text line)
{
    struct text rest = line;
    struct text word = text_word(&rest);

    if (line.length == 0)
        return false;
    return line.bytes[0] == ' ' || line.bytes[0] == '\t' ||
           text_equals(word, "IP") || text_equals(word, "IP6") ||
           (word.length == 17 && word.bytes[2] == ':' &&
            text_equals(text_word(&rest), ">"));
}

static void take_line(struct capture *capture, struct text line, int64_t number)
{
    struct printed_packet packet;
    struct text rest = line;

    if (printed_take_start(&rest, &packet)) {
        finish_packet(capture);
        capture->packet = packet;
        begin_packet(capture, rest, number);
        return;
    }
    if (printed_tshark(line, &packet)) {
        finish_packet(capture);
        capture->is_tshark = true;
        capture->line = number;
        capture->hex.count = 0;
        capture->packet = packet;
        hand_on(capture);
        return;
    }
    if (capture->is_open && printed_hex_take(&capture->hex, line))
        return;
    if (capture->is_open && goes_on(line)) {
        join(capture, line);
        return;
    }
    if (printed_session_take(&capture->session, line, capture->tracker))
        finish_packet(capture);
}

static void report(struct capture *capture)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;
    int64_t id = capture->input->evidence_id;

    sink_clue(capture->sink, id, ABSENT, "format",
              capture->is_tshark ? "tshark text" : "tcpdump text");
    printed_session_report(&capture->session, capture->sink, id);
    if (capture->is_undated)
        sink_clue(capture->sink, id, ABSENT, "time-without-date",
                  "times of day: order and differences only");
    if (capture->unread == 0)
        return;
    row.evidence_id = id;
    row.name = "text.packet-not-understood";
    row.line = capture->unread_line;
    row.packets = capture->unread;
    sink_anomaly(capture->sink, &row);
}

static void read_lines(struct capture *capture)
{
    struct line_reader lines;
    struct text line;

    line_reader_init(&lines, capture->input->descriptor);
    while (!capture->sink->is_closed && line_reader_next(&lines, &line))
        take_line(capture, line, lines.number);
    finish_packet(capture);
    line_reader_deinit(&lines);
}

enum read_status printed_capture_read(struct input *input,
                                      const struct decode_options *options,
                                      struct sink *sink,
                                      struct tracker_totals *totals)
{
    struct capture *capture = memory_allocate(1, sizeof *capture);
    enum read_status status = READ_WHOLE;

    capture->input = input;
    capture->sink = sink;
    capture->options = options;
    capture->tracker = tracker_create_for(options, input->evidence_id,
                                          input->size_bytes, sink);
    capture->sequences = printed_sequences_create();
    capture->bytes = memory_allocate(LINK_BYTES + PRINTED_HEX_BYTES_MAX, 1);
    capture->hex.bytes = capture->bytes + LINK_BYTES;
    read_lines(capture);
    tracker_finish(capture->tracker, totals);
    if (capture->packets > 0)
        report(capture);
    if (capture->unread > 0)
        status = READ_PARTLY;
    if (capture->packets == 0)
        status = READ_NOT_UNDERSTOOD;
    free(capture->bytes);
    printed_sequences_destroy(capture->sequences);
    tracker_destroy(capture->tracker);
    free(capture);
    return status;
}

static bool is_packet_line(struct text line)
{
    struct printed_packet packet;

    if (printed_tshark(line, &packet))
        return true;
    if (!printed_take_start(&line, &packet))
        return false;
    line = text_trim(line);
    return text_starts(line, "IP ") || text_starts(line, "IP6 ") ||
           text_starts(line, "ARP") || printed_read(line, &packet) ||
           text_find(text_first(line, 120), " ethertype ") >= 0 ||
           text_find(text_first(line, 60), " IP ") >= 0 ||
           text_find(text_first(line, 60), " IP6 ") >= 0;
}

int printed_capture_bid(const struct input *input)
{
    struct text rest = input_head(input);
    struct text line;

    for (int i = 0; i < BID_LINES_MAX && text_line(&rest, &line); i++)
        if (is_packet_line(line))
            return 94;
    return 0;
}
