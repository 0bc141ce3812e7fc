/* What the place of a file in a known bundle says about it.
 *
 * The collectors of Kubernetes vendors name node, pod and namespace in their
 * paths. Plain folders need no rule: correlate/ finds nodes by name. */
#pragma once

#include "base/memory.h"
#include "store/sink.h"

#include <stdint.h>

/* Puts the clues ('node', 'pod', 'namespace', 'container', 'hostname') that
 * the path gives into the sink. */
void layout_clues(const char *path, int64_t evidence_id, struct arena *arena,
                  struct sink *sink);
