/* All tables, and the trace of the rules: folded away. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct page;

bool details_write(struct page *page) MUST_CHECK;
