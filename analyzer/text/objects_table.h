/* One kubectl table at hand: its columns, and the cells of the row. */
#pragma once

#include "text/objects.h"

enum {
    TABLE_COLUMNS_MAX = 24,
};

struct table_grid {
    struct text names[TABLE_COLUMNS_MAX];
    size_t offsets[TABLE_COLUMNS_MAX]; /* where the header's words begin */
    size_t column_count;
    bool is_collapsed; /* runs of blanks were lost on the way */
    struct text cells[TABLE_COLUMNS_MAX];
};

/* False if the line is no header. The names are slices of it. */
bool grid_set_header(struct table_grid *grid, struct text line);
bool grid_has(const struct table_grid *grid, const char *name);
/* Splits a row into cells: where the header's words begin, else at runs of
 * two blanks, else at blanks. False if it does not fit the header. */
bool grid_split(struct table_grid *grid, struct text line);
/* The cell under a header; empty for '<none>', or without such a column. */
struct text grid_cell(const struct table_grid *grid, const char *name);

struct table_row {
    struct objects *objects;
    const struct table_grid *grid;
    struct kube_object_row row;
};

/* The text of a cell, NULL if it is empty. */
const char *table_cell(struct table_row *row, const char *name);
void table_put(struct table_row *row);
/* kubectl get endpoints: one row for each address. */
void table_read_endpoints(struct table_row *row);
/* kubectl get endpointslices. */
void table_read_slice(struct table_row *row);
