/* What was read, what was not, and what could not be judged for lack of it. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct page;

/* Where nothing is decided: what would decide, directly under the verdict. */
bool coverage_write_next(struct page *page) MUST_CHECK;
bool coverage_write(struct page *page) MUST_CHECK;
