#include "text/log_path.h"

#include "base/pattern.h"

#include <assert.h>

enum {
    LOG_PATH_BYTES = 1024, /* longer paths are nobody's layout */
};

#define NAME "[a-z0-9][a-z0-9.-]*"
/* What Kubernetes appends to the names of pods: no vowels, no 0, 1, 3. */
#define SUFFIX "[b-df-hj-np-tv-xz2456789]{5}"

/* To add a layout: a row, the more particular first; test_log_path.c. */
static const char *const layouts[] = {
    /* kubelet: /var/log/pods, also as copied by Rancher and EKS */
    "(?:^|/)(?<namespace>[a-z0-9-]+)_(?<pod>" NAME ")_(?:[0-9a-f-]{36}"
    "|[0-9a-f]{32})/(?<container>[a-z0-9-]+)/[^/]+$",
    /* kubelet: /var/log/containers */
    "(?:^|/)(?<pod>" NAME ")_(?<namespace>[a-z0-9-]+)_(?<container>[a-z0-9-]+)"
    "-[0-9a-f]{64}\\.log",
    /* OpenShift must-gather */
    "(?:^|/)namespaces/(?<namespace>[^/]+)/pods/(?<pod>[^/]+)/"
    "(?<container>[^/]+)/[^/]+/logs/[^/]+$",
    /* Replicated troubleshoot */
    "(?:^|/)pods/logs/(?<namespace>[^/]+)/(?<pod>[^/]+)/(?<container>[^/]+?)"
    "(?:-previous|-logs-errors)?\\.log$",
    /* sos report, plugin kubernetes */
    "(?:^|/)(?<namespace>[^/]+)/podlogs/(?<pod>[^/]+)/kubectl_[^/]*_-c_"
    "(?<container>[^/]+)$",
    /* kubectl cluster-info dump --output-directory */
    "(?:^|/)(?<namespace>[^/]+)/(?<pod>[^/]+)/logs\\.txt$",
    /* calicoctl cluster diags */
    "(?:^|/)nodes/[^/]+/(?<namespace>[^/]+)/(?<pod>[^/]+)\\.(?:log|txt)$",
    /* whoever names a file after its pod */
    "(?:^|/)(?<pod>" NAME "-" SUFFIX ")(?:[._](?<container>[a-z][a-z0-9-]*))?"
    "(?:[._-]prev(?:ious)?)?\\.(?:log|txt)$",
};

static const char *group(const struct pattern *pattern, const char *name,
                         struct arena *arena)
{
    struct text value = pattern_group(pattern, name);

    return value.length > 0 ? text_copy(arena, value) : NULL;
}

void log_path_read(const char *path, struct arena *arena,
                   struct log_path *found)
{
    struct text text = text_of(path);
    bool is_found = false;

    *found = (struct log_path){ 0 };
    if (text.length > LOG_PATH_BYTES)
        return;
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0] && !is_found;
         i++) {
        struct failure failure;
        struct pattern *pattern = pattern_create(layouts[i], &failure);

        assert(pattern != NULL);
        is_found = pattern_match(pattern, text) == PATTERN_MATCH;
        if (is_found) {
            found->pod = group(pattern, "pod", arena);
            found->namespace = group(pattern, "namespace", arena);
            found->container = group(pattern, "container", arena);
        }
        pattern_destroy(pattern);
    }
}
