#include "text/log_section.h"

static void set(char to[WRAPPER_NAME_BYTES], struct text value)
{
    text_keep(to, WRAPPER_NAME_BYTES, text_trim(value));
}

/* "==== START logs for container C of pod NS/POD ====". */
static bool dump_begins(struct log_section *section, struct text rest)
{
    if (!text_skip(&rest, "==== START logs for container "))
        return false;
    *section = (struct log_section){ 0 };
    set(section->container, text_until(&rest, ' '));
    if (text_skip(&rest, "of pod ")) {
        set(section->namespace, text_until(&rest, '/'));
        set(section->pod, text_until(&rest, ' '));
    }
    return true;
}

static bool dump_ends(struct log_section *section, struct text rest)
{
    if (!text_starts(rest, "==== END logs for "))
        return false;
    *section = (struct log_section){ 0 };
    return true;
}

/* "==> coredns [f6330ff96721] <==", in minikube with "* " before it, and
 * "==> /var/log/containers/x.log <==" of tail(1). */
static bool arrows(struct log_section *section, struct text rest)
{
    (void)text_skip(&rest, "* ");
    if (!text_skip(&rest, "==> ") || !text_ends(rest, " <=="))
        return false;
    *section = (struct log_section){ 0 };
    set(section->container, text_until(&rest, ' '));
    return true;
}

/* "-- Logs begin at Sun 2026-11-22 10:15:55 UTC, end at ... --",
 * "-- Reboot --", "-- No entries --". The date gives later stamps a year. */
static bool journal_remark(struct unwrapper *unwrapper, struct text rest)
{
    ptrdiff_t at = text_find(rest, " at ");
    int64_t resolution_ns;

    if (!text_starts(rest, "-- ") ||
        (text_find(rest, "egin at") < 0 && !text_ends(rest, " --")))
        return false;
    if (at >= 0) {
        rest = text_from(rest, (size_t)at + 4);
        (void)text_until(&rest, ' ');
        (void)wrapper_take_plain(&rest, &unwrapper->hint_ns, &resolution_ns);
    }
    return true;
}

bool log_section_read(struct log_section *section, struct unwrapper *unwrapper,
                      struct text raw)
{
    if (raw.length < 4 ||
        (raw.bytes[0] != '=' && raw.bytes[0] != '*' && raw.bytes[0] != '-'))
        return false;
    return dump_begins(section, raw) || dump_ends(section, raw) ||
           arrows(section, raw) || journal_remark(unwrapper, raw);
}
