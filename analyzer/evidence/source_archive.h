/* The half of source.h that opens archives; only source.c uses it. */
#pragma once

#include "evidence/source.h"

/* Gives found its id and its path, numbered if it was there before. */
void source_begin(struct source *source, struct found *found, const char *path);
/* Makes it a row with the status 'refused'. */
enum source_step source_refuse(struct source *source, struct found *found,
                               const char *path, const char *why);
struct level *source_push(struct source *source, const char *prefix);
void source_pop(struct source *source);

/* A file whose content is open: opens it if it is an archive (SOURCE_MORE),
 * else gives it as it is. */
enum source_step source_accept(struct source *source, struct found *found,
                               struct failure *failure);
/* The next member of the archive on top; SOURCE_END if there is none. */
enum source_step source_member(struct source *source, struct level *level,
                               struct found *found, struct failure *failure);
/* The row of an archive that has been read to its end. */
void archive_finish(const struct level *level, struct found *found);
