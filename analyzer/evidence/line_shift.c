#include "evidence/line_shift.h"

#include "base/text.h"
#include "store/rows.h"

#include <assert.h>
#include <string.h>

static void shift(unsigned char *field, bool is_frame, int64_t offset)
{
    int64_t value;

    memcpy(&value, field, sizeof value);
    if (value == ABSENT || (is_frame && value < LINE_AS_FRAME))
        return;
    value += offset;
    memcpy(field, &value, sizeof value);
}

const void *line_shift(enum table_id table, const void *row, int64_t offset,
                       unsigned char room[LINE_SHIFT_ROW_BYTES])
{
    const struct table *shape = &tables[table];

    assert(shape->row_bytes <= LINE_SHIFT_ROW_BYTES);
    memcpy(room, row, shape->row_bytes);
    for (size_t i = 0; i < shape->column_count; i++) {
        const struct column *column = &shape->columns[i];
        bool is_frame = text_ends(text_of(column->name), "frame");

        if (column->type == COLUMN_INTEGER &&
            (is_frame || strcmp(column->name, "line") == 0))
            shift(room + column->offset, is_frame, offset);
    }
    return room;
}
