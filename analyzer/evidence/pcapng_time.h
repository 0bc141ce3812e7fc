/* Time stamps of pcapng: a count of units that each interface chooses. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct pcapng_time {
    int64_t seconds;
    int64_t nanoseconds; /* 0..999999999; finer units are cut off */
};

/* if_tsresol: 10^-n, or 2^-n with the highest bit set. False for units in
 * which a second does not fit into 64 bits, as in libpcap. */
bool pcapng_resolution_is_known(uint8_t resolution);
/* False if the unit is not known. Never overflows: seconds saturate. */
bool pcapng_time_of(uint64_t stamp, uint8_t resolution, int64_t offset_s,
                    struct pcapng_time *time);
