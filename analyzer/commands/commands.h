/* The subcommands: each is one file and one row in main.c. */
#pragma once

#include "commands/options.h"

extern const struct command command_analyze;
extern const struct command command_load;
extern const struct command command_report;
extern const struct command command_query;
extern const struct command command_rules;
