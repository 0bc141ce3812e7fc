/* The report for people, in any form: which sections, in which order. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct failure;
struct form;
struct output;
struct report_input;

bool document_write(const struct report_input *input, const struct form *form,
                    struct output *output, struct failure *failure) MUST_CHECK;
