/* Records of the journal, a field on each line: journalctl -o export and -o
 * verbose (systemd 252, systemd.journal-fields(7)). */
#include "base/clock.h"
#include "text/wrapper.h"

enum {
    NS_PER_US = 1000,
};

static bool is_field_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.bytes[i];

        if (!((byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
              byte == '_'))
            return false;
    }
    return name.length > 0;
}

static void begin_record(struct journal_record *record, int64_t at_ns)
{
    record->is_open = true;
    record->at_ns = at_ns;
    record->program[0] = '\0';
}

/* The host is the same for the whole file, as a rule; its field may come after
 * the message of the first record. */
static void take_field(struct unwrapper *unwrapper, struct log_line *line,
                       struct text name, struct text value)
{
    struct journal_record *record = &unwrapper->journal;

    line->content = text_slice("", 0);
    if (text_equals(name, "_HOSTNAME")) {
        text_keep(record->node, sizeof record->node, value);
    } else if (text_equals(name, "SYSLOG_IDENTIFIER")) {
        text_keep(record->program, sizeof record->program, value);
    } else if (text_equals(name, "MESSAGE")) {
        wrapper_set_time(line, record->at_ns, NS_PER_US);
        wrapper_set_text(&line->node, text_of(record->node));
        wrapper_set_text(&line->program, text_of(record->program));
        line->families |= log_program_families(line->program);
        line->content = value;
    }
}

/* "__REALTIME_TIMESTAMP=1795342710000000", microseconds, is among the first
 * fields of each record. */
static bool take_line(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text value = line->content;
    struct text name;
    int64_t at_us;

    while (text_skip(&value, " "))
        continue;
    if (text_find_byte(value, '=') < 0)
        return false;
    name = text_until(&value, '=');
    if (!is_field_name(name))
        return false;
    if (text_equals(name, "__REALTIME_TIMESTAMP") &&
        text_integer(value, &at_us) && at_us > 0 &&
        at_us < INT64_MAX / NS_PER_US)
        begin_record(&unwrapper->journal, at_us * NS_PER_US);
    if (!unwrapper->journal.is_open)
        return false;
    take_field(unwrapper, line, name, value);
    return true;
}

/* "Sun 2026-11-22 10:18:30.123456 UTC [s=...;i=...]" begins a record of -o
 * verbose. A zone that is not UTC leaves the time unknown. */
static bool take_head(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    int64_t at_ns;
    int64_t resolution_ns;

    (void)text_until(&rest, ' ');
    if (!wrapper_take_plain(&rest, &at_ns, &resolution_ns) ||
        text_find(rest, " [s=") < 0)
        return false;
    begin_record(&unwrapper->journal,
                 text_starts(rest, " UTC [s=") ? at_ns : ABSENT);
    line->content = text_slice("", 0);
    return true;
}

bool wrapper_journal(struct unwrapper *unwrapper, struct log_line *line)
{
    return take_head(unwrapper, line) || take_line(unwrapper, line);
}
