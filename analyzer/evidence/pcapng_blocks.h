/* What is inside the blocks of a pcapng file. Each function reads the body
 * of one block whose length is known to be right; what makes no sense in it
 * is counted and left. */
#pragma once

#include "evidence/capture_file.h"

enum {
    PCAPNG_COMMENTS_MAX = 64, /* of one file; more are not kept */
    PCAPNG_TEXT_BYTES = 256, /* of a name, filter or comment; the rest is cut */
};

struct pcapng_section {
    struct capture_file *file;
    bool is_big_endian;
    bool is_unreadable;                     /* of a version nobody knows */
    int64_t first;                          /* number of its interface 0 */
    int64_t comments;                       /* kept so far, over all sections */
    int64_t block_offset;                   /* of the block that is read */
    char interface_name[PCAPNG_TEXT_BYTES]; /* of interface 0 */
};

void pcapng_read_section(struct pcapng_section *section, struct reader *body);
void pcapng_read_interface(struct pcapng_section *section, struct reader *body);
void pcapng_read_statistics(struct pcapng_section *section,
                            struct reader *body);
void pcapng_read_enhanced_packet(struct pcapng_section *section,
                                 struct reader *body);
void pcapng_read_simple_packet(struct pcapng_section *section,
                               struct reader *body);
void pcapng_read_old_packet(struct pcapng_section *section,
                            struct reader *body);
/* Says which interface it is, if the whole file has only one. */
void pcapng_report_interface(struct pcapng_section *section);
