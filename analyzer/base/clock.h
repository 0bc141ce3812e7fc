/* Time: int64_t nanoseconds since 1970-01-01 UTC, and its written forms.
 * No time zone data, no locale, no clock: the program never asks what time
 * it is. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define NS_PER_SECOND INT64_C(1000000000)

enum {
    CLOCK_TEXT_BYTES = 40,
};

struct civil_time {
    int year;
    int month; /* 1..12 */
    int day;   /* 1..31 */
    int hour;
    int minute;
    int second;
    int nanosecond;
};

/* False if a field is out of range or the year is outside 1970..2261. */
bool clock_from_civil(const struct civil_time *civil, int64_t *at_ns);

/* Takes an RFC 3339 time ("2026-11-22T10:36:46.327147855Z", offset "+01:00"
 * or "+0100", 0..9 fraction digits, 'T' or blank between) off the front. */
bool clock_take_rfc3339(struct text *text, int64_t *at_ns);

/* Number of "Jan" .. "Dec", 0 if it is none of them. */
int clock_month(struct text name);

/* Midnight of a day before 1970, for times of day whose date nobody knows: of
 * another day for each `number`, so that times of different sources are never
 * near each other. 32 days in a row belong to one number. */
int64_t clock_undated(int64_t number);

/* "2026-11-22T10:36:46.327147855Z", of times before 1970 only "10:36:46"
 * without date and zone: shortest fraction of 0, 3, 6 or 9
 * digits. Writes at most CLOCK_TEXT_BYTES; returns buffer. */
char *clock_format(int64_t at_ns, char buffer[CLOCK_TEXT_BYTES]);
