/* How sure the log reader is of a file: by its name and its first lines. */
#include "text/coredns.h"
#include "text/log_reader.h"
#include "text/readers.h"

#include <stdlib.h>

enum {
    BID_LINES = 40,
    BID_CERTAIN = 90,
    BID_WRAPPED = 60, /* logs of someone, nothing of ours among them */
    BID_SOME = 40,
};

/* To add a name: a row. Looked for in the file's own name, without case of
 * directories; the highest counts. */
static const struct {
    const char *part;
    int bid;
} name_bids[] = {
    { ".log", 30 },   { "dmesg", 30 },    { "journal", 25 },
    { "syslog", 25 }, { "messages", 20 }, { "kern", 15 },
};

static int bid_by_name(const struct input *input)
{
    struct text name = input_name(input);
    int best = 0;

    for (size_t i = 0; i < sizeof name_bids / sizeof name_bids[0]; i++)
        if (text_find(name, name_bids[i].part) >= 0 && name_bids[i].bid > best)
            best = name_bids[i].bid;
    if (best == 0 && text_find(text_of(input->path), "logs/") >= 0)
        best = 10;
    return best;
}

struct bid_count {
    int lines;
    int wrapped;
    int known;        /* lines of CoreDNS or the kernel */
    bool in_corefile; /* which node-cache prints: no line counts */
};

static void count_line(struct log_messages *messages,
                       struct unwrapper *unwrapper, struct text raw,
                       struct bid_count *count)
{
    struct log_line line = LOG_LINE_NONE;
    struct log_event_row row = LOG_EVENT_ROW_NONE;
    struct log_meaning meaning;
    struct arena arena;

    count->lines++;
    if (!unwrapper_take(unwrapper, raw, &line)) {
        count->wrapped++;
        return;
    }
    if (unwrapper->journal.is_open && line.content.length == 0) {
        count->lines--; /* a field of a record, and not its message */
        return;
    }
    arena_init(&arena);
    meaning = log_content_read(messages, &line, &row, &arena);
    arena_deinit(&arena);
    if (count->in_corefile && line.form == NULL && !meaning.is_coredns) {
        count->lines--;
        return;
    }
    count->in_corefile =
        text_ends(text_trim(line.content), "Using config file:");
    if (line.form != NULL && line.content.length > 0)
        count->wrapped++; /* a stamp alone is the output of date */
    if (meaning.is_coredns || (meaning.message != NULL && line.form != NULL))
        count->known++;
    if (line.form == NULL && meaning.is_coredns)
        count->wrapped++;
}

/* UTF-16, from PowerShell's ">": the low bytes tell enough. */
static struct text narrow(struct text head, struct arena *arena)
{
    char *bytes;
    size_t length = 0;

    if (!text_starts(head, "\xff\xfe"))
        return head;
    bytes = arena_allocate(arena, head.length);
    for (size_t i = 2; i < head.length; i += 2)
        bytes[length++] = head.bytes[i];
    return text_slice(bytes, length);
}

static struct bid_count count_head(const struct input *input, struct text head)
{
    struct log_messages *messages = memory_allocate(1, sizeof *messages);
    struct bid_count count = { 0 };
    struct unwrapper unwrapper;
    struct log_section section;
    struct text line;

    (void)text_skip(&head, "\xef\xbb\xbf");
    unwrapper_init(&unwrapper, head);
    log_messages_init(messages);
    while (count.lines < BID_LINES && text_line(&head, &line)) {
        bool is_cut = head.length == 0 && count.lines > 0 &&
                      input->head_bytes == INPUT_HEAD_BYTES;

        if (is_cut || text_trim(line).length == 0 ||
            log_section_read(&section, &unwrapper, line))
            continue;
        count_line(messages, &unwrapper, line, &count);
    }
    log_messages_deinit(messages);
    unwrapper_deinit(&unwrapper);
    free(messages);
    return count;
}

int log_bid(const struct input *input)
{
    int best = bid_by_name(input);
    struct bid_count count;
    struct arena arena;
    int bid = 0;

    arena_init(&arena);
    count = count_head(input, narrow(input_head(input), &arena));
    arena_deinit(&arena);
    if (count.known > 0)
        bid = count.wrapped * 2 >= count.lines ? BID_CERTAIN : BID_SOME;
    else if (count.lines > 0 && count.wrapped * 2 >= count.lines)
        bid = BID_WRAPPED;
    return bid > best ? bid : best;
}
