/* A row as bytes, to carry it through a pipe from a reader process.
 *
 * Layout, little-endian: u32 length of what follows, u16 table id, then the
 * columns in order: INTEGER 8 bytes, REAL 8 bytes, TEXT u32 length (0xffffffff
 * is NULL) and bytes, ADDRESS u8 length and bytes. Texts longer than
 * RECORD_TEXT_BYTES_MAX are cut. The receiver trusts nothing: a record that
 * does not parse to its last byte is refused. */
#pragma once

#include "base/memory.h"
#include "base/reader.h"
#include "store/rows.h"
#include "store/tables.h"

#include <stdbool.h>

enum {
    RECORD_TEXT_BYTES_MAX = 16 * 1024,
    RECORD_BYTES_MAX = 512 * 1024,
};

/* Appends the record of a row to a buffer of `room` bytes. Returns its size,
 * or 0 if it does not fit. */
size_t record_write(uint8_t *buffer, size_t room, enum table_id table,
                    const void *row);

/* Checks one whole record without its leading length. On success *table is
 * set, `columns` stands before the first column, and bit n of *nulls says
 * that column n is NULL. */
bool record_check(struct reader record, enum table_id *table,
                  struct reader *columns, uint64_t *nulls);

/* One column of a checked record. */
struct record_value {
    enum column_type type;
    bool is_null;
    int64_t integer;
    double real;
    const uint8_t *bytes; /* of TEXT and ADDRESS, not NUL-terminated */
    size_t length;
};

/* Eight bytes at once: compilers make one load of it, and four of five
 * columns are integers. 0 where they are missing. */
static inline int64_t record_take_integer(struct reader *columns)
{
    struct reader field = reader_take(columns, 8);
    const uint8_t *bytes;

    if (reader_left(&field) != 8)
        return 0;
    bytes = field.base + field.at;
    return (int64_t)((uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 |
                     (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24 |
                     (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
                     (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56);
}

/* Takes the next column off a checked record. */
void record_take(struct reader *columns, enum column_type type,
                 struct record_value *value);

/* Fills the row struct of a table from a checked record; its texts are in the
 * arena. The inverse of record_write(). */
void record_read(struct reader columns, enum table_id table,
                 struct arena *arena, void *row);
