/* From the text inside the wrappers to an event: the frequent lines by hand,
 * the others by table. */
#include "text/coredns.h"
#include "text/log_reader.h"

static struct log_meaning by_hand(bool is_event, bool is_coredns)
{
    return (struct log_meaning){
        .verdict = is_event ? LOG_EVENT : LOG_UNKNOWN,
        .is_coredns = is_coredns,
    };
}

static bool begins_address(struct text text)
{
    return text.length > 0 && (text.bytes[0] == '[' ||
                               (text.bytes[0] >= '0' && text.bytes[0] <= '9'));
}

static struct log_meaning by_table(struct log_messages *messages,
                                   struct log_line *line,
                                   struct log_event_row *row,
                                   struct arena *arena)
{
    struct log_meaning meaning = { 0 };

    meaning.message = log_messages_read(messages, line, row, arena);
    if (meaning.message == NULL)
        return meaning;
    meaning.verdict = meaning.message->event != NULL ? LOG_EVENT : LOG_ORDINARY;
    meaning.is_coredns = meaning.message->families == LOG_COREDNS;
    if (line->severity[0] == '\0' && meaning.message->severity != NULL)
        line->severity = meaning.message->severity;
    return meaning;
}

struct log_meaning log_content_read(struct log_messages *messages,
                                    struct log_line *line,
                                    struct log_event_row *row,
                                    struct arena *arena)
{
    static const struct log_event_row empty_row = LOG_EVENT_ROW_NONE;
    struct text rest = line->content;
    const char *level = "";
    struct log_meaning meaning;

    if (coredns_take_level(&rest, &level)) {
        if (line->severity[0] == '\0')
            line->severity = level;
        if (begins_address(rest) && coredns_read_query(rest, row, arena))
            return by_hand(true, true);
        *row = empty_row;
        if (text_skip(&rest, "plugin/errors: ") &&
            coredns_read_error(rest, row, arena))
            return by_hand(true, true);
        meaning = by_table(messages, line, row, arena);
        meaning.is_coredns |= text_starts(rest, "plugin/");
        return meaning;
    }
    if ((line->families == 0 || (line->families & LOG_COREDNS) != 0) &&
        coredns_read_listener(line->content, row, arena))
        return by_hand(true, true);
    *row = empty_row;
    return by_table(messages, line, row, arena);
}
