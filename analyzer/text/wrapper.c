/* The table of wrappers, and the loop that takes them off. FORMATS: the
 * forms of containerd 1.6, Docker 20.10, kubectl 1.20, systemd 252, util-linux
 * dmesg, klog v2, Go's log package, stern 1.2x. */
#include "text/wrapper.h"

#include "base/input.h"

#include <stdlib.h>
#include <string.h>

#define DIGITS   "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SMALL    "abcdefghijklmnopqrstuvwxyz"

enum {
    SCRATCH_BYTES = 4 * LINE_BYTES_MAX,
};

/* To add a wrapper: its function and a row here; the sample is its test. The
 * first that fits is taken, so the more particular form stands first. */
const struct wrapper wrappers[] = {
    {
        .name = "json",
        .first_bytes = "{",
        .take = wrapper_json,
        .has_parts = true,
        .sample = "{\"log\":\"CoreDNS-1.7.0\\n\",\"stream\":\"stdout\","
                  "\"time\":\"2026-11-22T10:22:19.429984870Z\"}",
        .content = "CoreDNS-1.7.0",
        .at = "2026-11-22T10:22:19.429984870Z",
    },
    {
        .name = "cri",
        .first_bytes = DIGITS,
        .take = wrapper_cri,
        .has_parts = true,
        .sample = "2026-11-22T11:51:10.96180197+01:00 stdout F .:53",
        .content = ".:53",
        .at = "2026-11-22T10:51:10.961801970Z",
    },
    {
        .name = "journal short-iso",
        .first_bytes = DIGITS,
        .take = wrapper_syslog_iso,
        .sample =
            "2026-11-22T10:15:55+0000 node1 kernel: eth0: NIC Link is Down",
        .content = "eth0: NIC Link is Down",
        .at = "2026-11-22T10:15:55Z",
    },
    {
        .name = "timestamps",
        .first_bytes = DIGITS,
        .take = wrapper_timestamps,
        .sample = "2026-11-22T10:36:46.327147855Z [INFO] Reloading complete",
        .content = "[INFO] Reloading complete",
        .at = "2026-11-22T10:36:46.327147855Z",
    },
    {
        .name = "go log",
        .first_bytes = DIGITS,
        .take = wrapper_go_log,
        .sample = "2022/08/17 10:55:04 [INFO] Reloading",
        .content = "[INFO] Reloading",
        .at = "2022-08-17T10:55:04Z",
    },
    {
        .name = "calico",
        .first_bytes = DIGITS,
        .take = wrapper_calico,
        .sample =
            "2023-05-05 09:56:06.123 [WARNING][63] felix/feature_detect.go"
            " 255: ChecksumOffloadBroken:true",
        .content = "ChecksumOffloadBroken:true",
        .at = "2023-05-05T09:56:06.123Z",
    },
    {
        .name = "plain stamp",
        .first_bytes = DIGITS,
        .take = wrapper_plain_stamp,
        .sample = "2023-05-05 09:56:06\t[INFO] Reloading",
        .content = "[INFO] Reloading",
        .at = "2023-05-05T09:56:06Z",
    },
    {
        .name = "journal short-unix",
        .first_bytes = DIGITS,
        .take = wrapper_syslog_unix,
        .sample = "1795342555.123456 node1 kernel: eth0: NIC Link is Down",
        .content = "eth0: NIC Link is Down",
        .at = "2026-11-22T10:15:55.123456Z",
    },
    {
        .name = "kubectl --prefix",
        .first_bytes = "[",
        .take = wrapper_prefix,
        .sample = "[pod/coredns-8474476ff8-7qkzp/coredns] .:53",
        .content = ".:53",
    },
    {
        .name = "dmesg",
        .first_bytes = "[<",
        .take = wrapper_dmesg,
        .sample = "[ 1423.035722] device eth0 entered promiscuous mode",
        .content = "device eth0 entered promiscuous mode",
    },
    {
        .name = "dmesg -T",
        .first_bytes = "[",
        .take = wrapper_dmesg_time,
        .sample = "[Sun Nov 22 10:14:06 2026] eth0: NIC Link is Down",
        .content = "eth0: NIC Link is Down",
        .at = "2026-11-22T10:14:06Z",
    },
    {
        .name = "klog",
        .first_bytes = "IWEF",
        .take = wrapper_klog,
        .sample = "E0705 14:52:45.525343       1 dns.go:153] Search Line "
                  "limits were exceeded",
        .content = "Search Line limits were exceeded",
    },
    {
        .name = "journal short",
        .first_bytes = CAPITALS,
        .take = wrapper_syslog,
        .sample = "Nov 22 10:15:55 node1 kernel: eth0: NIC Link is Down",
        .content = "eth0: NIC Link is Down",
    },
    {
        .name = "journal short-full",
        .first_bytes = CAPITALS,
        .take = wrapper_syslog_full,
        .sample =
            "Sun 2026-11-22 10:15:55 UTC node1 kernel: eth0: NIC Link is Down",
        .content = "eth0: NIC Link is Down",
        .at = "2026-11-22T10:15:55Z",
    },
    {
        .name = "logfmt",
        .first_bytes = "tl",
        .take = wrapper_logfmt,
        .sample = "time=\"2023-05-05T09:56:06Z\" level=warning "
                  "msg=\"ChecksumOffloadBroken:true\"",
        .content = "ChecksumOffloadBroken:true",
        .at = "2023-05-05T09:56:06Z",
    },
    {
        .name = "logcli",
        .first_bytes = "{",
        .take = wrapper_labels,
        .sample = "{container=\"coredns\", pod=\"coredns-8474476ff8-7qkzp\"}  "
                  "[INFO] Reloading",
        .content = "[INFO] Reloading",
    },
    {
        .name = "journal record",
        .first_bytes = " _" CAPITALS,
        .take = wrapper_journal,
        .before = "__REALTIME_TIMESTAMP=1795342555123456\n",
        .sample = "MESSAGE=eth0: NIC Link is Down",
        .content = "eth0: NIC Link is Down",
        .at = "2026-11-22T10:15:55.123456Z",
    },
    {
        .name = "stern",
        .first_bytes = SMALL DIGITS "+-",
        .take = wrapper_stern,
        .sample = "coredns-8474476ff8-7qkzp coredns [INFO] Reloading",
        .content = "[INFO] Reloading",
    },
    {
        .name = "minikube",
        .first_bytes = "*",
        .take = wrapper_minikube,
        .before = "* ==> coredns [f6330ff96721] <==\n",
        .sample = "* [INFO] Reloading",
        .content = "[INFO] Reloading",
    },
};

