/* Rows from structs, checked by the compiler.
 *
 * A table names its columns with their place in the row struct and their
 * type; COLUMN picks the type from the field, so a field of any other C type
 * does not compile. From this one description come the INSERT, the binding
 * and the record that carries a row through a pipe. */
#pragma once

#include "store/address.h"

#include <stddef.h>
#include <stdint.h>

enum column_type {
    COLUMN_INTEGER,
    COLUMN_REAL,
    COLUMN_TEXT,
    COLUMN_ADDRESS,
};

struct column {
    const char *name;
    size_t offset;
    enum column_type type;
};

struct table {
    const char *name;
    const struct column *columns;
    size_t column_count;
    size_t row_bytes;
};

/* clang-format off */
#define COLUMN(row, field)                                \
    {                                                     \
        .name = #field,                                   \
        .offset = offsetof(struct row, field),            \
        .type = _Generic(((struct row *)0)->field,        \
                         int64_t: COLUMN_INTEGER,         \
                         double: COLUMN_REAL,             \
                         const char *: COLUMN_TEXT,       \
                         struct address: COLUMN_ADDRESS), \
    }

#define TABLE(table_name, row, column_array)                              \
    {                                                                     \
        .name = table_name,                                               \
        .columns = column_array,                                          \
        .column_count = sizeof column_array / sizeof column_array[0],     \
        .row_bytes = sizeof(struct row),                                  \
    }
/* clang-format on */
