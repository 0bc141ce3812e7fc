#include "evidence/source_archive.h"

#include "evidence/source_document.h"
#include "evidence/spool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reasonable bundles stay far below; a bomb does not. */
#define FREE_BYTES      (INT64_C(64) << 20)
#define RATIO_MAX       200
#define TOTAL_BYTES_MAX (INT64_C(64) << 30)

static bool is_archive(const struct found *found)
{
    uint8_t head[UNPACK_HEAD_BYTES];
    ssize_t got = pread(found->descriptor, head, sizeof head, 0);

    return got > 0 && unpack_bid(head, (size_t)got);
}

static const char *excess(const struct level *level)
{
    if (level->bytes > FREE_BYTES &&
        level->bytes / RATIO_MAX > level->archive.size_bytes)
        return "unpacks to more than 200 times its size";
    return NULL;
}

/* Bytes that came out count for every archive around them. */
static const char *account(struct source *source, size_t bytes)
{
    const char *reason = NULL;

    source->bytes += (int64_t)bytes;
    for (size_t i = source->level_count; i-- > 0;) {
        struct level *level = &source->levels[i];

        if (!level->is_archive)
            continue;
        level->bytes += (int64_t)bytes;
        if (reason == NULL)
            reason = excess(level);
    }
    if (source->bytes > TOTAL_BYTES_MAX)
        reason = "unpacks to more than 64 GiB";
    return reason;
}

/* Archives inside an archive that is a bomb are part of it. */
static void stop_archives(struct source *source, const char *reason)
{
    bool is_bomb = source->bytes > TOTAL_BYTES_MAX;

    for (size_t i = 0; i < source->level_count; i++) {
        struct level *level = &source->levels[i];

        if (!level->is_archive)
            continue;
        is_bomb = is_bomb || excess(level) != NULL;
        if (is_bomb)
            unpack_stop(&level->unpack, reason);
    }
}

/* Copies the member's content into a spool. The hash is that of
 * the content, unless the row is that of the compressed file around it. */
static bool spool_content(struct source *source, struct level *level,
                          struct found *found, struct failure *failure)
{
    struct sha256 *sha256 = sha256_create();
    const uint8_t *bytes;
    size_t length;
    char reason[UNPACK_REASON_BYTES] = "";
    bool ok = spool_open(source->spool_folder, &found->descriptor, failure);

    while (ok && unpack_data(&level->unpack, &bytes, &length, reason)) {
        const char *too_much = account(source, length);

        sha256_add(sha256, bytes, length);
        ok = spool_write(source->spool_folder, &found->descriptor,
                         text_slice((const char *)bytes, length), failure);
        found->size_bytes += (int64_t)length;
        if (too_much != NULL) {
            stop_archives(source, too_much);
            snprintf(reason, sizeof reason, "%s", too_much);
            break;
        }
    }
    sha256_finish(sha256, found->sha256);
    sha256_destroy(sha256);
    snprintf(found->why, sizeof found->why, "%s", reason);
    return ok;
}

/* A single compressed file: its content in its own place. */
static enum source_step take_raw(struct source *source, struct found *found,
                                 struct failure *failure)
{
    struct level *level = &source->levels[source->level_count - 1];
    struct found content = { .descriptor = -1 };
    bool ok = spool_content(source, level, &content, failure);

    *found = level->archive;
    level->archive = (struct found){ .descriptor = -1 };
    found->descriptor = content.descriptor;
    found->kind = "unknown";
    memcpy(found->why, content.why, sizeof found->why);
    return ok ? SOURCE_FOUND : SOURCE_FAILED;
}

/* The members of the one archive that is the whole bundle have the paths they
 * have in it; elsewhere they are ARCHIVE/PATH. */
static struct level *push_archive(struct source *source, struct found *found)
{
    bool is_bundle = source->is_alone && source->level_count == 0;
    struct level *level = source_push(source, is_bundle ? "" : found->path);

    level->is_archive = true;
    source->archive_count++;
    level->archive = *found;
    level->archive.descriptor = -1;
    level->archive.kind = "archive";
    *found = (struct found){ .descriptor = -1 };
    return level;
}

/* Reads ahead: only the first header tells an archive from a single file. */
static enum source_step open_members(struct source *source, struct level *level,
                                     struct found *found,
                                     struct failure *failure)
{
    enum source_step step;

    if (!unpack_next(&level->unpack, &level->pending, &source->arena))
        return SOURCE_MORE;
    if (!level->pending.is_raw) {
        level->pending.name = strdup(level->pending.name);
        if (level->pending.name == NULL)
            abort();
        level->has_pending = true;
        return SOURCE_MORE;
    }
    step = take_raw(source, found, failure);
    source_pop(source);
    return step;
}

enum source_step source_accept(struct source *source, struct found *found,
                               struct failure *failure)
{
    int descriptor = found->descriptor;
    struct level *level;
    bool ok;

    if (!is_archive(found))
        return source_take_document(source, found, failure);
    if (source->archive_count == SOURCE_ARCHIVES_MAX)
        return source_refuse(source, found, found->path,
                             "archives nested more than 4 deep");
    level = push_archive(source, found);
    ok = unpack_open(&level->unpack, descriptor, failure);
    (void)close(descriptor);
    if (!ok)
        return SOURCE_FAILED;
    memcpy(level->archive.sha256, level->unpack.sha256, SHA256_TEXT_BYTES);
    if (!ledger_knows(source->ledger, level->archive.path,
                      level->archive.sha256))
        return open_members(source, level, found, failure);
    source->skipped++;
    source_pop(source);
    return SOURCE_MORE;
}

static bool next_member(struct source *source, struct level *level,
                        struct unpack_member *member)
{
    if (!level->has_pending)
        return unpack_next(&level->unpack, member, &source->arena);
    *member = level->pending;
    member->name = arena_copy(&source->arena, level->pending.name,
                              strlen(level->pending.name));
    free(level->pending.name);
    level->has_pending = false;
    return true;
}

enum source_step source_member(struct source *source, struct level *level,
                               struct found *found, struct failure *failure)
{
    struct unpack_member member;
    const char *refusal;
    const char *name;

    if (!next_member(source, level, &member))
        return SOURCE_END;
    level->members++;
    if (++source->members > SOURCE_MEMBERS_MAX) {
        unpack_stop(&level->unpack, "more than 1,000,000 members in all");
        return SOURCE_END;
    }
    name = name_trim(member.name);
    refusal = name_refusal(name);
    if (refusal == NULL)
        refusal = member.refusal;
    if (strlen(name) > NAME_BYTES_MAX)
        name = arena_copy(&source->arena, name, NAME_BYTES_MAX);
    source_begin(source, found, name_join(&source->arena, level->prefix, name));
    found->modified_ns = member.modified_ns;
    if (refusal != NULL)
        return source_refuse(source, found, found->path, refusal);
    if (!spool_content(source, level, found, failure))
        return SOURCE_FAILED;
    return source_accept(source, found, failure);
}

void archive_finish(const struct level *level, struct found *found)
{
    const char *damage = level->unpack.damage;

    found->status = "read";
    if (damage[0] != '\0')
        found->status = level->members > 0 ? "partly read" : "refused";
    else if (level->members == 0)
        found->status = "not understood";
    snprintf(found->why, sizeof found->why, "%s",
             damage[0] == '\0' && level->members == 0 ? "an empty archive"
                                                      : damage);
}
