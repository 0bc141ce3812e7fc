/* What a file that nobody reads looks like, for the coverage table. */
#pragma once

#include "base/input.h"

/* "empty", "ELF program", "binary data", "text of no known format" ... */
const char *unknown_describe(const struct input *input);
