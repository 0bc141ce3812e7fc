/* The PATHs of a command line. */
#pragma once

#include "base/failure.h"

#include <stdbool.h>

struct options;

/* False if one of them is not there: told before anything is made. */
bool paths_try(const struct options *options,
               struct failure *failure) MUST_CHECK;
