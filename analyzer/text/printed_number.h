/* Numbers in what tcpdump prints. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* Takes `prefix` and at most four hexadecimal digits. False, and nothing
 * taken, without them. */
bool printed_take_hex(struct text *text, const char *prefix, uint16_t *value);
bool printed_take_decimal(struct text *text, int64_t *value);
/* The number behind `word`, anywhere in the text. */
bool printed_number_after(struct text text, const char *word, int64_t *value);
