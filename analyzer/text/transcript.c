#include "text/transcript.h"

#include "text/readers.h"

#include <stdlib.h>
#include <string.h>

enum {
    BID_LINES_MAX = 60,
    HOST_BYTES = 256,
    COMMAND_BYTES = 8 * 1024,
};

/* To read another tool: a row here, its functions in a probe_*.c file. */
const struct probe_tool *const probe_tools[] = {
    &probe_dig,  &probe_nslookup, &probe_host, &probe_getent,
    &probe_ping, &probe_curl,     &probe_nc,
};
const size_t probe_tool_count = sizeof probe_tools / sizeof probe_tools[0];

struct transcript {
    struct input *input;
    struct sink *sink;
    struct line_reader lines;
    struct probe probe;
    char host_bytes[HOST_BYTES];
    char command_bytes[COMMAND_BYTES];
    struct text host; /* of the last prompt */
    struct text rest; /* commands of its line that were not begun yet */
    int64_t prompt_line;
    int64_t probes;
};

static void finish(struct transcript *transcript)
{
    struct probe *probe = &transcript->probe;

    if (probe->tool == NULL)
        return;
    if (probe->row.result[0] == '\0')
        probe->row.result = probe->tool == &probe_dig && probe->is_short
                                ? "failed"
                                : probe->tool->silent_result;
    if (!probe->is_doubtful || strcmp(probe->row.result, "unknown") != 0) {
        sink_put(transcript->sink, TABLE_PROBE, &probe->row);
        transcript->probes++;
    }
    probe->tool = NULL;
}

static void open_probe(struct transcript *transcript,
                       const struct probe_tool *tool, struct text client)
{
    struct probe *probe = &transcript->probe;

    finish(transcript);
    arena_reset(transcript->input->arena);
    *probe = (struct probe){
        .tool = tool,
        .row = PROBE_ROW_NONE,
        .arena = transcript->input->arena,
    };
    probe->row.evidence_id = transcript->input->evidence_id;
    probe->row.line = transcript->lines.number;
    probe->row.tool = tool->name;
    if (client.length > 0)
        probe->row.client = text_copy(probe->arena, client);
}

/* Programs that run another, and words of loops. */
static bool is_wrapper(struct text word)
{
    static const char *const words[] = {
        "sudo",   "time",  "timeout",  "nsenter", "ip",     "kubectl",
        "oc",     "k",     "docker",   "crictl",  "podman", "nerdctl",
        "ssh",    "do",    "then",     "if",      "while",  "env",
        "chroot", "watch", "microk8s", "k3s",     "stdbuf", "!",
    };
    ptrdiff_t slash = text_find_byte(word, '/');

    for (; slash >= 0; slash = text_find_byte(word, '/'))
        word = text_from(word, (size_t)slash + 1);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_equals(word, words[i]))
            return true;
    return false;
}

/* The tool that a command runs; a word elsewhere in it is an argument. */
static const struct probe_tool *find_tool(const struct command *command,
                                          size_t *at)
{
    const struct probe_tool *found = NULL;

    *at = command->word_count;
    for (size_t i = 0; i < probe_tool_count; i++) {
        size_t word = command_find(command, probe_tools[i]->name);

        if (word < *at) {
            *at = word;
            found = probe_tools[i];
        }
    }
    if (*at > 0 && found != NULL && !is_wrapper(command->words[0]))
        return NULL;
    return found;
}

static void begin(struct transcript *transcript, const struct command *command,
                  const struct probe_tool *tool, size_t at)
{
    struct text host = command_host(command, at);

    open_probe(transcript, tool, host.length > 0 ? host : transcript->host);
    transcript->probe.row.line = transcript->prompt_line;
    tool->begin(&transcript->probe, command, at + 1);
}

/* The next command of the prompt's line that is a probe. */
static void begin_next(struct transcript *transcript)
{
    struct command command;

    finish(transcript);
    while (command_take(&transcript->rest, &command)) {
        size_t at;
        const struct probe_tool *tool = find_tool(&command, &at);

        if (tool != NULL) {
            begin(transcript, &command, tool, at);
            return;
        }
    }
}

static struct text keep(char *room, size_t most, struct text text)
{
    text = text_first(text, most);
    if (text.length > 0)
        memcpy(room, text.bytes, text.length);
    return text_slice(room, text.length);
}

static bool take_prompt(struct transcript *transcript, struct text line)
{
    struct prompt prompt;

    if (text_starts(line, ";") || !prompt_parse(line, &prompt))
        return false;
    transcript->prompt_line = transcript->lines.number;
    transcript->host = keep(transcript->host_bytes, HOST_BYTES, prompt.host);
    transcript->rest =
        keep(transcript->command_bytes, COMMAND_BYTES, prompt.command);
    begin_next(transcript);
    /* A comment looks like root's prompt. */
    transcript->probe.is_doubtful = text_starts(line, "# ");
    return true;
}

/* "; <<>> DiG 9.18.49 <<>> +tries=1 @10.0.0.3 a.example": the arguments as
 * the shell gave them. It opens a probe of its own unless the open one still
 * waits for it. */
static bool take_dig_header(struct transcript *transcript, struct text line)
{
    struct probe *probe = &transcript->probe;
    struct probe_row seen;
    struct command command;
    ptrdiff_t second;
    struct text rest;

    if (!text_skip(&line, "; <<>> DiG "))
        return false;
    second = text_find(line, "<<>> ");
    if (second < 0)
        return false;
    if (probe->tool != &probe_dig || probe->has_header || probe->is_done)
        open_probe(transcript, &probe_dig, transcript->host);
    seen = probe->row;
    rest = text_from(line, (size_t)second + 5);
    (void)command_take(&rest, &command);
    probe->row.qname = NULL;
    probe->row.qtype = NULL;
    probe_dig.begin(probe, &command, 0);
    if (probe->row.server.length == 0)
        probe->row.server = seen.server;
    probe->has_header = true;
    return true;
}

