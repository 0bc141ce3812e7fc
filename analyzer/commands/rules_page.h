/* Rules for people to read. A rule may come from a stranger: its texts reach
 * the terminal without control characters. */
#pragma once

#include "diagnose/rules.h"

#include <stdbool.h>

void rules_page_list(const struct rules *rules);
/* False if no sign and no cause has the id. */
bool rules_page_show(const struct rules *rules, const char *id);
/* Text of several lines, with nothing left that a terminal would act on. */
void rules_page_text(const char *text);
