/* What to do: the cure, where to type it, what keeps it, what undoes it, and
 * how to see that it worked. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct page;

/* The one command to try first, and its undo, for each cause. */
bool advice_write_first(struct page *page) MUST_CHECK;
/* Everything that the causes advise, and what they refer to. */
bool advice_write(struct page *page) MUST_CHECK;
