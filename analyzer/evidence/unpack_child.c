#include "evidence/unpack_frame.h"

#include "base/attributes.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/memory.h"
#include "evidence/confine.h"
#include "evidence/unpack.h"
#include "store/rows.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ARCHIVE_DESCRIPTOR = CONFINE_FIRST,
    PIPE_DESCRIPTOR = CONFINE_FIRST + 1,
    HEADERS_FAILED_MAX = 1000,
    NAME_MAX_SENT = 8192, /* longer than any name that is accepted */
};

struct child {
    uint8_t frame[UNPACK_FRAME_BYTES_MAX];
    uint8_t data[UNPACK_DATA_BYTES];
};

static void write_all(const uint8_t *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(PIPE_DESCRIPTOR, bytes, length);

        if (wrote <= 0 && errno != EINTR)
            _exit(0); /* nobody wants more */
        if (wrote > 0) {
            bytes += wrote;
            length -= (size_t)wrote;
        }
    }
}

static void little_endian(uint8_t *to, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++)
        to[i] = (uint8_t)(value >> (8 * i));
}

static void send(struct child *child, enum unpack_frame kind,
                 const void *payload, size_t length)
{
    size_t most = sizeof child->frame - UNPACK_HEADER_BYTES;

    if (length > most)
        length = most;
    little_endian(child->frame, length, 4);
    child->frame[4] = (uint8_t)kind;
    if (length > 0)
        memcpy(child->frame + UNPACK_HEADER_BYTES, payload, length);
    write_all(child->frame, UNPACK_HEADER_BYTES + length);
}

static void send_reason(struct child *child, enum unpack_frame kind,
                        const char *reason)
{
    send(child, kind, reason, strlen(reason));
}

static void send_hash(struct child *child, struct sha256 *sha256)
{
    char text[SHA256_TEXT_BYTES];
    ssize_t got;

    do {
        got = read(ARCHIVE_DESCRIPTOR, child->data, sizeof child->data);
        if (got > 0)
            sha256_add(sha256, child->data, (size_t)got);
    } while (got > 0 || (got < 0 && errno == EINTR));
    sha256_finish(sha256, text);
    send(child, FRAME_HASH, text, SHA256_TEXT_BYTES - 1);
    (void)lseek(ARCHIVE_DESCRIPTOR, 0, SEEK_SET);
}

static struct archive *open_archive(void)
{
    struct archive *archive = archive_read_new();

    (void)archive_read_support_filter_gzip(archive);
    (void)archive_read_support_filter_bzip2(archive);
    (void)archive_read_support_filter_xz(archive);
    (void)archive_read_support_filter_zstd(archive);
    (void)archive_read_support_format_tar(archive);
    (void)archive_read_support_format_zip(archive);
    (void)archive_read_support_format_raw(archive);
    (void)archive_read_open_fd(archive, ARCHIVE_DESCRIPTOR, 64 * 1024);
    return archive;
}

static const char *reason_of(struct archive *archive)
{
    const char *text = archive_error_string(archive);

    return text != NULL ? text : "damaged";
}

static int64_t modified_ns(struct archive_entry *entry)
{
    int64_t seconds = archive_entry_mtime(entry);

    if (!archive_entry_mtime_is_set(entry) || seconds <= 0 ||
        seconds >= INT64_MAX / NS_PER_SECOND)
        return ABSENT;
    return seconds * NS_PER_SECOND +
           archive_entry_mtime_nsec(entry) % 1000000000L;
}

static uint8_t type_of(struct archive_entry *entry)
{
    if (archive_entry_hardlink(entry) != NULL)
        return 'h';
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return 'f';
    case AE_IFDIR:
        return 'd';
    case AE_IFLNK:
        return 'l';
    case AE_IFIFO:
        return 'p';
    case AE_IFSOCK:
        return 's';
    default:
        return 'c';
    }
}

