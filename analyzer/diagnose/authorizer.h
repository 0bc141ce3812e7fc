/* What a rule's SQL may do: read the case's own tables and views, and call
 * functions whose result depends on nothing but their arguments. */
#pragma once

#include "base/failure.h"

#include <stddef.h>

struct sqlite3;

enum {
    AUTHORIZER_REASON_BYTES = 256,
};

struct authorizer_names {
    char **names; /* in order */
    size_t count;
};

struct authorizer {
    struct authorizer_names tables;       /* of the case: may be read */
    struct authorizer_names hidden;       /* of this connection only: may not */
    char denied[AUTHORIZER_REASON_BYTES]; /* the first denial; "" */
    char denied_name[AUTHORIZER_REASON_BYTES]; /* what it was about */
};

/* Lists the case's tables and views: not sqlite_schema, sqlite_stat1, nor
 * what a connection brings (temporary tables, pragma_*, dbstat). To be called
 * before it is the connection's authorizer. */
bool authorizer_init(struct authorizer *authorizer, struct sqlite3 *database,
                     struct failure *failure) MUST_CHECK;
void authorizer_deinit(struct authorizer *authorizer);
/* For sqlite3_set_authorizer(); `context` is the authorizer. */
int authorizer_decide(void *context, int action, const char *first,
                      const char *second, const char *schema,
                      const char *inner);
