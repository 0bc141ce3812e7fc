#include "text/printed_hex.h"

enum {
    BYTES_A_LINE = 16,
};

static int digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return -1;
}

static bool take_byte(struct text *line, uint8_t *byte)
{
    int high;
    int low;

    if (line->length < 2)
        return false;
    high = digit_of(line->bytes[0]);
    low = digit_of(line->bytes[1]);
    if (high < 0 || low < 0)
        return false;
    *byte = (uint8_t)(high << 4 | low);
    *line = text_from(*line, 2);
    return true;
}

/* Bytes stand in groups with one blank between; two blanks end them, and the
 * characters that follow may look like digits, too. */
static size_t take_bytes(struct text line, uint8_t *to)
{
    size_t count = 0;

    while (count < BYTES_A_LINE && take_byte(&line, &to[count])) {
        count++;
        if (line.length >= 2 && line.bytes[0] == ' ' && line.bytes[1] != ' ')
            line = text_from(line, 1);
    }
    return count;
}

bool printed_hex_take(struct printed_hex *hex, struct text line)
{
    uint8_t bytes[BYTES_A_LINE];
    struct text offset_text;
    uint64_t offset;
    size_t count;

    line = text_trim(line);
    if (!text_skip(&line, "0x"))
        return false;
    offset_text = text_until(&line, ':');
    if (!text_hex(offset_text, &offset) || !text_skip(&line, "  "))
        return false;
    count = take_bytes(line, bytes);
    if (count == 0)
        return false;
    if (offset != hex->count || hex->count + count > PRINTED_HEX_BYTES_MAX)
        hex->is_broken = true;
    for (size_t i = 0; i < count && !hex->is_broken; i++)
        hex->bytes[hex->count++] = bytes[i];
    return true;
}
