/* An archive, read by a confined process that sends its members through a
 * pipe: no name of an archive ever reaches the file system.
 *
 * tar and zip, and gzip, bzip2, xz and zstd around them or around a single
 * file. Formats and filters are named one by one: libarchive's "all" runs
 * programs it finds in PATH. The process sends frames: u32 length, u8 kind,
 * payload. What it sends is as little trusted as the archive. */
#pragma once

#include "base/failure.h"
#include "base/hash.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    UNPACK_FRAME_BYTES_MAX = 256 * 1024,
    UNPACK_FILTERS_MAX = 2,
    UNPACK_REASON_BYTES = 160,
    UNPACK_HEAD_BYTES = 512, /* that unpack_bid() wants to see */
};

struct unpack {
    pid_t process;
    int pipe; /* -1: closed */
    uint8_t *frame;
    size_t frame_bytes;
    uint8_t frame_kind;
    bool is_frame_pending;            /* read, but not used yet */
    char sha256[SHA256_TEXT_BYTES];   /* of the archive */
    char damage[UNPACK_REASON_BYTES]; /* why there is no more; "" if whole */
};

struct unpack_member {
    char *name;          /* in the caller's arena */
    int64_t modified_ns; /* ABSENT if not said */
    const char *refusal; /* what it is, if not a regular file; else NULL */
    bool is_raw;         /* no archive: one compressed file */
};

/* True if the first bytes are those of an archive or a compressed file. */
bool unpack_bid(const uint8_t *head, size_t length);
/* Starts the process on a descriptor, which stays the caller's. */
bool unpack_open(struct unpack *unpack, int descriptor,
                 struct failure *failure) MUST_CHECK;
/* Ends the process, whatever it does. */
void unpack_close(struct unpack *unpack);
/* Closes, and says why nothing more comes. */
void unpack_stop(struct unpack *unpack, const char *reason);
/* The next member; data of the last one that was not taken is skipped.
 * False at the end, see `damage`. */
bool unpack_next(struct unpack *unpack, struct unpack_member *member,
                 struct arena *arena);
/* The next bytes of the member, valid until the next call; false at its end.
 * reason gets why it ended early, or "". */
bool unpack_data(struct unpack *unpack, const uint8_t **bytes, size_t *length,
                 char reason[UNPACK_REASON_BYTES]);
