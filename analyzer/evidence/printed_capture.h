/* Captures that somebody pasted as text: the output of tcpdump and tshark.
 *
 * Each packet goes to the tracker as the layers that were printed, or as its
 * bytes where -x printed them, and gives the rows that a capture file would
 * give. What takes the place of a frame number in them is the line:
 * LINE_AS_FRAME + its number, which ref() turns into "path:line".
 *
 * Times without a date are on a day of their own before 1970 (see
 * clock_undated()): order and differences hold, and nothing can take them
 * for the time of another file. The clue 'time-without-date' says so. */
#pragma once

#include "decode/packet.h"
#include "text/readers.h"
#include "track/tracker.h"

/* 94 for lines of packets near the beginning, 0 without. */
int printed_capture_bid(const struct input *input);
/* Memory is bounded, time linear. READ_PARTLY if a packet's lines were not
 * understood. */
enum read_status printed_capture_read(struct input *input,
                                      const struct decode_options *options,
                                      struct sink *sink,
                                      struct tracker_totals *totals);
