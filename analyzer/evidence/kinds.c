#include "evidence/kinds.h"

#include "evidence/capture.h"
#include "evidence/notes.h"
#include "evidence/printed_capture.h"

static enum read_status read_capture(struct input *input,
                                     struct reading *reading)
{
    return capture_read(input, reading->decode, reading->sink,
                        &reading->totals);
}

static enum read_status read_printed(struct input *input,
                                     struct reading *reading)
{
    return printed_capture_read(input, reading->decode, reading->sink,
                                &reading->totals);
}

static enum read_status read_snapshot(struct input *input,
                                      struct reading *reading)
{
    return snapshot_read(input, reading->sink);
}

static enum read_status read_log(struct input *input, struct reading *reading)
{
    return log_read(input, reading->sink);
}

static enum read_status read_objects(struct input *input,
                                     struct reading *reading)
{
    return objects_read(input, reading->sink);
}

static enum read_status read_transcript(struct input *input,
                                        struct reading *reading)
{
    return transcript_read(input, reading->sink);
}

static enum read_status read_notes(struct input *input, struct reading *reading)
{
    return notes_read(input, reading->sink);
}

/* To add a kind: its reader in text/ and a row here. */
const struct kind evidence_kinds[] = {
    { .name = "capture", .bid = capture_bid, .read = read_capture },
    { .name = "capture-text",
      .bid = printed_capture_bid,
      .read = read_printed },
    { .name = "objects", .bid = objects_bid, .read = read_objects },
    { .name = "snapshot", .bid = snapshot_bid, .read = read_snapshot },
    { .name = "transcript", .bid = transcript_bid, .read = read_transcript },
    { .name = "log", .bid = log_bid, .read = read_log },
    { .name = "notes", .bid = notes_bid, .read = read_notes },
    { .name = NULL },
};

const struct kind *kind_of(const struct kind *kinds, const struct input *input)
{
    const struct kind *best = NULL;
    int highest = 0;

    for (const struct kind *kind = kinds; kind->name != NULL; kind++) {
        int bid = kind->bid(input);

        if (bid > highest) {
            highest = bid;
            best = kind;
        }
    }
    return best;
}
