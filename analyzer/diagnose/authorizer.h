/* What a rule's SQL may do: read the case's own tables and views, and call
 * functions whose result depends on nothing but their arguments. */
#pragma once

#include "base/failure.h"

#include <stddef.h>

struct sqlite3;

enum {
    AUTHORIZER_REASON_BYTES = 256,
};

struct authorizer {
    char **tables; /* that may be read, in order */
    size_t table_count;
    char denied[AUTHORIZER_REASON_BYTES];      /* the first denial; "" */
    char denied_name[AUTHORIZER_REASON_BYTES]; /* what it was about */
};

/* Lists the case's tables and views: not sqlite_schema, sqlite_stat1, nor
 * what a connection brings (pragma_*, dbstat). */
bool authorizer_init(struct authorizer *authorizer, struct sqlite3 *database,
                     struct failure *failure) MUST_CHECK;
void authorizer_deinit(struct authorizer *authorizer);
/* For sqlite3_set_authorizer(); `context` is the authorizer. */
int authorizer_decide(void *context, int action, const char *first,
                      const char *second, const char *schema,
                      const char *inner);
