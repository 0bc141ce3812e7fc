#include "text/snapshot_date.h"

#include "base/clock.h"

/* Zones that mean one thing; all others are local time. */
static bool zone_offset(struct text zone, int64_t *seconds)
{
    int64_t digits;

    *seconds = 0;
    if (text_equals(zone, "UTC") || text_equals(zone, "GMT") ||
        text_equals(zone, "Z"))
        return true;
    if (zone.length != 5 || (zone.bytes[0] != '+' && zone.bytes[0] != '-') ||
        !text_integer(text_from(zone, 1), &digits))
        return false;
    *seconds = (digits / 100 * 60 + digits % 100) * 60;
    if (zone.bytes[0] == '-')
        *seconds = -*seconds;
    return true;
}

static bool take_time(struct text word, struct civil_time *civil)
{
    int *const parts[] = { &civil->hour, &civil->minute, &civil->second };

    for (size_t i = 0; i < 3; i++) {
        struct text part = text_until(&word, ':');
        int64_t value;

        if (!text_integer(part, &value) || value < 0 || value > 99)
            return false;
        *parts[i] = (int)value;
    }
    return true;
}

struct date_parts {
    struct civil_time civil;
    bool has_time;
    int64_t zone_seconds;
    bool has_zone;
    bool is_afternoon;
    bool is_twelve_hours;
};

static void take_date_word(struct date_parts *parts, struct text word)
{
    int64_t value;

    if (text_ends(word, ","))
        word.length--;
    if (clock_month(word) > 0)
        parts->civil.month = clock_month(word);
    else if (text_find_byte(word, ':') >= 0)
        parts->has_time = take_time(word, &parts->civil);
    else if (text_integer(word, &value) && value >= 1000 && value < 10000 &&
             word.bytes[0] != '-')
        parts->civil.year = (int)value;
    else if (text_integer(word, &value) && value > 0 && value < 32)
        parts->civil.day = (int)value;
    else if (text_equals(word, "AM") || text_equals(word, "PM"))
        parts->is_twelve_hours = true;
    else if (zone_offset(word, &parts->zone_seconds))
        parts->has_zone = true;
    if (text_equals(word, "PM"))
        parts->is_afternoon = true;
}

/* "Sun Nov 22 10:37:39 UTC 2026", "Sun 22 Nov 2026 10:37:39 AM UTC",
 * "Sun, 22 Nov 2026 10:37:39 +0000": the words tell what they are. */
static bool parse_date(struct text text, int64_t *at_ns, bool *has_zone)
{
    struct date_parts parts = { .has_time = false };

    for (int i = 0; i < 8 && text.length > 0; i++)
        take_date_word(&parts, text_word(&text));
    if (parts.is_twelve_hours)
        parts.civil.hour =
            parts.civil.hour % 12 + (parts.is_afternoon ? 12 : 0);
    if (!parts.has_time || !clock_from_civil(&parts.civil, at_ns))
        return false;
    *at_ns -= parts.zone_seconds * NS_PER_SECOND;
    *has_zone = parts.has_zone;
    return true;
}

static bool parse_any_date(struct text text, int64_t *at_ns, bool *has_zone)
{
    struct text rest = text;

    *has_zone = true;
    if (clock_take_rfc3339(&rest, at_ns))
        return true;
    return parse_date(text, at_ns, has_zone);
}

bool snapshot_taken(struct snapshot *snapshot, struct text text)
{
    struct clue_row row = CLUE_ROW_NONE;
    bool has_zone;

    if (!parse_any_date(text_trim(text), &row.at_ns, &has_zone))
        return false;
    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.name = "taken";
    row.value = has_zone ? snapshot_text(snapshot, text_trim(text)) : "local";
    sink_put(snapshot->sink, TABLE_CLUE, &row);
    return true;
}
