/* Wrappers that begin with a time: CRI, kubectl --timestamps, Go's log
 * package, calico, klog. */
#include "base/clock.h"
#include "text/wrapper.h"
#include "text/wrapper_year.h"

#include <string.h>

enum {
    PLAIN_STAMP_BYTES = 19, /* "2026-11-22 10:15:55" */
};

void wrapper_set_time(struct log_line *line, int64_t at_ns,
                      int64_t resolution_ns)
{
    if (line->at_ns != ABSENT)
        return;
    line->at_ns = at_ns;
    line->resolution_ns = resolution_ns;
}

void wrapper_set_text(struct text *field, struct text value)
{
    if (field->length == 0)
        *field = value;
}

void wrapper_set_severity(struct log_line *line, struct text word)
{
    if (line->severity[0] == '\0')
        line->severity = log_severity(word);
}

static bool byte_is(struct text text, size_t at, char byte)
{
    return at < text.length && text.bytes[at] == byte;
}

bool wrapper_take_stamp(struct unwrapper *unwrapper, struct text *text,
                        int64_t *at_ns)
{
    if (!byte_is(*text, 4, '-') || !byte_is(*text, 10, 'T'))
        return false;
    if (unwrapper->stamp_text.bytes != text->bytes) {
        unwrapper->stamp_text = *text;
        unwrapper->stamp_rest = *text;
        if (!clock_take_rfc3339(&unwrapper->stamp_rest, &unwrapper->stamp_ns))
            unwrapper->stamp_ns = ABSENT;
    }
    if (unwrapper->stamp_ns == ABSENT)
        return false;
    *at_ns = unwrapper->stamp_ns;
    *text = unwrapper->stamp_rest;
    return true;
}

static bool is_digit(struct text text, size_t at)
{
    return at < text.length && text.bytes[at] >= '0' && text.bytes[at] <= '9';
}

bool wrapper_take_plain(struct text *text, int64_t *at_ns,
                        int64_t *resolution_ns)
{
    char iso[PLAIN_STAMP_BYTES + 12];
    size_t length = PLAIN_STAMP_BYTES;
    struct text copy;

    *resolution_ns = NS_PER_SECOND;
    if (!byte_is(*text, 13, ':') || !byte_is(*text, 16, ':') ||
        text->length < PLAIN_STAMP_BYTES)
        return false;
    if (byte_is(*text, length, '.') || byte_is(*text, length, ','))
        for (length++;
             length < PLAIN_STAMP_BYTES + 10 && is_digit(*text, length);
             length++)
            *resolution_ns /= 10;
    memcpy(iso, text->bytes, length);
    if (iso[4] == '/' && iso[7] == '/')
        iso[4] = iso[7] = '-';
    iso[length] = 'Z';
    copy = text_slice(iso, length + 1);
    if (!clock_take_rfc3339(&copy, at_ns) || copy.length > 0)
        return false;
    *text = text_from(*text, length);
    return true;
}

/* "stdout F message", "stderr P:tag message", "stdout F". */
bool wrapper_cri(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct text stream;
    struct text tag;
    int64_t at_ns;

    if (!wrapper_take_stamp(unwrapper, &rest, &at_ns) || !text_skip(&rest, " "))
        return false;
    stream = text_until(&rest, ' ');
    tag = text_until(&rest, ' ');
    if ((!text_equals(stream, "stdout") && !text_equals(stream, "stderr")) ||
        (!byte_is(tag, 0, 'P') && !byte_is(tag, 0, 'F')) ||
        (tag.length > 1 && tag.bytes[1] != ':'))
        return false;
    line->stream = stream;
    line->is_partial = tag.bytes[0] == 'P';
    line->content = rest;
    wrapper_set_time(line, at_ns, 1);
    return true;
}

bool wrapper_timestamps(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    int64_t at_ns;

    if (!wrapper_take_stamp(unwrapper, &rest, &at_ns) ||
        (rest.length > 0 && !text_skip(&rest, " ") && !text_skip(&rest, "\t")))
        return false;
    line->content = rest;
    wrapper_set_time(line, at_ns, 1);
    return true;
}

bool wrapper_plain_stamp(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    int64_t resolution_ns;
    int64_t at_ns;

    (void)unwrapper;
    if (!byte_is(rest, 4, '-') ||
        !wrapper_take_plain(&rest, &at_ns, &resolution_ns) ||
        (!text_skip(&rest, "\t") && !text_skip(&rest, " ")))
        return false;
    line->content = rest;
    wrapper_set_time(line, at_ns, resolution_ns);
    return true;
}

/* Go's log package, default flags. */
bool wrapper_go_log(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    int64_t resolution_ns;
    int64_t at_ns;

    (void)unwrapper;
    if (!byte_is(rest, 4, '/') ||
        !wrapper_take_plain(&rest, &at_ns, &resolution_ns) ||
        !text_skip(&rest, " "))
        return false;
    line->content = rest;
    wrapper_set_time(line, at_ns, resolution_ns);
    return true;
}

/* calico-node: "... [INFO][63] felix/int_dataplane.go 84: message". */
bool wrapper_calico(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    int64_t resolution_ns;
    int64_t at_ns;
    struct text severity;
    struct text place;
    ptrdiff_t colon;

    (void)unwrapper;
    if (!byte_is(rest, 4, '-') ||
        !wrapper_take_plain(&rest, &at_ns, &resolution_ns) ||
        !text_skip(&rest, " ["))
        return false;
    severity = text_until(&rest, ']');
    if (log_severity(severity)[0] == '\0' || !text_skip(&rest, "["))
        return false;
    (void)text_until(&rest, ']');
    rest = text_trim(rest);
    colon = text_find(rest, ": ");
    place = text_first(rest, colon < 0 ? 0 : (size_t)colon);
    if (colon < 0 || text_find(place, ".go ") < 0)
        return false;
    wrapper_set_text(&line->program, text_until(&place, '/'));
    wrapper_set_severity(line, severity);
    wrapper_set_time(line, at_ns, resolution_ns);
    line->content = text_from(rest, (size_t)colon + 2);
    line->families |= LOG_KUBE;
    return true;
}

/* klog: "E0705 14:52:45.525343       1 reflector.go:127] message". */
bool wrapper_klog(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = text_from(line->content, 1);
    struct text stamp = rest;
    struct civil_time civil = { 0 };
    struct text date = text_until(&rest, ' ');
    int64_t number;
    ptrdiff_t end;

    if (date.length != 4 || !text_integer(date, &number) ||
        !wrapper_take_clock(&rest, &civil))
        return false;
    civil.month = (int)(number / 100);
    civil.day = (int)(number % 100);
    stamp = text_first(stamp, stamp.length - rest.length);
    if (!text_integer(text_word(&rest), &number))
        return false;
    end = text_find(rest, "] ");
    if (end < 0 || text_find(text_first(rest, (size_t)end), ":") < 0)
        return false;
    wrapper_set_severity(line, text_first(line->content, 1));
    wrapper_set_yearless(unwrapper, line, &civil, stamp);
    line->content = text_from(rest, (size_t)end + 2);
    line->families |= LOG_KUBE;
    return true;
}
