/* The rows of `evidence`: which files the case has, and how each was read. */
#pragma once

#include "base/failure.h"
#include "store/rows.h"
#include "store/store.h"

#include <stdbool.h>

struct sqlite3_stmt;

struct ledger {
    struct store *store;
    struct sqlite3_stmt *by_path;
    struct sqlite3_stmt *by_content;
    struct sqlite3_stmt *update;
    struct sqlite3_stmt *insert_load;
    int64_t next_id;
    char *root; /* heap: of ledger_begin(); NULL before */
};

/* A ledger that is all zero can be closed. */
bool ledger_open(struct ledger *ledger, struct store *store,
                 struct failure *failure) MUST_CHECK;
void ledger_close(struct ledger *ledger);

/* What is loaded from here on: the only folder, whose name is not in front of
 * paths, or "" for anything else. */
bool ledger_begin(struct ledger *ledger, const char *root,
                  struct failure *failure) MUST_CHECK;

/* True if the case has this file with this content, also where it was loaded
 * with other folders and its path began with the name of its own; '' for
 * content that could not be read. */
bool ledger_knows(struct ledger *ledger, const char *path, const char *sha256);
/* Writes the path of the capture with this content that was read, if the case
 * has one. */
bool ledger_find_capture(struct ledger *ledger, const char *sha256, char *path,
                         size_t room);
/* The row goes in before its facts, which refer to it ... */
bool ledger_insert(struct ledger *ledger, const struct evidence_row *row,
                   struct failure *failure) MUST_CHECK;
/* ... and what reading it gave comes after: format, status, why, packets,
 * facts, first_ns, last_ns. */
bool ledger_update(struct ledger *ledger, const struct evidence_row *row,
                   struct failure *failure) MUST_CHECK;
