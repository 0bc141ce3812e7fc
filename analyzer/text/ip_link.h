/* Names of link statistics and attributes, shared by text and JSON. */
#pragma once

#include "text/snapshot.h"

/* Settings and counters of `ip link`, whichever option printed them. */
#define LINK_SETTINGS "ip link"
#define LINK_COUNTERS "ip -s link"

/* The interface that the lines speak of. */
struct link_names {
    char interface[INTERFACE_TEXT_BYTES];
    char mac[INTERFACE_TEXT_BYTES];
};

void link_keep(char to[INTERFACE_TEXT_BYTES], struct text text);
void link_setting(struct snapshot *snapshot, const struct link_names *names,
                  const char *name, struct text value);
void link_counter(struct snapshot *snapshot, const struct link_names *names,
                  const char *name, int64_t value);
/* A row of interface_address; false if the prefix is none. */
bool link_address(struct snapshot *snapshot, const struct link_names *names,
                  struct text prefix);
/* Settings of one word of `ip -d link` at the front of the rest, its value
 * taken with it: "id 4096" -> vxlan.id, "noudpcsum" -> vxlan.udpcsum off. */
void link_take_detail(struct snapshot *snapshot, const struct link_names *names,
                      const char *kind, struct text *rest);

/* JSON of ip -j link and ip -j addr. */
void link_read_element(struct snapshot *snapshot,
                       const struct json_element *element);
