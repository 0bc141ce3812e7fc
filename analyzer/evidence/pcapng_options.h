/* The words of which pcapng blocks are made: numbers in the byte order of the
 * section, options, and references to interfaces. */
#pragma once

#include "evidence/pcapng_blocks.h"

enum {
    PCAPNG_COMMENT = 1, /* the option that every block may have */
};

struct pcapng_option {
    uint16_t code;
    struct reader value;
};

uint16_t pcapng_u16(const struct pcapng_section *section, struct reader *in);
uint32_t pcapng_u32(const struct pcapng_section *section, struct reader *in);
uint64_t pcapng_u64(const struct pcapng_section *section, struct reader *in);

/* Counts a block whose lengths are right and whose inside is not. */
void pcapng_note(struct pcapng_section *section, const char *what);
/* The next option; false at the end of the list. Writers may leave the end
 * mark out where no option follows. */
bool pcapng_next_option(struct pcapng_section *section, struct reader *in,
                        struct pcapng_option *option);
/* The value as text, up to its first NUL, cut to fit. */
void pcapng_option_text(const struct pcapng_option *option,
                        char text[PCAPNG_TEXT_BYTES]);
/* The value as a count, or ABSENT. */
int64_t pcapng_option_count(struct pcapng_section *section,
                            struct pcapng_option *option);
/* Adds to a sum that is ABSENT until something is known. */
void pcapng_add_count(int64_t *sum, int64_t count);
/* Keeps a comment as a clue: it is what people wrote while capturing. */
void pcapng_keep_comment(struct pcapng_section *section,
                         const struct pcapng_option *option, bool is_of_frame);
/* The interface of this section with this id; NULL, and counted, if it was
 * not described. */
struct capture_interface *pcapng_interface(struct pcapng_section *section,
                                           uint32_t id);
