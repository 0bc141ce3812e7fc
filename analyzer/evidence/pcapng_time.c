#include "evidence/pcapng_time.h"

#include "base/clock.h"

enum {
    RESOLUTION_BINARY = 0x80,
    DECIMAL_MAX = 19, /* 10^19 is the last power below 2^64 */
    BINARY_MAX = 63,
    /* 2^34 * 10^9 is just below 2^64. */
    BINARY_EXACT_MAX = 34,
    DECIMAL_NS = 9,
};

bool pcapng_resolution_is_known(uint8_t resolution)
{
    if ((resolution & RESOLUTION_BINARY) != 0)
        return (resolution & ~RESOLUTION_BINARY) <= BINARY_MAX;
    return resolution <= DECIMAL_MAX;
}

static uint64_t power_of_ten(unsigned exponent)
{
    uint64_t power = 1;

    for (unsigned i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

static uint64_t decimal(uint64_t stamp, unsigned exponent, int64_t *nanoseconds)
{
    uint64_t second = power_of_ten(exponent);
    uint64_t fraction = stamp % second;

    if (exponent <= DECIMAL_NS)
        *nanoseconds =
            (int64_t)(fraction * power_of_ten(DECIMAL_NS - exponent));
    else
        *nanoseconds =
            (int64_t)(fraction / power_of_ten(exponent - DECIMAL_NS));
    return stamp / second;
}

static uint64_t binary(uint64_t stamp, unsigned exponent, int64_t *nanoseconds)
{
    uint64_t fraction = stamp & ((UINT64_C(1) << exponent) - 1);
    unsigned bits = exponent;

    if (bits > BINARY_EXACT_MAX) {
        fraction >>= bits - BINARY_EXACT_MAX;
        bits = BINARY_EXACT_MAX;
    }
    *nanoseconds = (int64_t)(fraction * (uint64_t)NS_PER_SECOND >> bits);
    return stamp >> exponent;
}

bool pcapng_time_of(uint64_t stamp, uint8_t resolution, int64_t offset_s,
                    struct pcapng_time *time)
{
    unsigned exponent = resolution & (RESOLUTION_BINARY - 1u);
    uint64_t seconds;

    if (!pcapng_resolution_is_known(resolution))
        return false;
    if ((resolution & RESOLUTION_BINARY) != 0)
        seconds = binary(stamp, exponent, &time->nanoseconds);
    else
        seconds = decimal(stamp, exponent, &time->nanoseconds);
    if (seconds > INT64_MAX)
        seconds = INT64_MAX;
    if (__builtin_add_overflow((int64_t)seconds, offset_s, &time->seconds))
        time->seconds = INT64_MAX;
    return true;
}
