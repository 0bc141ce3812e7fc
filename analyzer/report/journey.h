/* The path of one lost packet: every place that saw it, in order, and where
 * it ends. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct page;

/* Nothing at all if no place saw a packet that was lost. */
bool journey_write(struct page *page) MUST_CHECK;
