/* pcapng: sections of blocks that state their length at both ends
 * (draft-ietf-opsawg-pcapng, FORMATS 5.3).
 *
 * libpcap 1.10 refuses files whose interfaces differ in link type or snaplen,
 * which is what captures on several nodes or interfaces look like, and tells
 * nothing of names, filters, directions and drop counts. So the blocks are
 * walked here.
 *
 * Two kinds of damage, two answers. A block whose two lengths differ ends the
 * reading: where the next one begins could only be guessed at. A block whose
 * lengths agree and whose inside makes no sense is counted and passed over.
 *
 * Interfaces are numbered through all sections, as each section begins again
 * at 0: in a file of one section the number is the interface id. */
#include "evidence/pcapng_options.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    BLOCK_SECTION = 0x0a0d0d0a,
    BLOCK_HEAD_BYTES = 8,
    BLOCK_FRAME_BYTES = 12, /* both lengths and the type */
    BYTE_ORDER_MAGIC = 0x1a2b3c4d,
};

struct block {
    uint32_t type;
    uint32_t length;
    int64_t offset;
};

typedef void block_fn(struct pcapng_section *section, struct reader *body);

/* To add a block: its row. NULL: it is passed over, its bytes never read. */
struct block_kind {
    uint32_t type;
    const char *name;
    block_fn *read;
    bool is_packet;
};

static const struct block_kind kinds[] = {
    {
        .type = 6,
        .name = "packet",
        .read = pcapng_read_enhanced_packet,
        .is_packet = true,
    },
    {
        .type = 3,
        .name = "packet",
        .read = pcapng_read_simple_packet,
        .is_packet = true,
    },
    {
        .type = 2,
        .name = "packet",
        .read = pcapng_read_old_packet,
        .is_packet = true,
    },
    {
        .type = BLOCK_SECTION,
        .name = "section header",
        .read = pcapng_read_section,
    },
    {
        .type = 1,
        .name = "interface description",
        .read = pcapng_read_interface,
    },
    {
        .type = 5,
        .name = "interface statistics",
        .read = pcapng_read_statistics,
    },
    {
        .type = 4,
        .name = "name resolution",
    },
    {
        .type = 9,
        .name = "systemd journal",
    },
    {
        .type = 10,
        .name = "decryption secrets",
    },
    {
        .type = 0x0bad,
        .name = "custom",
    },
    {
        .type = 0x40000bad,
        .name = "custom",
    },
};

static const struct block_kind *kind_of(uint32_t type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].type == type)
            return &kinds[i];
    return NULL;
}

/* "frame 12" for a packet, else the block's name. */
static const char *block_words(const struct capture_file *file,
                               const struct block *block, char words[48])
{
    const struct block_kind *kind = kind_of(block->type);

    if (kind != NULL && kind->is_packet)
        snprintf(words, 48, "frame %" PRId64, file->frames + 1);
    else if (kind != NULL)
        snprintf(words, 48, "a block of %s", kind->name);
    else
        snprintf(words, 48, "a block of type 0x%08" PRIx32, block->type);
    return words;
}

/* A section header tells the byte order of its own length. */
static bool find_byte_order(struct pcapng_section *section,
                            const struct block *block)
{
    struct capture_file *file = section->file;
    size_t have =
        capture_window_have(&file->window, BLOCK_HEAD_BYTES + sizeof(uint32_t));
    struct reader in = capture_window_peek(&file->window, have);
    struct reader again;

    reader_skip(&in, BLOCK_HEAD_BYTES);
    again = in;
    if (have < BLOCK_HEAD_BYTES + sizeof(uint32_t)) {
        capture_file_cut(file, block->offset, "a section header");
        return false;
    }
    section->is_big_endian = reader_u32(&in) == BYTE_ORDER_MAGIC;
    if (section->is_big_endian ||
        reader_little_endian(&again, 4) == BYTE_ORDER_MAGIC)
        return true;
    capture_file_lose(file, CAPTURE_BLOCK_MALFORMED, block->offset,
                      "a section header without byte order");
    return false;
}

