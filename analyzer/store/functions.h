/* The SQL functions that views and rules may call.
 *
 *   address_text(BLOB)          '10.1.2.3'; NULL for what is no address
 *   time_text(INTEGER)          RFC 3339 of nanoseconds since 1970
 *   ref(path, frame, line)      'path#frame', 'path:line' or 'path'; of a
 *                               packet in a text, and of a piece of a
 *                               document, 'path:line' of the text
 *   x REGEXP pattern            PCRE2, case-sensitive, anywhere in x
 *   same_subnet(a, b, length)   1 if two addresses share that prefix
 *   counted(n, noun)            '1 entry', '2 entries'
 *
 * Deterministic and without effect, so that views of a file that is not
 * trusted may call them. A pattern that hits its match limit is an SQL error,
 * never "no match". */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct sqlite3;

bool functions_register(struct sqlite3 *database,
                        struct failure *failure) MUST_CHECK;
