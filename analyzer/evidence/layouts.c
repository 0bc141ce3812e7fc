#include "evidence/layouts.h"

#include "base/pattern.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* To add a layout: its pattern with groups named as the clues, and a sample
 * path that its test reads. */
const struct layout layouts[] = {
    {
        .name = "sos report",
        .pattern = "(?:^|/)sosreport-(?<node>[^/]+?)(?:-\\d{6,})?"
                   "-\\d{4}-\\d{2}-\\d{2}-[a-z]{7}(?:-obfuscated)?"
                   "(?:\\.tar(?:\\.\\w+)?)?/",
        .sample = "sosreport-worker-1-01234567-2026-11-22-abcdefg.tar.xz/"
                  "sosreport-worker-1-01234567-2026-11-22-abcdefg/"
                  "sos_commands/networking/netstat_-s",
        .node = "worker-1",
    },
    {
        .name = "Rancher log collector",
        .pattern = "(?:^|/)(?<node>[^/]+)-\\d{4}-\\d{2}-\\d{2}"
                   "_\\d{2}_\\d{2}_\\d{2}(?:\\.tar\\.gz)?/",
        .sample = "rke-2.lab-2026-11-22_10_18_30.tar.gz/"
                  "rke-2.lab-2026-11-22_10_18_30/networking/ethtool",
        .node = "rke-2.lab",
    },
    {
        .name = "Antrea support bundle",
        .pattern = "(?:^|/)agent_(?<node>[^/]+?)(?:\\.tar\\.gz|/)",
        .sample = "support-bundles_20261122T101830Z/agent_w2.tar.gz/iptables",
        .node = "w2",
    },
    {
        .name = "pods of a must-gather",
        .pattern = "(?:^|/)namespaces/(?<namespace>[^/]+)/pods/"
                   "(?<pod>[^/]+)/(?:(?<container>[^/]+)/[^/]+/logs/)?",
        .sample = "must-gather.local.1/img/namespaces/openshift-dns/pods/"
                  "dns-default-x1y2z/dns/dns/logs/current.log",
        .pod = "dns-default-x1y2z",
    },
    {
        .name = "nodes of a must-gather or of Calico's cluster diagnostics",
        .pattern = "(?:^|/)nodes/(?<node>[^/]+)/",
        .sample = "calico-diagnostics-20261122_101830/nodes/w3/ip-route.txt",
        .node = "w3",
    },
    {
        .name = "host collectors of troubleshoot.sh, one folder a node",
        .pattern = "(?:^|/)host-collectors/"
                   "(?!(?:system|run-host|journald|dns|[a-z]+PortStatus"
                   "|connect|diskUsage|http|copy|certificate)/)"
                   "(?<node>[^/]+)/[^/]+/",
        .sample = "support-bundle-2026-11-22T10_18_30/host-collectors/w4/"
                  "run-host/ethtool.txt",
        .node = "w4",
    },
    { .name = NULL },
};

enum {
    LAYOUTS_MAX = sizeof layouts / sizeof layouts[0],
};

/* The groups that become clues. */
static const char *const groups[] = { "node", "namespace", "pod", "container" };

struct layout_reader {
    struct pattern *patterns[LAYOUTS_MAX];
};

struct layout_reader *layout_reader_create(void)
{
    struct layout_reader *reader = memory_allocate(1, sizeof *reader);

    for (size_t i = 0; layouts[i].name != NULL; i++) {
        struct failure failure = { "" };

        reader->patterns[i] = pattern_create(layouts[i].pattern, &failure);
        assert(reader->patterns[i] != NULL);
    }
    return reader;
}

void layout_reader_destroy(struct layout_reader *reader)
{
    if (reader == NULL)
        return;
    for (size_t i = 0; layouts[i].name != NULL; i++)
        pattern_destroy(reader->patterns[i]);
    free(reader);
}

static bool has_group(const struct layout *layout, const char *group)
{
    char name[32];

    snprintf(name, sizeof name, "(?<%s>", group);
    return strstr(layout->pattern, name) != NULL;
}

void layout_clues(struct layout_reader *reader, const char *path,
                  int64_t evidence_id, struct arena *arena, struct sink *sink)
{
    size_t at = 0;

    while (layouts[at].name != NULL &&
           pattern_match(reader->patterns[at], text_of(path)) != PATTERN_MATCH)
        at++;
    if (layouts[at].name == NULL)
        return;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        struct text value;

        if (!has_group(&layouts[at], groups[i]))
            continue;
        value = pattern_group(reader->patterns[at], groups[i]);
        if (value.length > 0)
            sink_clue(sink, evidence_id, ABSENT, groups[i],
                      text_copy(arena, value));
    }
}