const size_t wrapper_count = sizeof wrappers / sizeof wrappers[0];

_Static_assert(sizeof wrappers / sizeof wrappers[0] <= 32,
               "by_first_byte has a bit for each wrapper");

void unwrapper_init(struct unwrapper *unwrapper, struct text head)
{
    *unwrapper = (struct unwrapper){
        .hint_ns = ABSENT,
        .scratch = memory_allocate(SCRATCH_BYTES, 1),
        .docker_ends_lines = text_find(head, "\\n\",\"stream\"") >= 0,
        .in_minikube = text_find(head, "* ==> ") >= 0,
    };
    for (size_t i = 0; i < wrapper_count; i++)
        for (const char *at = wrappers[i].first_bytes; *at != '\0'; at++)
            unwrapper->by_first_byte[(unsigned char)*at] |= UINT32_C(1) << i;
}

void unwrapper_deinit(struct unwrapper *unwrapper)
{
    line_joiner_deinit(&unwrapper->joiner);
    free(unwrapper->scratch);
    *unwrapper = (struct unwrapper){ 0 };
}

char *unwrapper_scratch(struct unwrapper *unwrapper, size_t bytes)
{
    char *room = unwrapper->scratch + unwrapper->scratch_used;

    if (bytes > SCRATCH_BYTES - unwrapper->scratch_used)
        return NULL;
    unwrapper->scratch_used += bytes;
    return room;
}

