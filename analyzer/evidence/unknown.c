#include "evidence/unknown.h"

#include <string.h>

/* To add a look: the first bytes and what they are called. */
static const struct {
    const char *magic;
    size_t length;
    const char *name;
} looks[] = {
    { .magic = "\177ELF", .length = 4, .name = "ELF program" },
    { .magic = "\x89PNG", .length = 4, .name = "PNG image" },
    { .magic = "\xff\xd8\xff", .length = 3, .name = "JPEG image" },
    { .magic = "GIF8", .length = 4, .name = "GIF image" },
    { .magic = "%PDF-", .length = 5, .name = "PDF document" },
    { .magic = "7z\xbc\xaf\x27\x1c", .length = 6, .name = "7z archive" },
    { .magic = "Rar!\x1a\x07", .length = 6, .name = "RAR archive" },
    { .magic = "\x04\"M\x18", .length = 4, .name = "lz4 data" },
    { .magic = "LRZI", .length = 4, .name = "lrzip data" },
    { .magic = "\x89LZO", .length = 4, .name = "lzop data" },
    { .magic = "SQLite format 3", .length = 16, .name = "SQLite database" },
    { .magic = "LPKSHHRH", .length = 8, .name = "systemd journal" },
    { .magic = "-----BEGIN PGP", .length = 14, .name = "encrypted (PGP)" },
    { .magic = "\x85\x02", .length = 2, .name = "encrypted (PGP)" },
    { .magic = "-----BEGIN ", .length = 11, .name = "PEM key material" },
    { .magic = "snoop\0\0\0", .length = 8, .name = "snoop capture" },
    { .magic = "\x1f\x8b", .length = 2, .name = "gzip data" },
    { .magic = "<?xml", .length = 5, .name = "XML" },
    { .magic = "<!DOCTYPE", .length = 9, .name = "HTML" },
    { .magic = "<html", .length = 5, .name = "HTML" },
    { .magic = "\xff\xfe", .length = 2, .name = "UTF-16 text" },
};

static bool is_control(uint8_t byte)
{
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' &&
           byte != '\f' && byte != 0x1b;
}

/* One control byte in fifty: terminal logs hold a few. */
static bool is_binary(const struct input *input)
{
    size_t control = 0;

    for (size_t i = 0; i < input->head_bytes; i++)
        control += is_control(input->head[i]) ? 1 : 0;
    return control * 50 > input->head_bytes;
}

const char *unknown_describe(const struct input *input)
{
    if (input->size_bytes == 0)
        return "empty";
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (input->head_bytes >= looks[i].length &&
            memcmp(input->head, looks[i].magic, looks[i].length) == 0)
            return looks[i].name;
    return is_binary(input) ? "binary data of no known format"
                            : "text of no known format";
}
