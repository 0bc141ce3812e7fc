/* Small helpers around prepared statements, so that each step of correlation
 * reads as what it does. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"
#include "store/address.h"

#include <stdbool.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

/* Runs the embedded analyzer/correlate/NAME.sql. */
bool sql_run(struct sqlite3 *database, const char *name,
             struct failure *failure) MUST_CHECK;
/* Runs SQL text that gives no rows. */
bool sql_execute(struct sqlite3 *database, const char *text,
                 struct failure *failure) MUST_CHECK;
/* NULL and a reason if it does not prepare. The caller finalizes. */
struct sqlite3_stmt *sql_prepare(struct sqlite3 *database, const char *text,
                                 struct failure *failure) MUST_CHECK;
/* True while there are rows. At the end `*ok` tells whether it was the end or
 * an error, which is in failure. */
bool sql_next(struct sqlite3_stmt *statement, bool *ok,
              struct failure *failure);
/* Steps a statement that gives no row, and resets it. */
bool sql_done(struct sqlite3_stmt *statement,
              struct failure *failure) MUST_CHECK;

/* Columns: NULL becomes ABSENT, NULL, no address. Texts are copied. */
int64_t sql_integer(struct sqlite3_stmt *statement, int column);
const char *sql_text(struct arena *arena, struct sqlite3_stmt *statement,
                     int column);
struct address sql_address(struct sqlite3_stmt *statement, int column);

/* Binds by name; ABSENT, NULL and no address become NULL. The text must live
 * until the statement is stepped. */
void sql_bind_integer(struct sqlite3_stmt *statement, const char *name,
                      int64_t value);
void sql_bind_text(struct sqlite3_stmt *statement, const char *name,
                   const char *value);
void sql_bind_address(struct sqlite3_stmt *statement, const char *name,
                      const struct address *value);

/* An INSERT of whole rows into a table of ours, value by value in the order
 * of its columns: binding by name costs more than the row where there are
 * millions. */
struct sql_row {
    struct sqlite3_stmt *insert;
    int column_count;
    int next; /* column, from 1 */
};

bool sql_row_open(struct sql_row *row, struct sqlite3 *database,
                  const char *table, struct failure *failure) MUST_CHECK;
void sql_row_close(struct sql_row *row);
/* As the sql_bind_ functions; texts and addresses must live until done. */
void sql_put_integer(struct sql_row *row, int64_t value);
void sql_put_text(struct sql_row *row, const char *value);
void sql_put_address(struct sql_row *row, const struct address *value);
bool sql_row_done(struct sql_row *row, struct failure *failure) MUST_CHECK;

/* Registers what the steps need beyond SQL: address_in(address, network,
 * length): 1 if the address lies in the network, 0 if not, NULL if one of
 * them is NULL; address_of(text): the address in "10.1.2.3", "10.1.2.3:53",
 * "dns://10.1.2.3:53" or "10.1.2.3/24", else NULL. */
bool sql_functions(struct sqlite3 *database,
                   struct failure *failure) MUST_CHECK;
