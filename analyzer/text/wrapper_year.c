#include "text/wrapper_year.h"

/* Of a mean Gregorian year: only to guess, the neighbours are tried too. */
static const int64_t seconds_per_year = 31556952;

static bool take_number(struct text *text, size_t digits, int *value)
{
    int64_t number;

    if (text->length < digits || text->bytes[0] == '-' ||
        !text_integer(text_first(*text, digits), &number))
        return false;
    *value = (int)number;
    *text = text_from(*text, digits);
    return true;
}

bool wrapper_take_clock(struct text *text, struct civil_time *civil)
{
    struct text rest = *text;
    int scale = 100000000;

    if (!take_number(&rest, 2, &civil->hour) || !text_skip(&rest, ":") ||
        !take_number(&rest, 2, &civil->minute) || !text_skip(&rest, ":") ||
        !take_number(&rest, 2, &civil->second))
        return false;
    civil->nanosecond = 0;
    if (text_skip(&rest, "."))
        for (; rest.length > 0 && rest.bytes[0] >= '0' && rest.bytes[0] <= '9';
             rest = text_from(rest, 1), scale /= 10)
            civil->nanosecond += (rest.bytes[0] - '0') * scale;
    *text = rest;
    return true;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

/* The year that brings the stamp nearest to the hint, so that December and
 * January of one file stay neighbours. */
static bool resolve(int64_t hint_ns, struct civil_time *civil, int64_t *at_ns)
{
    int guess = (int)(hint_ns / NS_PER_SECOND / seconds_per_year) + 1970;
    bool found = false;

    for (int year = guess - 1; year <= guess + 1; year++) {
        int64_t candidate_ns;

        civil->year = year;
        if (!clock_from_civil(civil, &candidate_ns))
            continue;
        if (!found ||
            distance(candidate_ns, hint_ns) < distance(*at_ns, hint_ns))
            *at_ns = candidate_ns;
        found = true;
    }
    return found;
}

void wrapper_set_yearless(struct unwrapper *unwrapper, struct log_line *line,
                          struct civil_time *civil, struct text stamp)
{
    int64_t at_ns;

    if (line->at_ns != ABSENT)
        return;
    if (unwrapper->hint_ns != ABSENT &&
        resolve(unwrapper->hint_ns, civil, &at_ns))
        wrapper_set_time(line, at_ns,
                         civil->nanosecond == 0 ? NS_PER_SECOND : 1000);
    else
        wrapper_set_text(&line->yearless, stamp);
}
