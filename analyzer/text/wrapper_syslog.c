/* journalctl's short forms, syslog files, and the kernel's ring buffer. */
#include "base/clock.h"
#include "text/wrapper.h"
#include "text/wrapper_year.h"

static bool is_name(struct text word)
{
    for (size_t i = 0; i < word.length; i++) {
        char byte = word.bytes[i];

        if (!((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
              (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
              byte == '.' || byte == '@' || byte == '(' || byte == ')'))
            return false;
    }
    return word.length > 0;
}

/* "host ident[pid]: message" or "host ident: message". */
static bool take_header(struct text rest, struct log_line *line)
{
    struct text host = text_until(&rest, ' ');
    ptrdiff_t colon = text_find(rest, ": ");
    struct text ident;
    struct text program;

    if (colon < 0 && text_ends(rest, ":"))
        colon = (ptrdiff_t)rest.length - 1;
    if (colon < 0 || !is_name(host))
        return false;
    ident = text_first(rest, (size_t)colon);
    program = text_until(&ident, '[');
    if (!is_name(program) || (ident.length > 0 && !text_ends(ident, "]")))
        return false;
    wrapper_set_text(&line->node, host);
    wrapper_set_text(&line->program, program);
    line->families |= log_program_families(program);
    line->content = text_from(rest, (size_t)colon + 2);
    return true;
}

/* "Nov 22 10:15:55 host kernel: message", also with a fraction. */
bool wrapper_syslog(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct civil_time civil = { 0 };
    struct text stamp;
    int64_t day;

    civil.month = clock_month(text_until(&rest, ' '));
    if (civil.month == 0 || !text_integer(text_word(&rest), &day) || day < 1 ||
        day > 31 || !text_skip(&rest, " ") ||
        !wrapper_take_clock(&rest, &civil))
        return false;
    civil.day = (int)day;
    stamp = text_first(line->content, line->content.length - rest.length);
    if (!text_skip(&rest, " ") || !take_header(rest, line))
        return false;
    wrapper_set_yearless(unwrapper, line, &civil, stamp);
    return true;
}

/* "2026-11-22T10:15:55+0000 host ident[pid]: message", and dmesg's
 * --time-format=iso, which has a comma before the fraction and no host. */
bool wrapper_syslog_iso(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    bool is_dmesg = rest.length > 19 && rest.bytes[19] == ',';
    int64_t at_ns;

    if (!wrapper_take_stamp(unwrapper, &rest, &at_ns) || !text_skip(&rest, " "))
        return false;
    if (is_dmesg) {
        line->content = rest;
        line->families |= LOG_KERNEL;
    } else if (!take_header(rest, line)) {
        return false;
    }
    wrapper_set_time(line, at_ns,
                     line->form == NULL && !is_dmesg ? NS_PER_SECOND : 1);
    return true;
}

static bool is_week_day(struct text word)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu",
                                        "Fri", "Sat", "Sun" };

    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (text_equals(word, days[i]))
            return true;
    return false;
}

/* "Sun 2026-11-22 10:15:55 UTC host ident[pid]: message". */
bool wrapper_syslog_full(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    int64_t resolution_ns;
    int64_t at_ns;

    (void)unwrapper;
    if (!is_week_day(text_until(&rest, ' ')) ||
        !wrapper_take_plain(&rest, &at_ns, &resolution_ns) ||
        !text_skip(&rest, " "))
        return false;
    (void)text_until(&rest, ' ');
    if (!take_header(rest, line))
        return false;
    wrapper_set_time(line, at_ns, resolution_ns);
    return true;
}

/* "1795342555.123456 host ident[pid]: message". */
bool wrapper_syslog_unix(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct text word = text_until(&rest, ' ');
    struct text whole = text_until(&word, '.');
    int64_t microseconds;
    int64_t seconds;

    (void)unwrapper;
    if (whole.length != 10 || word.length != 6 ||
        !text_integer(whole, &seconds) || !text_integer(word, &microseconds) ||
        seconds < 0 || microseconds < 0 || !take_header(rest, line))
        return false;
    wrapper_set_time(line, seconds * NS_PER_SECOND + microseconds * 1000, 1000);
    return true;
}

/* "[ 1423.035722] message", "<6>[ 1423.035722] message": seconds since boot,
 * which is no time as long as the boot's is not known. */
bool wrapper_dmesg(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct text priority = text_slice(NULL, 0);
    struct text stamp;
    double seconds;
    int64_t number = 0;

    (void)unwrapper;
    if (text_skip(&rest, "<")) {
        priority = text_until(&rest, '>');
        if (!text_integer(priority, &number) || number < 0)
            return false;
        priority = text_from(priority, priority.length - 1);
    }
    if (!text_skip(&rest, "["))
        return false;
    stamp = text_trim(text_until(&rest, ']'));
    if (stamp.length < 8 || stamp.bytes[stamp.length - 7] != '.' ||
        !text_real(stamp, &seconds) || !text_skip(&rest, " "))
        return false;
    if (number < 8)
        wrapper_set_severity(line, priority);
    line->families |= LOG_KERNEL;
    line->content = rest;
    return true;
}

/* dmesg -T: "[Sun Nov 22 10:14:06 2026] message". */
bool wrapper_dmesg_time(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = text_from(line->content, 1);
    struct text stamp = text_until(&rest, ']');
    struct civil_time civil = { 0 };
    int64_t number;
    int64_t at_ns;

    (void)unwrapper;
    if (stamp.length != 24 || !is_week_day(text_word(&stamp)))
        return false;
    civil.month = clock_month(text_word(&stamp));
    if (!text_integer(text_word(&stamp), &number) || number < 1 || number > 31)
        return false;
    civil.day = (int)number;
    stamp = text_trim(stamp);
    if (!wrapper_take_clock(&stamp, &civil) ||
        !text_integer(text_trim(stamp), &number) || number < 1970 ||
        number > 2261)
        return false;
    civil.year = (int)number;
    if (!clock_from_civil(&civil, &at_ns) || !text_skip(&rest, " "))
        return false;
    wrapper_set_time(line, at_ns, NS_PER_SECOND);
    line->families |= LOG_KERNEL;
    line->content = rest;
    return true;
}
