/* Phrases that tools share: errors, addresses, times. */
#include "text/transcript.h"

#include "base/clock.h"

#include <string.h>

enum {
    PHRASE_BYTES_MAX = 512,
};

/* Lower case. "invalid file" is dig's word for EINVAL (BIND 9.18,
 * isc_errno_toresult): a blackhole route, such as Calico's for a block of
 * addresses whose pod is gone. */
static const struct {
    const char *phrase;
    const char *result;
} errors[] = {
    { "timed out", "timeout" },
    { "timeout", "timeout" },
    { "connection refused", "refused" },
    { "network unreachable", "unreachable" },
    { "network is unreachable", "unreachable" },
    { "host unreachable", "unreachable" },
    { "host is unreachable", "unreachable" },
    { "no route to host", "unreachable" },
    { "port unreachable", "refused" },
    { "invalid file", "unreachable" },
    { "connection reset", "refused" },
    { "no servers could be reached", "timeout" },
    { "end of file", "failed" },
    { "not permitted", "failed" },
    { "permission denied", "failed" },
    { "not found", "failed" },
    { "could not resolve", "failed" },
    { "can't resolve", "failed" },
    { "bad address", "failed" },
    { "unknown host", "failed" },
    { "name or service not known", "failed" },
    { "temporary failure in name resolution", "failed" },
    { " failed: ", "failed" },
};

const char *probe_error(struct text line)
{
    char lower[PHRASE_BYTES_MAX];
    struct text folded = { lower, 0 };

    line = text_first(line, sizeof lower);
    for (; folded.length < line.length; folded.length++) {
        char byte = line.bytes[folded.length];

        lower[folded.length] =
            byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
    }
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (text_find(folded, errors[i].phrase) >= 0)
            return errors[i].result;
    return NULL;
}

/* "no servers could be reached" is the sum of what was said before. */
void probe_take_error(struct probe *probe, struct text line)
{
    const char *result = probe_error(line);

    if (result == NULL || probe->has_answer)
        return;
    if (probe->row.result[0] != '\0' &&
        text_find(line, "no servers could be reached") >= 0)
        return;
    probe->row.result = result;
    probe->lines++;
}

const char *probe_name(struct probe *probe, struct text name, bool is_absolute)
{
    char *lower = text_copy_lower(probe->arena, text_first(name, 1024));

    if (!is_absolute || text_ends(name, "."))
        return lower;
    return arena_format(probe->arena, "%s.", lower);
}

bool probe_take_server(struct probe *probe, struct text line)
{
    struct text word;

    for (word = text_word(&line); word.length > 0; word = text_word(&line)) {
        struct text port = word;
        struct text address = text_until(&port, '#');
        struct text digits;

        if (port.length == 0 || !address_parse(address, &probe->row.server))
            continue;
        digits = text_until(&port, '(');
        while (digits.length > 0 &&
               strchr(":.,", digits.bytes[digits.length - 1]) != NULL)
            digits.length--;
        if (!text_integer(digits, &probe->row.server_port) ||
            probe->row.server_port > 65535)
            probe->row.server_port = 53;
        return true;
    }
    return false;
}

bool probe_seconds(struct text text, int64_t *duration_ns)
{
    double seconds;

    if (!text_real(text, &seconds) || seconds < 0 || seconds > 1e6)
        return false;
    *duration_ns = (int64_t)(seconds * 1e9 + 0.5);
    return true;
}

/* Zone names that mean one offset the world over. IST, CST, BST and the like
 * do not. */
static const struct {
    const char *name;
    int offset_minutes;
} zones[] = {
    { "UTC", 0 },    { "GMT", 0 },    { "Z", 0 },      { "WET", 0 },
    { "CET", 60 },   { "CEST", 120 }, { "EET", 120 },  { "EEST", 180 },
    { "MSK", 180 },  { "JST", 540 },  { "KST", 540 },  { "EST", -300 },
    { "EDT", -240 }, { "CDT", -300 }, { "MDT", -360 }, { "PST", -480 },
    { "PDT", -420 }, { "AEST", 600 }, { "AEDT", 660 },
};

/* "+0530", "-03": what strftime() gives for zones without a name. */
static bool numeric_zone(struct text text, int *offset_minutes)
{
    bool is_west = text_starts(text, "-");
    int64_t digits;

    if (!is_west && !text_starts(text, "+"))
        return false;
    if (!text_integer(text_from(text, 1), &digits) || digits < 0 ||
        digits > 1400)
        return false;
    if (text.length == 3)
        digits *= 100;
    *offset_minutes = (int)(digits / 100 * 60 + digits % 100);
    if (is_west)
        *offset_minutes = -*offset_minutes;
    return text.length == 3 || text.length == 5;
}

static bool zone_offset(struct text text, int *offset_minutes)
{
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (text_equals(text, zones[i].name)) {
            *offset_minutes = zones[i].offset_minutes;
            return true;
        }
    return numeric_zone(text, offset_minutes);
}

static bool take_number(struct text *rest, char separator, int *number)
{
    int64_t value;

    if (!text_integer(text_until(rest, separator), &value) || value < 0 ||
        value > 9999)
        return false;
    *number = (int)value;
    return true;
}

bool probe_when(struct text text, int64_t *at_ns)
{
    struct civil_time civil = { 0 };
    struct text day;
    struct text clock;
    struct text year;
    int offset_minutes;

    (void)text_word(&text);
    civil.month = clock_month(text_word(&text));
    day = text_word(&text);
    clock = text_word(&text);
    if (!zone_offset(text_word(&text), &offset_minutes))
        return false;
    year = text_word(&text);
    if (!take_number(&day, ' ', &civil.day) ||
        !take_number(&clock, ':', &civil.hour) ||
        !take_number(&clock, ':', &civil.minute) ||
        !take_number(&clock, ':', &civil.second) ||
        !take_number(&year, ' ', &civil.year) ||
        !clock_from_civil(&civil, at_ns))
        return false;
    *at_ns -= offset_minutes * INT64_C(60) * NS_PER_SECOND;
    return true;
}
