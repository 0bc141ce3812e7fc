/* Which rule files there are: the embedded ones and those of folders, where
 * a later one replaces an earlier one of the same kind and id. */
#pragma once

#include "diagnose/rules.h"

struct rule_folder {
    struct arena *arena;     /* for paths, ids and texts */
    struct rule_file *files; /* to be freed; digests not yet made */
    size_t count;
    size_t room;
};

void rule_folder_add_embedded(struct rule_folder *folder,
                              const struct embedded *embedded,
                              struct problems *problems);
/* DIR/signs/ID.sql and DIR/causes/ID.yaml; one of the two must be there. */
void rule_folder_add(struct rule_folder *folder, const char *directory,
                     struct problems *problems);
/* Signs before causes, each by id. */
void rule_folder_sort(struct rule_folder *folder);