/* Lines that tell the exit status; some of them end what the command said. */
static const struct {
    const char *prefix;
    bool ends;
} statuses[] = {
    { "rc=", true },
    { "rc: ", true },
    { "rc ", true },
    { "ret=", true },
    { "exit=", true },
    { "exit: ", true },
    { "exit code: ", true },
    { "exit code ", true },
    { "exit status: ", true },
    { "exit status ", true },
    { "status=", true },
    { "$?=", true },
    { "Command exited with non-zero status ", false },
    { "command terminated with exit code ", false },
};

static bool take_status(struct transcript *transcript, struct text line)
{
    struct probe *probe = &transcript->probe;
    int64_t status;

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct text rest = line;

        if (!text_skip(&rest, statuses[i].prefix) ||
            !text_integer(text_trim(rest), &status))
            continue;
        if (probe->tool != NULL && probe->row.result[0] == '\0')
            probe->row.result = status == 0 ? "answered" : "failed";
        if (statuses[i].ends) {
            begin_next(transcript);
            /* Its output may be the one that was already read. */
            probe->is_doubtful = true;
        }
        return true;
    }
    return false;
}

/* "real 0m10.013s" of the shell, "0:10.00elapsed" of GNU time. */
static bool take_elapsed(struct transcript *transcript, struct text line)
{
    ptrdiff_t elapsed = text_find(line, "elapsed");
    struct probe *probe = &transcript->probe;
    struct text rest = line;
    int64_t minutes = 0;
    int64_t duration_ns;
    bool is_shell = text_skip(&rest, "real");

    if (is_shell) {
        rest = text_trim(rest);
    } else if (elapsed > 0) {
        rest = text_first(line, (size_t)elapsed);
        for (ptrdiff_t blank = text_find_byte(rest, ' '); blank >= 0;
             blank = text_find_byte(rest, ' '))
            rest = text_from(rest, (size_t)blank + 1);
    } else {
        return false;
    }
    if (text_find_byte(rest, is_shell ? 'm' : ':') > 0 &&
        !text_integer(text_until(&rest, is_shell ? 'm' : ':'), &minutes))
        return false;
    if (text_ends(rest, "s"))
        rest.length--;
    if (minutes < 0 || minutes > 10000 || !probe_seconds(rest, &duration_ns))
        return false;
    if (probe->tool != NULL && probe->row.duration_ns == ABSENT)
        probe->row.duration_ns = duration_ns + minutes * 60000000000;
    return true;
}

/* Output without a prompt before it. */
static void take_opening(struct transcript *transcript, struct text line)
{
    struct command none = { .word_count = 0 };

    for (size_t i = 0; i < probe_tool_count; i++)
        if (probe_tools[i]->is_opening != NULL &&
            probe_tools[i]->is_opening(line)) {
            open_probe(transcript, probe_tools[i], transcript->host);
            probe_tools[i]->begin(&transcript->probe, &none, 0);
            if (probe_tools[i] == &probe_dig) {
                transcript->probe.row.qname = NULL;
                transcript->probe.row.qtype = NULL;
            }
            return;
        }
}

/* The same tool's output once more. dig repeats its errors at each try. */
static bool begins_again(const struct probe *probe, struct text line)
{
    bool has_result = probe->tool == &probe_dig ? probe->has_answer
                                                : probe->row.result[0] != '\0';

    return has_result && probe->tool->is_opening != NULL &&
           probe->tool->is_opening(line);
}

static void take_line(struct transcript *transcript, struct text line)
{
    struct probe *probe = &transcript->probe;

    if (take_prompt(transcript, line) || take_dig_header(transcript, line) ||
        take_status(transcript, line) || take_elapsed(transcript, line))
        return;
    if (probe->tool == NULL || probe->is_done || begins_again(probe, line))
        take_opening(transcript, line);
    if (probe->tool != NULL && !probe->is_done)
        probe->tool->take(probe, line);
}

enum read_status transcript_read(struct input *input, struct sink *sink)
{
    struct transcript *transcript = memory_allocate(1, sizeof *transcript);
    enum read_status status = READ_WHOLE;
    struct text line;

    transcript->input = input;
    transcript->sink = sink;
    line_reader_init(&transcript->lines, input->descriptor);
    while (!sink->is_closed && line_reader_next(&transcript->lines, &line))
        take_line(transcript, text_trim(line));
    finish(transcript);
    if (transcript->probes > 0)
        sink_clue(sink, input->evidence_id, ABSENT, "format", "transcript");
    else
        status = READ_NOT_UNDERSTOOD;
    line_reader_deinit(&transcript->lines);
    free(transcript);
    return status;
}

/* A prompt with a tool's name is nearly sure; a tool's output is, too. */
static int bid_on_line(struct text line)
{
    struct prompt prompt;
    struct command command;
    size_t at;

    for (size_t i = 0; i < probe_tool_count; i++)
        if (probe_tools[i]->is_opening != NULL &&
            probe_tools[i]->is_opening(line))
            return 85;
    if (text_starts(line, ";") || !prompt_parse(line, &prompt))
        return 0;
    while (command_take(&prompt.command, &command))
        if (find_tool(&command, &at) != NULL)
            return text_starts(line, "# ") ? 40 : 90;
    return 0;
}

int transcript_bid(const struct input *input)
{
    struct text rest = input_head(input);
    struct text line;
    int best = 0;

    for (int i = 0; i < BID_LINES_MAX && text_line(&rest, &line); i++) {
        int bid = bid_on_line(text_trim(line));

        if (bid > best)
            best = bid;
    }
    return best;
}
