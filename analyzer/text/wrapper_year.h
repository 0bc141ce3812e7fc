/* Stamps without a year: klog and syslog. The year is that which brings the
 * stamp next to a time that the same file has told in full; without one the
 * line has no time. */
#pragma once

#include "base/clock.h"
#include "text/wrapper.h"

/* Takes "14:52:45" with an optional fraction into civil. */
bool wrapper_take_clock(struct text *text, struct civil_time *civil);
void wrapper_set_yearless(struct unwrapper *unwrapper, struct log_line *line,
                          struct civil_time *civil, struct text stamp);
