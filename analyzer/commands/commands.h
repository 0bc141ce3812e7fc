/* The subcommands: each is one file and one row in main.c. */
#pragma once

#include "commands/options.h"

extern const struct command command_load;
extern const struct command command_query;
