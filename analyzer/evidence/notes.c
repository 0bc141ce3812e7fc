#include "evidence/notes.h"

#include "base/pattern.h"

#include <assert.h>
#include <stddef.h>

enum {
    BID_BY_PLACE = 50, /* over readers that go by the name alone */
};

/* To add a note: its pattern, and a sample path that its test reads. */
const struct note notes[] = {
    {
        .name = "troubleshoot command",
        .pattern = "host-collectors/(?:.+/)?[^/]+-info\\.json$",
        .sample = "support-bundle-2026-11-22T10_18_30/host-collectors/run-host/"
                  "iptables-info.json",
    },
    {
        .name = "troubleshoot notes",
        .pattern = "(?:^|/)(?:support-bundle|preflightbundle)[^/]*/"
                   "(?:[^/]+/)?(?:version\\.yaml|analysis\\.json"
                   "|execution-data/summary\\.txt)$",
        .sample = "support-bundle-2026-11-22T10_18_30/analysis.json",
    },
    {
        .name = "sos notes",
        .pattern = "(?:^|/)sosreport-[^/]+/(?:[^/]+/)?(?:sos_logs/|"
                   "sos_reports/|version\\.txt$|environment$)",
        .sample = "sosreport-w1-2026-11-22-abcdefg/sos_reports/manifest.json",
    },
    {
        .name = "sos collector notes",
        .pattern = "(?:^|/)sos-collector-[^/]+/(?:[^/]+/)?"
                   "(?:sos_logs/|sos_reports/|collector-manifest|[^/]*\\.log$)",
        .sample = "sos-collector-2026-11-22-abcde/sos_logs/ui.log",
    },
    {
        .name = "checksum of an archive",
        .pattern = "\\.tar(?:\\.\\w+)?\\.(?:md5|sha256)$",
        .sample = "sosreport-w1-2026-11-22-abcdefg.tar.xz.sha256",
    },
    {
        .name = "Rancher collector notes",
        .pattern = "-\\d{4}-\\d{2}-\\d{2}_\\d{2}_\\d{2}_\\d{2}[^/]*/(?:[^/]+/)?"
                   "(?:summary\\.txt|versions|collector-output\\.log)$",
        .sample = "rke-2-2026-11-22_10_18_30/summary.txt",
    },
    {
        .name = "must-gather notes",
        .pattern = "(?:^|/)must-gather[^/]*/(?:[^/]+/)?(?:timestamp|version|"
                   "event-filter\\.html|must-gather\\.logs?|gather\\.logs)$",
        .sample = "must-gather.local.12/quay-io-img/event-filter.html",
    },
    {
        .name = "Cilium sysdump notes",
        .pattern = "(?:^|/)cilium-sysdump-[^/]+/(?:[^/]+/)?"
                   "cilium-sysdump-[^/]*\\.log$",
        .sample = "cilium-sysdump-20261122-101830/cilium-sysdump-20261122.log",
    },
    { .name = NULL },
};

enum {
    NOTES_COUNT = sizeof notes / sizeof notes[0] - 1,
};

/* Compiled once, before the first reader process is forked. */
static struct pattern *const *compiled_patterns(void)
{
    static struct pattern *patterns[NOTES_COUNT];

    for (size_t i = 0; patterns[NOTES_COUNT - 1] == NULL; i++) {
        struct failure failure = { "" };

        patterns[i] = pattern_create(notes[i].pattern, &failure);
        assert(patterns[i] != NULL);
    }
    return patterns;
}

static const struct note *find_note(const struct input *input)
{
    struct pattern *const *patterns = compiled_patterns();

    for (size_t i = 0; i < NOTES_COUNT; i++)
        if (pattern_match(patterns[i], text_of(input->path)) == PATTERN_MATCH)
            return &notes[i];
    return NULL;
}

int notes_bid(const struct input *input)
{
    return find_note(input) != NULL ? BID_BY_PLACE : 0;
}

enum read_status notes_read(struct input *input, struct sink *sink)
{
    const struct note *note = find_note(input);

    if (note == NULL)
        return READ_NOT_UNDERSTOOD;
    sink_clue(sink, input->evidence_id, ABSENT, "format", note->name);
    return READ_WHOLE;
}
