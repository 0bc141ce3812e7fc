#include "evidence/pcapng_options.h"
#include "evidence/pcapng_time.h"

#include <stdio.h>
#include <string.h>

enum {
    IF_NAME = 2,
    IF_DESCRIPTION = 3,
    IF_TSRESOL = 9,
    IF_FILTER = 11,
    IF_TSOFFSET = 14,
    STATISTICS_RECEIVED = 4,
    STATISTICS_DROPPED = 5,
    STATISTICS_OS_DROPPED = 7,
    RESOLUTION_DEFAULT = 6,
};

void pcapng_read_section(struct pcapng_section *section, struct reader *body)
{
    struct pcapng_option option;
    unsigned major;
    unsigned minor;

    reader_skip(body, 4); /* the byte order, known by now */
    major = pcapng_u16(section, body);
    minor = pcapng_u16(section, body);
    reader_skip(body, 8); /* its length: -1, or not to be relied on */
    section->first = section->file->interface_count;
    if (!reader_ok(body) || major != 1 || (minor != 0 && minor != 2)) {
        capture_file_lose(section->file, CAPTURE_VERSION, section->block_offset,
                          "a section of version %u.%u", major, minor);
        section->is_unreadable = true;
        return;
    }
    while (pcapng_next_option(section, body, &option))
        if (option.code == PCAPNG_COMMENT)
            pcapng_keep_comment(section, &option, false);
}

struct interface_texts {
    char name[PCAPNG_TEXT_BYTES];
    char description[PCAPNG_TEXT_BYTES];
    char filter[PCAPNG_TEXT_BYTES];
};

/* A filter begins with its kind: 0 is text as of pcap-filter(7). */
static void read_filter(struct pcapng_option *option,
                        struct interface_texts *texts)
{
    if (reader_u8(&option->value) == 0)
        pcapng_option_text(option, texts->filter);
}

static void read_interface_option(struct pcapng_section *section,
                                  struct pcapng_option *option,
                                  struct capture_interface *interface,
                                  struct interface_texts *texts)
{
    switch (option->code) {
    case PCAPNG_COMMENT:
        pcapng_keep_comment(section, option, false);
        break;
    case IF_NAME:
        pcapng_option_text(option, texts->name);
        break;
    case IF_DESCRIPTION:
        pcapng_option_text(option, texts->description);
        break;
    case IF_FILTER:
        read_filter(option, texts);
        break;
    case IF_TSRESOL:
        interface->resolution = reader_u8(&option->value);
        if (!pcapng_resolution_is_known(interface->resolution))
            pcapng_note(section, "a time unit that no clock has");
        break;
    case IF_TSOFFSET:
        interface->offset_s = (int64_t)pcapng_u64(section, &option->value);
        break;
    default:
        break;
    }
}

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static void declare(struct capture_file *file,
                    struct capture_interface *interface,
                    const struct interface_texts *texts)
{
    snprintf(interface->name, sizeof interface->name, "%.*s",
             CAPTURE_NAME_BYTES - 1, texts->name);
    interface->is_decoded = link_type_is_known(interface->link_type);
    tracker_interface(file->tracker,
                      &(struct tracker_interface){
                          .number = interface - file->interfaces,
                          .name = or_null(texts->name),
                          .description = or_null(texts->description),
                          .filter = or_null(texts->filter),
                          .link_type = interface->link_type,
                          .snaplen_bytes = interface->snaplen_bytes,
                          .received = ABSENT,
                          .dropped = ABSENT,
                      });
}

void pcapng_read_interface(struct pcapng_section *section, struct reader *body)
{
    struct capture_file *file = section->file;
    struct capture_interface *interface = capture_file_add(file);
    struct interface_texts texts = { "", "", "" };
    struct pcapng_option option;

    if (interface == NULL) {
        capture_file_note(file, CAPTURE_INTERFACE_UNKNOWN,
                          section->block_offset,
                          "more than %d interfaces are not kept apart",
                          CAPTURE_INTERFACES_MAX);
        return;
    }
    interface->resolution = RESOLUTION_DEFAULT;
    interface->link_type = pcapng_u16(section, body);
    reader_skip(body, 2);
    interface->snaplen_bytes = pcapng_u32(section, body);
    if (!reader_ok(body))
        pcapng_note(section, "an interface description is too short");
    while (pcapng_next_option(section, body, &option))
        read_interface_option(section, &option, interface, &texts);
    if (file->interface_count == 1)
        memcpy(section->interface_name, texts.name, sizeof texts.name);
    declare(file, interface, &texts);
}

void pcapng_report_interface(struct pcapng_section *section)
{
    struct capture_file *file = section->file;

    if (file->interface_count == 1 && section->interface_name[0] != '\0')
        sink_clue(file->sink, file->evidence_id, ABSENT, "interface",
                  section->interface_name);
}

/* Statistics count from the start of the capture: the last block holds. */
void pcapng_read_statistics(struct pcapng_section *section, struct reader *body)
{
    struct capture_interface *interface =
        pcapng_interface(section, pcapng_u32(section, body));
    int64_t dropped = ABSENT;
    struct pcapng_option option;

    reader_skip(body, 8); /* when they were taken */
    if (interface == NULL)
        return;
    if (!reader_ok(body))
        pcapng_note(section, "interface statistics are too short");
    while (pcapng_next_option(section, body, &option))
        if (option.code == STATISTICS_RECEIVED)
            interface->received = pcapng_option_count(section, &option);
        else if (option.code == STATISTICS_DROPPED ||
                 option.code == STATISTICS_OS_DROPPED)
            pcapng_add_count(&dropped, pcapng_option_count(section, &option));
        else if (option.code == PCAPNG_COMMENT)
            pcapng_keep_comment(section, &option, false);
    if (dropped != ABSENT)
        interface->dropped = dropped;
}