static void send_member(struct child *child, struct archive_entry *entry,
                        uint8_t type)
{
    const char *name = archive_entry_pathname_utf8(entry);
    uint8_t *payload = child->data;
    size_t length;

    if (name == NULL)
        name = archive_entry_pathname(entry);
    if (name == NULL)
        name = "";
    length = strnlen(name, NAME_MAX_SENT);
    little_endian(payload, (uint64_t)modified_ns(entry), 8);
    payload[8] = type;
    memcpy(payload + 9, name, length);
    send(child, FRAME_MEMBER, payload, length + 9);
}

/* Holes of sparse members; whoever receives them bounds their sum. */
static void send_zeros(struct child *child, int64_t length)
{
    memset(child->data, 0, sizeof child->data);
    while (length > 0) {
        size_t part =
            length < UNPACK_DATA_BYTES ? (size_t)length : UNPACK_DATA_BYTES;

        send(child, FRAME_DATA, child->data, part);
        length -= (int64_t)part;
    }
}

static void send_block(struct child *child, const uint8_t *block, size_t length)
{
    while (length > 0) {
        size_t part = length < UNPACK_DATA_BYTES ? length : UNPACK_DATA_BYTES;

        send(child, FRAME_DATA, block, part);
        block += part;
        length -= part;
    }
}

/* Block by block: archive_read_data() drops what it has read so far when it
 * meets damage (libarchive 3.6.2). False if the archive ends here. */
static bool send_data(struct child *child, struct archive *archive)
{
    int64_t position = 0;
    int result;

    do {
        const void *block = NULL;
        size_t length = 0;
        la_int64_t offset = position;

        result = archive_read_data_block(archive, &block, &length, &offset);
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            continue;
        if (offset > position) {
            send_zeros(child, offset - position);
            position = offset;
        }
        send_block(child, block, length);
        position += (int64_t)length;
    } while (result >= ARCHIVE_WARN && result != ARCHIVE_EOF);
    send_reason(child, FRAME_END,
                result < ARCHIVE_WARN ? reason_of(archive) : "");
    return result != ARCHIVE_FATAL;
}

/* NULL if it is fine to go on. */
static const char *refusal_of(struct archive *archive)
{
    int filters = archive_filter_count(archive) - 1; /* one is "none" */

    if (filters > UNPACK_FILTERS_MAX)
        return "compressed more than twice";
    if (filters == 0 && archive_format(archive) == ARCHIVE_FORMAT_RAW)
        return "damaged from its beginning";
    return NULL;
}

static bool send_entry(struct child *child, struct archive *archive,
                       struct archive_entry *entry)
{
    uint8_t type = type_of(entry);

    if (archive_format(archive) == ARCHIVE_FORMAT_RAW) {
        send(child, FRAME_RAW, NULL, 0);
        return send_data(child, archive);
    }
    if (type == 'd')
        return true;
    send_member(child, entry, type);
    return type != 'f' || send_data(child, archive);
}

static const char *send_all(struct child *child, struct archive *archive)
{
    struct archive_entry *entry;
    int failed = 0;

    for (;;) {
        int result = archive_read_next_header(archive, &entry);

        if (result == ARCHIVE_EOF)
            return "";
        if (result == ARCHIVE_FATAL)
            return reason_of(archive);
        if (result < ARCHIVE_WARN && ++failed == HEADERS_FAILED_MAX)
            return "too many members with damaged headers";
        if (result < ARCHIVE_WARN)
            continue;
        if (refusal_of(archive) != NULL)
            return refusal_of(archive);
        if (!send_entry(child, archive, entry))
            return reason_of(archive);
    }
}

/* The names of tar's pax headers are UTF-8, which libarchive turns into the
 * character set of the locale: C.UTF-8 is built into glibc. */
void unpack_child_run(void)
{
    static struct child child;
    struct confine_limits limits = {
        .memory_bytes = INT64_C(1) << 30,
        .cpu_seconds = UNPACK_CPU_SECONDS,
    };
    struct sha256 *sha256 = sha256_create();
    struct archive *archive;

    (void)setlocale(LC_CTYPE, "C.UTF-8");
    confine_process(&limits);
    send_hash(&child, sha256);
    archive = open_archive();
    send_reason(&child, FRAME_FINISH, send_all(&child, archive));
    _exit(0);
}
