/* The files of a bundle, one after the other: folders are walked down,
 * archives are opened and documents taken apart as they come.
 *
 * No recursion: a stack of levels, each a folder, an archive or a document.
 * Nothing but regular files is ever opened; anything else is found with the
 * status 'refused'. Ids are given in the order of finding. The row of an
 * archive or a document is found after its members, when it is known how it
 * ended. */
#pragma once

#include "base/failure.h"
#include "base/hash.h"
#include "evidence/document.h"
#include "evidence/folder.h"
#include "evidence/ledger.h"
#include "evidence/names.h"
#include "evidence/unpack.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SOURCE_LEVELS_MAX = 80,
    SOURCE_FOLDERS_MAX = 64,
    SOURCE_ARCHIVES_MAX = 4,
    SOURCE_MEMBERS_MAX = 1000000,
    SOURCE_WHY_BYTES = 240,
    SOURCE_NEAR_BYTES = 200,
};

struct found {
    int64_t id;
    int descriptor;     /* of the content; -1 if there is none to read */
    char *path;         /* heap */
    const char *kind;   /* for the row, where nobody reads it */
    const char *status; /* NULL: to be read */
    char why[SOURCE_WHY_BYTES];     /* also where only the beginning is there */
    char sha256[SHA256_TEXT_BYTES]; /* "": not known yet */
    int64_t size_bytes;
    int64_t modified_ns;
    /* Of a piece of a document: */
    int64_t first_line;           /* in the document; 0: no piece */
    char near[SOURCE_NEAR_BYTES]; /* the prose in front of it; "" */
};

struct level {
    bool is_archive;
    bool is_document;
    struct document document;
    char *content; /* heap: of the document */
    size_t next_piece;
    struct folder folder;
    struct unpack unpack;
    struct unpack_member pending; /* read ahead */
    bool has_pending;
    char *prefix;         /* heap: path of what is inside, "" for none */
    struct found archive; /* its row to be, or the document's, without
                             descriptor */
    int64_t bytes;        /* that came out of the archive */
    int64_t members;
};

struct source {
    const char *const *paths;
    bool is_alone; /* one path: nothing is put in front */
    const char *spool_folder;
    struct ledger *ledger;
    struct level levels[SOURCE_LEVELS_MAX];
    size_t level_count;
    size_t archive_count;
    struct name_set names;
    struct arena arena; /* for one step */
    int64_t members;
    int64_t bytes; /* out of archives */
    int64_t skipped;
};

enum source_step {
    SOURCE_FOUND,
    SOURCE_MORE, /* nothing yet, only inside source.c and its half */
    SOURCE_END,
    SOURCE_FAILED,
};

void source_init(struct source *source, const char *const *paths,
                 const char *spool_folder, struct ledger *ledger);
void source_deinit(struct source *source);
enum source_step source_next(struct source *source, struct found *found,
                             struct failure *failure);
/* Closes and frees what it holds. */
void found_release(struct found *found);
