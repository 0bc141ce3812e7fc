#include "evidence/document_line.h"

#include "text/printed.h"
#include "text/prompt.h"

enum {
    FENCE_LENGTH_MIN = 3,
    PROSE_WORDS_MIN = 6,
};

size_t line_indent(struct text line)
{
    size_t columns = 0;

    for (size_t i = 0; i < line.length; i++) {
        if (line.bytes[i] == '\t')
            columns += 4;
        else if (line.bytes[i] == ' ')
            columns++;
        else
            break;
    }
    return columns;
}

static size_t run_of(struct text line, char mark)
{
    size_t length = 0;

    while (length < line.length && line.bytes[length] == mark)
        length++;
    return length;
}

bool fence_open(struct fence *fence, struct text line)
{
    struct text inner = text_trim(line);
    size_t backticks = run_of(inner, '`');
    size_t tildes = run_of(inner, '~');

    fence->indent = line_indent(line);
    if (backticks >= FENCE_LENGTH_MIN &&
        text_find_byte(text_from(inner, backticks), '`') < 0) {
        fence->mark = '`';
        fence->length = backticks;
        return true;
    }
    if (tildes >= FENCE_LENGTH_MIN) {
        fence->mark = '~';
        fence->length = tildes;
        return true;
    }
    if (text_equals_nocase(inner, "<pre>") ||
        text_equals_nocase(inner, "<pre><code>")) {
        fence->mark = 'p';
        fence->indent = 0;
        return true;
    }
    return false;
}

bool fence_is_closed(const struct fence *fence, struct text line)
{
    struct text inner = text_trim(line);
    size_t length;

    if (fence->mark == 'p')
        return text_find(inner, "</pre>") >= 0;
    length = run_of(inner, fence->mark);
    return length >= fence->length && length == inner.length;
}

bool line_is_list(struct text line)
{
    struct text inner = text_trim(line);
    struct text word = text_word(&inner);

    return text_equals(word, "-") || text_equals(word, "*") ||
           text_equals(word, "+") ||
           (word.length >= 2 && word.length <= 3 && text_ends(word, "."));
}

/* Programs whose output is evidence, or which come in front of one. */
static const char *const programs[] = {
    "kubectl",   "oc",
    "ip",        "ethtool",
    "tcpdump",   "tshark",
    "dig",       "nslookup",
    "host",      "ping",
    "curl",      "wget",
    "netstat",   "ss",
    "nstat",     "conntrack",
    "iptables",  "iptables-save",
    "nft",       "ipvsadm",
    "sysctl",    "cat",
    "uname",     "bridge",
    "dmesg",     "journalctl",
    "crictl",    "docker",
    "calicoctl", "getent",
    "nc",        "date",
    "hostname",  "sudo",
    "nsenter",   "watch",
    "time",      "ssh",
    "cilium",    "ifconfig",
    "route",     "arp",
    "grep",      "k",
    "microk8s",  "ip6tables-save",
    "lsmod",     "for",
    "while",     "traceroute",
    "mtr",       "iperf3",
    "modinfo",   "k3s",
    "rke2",      "minikube",
    "helm",      "systemctl",
    "echo",      "exit",
    "zcat",      "tail",
    "head",      "less",
    "export",
};

bool line_is_prompt(struct text line)
{
    struct prompt prompt;
    struct command command;
    struct text rest;

    if (text_starts(line, "+ ") || !prompt_parse(line, &prompt))
        return false;
    rest = prompt.command;
    if (!command_take(&rest, &command) || command.word_count == 0)
        return false;
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (command_find(&(struct command){ .words = { command.words[0] },
                                            .word_count = 1 },
                         programs[i]) == 0)
            return true;
    return false;
}

bool line_is_heading(struct text line)
{
    struct text rest = line;
    struct text word = text_word(&rest);
    struct text name = word;

    if (word.length == 0 || word.bytes[0] != '/' ||
        (text_find(word, "bin/") < 0) || text_find_byte(line, '(') >= 0)
        return false;
    while (text_find_byte(name, '/') >= 0)
        (void)text_until(&name, '/');
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (text_equals(name, programs[i]))
            return true;
    return text_starts(name, "iptables-");
}

bool line_is_packet(struct text line)
{
    struct printed_packet packet;
    struct text rest = line;

    return printed_take_start(&rest, &packet) &&
           (text_starts(text_trim(rest), "IP ") ||
            text_starts(text_trim(rest), "IP6 ") ||
            text_find(text_first(rest, 100), "ethertype ") >= 0);
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_plain_word(struct text word)
{
    size_t letters = 0;

    for (size_t i = 0; i < word.length; i++)
        letters += is_letter(word.bytes[i]) || word.bytes[i] == '\'';
    return letters + 1 >= word.length && letters > 0;
}

bool line_is_prose(struct text line)
{
    struct text rest = line;
    size_t words = 0;
    size_t plain = 0;

    if (line.length == 0 || !is_letter(line.bytes[0]))
        return false;
    while (rest.length > 0) {
        struct text word = text_word(&rest);

        words += word.length > 0;
        plain += is_plain_word(word);
    }
    return words >= PROSE_WORDS_MIN && plain * 4 >= words * 3;
}
