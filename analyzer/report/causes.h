/* What speaks for the causes that explain, what rules the others out, and
 * what is left open. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct page;

bool causes_write_evidence(struct page *page) MUST_CHECK;
bool causes_write_ruled_out(struct page *page) MUST_CHECK;
bool causes_write_open(struct page *page) MUST_CHECK;
