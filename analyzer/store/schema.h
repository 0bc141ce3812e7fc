/* The schema of a case file: made in a new one, checked in an old one.
 *
 * A file is ours if its application_id is, and if every table and view of
 * schema.sql and views_*.sql stands in it word for word: a case file may come
 * from a stranger, and a view is code. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

enum {
    SCHEMA_APPLICATION_ID = 0x77636173, /* "wcas", as in schema.sql */
    SCHEMA_VERSION = 1,
};

struct sqlite3;

/* An empty database gets the schema if may_create; any other is checked. */
bool schema_prepare(struct sqlite3 *database, bool may_create,
                    struct failure *failure) MUST_CHECK;
/* The text of an embedded SQL file, which must exist. */
const char *schema_text(const char *path);
