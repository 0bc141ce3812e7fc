#include "text/log_corefile.h"

#include "text/corefile.h"

#include <stdlib.h>
#include <string.h>

void log_corefile_deinit(struct log_corefile *corefile)
{
    free(corefile->bytes);
    *corefile = (struct log_corefile){ 0 };
}

void log_corefile_begin(struct log_corefile *corefile)
{
    corefile->used = 0;
    corefile->first_line = 0;
}

bool log_corefile_add(struct log_corefile *corefile, struct text line,
                      int64_t number)
{
    if (corefile->bytes == NULL)
        corefile->bytes = memory_allocate(LOG_COREFILE_BYTES, 1);
    if (line.length + 1 > LOG_COREFILE_BYTES - corefile->used)
        return false;
    if (corefile->used == 0)
        corefile->first_line = number;
    if (line.length > 0)
        memcpy(corefile->bytes + corefile->used, line.bytes, line.length);
    corefile->used += line.length;
    corefile->bytes[corefile->used++] = '\n';
    return true;
}

void log_corefile_tell(const struct log_corefile *corefile, int64_t evidence_id,
                       struct arena *arena, struct sink *sink)
{
    struct corefile_place place = {
        .evidence_id = evidence_id,
        .line = corefile->first_line,
        .line_step = 1,
        .owner = "",
        .arena = arena,
    };

    if (corefile->used > 0)
        (void)corefile_read(text_slice(corefile->bytes, corefile->used), &place,
                            sink);
}
