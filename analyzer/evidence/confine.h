/* What a process that reads evidence may still do: use the descriptors it
 * holds, compute, and end.
 *
 * Landlock without a single rule (no file can be opened), a seccomp list of
 * refused calls, resource limits, no core, no new privileges. Landlock is
 * older than Debian 12's kernel but its ABI 2 there does not know sockets, so
 * both are used. Each part is skipped where the kernel lacks it; refused
 * calls give EPERM and do not kill: an allow-list broke file(1) with every
 * second glibc. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct confine_limits {
    int64_t memory_bytes; /* address space; not with sanitizers */
    int64_t cpu_seconds;
};

/* Keeps `count` descriptors, renumbered from CONFINE_FIRST in their order,
 * and closes all others. */
enum {
    CONFINE_FIRST = 3,
};
void confine_descriptors(const int *descriptors, size_t count);
/* From here on the process can open nothing. */
void confine_process(const struct confine_limits *limits);
/* What this kernel gives: "landlock, seccomp, limits", for people. */
const char *confine_description(void);
