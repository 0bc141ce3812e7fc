/* One lost packet as a Mermaid diagram: every place that saw it, in order,
 * and where it ends. Markdown only. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct page;

/* Nothing at all if no place saw a packet that was lost. */
bool journey_write(struct page *page) MUST_CHECK;
