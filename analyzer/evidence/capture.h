/* Captures: classic pcap and pcapng files -> frames for the tracker.
 *
 * The one idea: a file is a run of records that state their own length, read
 * in order through one bounded window. The first record that contradicts
 * itself ends the reading (nothing after it can be trusted to begin where it
 * seems to begin); every frame before it is kept. What is wrong with the file
 * itself becomes an anomaly 'capture.*' with frame and byte offset. */
#pragma once

#include "decode/packet.h"
#include "text/readers.h"
#include "track/tracker.h"

/* 100 for the magic number of a capture format. 60 for a file of less than
 * four bytes that is named like a capture: one that was stopped before
 * anything was written. */
int capture_bid(const struct input *input);

/* Reads the whole file from its start, whatever the position of the
 * descriptor. READ_PARTLY: what is in the sink came before the damage, or a
 * part of the frames could not be decoded; READ_NOT_UNDERSTOOD: not
 * even its headers made sense. Memory is bounded by CAPTURE_BLOCK_BYTES_MAX and
 * the tracker's tables, time is linear in the size of the file. */
enum read_status capture_read(struct input *input,
                              const struct decode_options *options,
                              struct sink *sink, struct tracker_totals *totals);
