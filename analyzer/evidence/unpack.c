#include "evidence/unpack.h"

#include "base/reader.h"
#include "evidence/confine.h"
#include "evidence/unpack_frame.h"
#include "store/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SILENCE_MAX_MS = 120 * 1000,
    TAR_CHECKSUM_AT = 148,
    TAR_CHECKSUM_BYTES = 8,
    TAR_HEADER_BYTES = 512,
};

/* To add a format: its first bytes here, its support in unpack_child.c. */
static const struct {
    size_t at;
    const char *bytes;
    size_t length;
} magics[] = {
    { .at = 0, .bytes = "\x1f\x8b\x08", .length = 3 }, /* RFC 1952 */
    { .at = 0, .bytes = "BZh", .length = 3 },          /* bzip2 */
    { .at = 0,
      .bytes = "\xfd"
               "7zXZ",
      .length = 6 },                                       /* xz */
    { .at = 0, .bytes = "\x28\xb5\x2f\xfd", .length = 4 }, /* RFC 8878 */
    { .at = 0, .bytes = "PK\x03\x04", .length = 4 },       /* zip */
    { .at = 0, .bytes = "PK\x05\x06", .length = 4 },       /* empty zip */
    { .at = 257, .bytes = "ustar", .length = 5 },          /* POSIX tar */
};

/* The tar of Unix V7 has no magic number, but a checksum of its header. */
static bool is_old_tar(const uint8_t *head, size_t length)
{
    unsigned long sum = TAR_CHECKSUM_BYTES * ' ';
    char octal[TAR_CHECKSUM_BYTES + 1] = "";

    if (length < TAR_HEADER_BYTES || head[0] == '\0')
        return false;
    for (size_t i = 0; i < TAR_HEADER_BYTES; i++)
        if (i < TAR_CHECKSUM_AT || i >= TAR_CHECKSUM_AT + TAR_CHECKSUM_BYTES)
            sum += head[i];
    memcpy(octal, head + TAR_CHECKSUM_AT, TAR_CHECKSUM_BYTES);
    return strtoul(octal, NULL, 8) == sum;
}

bool unpack_bid(const uint8_t *head, size_t length)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (length >= magics[i].at + magics[i].length &&
            memcmp(head + magics[i].at, magics[i].bytes, magics[i].length) == 0)
            return true;
    return is_old_tar(head, length);
}

static void set_damage(struct unpack *unpack, const char *reason)
{
    if (unpack->damage[0] == '\0')
        snprintf(unpack->damage, sizeof unpack->damage, "%s", reason);
}

/* Takes the process's end: a signal is worth telling. */
static void reap(struct unpack *unpack)
{
    char reason[UNPACK_REASON_BYTES];
    int status = 0;

    if (unpack->process <= 0)
        return;
    while (waitpid(unpack->process, &status, 0) < 0 && errno == EINTR)
        continue;
    unpack->process = 0;
    if (WIFSIGNALED(status)) {
        snprintf(reason, sizeof reason, "unpacker died: signal %d",
                 WTERMSIG(status));
        set_damage(unpack, reason);
    }
}

static bool read_all(struct unpack *unpack, uint8_t *to, size_t length)
{
    while (length > 0) {
        struct pollfd wait = { .fd = unpack->pipe, .events = POLLIN };
        int ready = poll(&wait, 1, SILENCE_MAX_MS);
        ssize_t got;

        if (ready < 0 && errno == EINTR)
            continue;
        if (ready == 0)
            unpack_stop(unpack, "unpacker hangs");
        if (ready <= 0)
            return false;
        got = read(unpack->pipe, to, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            reap(unpack);
            unpack_stop(unpack, "unpacker ended early");
            return false;
        }
        to += got;
        length -= (size_t)got;
    }
    return true;
}

static bool read_frame(struct unpack *unpack)
{
    uint8_t header[UNPACK_HEADER_BYTES];
    struct reader in = reader_over(header, sizeof header);
    size_t length;

    if (unpack->is_frame_pending) {
        unpack->is_frame_pending = false;
        return true;
    }
    if (unpack->pipe < 0 || !read_all(unpack, header, sizeof header))
        return false;
    length = (size_t)reader_little_endian(&in, 4);
    unpack->frame_kind = reader_u8(&in);
    if (length > UNPACK_FRAME_BYTES_MAX) {
        unpack_stop(unpack, "unpacker broke the protocol");
        return false;
    }
    unpack->frame_bytes = length;
    return read_all(unpack, unpack->frame, length);
}

