#include "base/clock.h"

#include <stdio.h>

enum {
    UNDATED_DAYS = 32,
    UNDATED_NUMBERS_MAX = 3000, /* as far back as an int64_t reaches */
};

/* Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant's
 * civil-from-days arithmetic, era of 400 years starting on 1 March). */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t shifted = month > 2 ? year : year - 1;
    int64_t era = shifted / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year =
        (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 -
           year_of_era / 100 + day_of_year - 719468;
}

static void civil_from_days(int64_t days, struct civil_time *civil)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    civil->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    civil->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    civil->year = (int)(yoe + era * 400 + (civil->month <= 2));
}

static bool in_range(int value, int low, int high)
{
    return value >= low && value <= high;
}

bool clock_from_civil(const struct civil_time *civil, int64_t *at_ns)
{
    int64_t seconds;

    if (!in_range(civil->year, 1970, 2261) || !in_range(civil->month, 1, 12) ||
        !in_range(civil->day, 1, 31) || !in_range(civil->hour, 0, 23) ||
        !in_range(civil->minute, 0, 59) || !in_range(civil->second, 0, 60) ||
        !in_range(civil->nanosecond, 0, 999999999))
        return false;
    seconds = days_from_civil(civil->year, civil->month, civil->day) * 86400 +
              civil->hour * 3600 + civil->minute * 60 + civil->second;
    *at_ns = seconds * NS_PER_SECOND + civil->nanosecond;
    return true;
}

static bool take_digits(struct text *text, size_t count, int *value)
{
    int64_t number;

    if (text->length < count || text->bytes[0] == '-' ||
        !text_integer(text_first(*text, count), &number))
        return false;
    *value = (int)number;
    *text = text_from(*text, count);
    return true;
}

static bool take_byte(struct text *text, char byte)
{
    if (text->length == 0 || text->bytes[0] != byte)
        return false;
    *text = text_from(*text, 1);
    return true;
}

static void take_fraction(struct text *text, int *nanosecond)
{
    int scale = 100000000;

    if (!take_byte(text, '.') && !take_byte(text, ','))
        return;
    while (text->length > 0 && text->bytes[0] >= '0' && text->bytes[0] <= '9') {
        *nanosecond += (text->bytes[0] - '0') * scale;
        scale /= 10;
        *text = text_from(*text, 1);
    }
}

static bool take_offset(struct text *text, int64_t *offset_seconds)
{
    int sign = 1;
    int hours;
    int minutes;

    if (take_byte(text, 'Z')) {
        *offset_seconds = 0;
        return true;
    }
    if (take_byte(text, '-'))
        sign = -1;
    else if (!take_byte(text, '+'))
        return false;
    if (!take_digits(text, 2, &hours))
        return false;
    (void)take_byte(text, ':');
    if (!take_digits(text, 2, &minutes))
        return false;
    *offset_seconds = (int64_t)sign * (hours * 3600 + minutes * 60);
    return true;
}

bool clock_take_rfc3339(struct text *text, int64_t *at_ns)
{
    struct text rest = *text;
    struct civil_time civil = { 0 };
    int64_t offset_seconds;
    int64_t local_ns;

    if (!take_digits(&rest, 4, &civil.year) || !take_byte(&rest, '-') ||
        !take_digits(&rest, 2, &civil.month) || !take_byte(&rest, '-') ||
        !take_digits(&rest, 2, &civil.day) ||
        (!take_byte(&rest, 'T') && !take_byte(&rest, ' ')) ||
        !take_digits(&rest, 2, &civil.hour) || !take_byte(&rest, ':') ||
        !take_digits(&rest, 2, &civil.minute) || !take_byte(&rest, ':') ||
        !take_digits(&rest, 2, &civil.second))
        return false;
    take_fraction(&rest, &civil.nanosecond);
    if (!take_offset(&rest, &offset_seconds) ||
        !clock_from_civil(&civil, &local_ns))
        return false;
    *at_ns = local_ns - offset_seconds * NS_PER_SECOND;
    *text = rest;
    return true;
}

int clock_month(struct text name)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
                                          "May", "Jun", "Jul", "Aug",
                                          "Sep", "Oct", "Nov", "Dec" };

    for (int i = 0; i < 12; i++)
        if (text_equals(name, months[i]))
            return i + 1;
    return 0;
}

int64_t clock_undated(int64_t number)
{
    int64_t place = number % UNDATED_NUMBERS_MAX;

    if (place < 0)
        place += UNDATED_NUMBERS_MAX;
    return -(place + 1) * UNDATED_DAYS * 86400 * NS_PER_SECOND;
}

char *clock_format(int64_t at_ns, char buffer[CLOCK_TEXT_BYTES])
{
    int64_t seconds = at_ns / NS_PER_SECOND;
    int64_t fraction = at_ns % NS_PER_SECOND;
    const char *zone = at_ns < 0 ? "" : "Z";
    struct civil_time civil = { 0 };
    int64_t days;
    int64_t rest;
    int used;

    if (fraction < 0) {
        fraction += NS_PER_SECOND;
        seconds--;
    }
    days = seconds / 86400;
    rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    civil_from_days(days, &civil);
    used = at_ns < 0 ? 0
                     : snprintf(buffer, CLOCK_TEXT_BYTES, "%04d-%02d-%02dT",
                                civil.year, civil.month, civil.day);
    if (used < 0 || used >= CLOCK_TEXT_BYTES - 20)
        used = 0;
    used += snprintf(buffer + used, CLOCK_TEXT_BYTES - (size_t)used,
                     "%02d:%02d:%02d", (int)(rest / 3600),
                     (int)(rest / 60 % 60), (int)(rest % 60));
    if (fraction == 0)
        snprintf(buffer + used, CLOCK_TEXT_BYTES - (size_t)used, "%s", zone);
    else if (fraction % 1000000 == 0)
        snprintf(buffer + used, CLOCK_TEXT_BYTES - (size_t)used, ".%03d%s",
                 (int)(fraction / 1000000), zone);
    else if (fraction % 1000 == 0)
        snprintf(buffer + used, CLOCK_TEXT_BYTES - (size_t)used, ".%06d%s",
                 (int)(fraction / 1000), zone);
    else
        snprintf(buffer + used, CLOCK_TEXT_BYTES - (size_t)used, ".%09d%s",
                 (int)fraction, zone);
    return buffer;
}
