#include "text/log_message.h"

#include "text/coredns.h"

#include <assert.h>
#include <string.h>

const struct log_message *const log_message_tables[] = {
    node_cache_messages,
    coredns_messages,
    kernel_messages,
    kube_messages,
};
const size_t log_message_table_count =
    sizeof log_message_tables / sizeof log_message_tables[0];

static size_t filter_slot(uint32_t four_bytes)
{
    return four_bytes * UINT32_C(2654435761) >> 20;
}

static uint32_t first_four(const char *needle)
{
    uint32_t value = 0;

    for (size_t i = 0; i < 4; i++)
        value = value << 8 | (unsigned char)needle[i];
    return value;
}

static void add(struct log_messages *messages, const struct log_message *row)
{
    size_t number = messages->count++;
    size_t slot = filter_slot(first_four(row->needle));

    assert(number < LOG_MESSAGES_MAX && strlen(row->needle) >= 4);
    messages->rows[number] = row;
    messages->by_four_bytes[slot][number / 64] |= UINT64_C(1) << number % 64;
}

void log_messages_init(struct log_messages *messages)
{
    memset(messages, 0, sizeof *messages);
    for (size_t i = 0; i < log_message_table_count; i++)
        for (const struct log_message *row = log_message_tables[i];
             row->needle != NULL; row++)
            add(messages, row);
}

void log_messages_deinit(struct log_messages *messages)
{
    for (size_t i = 0; i < messages->count; i++)
        pattern_destroy(messages->patterns[i]);
    messages->count = 0;
}

/* Which rows' needles may occur in text: a superset. */
static void filter(const struct log_messages *messages, struct text text,
                   uint64_t candidates[LOG_MESSAGES_MAX / 64])
{
    uint32_t window = 0;

    for (size_t i = 0; i < text.length; i++) {
        const uint64_t *bits;

        window = window << 8 | (unsigned char)text.bytes[i];
        bits = messages->by_four_bytes[filter_slot(window)];
        for (size_t word = 0; word < LOG_MESSAGES_MAX / 64; word++)
            candidates[word] |= bits[word];
    }
}

static void set_endpoint(struct text value, struct address *address,
                         int64_t *port)
{
    struct text rest = value;

    (void)text_until(&rest, ':');
    if (text_starts(value, "[") || text_find_byte(rest, ':') < 0)
        if (endpoint_parse(value, address, port))
            return;
    (void)address_parse(value, address);
}

static void fill(const struct pattern *pattern, struct log_event_row *row,
                 struct arena *arena)
{
    struct text value = pattern_group(pattern, "qname");

    if (value.length > 0)
        row->qname = coredns_name(value, arena);
    set_endpoint(pattern_group(pattern, "client"), &row->client,
                 &row->client_port);
    set_endpoint(pattern_group(pattern, "local"), &row->local,
                 &row->local_port);
    set_endpoint(pattern_group(pattern, "upstream"), &row->upstream,
                 &row->upstream_port);
    value = pattern_group(pattern, "qtype");
    if (value.length > 0)
        row->qtype = text_copy_most(arena, value, 32);
    value = pattern_group(pattern, "transport");
    if (value.length > 0)
        row->transport = text_copy_most(arena, value, 8);
    value = pattern_group(pattern, "error");
    if (value.length > 0)
        row->error = text_copy_most(arena, value, LOG_ERROR_BYTES);
}

static bool fits(struct log_messages *messages, size_t number,
                 const struct log_line *line, struct text text)
{
    const struct log_message *row = messages->rows[number];
    struct failure failure;

    if (line->families != 0 && (line->families & row->families) == 0)
        return false;
    if (text_find(text, row->needle) < 0)
        return false;
    if (row->pattern == NULL)
        return true;
    if (messages->patterns[number] == NULL)
        messages->patterns[number] = pattern_create(row->pattern, &failure);
    assert(messages->patterns[number] != NULL);
    return pattern_match(messages->patterns[number], text) == PATTERN_MATCH;
}

static void apply(const struct log_messages *messages, size_t number,
                  struct text text, const struct log_filled *filled)
{
    const struct log_message *message = messages->rows[number];

    filled->row->event = message->event;
    if (message->pattern != NULL)
        fill(messages->patterns[number], filled->row, filled->arena);
    if (message->reads_error)
        coredns_read_network_error(text, filled->row, filled->arena);
    if (message->error != NULL)
        filled->row->error = message->error;
}

const struct log_message *log_messages_read(struct log_messages *messages,
                                            const struct log_line *line,
                                            struct log_event_row *row,
                                            struct arena *arena)
{
    struct text text = text_first(line->content, PATTERN_SUBJECT_BYTES);
    uint64_t candidates[LOG_MESSAGES_MAX / 64] = { 0 };
    struct log_filled filled = { row, arena };

    filter(messages, text, candidates);
    for (size_t number = 0; number < messages->count; number++) {
        if ((candidates[number / 64] >> number % 64 & 1) == 0 ||
            !fits(messages, number, line, text))
            continue;
        if (messages->rows[number]->event != NULL)
            apply(messages, number, text, &filled);
        return messages->rows[number];
    }
    return NULL;
}