/* The payload as one printable line. */
static void frame_text(const struct unpack *unpack, char *to, size_t room)
{
    size_t length =
        unpack->frame_bytes < room - 1 ? unpack->frame_bytes : room - 1;

    for (size_t i = 0; i < length; i++) {
        uint8_t byte = unpack->frame[i];

        to[i] = (char)(byte < 0x20 || byte > 0x7e ? '?' : byte);
    }
    to[length] = '\0';
}

static bool start(struct unpack *unpack, int descriptor,
                  struct failure *failure)
{
    int ends[2];

    if (pipe(ends) != 0)
        return fail(failure, "pipe: %s", strerror(errno));
    (void)lseek(descriptor, 0, SEEK_SET);
    unpack->process = fork();
    if (unpack->process == 0) {
        int kept[] = { descriptor, ends[1] };

        confine_descriptors(kept, 2);
        unpack_child_run();
    }
    (void)close(ends[1]);
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    unpack->pipe = ends[0];
    if (unpack->process < 0)
        return fail(failure, "fork: %s", strerror(errno));
    return true;
}

bool unpack_open(struct unpack *unpack, int descriptor, struct failure *failure)
{
    *unpack = (struct unpack){ .pipe = -1 };
    unpack->frame = memory_allocate(UNPACK_FRAME_BYTES_MAX, 1);
    if (!start(unpack, descriptor, failure)) {
        unpack_close(unpack);
        return false;
    }
    if (read_frame(unpack) && unpack->frame_kind == FRAME_HASH)
        frame_text(unpack, unpack->sha256, sizeof unpack->sha256);
    return true;
}

void unpack_close(struct unpack *unpack)
{
    unpack_stop(unpack, "");
    free(unpack->frame);
    unpack->frame = NULL;
}

void unpack_stop(struct unpack *unpack, const char *reason)
{
    if (unpack->pipe >= 0)
        (void)close(unpack->pipe);
    unpack->pipe = -1;
    set_damage(unpack, reason);
    if (unpack->process > 0) {
        (void)kill(unpack->process, SIGKILL);
        while (waitpid(unpack->process, NULL, 0) < 0 && errno == EINTR)
            continue;
        unpack->process = 0;
    }
}

/* Index: the type byte of a member. */
static const char *const refusals[256] = {
    ['h'] = "a hard link: its content stands elsewhere in the archive",
    ['l'] = "a symbolic link, not followed",
    ['p'] = "a named pipe",
    ['s'] = "a socket",
    ['c'] = "a device or of an unknown type",
};

static void read_member(const struct unpack *unpack,
                        struct unpack_member *member, struct arena *arena)
{
    struct reader in = reader_over(unpack->frame, unpack->frame_bytes);
    uint8_t type;

    member->is_raw = unpack->frame_kind == FRAME_RAW;
    member->modified_ns = ABSENT;
    member->refusal = NULL;
    member->name = arena_copy(arena, "", 0);
    if (member->is_raw)
        return;
    member->modified_ns = (int64_t)reader_little_endian(&in, 8);
    type = reader_u8(&in);
    member->name =
        arena_copy(arena, (const char *)unpack->frame + reader_offset(&in),
                   reader_left(&in));
    member->refusal = type == 'f' ? NULL : refusals[type];
    if (type != 'f' && member->refusal == NULL)
        member->refusal = "of an unknown type";
}

bool unpack_next(struct unpack *unpack, struct unpack_member *member,
                 struct arena *arena)
{
    while (read_frame(unpack)) {
        switch (unpack->frame_kind) {
        case FRAME_MEMBER:
        case FRAME_RAW:
            read_member(unpack, member, arena);
            return true;
        case FRAME_FINISH:
            frame_text(unpack, unpack->damage, sizeof unpack->damage);
            unpack_stop(unpack, "");
            return false;
        default: /* data that nobody took */
            break;
        }
    }
    return false;
}

bool unpack_data(struct unpack *unpack, const uint8_t **bytes, size_t *length,
                 char reason[UNPACK_REASON_BYTES])
{
    reason[0] = '\0';
    if (!read_frame(unpack)) {
        snprintf(reason, UNPACK_REASON_BYTES, "%s", unpack->damage);
        return false;
    }
    if (unpack->frame_kind == FRAME_DATA) {
        *bytes = unpack->frame;
        *length = unpack->frame_bytes;
        return true;
    }
    if (unpack->frame_kind == FRAME_END)
        frame_text(unpack, reason, UNPACK_REASON_BYTES);
    else
        unpack->is_frame_pending = true;
    return false;
}
