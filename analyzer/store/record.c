#include "store/record.h"

#include <string.h>

enum {
    RECORD_LENGTH_BYTES = 4,
    TEXT_IS_NULL = -1, /* 0xffffffff on the wire */
    WORD_BYTES_MAX = 12,
};

/* What is written so far; `failed` sticks when the room is used up. */
struct writer {
    uint8_t *bytes;
    size_t room;
    size_t used;
    bool failed;
};

static void write_bytes(struct writer *out, const void *bytes, size_t length)
{
    if (out->failed || length > out->room - out->used) {
        out->failed = true;
        return;
    }
    if (length > 0)
        memcpy(out->bytes + out->used, bytes, length);
    out->used += length;
}

static void write_integer(struct writer *out, uint64_t value, size_t width)
{
    uint8_t bytes[8];

    for (size_t i = 0; i < width; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
    write_bytes(out, bytes, width);
}

/* A cut inside a UTF-8 sequence would make the text invalid: the incomplete
 * sequence at its end goes too. */
static size_t text_cut(const char *text)
{
    size_t length = strnlen(text, RECORD_TEXT_BYTES_MAX + 1);

    if (length <= RECORD_TEXT_BYTES_MAX)
        return length;
    length = RECORD_TEXT_BYTES_MAX;
    for (size_t back = 0; back < 3; back++) {
        if (((unsigned char)text[length] & 0xc0) != 0x80)
            return length;
        length--;
    }
    return length;
}

/* Most texts are single words: measured and copied at once. False: it is a
 * longer one, or there is little room. */
static bool write_word(struct writer *out, const char *text)
{
    uint8_t *to = out->bytes + out->used;
    size_t length = 0;

    if (out->failed || out->room - out->used < 4 + WORD_BYTES_MAX)
        return false;
    for (; text[length] != '\0'; length++) {
        if (length == WORD_BYTES_MAX)
            return false;
        to[4 + length] = (uint8_t)text[length];
    }
    write_integer(out, length, 4);
    out->used += length;
    return true;
}

static void write_text(struct writer *out, const char *text)
{
    size_t length;

    if (text == NULL) {
        write_integer(out, (uint32_t)TEXT_IS_NULL, 4);
        return;
    }
    if (write_word(out, text))
        return;
    length = text_cut(text);
    write_integer(out, length, 4);
    write_bytes(out, text, length);
}

static void write_address(struct writer *out, const struct address *address)
{
    write_integer(out, address->length, 1);
    write_bytes(out, address->bytes, address->length);
}

static void write_column(struct writer *out, enum column_type type,
                         const char *field)
{
    uint64_t bits;
    const char *text;
    struct address address;

    switch (type) {
    case COLUMN_INTEGER:
    case COLUMN_REAL:
        memcpy(&bits, field, sizeof bits);
        write_integer(out, bits, 8);
        break;
    case COLUMN_TEXT:
        memcpy(&text, field, sizeof text);
        write_text(out, text);
        break;
    case COLUMN_ADDRESS:
        memcpy(&address, field, sizeof address);
        write_address(out, &address);
        break;
    }
}

size_t record_write(uint8_t *buffer, size_t room, enum table_id table,
                    const void *row)
{
    struct writer out = { .bytes = buffer, .room = room };
    struct writer length = { .bytes = buffer, .room = RECORD_LENGTH_BYTES };
    const struct table *description = &tables[table];

    write_integer(&out, 0, RECORD_LENGTH_BYTES);
    write_integer(&out, (uint64_t)table, 2);
    for (size_t i = 0; i < description->column_count; i++)
        write_column(&out, description->columns[i].type,
                     (const char *)row + description->columns[i].offset);
    if (out.failed)
        return 0;
    write_integer(&length, out.used - RECORD_LENGTH_BYTES, RECORD_LENGTH_BYTES);
    return out.used;
}

static size_t take_length(struct reader *columns)
{
    struct reader field = reader_take(columns, 4);
    const uint8_t *bytes;

    if (reader_left(&field) != 4)
        return 0;
    bytes = field.base + field.at;
    return (size_t)bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 |
           (size_t)bytes[3] << 24;
}

static void take_bytes(struct reader *columns, size_t length,
                       struct record_value *value)
{
    struct reader field = reader_take(columns, length);

    value->length = reader_ok(columns) ? reader_left(&field) : 0;
    value->bytes = field.base + field.at;
}

void record_take(struct reader *columns, enum column_type type,
                 struct record_value *value)
{
    size_t length;

    value->type = type;
    switch (type) {
    case COLUMN_INTEGER:
        value->integer = record_take_integer(columns);
        value->is_null = value->integer == ABSENT;
        break;
    case COLUMN_REAL:
        value->integer = record_take_integer(columns);
        memcpy(&value->real, &value->integer, sizeof value->real);
        value->is_null = value->real != value->real;
        break;
    case COLUMN_TEXT:
        length = take_length(columns);
        value->is_null = length == (uint32_t)TEXT_IS_NULL;
        take_bytes(columns, value->is_null ? 0 : length, value);
        break;
    case COLUMN_ADDRESS:
        length = reader_u8(columns);
        value->is_null = length == 0;
        take_bytes(columns, length, value);
        break;
    }
}

static bool value_is_sound(const struct record_value *value)
{
    size_t length = value->length;

    if (value->is_null)
        return true;
    if (value->type == COLUMN_TEXT)
        return length <= RECORD_TEXT_BYTES_MAX &&
               (length == 0 || memchr(value->bytes, '\0', length) == NULL);
    if (value->type == COLUMN_ADDRESS)
        return length == 4 || length == 16;
    return true;
}

static bool check_column(struct reader *record, enum column_type type,
                         bool *is_null)
{
    struct record_value value;

    if (type == COLUMN_INTEGER) { /* four of five */
        *is_null = record_take_integer(record) == ABSENT;
        return true;
    }
    record_take(record, type, &value);
    *is_null = value.is_null;
    return reader_ok(record) && value_is_sound(&value);
}

bool record_check(struct reader record, enum table_id *table,
                  struct reader *columns, uint64_t *nulls)
{
    uint16_t id = (uint16_t)reader_little_endian(&record, 2);

    if (!reader_ok(&record) || id >= TABLE_COUNT)
        return false;
    *table = (enum table_id)id;
    *columns = record;
    *nulls = 0;
    for (size_t i = 0; i < tables[id].column_count; i++) {
        bool is_null;

        if (!check_column(&record, tables[id].columns[i].type, &is_null))
            return false;
        *nulls |= (uint64_t)is_null << i;
    }
    return reader_ok(&record) && reader_left(&record) == 0;
}

static void read_column(const struct record_value *value, struct arena *arena,
                        char *field)
{
    const char *text = NULL;
    struct address address = { 0 };

    switch (value->type) {
    case COLUMN_INTEGER:
        memcpy(field, &value->integer, sizeof value->integer);
        break;
    case COLUMN_REAL:
        memcpy(field, &value->real, sizeof value->real);
        break;
    case COLUMN_TEXT:
        if (!value->is_null)
            text = arena_copy(arena, (const char *)value->bytes, value->length);
        memcpy(field, &text, sizeof text);
        break;
    case COLUMN_ADDRESS:
        if (!value->is_null)
            address = address_of(value->bytes, value->length);
        memcpy(field, &address, sizeof address);
        break;
    }
}

void record_read(struct reader columns, enum table_id table,
                 struct arena *arena, void *row)
{
    for (size_t i = 0; i < tables[table].column_count; i++) {
        const struct column *column = &tables[table].columns[i];
        struct record_value value;

        record_take(&columns, column->type, &value);
        read_column(&value, arena, (char *)row + column->offset);
    }
}
