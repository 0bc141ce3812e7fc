/* Where to type a command: a cause names its component, the component names
 * nodes. */
#pragma once

#include "base/attributes.h"

#include <stdbool.h>

struct cause_result;
struct page;

/* *place becomes "on node2", "on node1 and node3" or "on every node", in the
 * page's arena; NULL for what is no command of a node. */
bool place_of_command(struct page *page, const struct cause_result *cause,
                      const char *command, const char **place) MUST_CHECK;
/* True if the text holds this name, and not as a part of a longer one. */
bool place_is_named(const char *text, const char *name);