/* Takes the head of the next block. False at the end, good or bad. */
static bool find_block(struct pcapng_section *section, struct block *block)
{
    struct capture_file *file = section->file;
    size_t have = capture_window_have(&file->window, BLOCK_HEAD_BYTES);
    struct reader in = capture_window_peek(&file->window, have);

    block->offset = capture_window_offset(&file->window);
    if (have == 0 && !file->window.failed)
        return false;
    if (have < BLOCK_HEAD_BYTES) {
        capture_file_cut(file, block->offset, "the head of a block");
        return false;
    }
    block->type = pcapng_u32(section, &in);
    if (block->type == BLOCK_SECTION && !find_byte_order(section, block))
        return false;
    in = capture_window_peek(&file->window, BLOCK_HEAD_BYTES);
    reader_skip(&in, sizeof block->type);
    block->length = pcapng_u32(section, &in);
    if (block->length % 4 == 0 && block->length >= BLOCK_FRAME_BYTES)
        return true;
    capture_file_lose(file, CAPTURE_BLOCK_MALFORMED, block->offset,
                      "a block claims %" PRIu32 " bytes: not read from here on",
                      block->length);
    return false;
}

static void lose_at_lengths(struct capture_file *file,
                            const struct block *block, uint32_t trailer)
{
    char words[48];

    capture_file_lose(file, CAPTURE_BLOCK_MALFORMED, block->offset,
                      "%s has %" PRIu32 " bytes at its head, %" PRIu32
                      " at its end: not read from here on",
                      block_words(file, block, words), block->length, trailer);
}

/* The rest of a block that was found; false if it is not all there. */
static bool check_trailer(struct pcapng_section *section,
                          const struct block *block, struct reader *in,
                          bool is_there)
{
    char words[48];
    uint32_t trailer;

    if (!is_there) {
        capture_file_cut(section->file, block->offset,
                         block_words(section->file, block, words));
        return false;
    }
    trailer = pcapng_u32(section, in);
    if (trailer == block->length)
        return true;
    lose_at_lengths(section->file, block, trailer);
    return false;
}

/* Passes over a block of any size without reading what is in it. */
static bool pass_block(struct pcapng_section *section,
                       const struct block *block)
{
    struct capture_window *window = &section->file->window;
    struct reader in;
    size_t have;

    capture_window_skip(window, (int64_t)block->length - 4);
    have = capture_window_have(window, 4);
    in = capture_window_peek(window, have);
    if (!check_trailer(section, block, &in, have == 4))
        return false;
    capture_window_skip(window, 4);
    return true;
}

static bool read_block(struct pcapng_section *section,
                       const struct block *block, const struct block_kind *kind)
{
    struct capture_window *window = &section->file->window;
    size_t have;
    struct reader in;
    struct reader body;

    if (block->length > CAPTURE_BLOCK_BYTES_MAX) {
        capture_file_lose(section->file, CAPTURE_BLOCK_MALFORMED, block->offset,
                          "a block of %s claims %" PRIu32
                          " bytes: not read from here on",
                          kind->name, block->length);
        return false;
    }
    have = capture_window_have(window, block->length);
    in = capture_window_peek(window, have);
    reader_skip(&in, BLOCK_HEAD_BYTES);
    body = reader_take(&in, block->length - BLOCK_FRAME_BYTES);
    if (!check_trailer(section, block, &in, have == block->length))
        return false;
    section->block_offset = block->offset;
    if (kind->is_packet)
        section->file->frames++;
    kind->read(section, &body);
    capture_window_skip(window, block->length);
    return !section->is_unreadable;
}

static bool next_block(struct pcapng_section *section)
{
    const struct block_kind *kind;
    struct block block;
    char words[48];

    if (!find_block(section, &block))
        return false;
    kind = kind_of(block.type);
    if (kind != NULL && kind->read != NULL)
        return read_block(section, &block, kind);
    if (!pass_block(section, &block))
        return false;
    capture_file_note(section->file, CAPTURE_BLOCK_SKIPPED, block.offset,
                      "the first is %s",
                      block_words(section->file, &block, words));
    return true;
}

void pcapng_file_read(struct capture_file *file)
{
    struct pcapng_section section = { .file = file };

    while (!file->sink->is_closed && next_block(&section))
        continue;
    pcapng_report_interface(&section);
}
