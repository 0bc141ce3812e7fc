#include "evidence/pcapng_options.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    OPTION_END = 0,
};

uint16_t pcapng_u16(const struct pcapng_section *section, struct reader *in)
{
    return (uint16_t)(section->is_big_endian ? reader_big_endian(in, 2)
                                             : reader_little_endian(in, 2));
}

uint32_t pcapng_u32(const struct pcapng_section *section, struct reader *in)
{
    return (uint32_t)(section->is_big_endian ? reader_big_endian(in, 4)
                                             : reader_little_endian(in, 4));
}

uint64_t pcapng_u64(const struct pcapng_section *section, struct reader *in)
{
    return section->is_big_endian ? reader_big_endian(in, 8)
                                  : reader_little_endian(in, 8);
}

void pcapng_note(struct pcapng_section *section, const char *what)
{
    capture_file_lose(section->file, CAPTURE_BLOCK_MALFORMED,
                      section->block_offset, "%s", what);
}

bool pcapng_next_option(struct pcapng_section *section, struct reader *in,
                        struct pcapng_option *option)
{
    size_t length;

    if (reader_left(in) == 0)
        return false;
    option->code = pcapng_u16(section, in);
    length = pcapng_u16(section, in);
    if (reader_ok(in) && option->code == OPTION_END)
        return false;
    option->value = reader_take(in, length);
    reader_skip(in, (4 - length % 4) % 4);
    if (reader_ok(in))
        return true;
    pcapng_note(section, "an option is longer than its block");
    return false;
}

void pcapng_option_text(const struct pcapng_option *option,
                        char text[PCAPNG_TEXT_BYTES])
{
    struct reader value = option->value;
    size_t length = 0;

    while (reader_left(&value) > 0 && length < PCAPNG_TEXT_BYTES - 1)
        text[length++] = (char)reader_u8(&value);
    text[length] = '\0';
}

void pcapng_keep_comment(struct pcapng_section *section,
                         const struct pcapng_option *option, bool is_of_frame)
{
    struct capture_file *file = section->file;
    char text[PCAPNG_TEXT_BYTES];
    char comment[PCAPNG_TEXT_BYTES + 40];

    if (section->comments == PCAPNG_COMMENTS_MAX)
        return;
    section->comments++;
    pcapng_option_text(option, text);
    if (is_of_frame)
        snprintf(comment, sizeof comment, "frame %" PRId64 ": %s", file->frames,
                 text);
    else
        snprintf(comment, sizeof comment, "%s", text);
    sink_clue(file->sink, file->evidence_id, ABSENT, "comment", comment);
}

struct capture_interface *pcapng_interface(struct pcapng_section *section,
                                           uint32_t id)
{
    struct capture_file *file = section->file;
    int64_t number = section->first + id;

    if (number < file->interface_count && number < CAPTURE_INTERFACES_MAX)
        return &file->interfaces[number];
    capture_file_lose(
        file, CAPTURE_INTERFACE_UNKNOWN, section->block_offset,
        "a block of interface %" PRIu32 ", which is not described", id);
    return NULL;
}

/* Counts above INT64_MAX are no counts: dumpcap writes all bits for "not
 * known". */
int64_t pcapng_option_count(struct pcapng_section *section,
                            struct pcapng_option *option)
{
    uint64_t count = pcapng_u64(section, &option->value);

    if (!reader_ok(&option->value) || count > INT64_MAX / 4)
        return ABSENT;
    return (int64_t)count;
}

void pcapng_add_count(int64_t *sum, int64_t count)
{
    if (count == ABSENT)
        return;
    if (*sum == ABSENT)
        *sum = 0;
    if (*sum < INT64_MAX / 4)
        *sum += count;
}
