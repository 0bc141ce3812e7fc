/* The part of source.h that takes documents apart; only source.c and
 * source_archive.c use it. */
#pragma once

#include "evidence/source.h"

/* A file whose content is open: SOURCE_MORE if it is a document, else it is
 * given as it is. */
enum source_step source_take_document(struct source *source,
                                      struct found *found,
                                      struct failure *failure);
/* The next piece of the document on top, at last the document itself. */
enum source_step source_piece(struct source *source, struct found *found,
                              struct failure *failure);
