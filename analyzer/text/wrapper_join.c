#include "text/wrapper_join.h"

#include "base/input.h"

#include <stdlib.h>
#include <string.h>

void line_joiner_deinit(struct line_joiner *joiner)
{
    for (size_t i = 0; i < JOIN_STREAMS; i++)
        free(joiner->streams[i].bytes);
    *joiner = (struct line_joiner){ 0 };
}

static void append(struct joined_line *joined, struct text piece)
{
    size_t room = LINE_BYTES_MAX - joined->length;

    if (joined->bytes == NULL)
        joined->bytes = memory_allocate(LINE_BYTES_MAX, 1);
    if (piece.length > room) {
        joined->was_cut = true;
        piece = text_first(piece, room);
    }
    if (piece.length > 0)
        memcpy(joined->bytes + joined->length, piece.bytes, piece.length);
    joined->length += piece.length;
}

static void give(struct joined_line *joined, struct log_line *line)
{
    line->content = text_slice(joined->bytes, joined->length);
    line->number = joined->number;
    line->at_ns = joined->at_ns;
    line->was_cut = line->was_cut || joined->was_cut;
    joined->is_open = false;
    joined->length = 0;
    joined->was_cut = false;
}

bool line_joiner_add(struct line_joiner *joiner, struct log_line *line)
{
    struct joined_line *joined =
        &joiner->streams[text_equals(line->stream, "stdout") ? 0 : 1];

    if (!line->is_partial && !joined->is_open)
        return true;
    if (!joined->is_open) {
        joined->is_open = true;
        joined->number = line->number;
        joined->at_ns = line->at_ns;
    }
    append(joined, line->content);
    if (line->is_partial)
        return false;
    give(joined, line);
    return true;
}

bool line_joiner_unfinished(struct line_joiner *joiner, struct log_line *line)
{
    for (size_t i = 0; i < JOIN_STREAMS; i++) {
        if (!joiner->streams[i].is_open)
            continue;
        give(&joiner->streams[i], line);
        return true;
    }
    return false;
}
