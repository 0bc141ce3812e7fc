/* Queries of ours over the case's views: rows as texts. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

/* Called for each row; query_text() and query_integer() read it. */
typedef void query_fn(void *context, struct sqlite3_stmt *row);

bool query_run(struct sqlite3 *database, const char *sql, query_fn *take,
               void *context, struct failure *failure) MUST_CHECK;
/* A copy in the arena; NULL for NULL. */
const char *query_text(struct arena *arena, struct sqlite3_stmt *row,
                       int column);
/* As query_text(), "" for NULL. */
const char *query_text_or_empty(struct arena *arena, struct sqlite3_stmt *row,
                                int column);
/* An address of 4 or 16 bytes as people write it; NULL for anything else. */
const char *query_address(struct arena *arena, struct sqlite3_stmt *row,
                          int column);
/* ABSENT for NULL. */
int64_t query_integer(struct sqlite3_stmt *row, int column);