/* Length of an escape sequence at the front, 0 if there is none. ESC may have
 * been lost in copying ("[31m"), or be spelled ("\x1b[31m", "\u001b[31m"). */
static size_t escape_length(struct text text)
{
    struct text rest = text;
    bool is_control = text_skip(&rest, "\x1b");
    size_t at = 1;

    if (!is_control && !text_skip(&rest, "\\x1b"))
        (void)text_skip(&rest, "\\u001b");
    if (is_control && text_starts(rest, "]")) {
        while (at < rest.length && rest.bytes[at] != '\a' &&
               rest.bytes[at] != '\x1b')
            at++;
        return text.length - rest.length + (at < rest.length ? at + 1 : at);
    }
    if (!text_starts(rest, "["))
        return is_control ? text.length - rest.length : 0;
    while (at < rest.length &&
           ((rest.bytes[at] >= '0' && rest.bytes[at] <= '?')))
        at++;
    if (is_control && at < rest.length)
        return text.length - rest.length + at + 1;
    return at > 1 && at < rest.length && rest.bytes[at] == 'm'
               ? text.length - rest.length + at + 1
               : 0;
}

/* Colours: only looked for where the line shows one at the front, or an ESC
 * anywhere, so that "[0m" in an honest message stays. */
static void strip_escapes(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    size_t length = 0;
    char *clean;

    if (text_find_byte(rest, '\x1b') < 0 &&
        (rest.length == 0 || (rest.bytes[0] != '[' && rest.bytes[0] != '\\') ||
         escape_length(rest) == 0))
        return;
    clean = unwrapper_scratch(unwrapper, rest.length);
    if (clean == NULL)
        return;
    while (rest.length > 0) {
        size_t skipped = escape_length(rest);

        if (skipped == 0) {
            clean[length++] = rest.bytes[0];
            skipped = 1;
        }
        rest = text_from(rest, skipped);
    }
    line->content = text_slice(clean, length);
}

/* The first wrapper that fits, NULL if the line wears none. */
static const struct wrapper *take_one(struct unwrapper *unwrapper,
                                      struct log_line *line)
{
    uint32_t candidates;

    if (line->content.length == 0)
        return NULL;
    candidates =
        unwrapper->by_first_byte[(unsigned char)line->content.bytes[0]];
    for (size_t i = 0; candidates != 0; i++, candidates >>= 1)
        if ((candidates & 1) != 0 && wrappers[i].take(unwrapper, line))
            return &wrappers[i];
    return NULL;
}

static bool take_all(struct unwrapper *unwrapper, struct log_line *line)
{
    for (int depth = 0; depth < WRAPPERS_DEEP; depth++) {
        const struct wrapper *wrapper;

        strip_escapes(unwrapper, line);
        wrapper = take_one(unwrapper, line);
        if (wrapper == NULL)
            break;
        if (line->form == NULL)
            line->form = wrapper->name;
        if (wrapper->has_parts && !line_joiner_add(&unwrapper->joiner, line))
            return false;
    }
    if (line->at_ns != ABSENT)
        unwrapper->hint_ns = line->at_ns;
    return true;
}

static void begin(struct unwrapper *unwrapper)
{
    unwrapper->scratch_used = 0;
    unwrapper->stamp_text = text_slice(NULL, 0);
}

bool unwrapper_take(struct unwrapper *unwrapper, struct text raw,
                    struct log_line *line)
{
    begin(unwrapper);
    line->content = raw;
    return take_all(unwrapper, line);
}

bool unwrapper_take_unfinished(struct unwrapper *unwrapper,
                               struct log_line *line)
{
    begin(unwrapper);
    return line_joiner_unfinished(&unwrapper->joiner, line) &&
           take_all(unwrapper, line);
}
