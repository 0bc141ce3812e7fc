#include "evidence/source_document.h"

#include "base/hash.h"
#include "evidence/source_archive.h"
#include "evidence/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* SOURCE_LEVELS_MAX has room for all folders and archives, and for one
 * document: there is none inside another. */
_Static_assert(SOURCE_LEVELS_MAX > SOURCE_FOLDERS_MAX + SOURCE_ARCHIVES_MAX,
               "no level is left for a document");

static size_t read_at_start(int descriptor, char *to, size_t room)
{
    size_t used = 0;
    ssize_t got;

    do {
        got = pread(descriptor, to + used, room - used, (off_t)used);
        used += got > 0 ? (size_t)got : 0;
    } while (used < room && (got > 0 || (got < 0 && errno == EINTR)));
    return used;
}

static bool is_document(const struct found *found)
{
    char *head = memory_allocate(DOCUMENT_HEAD_BYTES, 1);
    size_t used = read_at_start(found->descriptor, head, DOCUMENT_HEAD_BYTES);
    bool is = document_bid(text_slice(head, used), found->path);

    free(head);
    return is;
}

static void hash_content(const char *content, size_t length,
                         char sha256_text[SHA256_TEXT_BYTES])
{
    struct sha256 *sha256 = sha256_create();

    sha256_add(sha256, content, length);
    sha256_finish(sha256, sha256_text);
    sha256_destroy(sha256);
}

static void push_document(struct source *source, struct found *found,
                          struct level *prepared)
{
    struct level *level = source_push(source, found->path);

    level->is_document = true;
    level->document = prepared->document;
    level->content = prepared->content;
    (void)close(found->descriptor);
    level->archive = *found;
    level->archive.descriptor = -1;
    level->archive.kind = "document";
    *found = (struct found){ .descriptor = -1 };
}

enum source_step source_take_document(struct source *source,
                                      struct found *found,
                                      struct failure *failure)
{
    struct level prepared = { 0 };
    size_t length;

    (void)failure;
    if (found->size_bytes > DOCUMENT_BYTES_MAX || !is_document(found))
        return SOURCE_FOUND;
    prepared.content = memory_allocate((size_t)found->size_bytes + 1, 1);
    length = read_at_start(found->descriptor, prepared.content,
                           (size_t)found->size_bytes);
    document_split(&prepared.document, text_slice(prepared.content, length));
    if (prepared.document.piece_count == 0) {
        document_deinit(&prepared.document);
        free(prepared.content);
        return SOURCE_FOUND;
    }
    if (found->sha256[0] == '\0')
        hash_content(prepared.content, length, found->sha256);
    if (ledger_knows(source->ledger, found->path, found->sha256)) {
        document_deinit(&prepared.document);
        free(prepared.content);
        source->skipped++;
        return SOURCE_MORE;
    }
    push_document(source, found, &prepared);
    return SOURCE_MORE;
}

static bool spool_piece(struct source *source,
                        const struct document_piece *piece, struct found *found,
                        struct failure *failure)
{
    const char *folder = source->spool_folder;
    struct document_piece rest = *piece;
    struct text line;

    if (!spool_open(folder, &found->descriptor, failure))
        return false;
    while (document_piece_line(&rest, &line)) {
        if (!spool_write(folder, &found->descriptor, line, failure) ||
            !spool_write(folder, &found->descriptor, text_of("\n"), failure))
            return false;
        found->size_bytes += (int64_t)line.length + 1;
    }
    return true;
}

/* As archive_finish(), for what was taken apart. */
static enum source_step finish(struct source *source, struct level *level,
                               struct found *found)
{
    *found = level->archive;
    level->archive = (struct found){ .descriptor = -1 };
    found->status = level->document.is_cut ? "partly read" : "read";
    if (level->document.is_cut)
        snprintf(found->why, sizeof found->why,
                 "more than %d pieces of evidence in one document",
                 DOCUMENT_PIECES_MAX);
    source_pop(source);
    return SOURCE_FOUND;
}

/* One line of printable ASCII, for names in it. */
static void copy_prose(struct text prose, char to[SOURCE_NEAR_BYTES])
{
    size_t length = prose.length < SOURCE_NEAR_BYTES - 1
                        ? prose.length
                        : SOURCE_NEAR_BYTES - 1;

    for (size_t i = 0; i < length; i++)
        to[i] = prose.bytes[i] >= ' ' && prose.bytes[i] <= '~' ? prose.bytes[i]
                                                               : '?';
    to[length] = '\0';
}

enum source_step source_piece(struct source *source, struct found *found,
                              struct failure *failure)
{
    struct level *level = &source->levels[source->level_count - 1];
    const struct document_piece *piece;
    int64_t modified_ns = level->archive.modified_ns;

    if (level->next_piece == level->document.piece_count)
        return finish(source, level, found);
    piece = &level->document.pieces[level->next_piece++];
    source_begin(source, found,
                 arena_format(&source->arena, "%s#L%lld", level->prefix,
                              (long long)piece->first_line));
    found->first_line = piece->first_line;
    found->modified_ns = modified_ns;
    copy_prose(piece->before, found->near);
    return spool_piece(source, piece, found, failure) ? SOURCE_FOUND
                                                      : SOURCE_FAILED;
}
