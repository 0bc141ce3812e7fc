#include "text/snapshot_command.h"

#include "text/snapshot_glob.h"

/* Programs whose output this folder reads, or that run them. */
static const char *const tools[] = {
    "netstat",
    "nstat",
    "cat",
    "ethtool",
    "ip",
    "ifconfig",
    "bridge",
    "conntrack",
    "sysctl",
    "ss",
    "uname",
    "date",
    "iptables-save",
    "iptables",
    "iptables-nft-save",
    "nft",
    "hostname",
    "ip6tables-save",
    "route",
    "iptables-legacy-save",
    "ipvsadm",
    NULL,
};

static const char *const wrappers[] = {
    "sudo", "nsenter", "kubectl", "crictl", "docker", "chroot", "oc",
    "head", "grep",    "sh",      "bash",   "for",    NULL,
};

/* Complaints as whole lines: shells, ethtool, iproute2, net-tools, procps. */
static const char *const errors[] = {
    "*: command not found",
    "*: not found",
    "*: No such file or directory",
    "*: No such device*",
    "*: Permission denied*",
    "*: Operation not permitted*",
    "*: Operation not supported*",
    "*: Invalid argument",
    "Operation not permitted",
    "Permission denied*",
    "Cannot *",
    "netlink error:*",
    "no stats available",
    "Device \"*\" does not exist.",
    "RTNETLINK answers: *",
    "sysctl: *",
    "netstat: *",
    "nstat: *",
    "ss: *",
    "bridge: *",
    "iptables*: *",
    "error: *",
    "Error: *",
    "command terminated with exit code #",
    NULL,
};

bool command_is_error(struct text trimmed)
{
    return glob_matches_any(trimmed, errors);
}

static struct text base_name(struct text word)
{
    ptrdiff_t slash = text_find_byte(word, '/');

    while (slash >= 0) {
        word = text_from(word, (size_t)slash + 1);
        slash = text_find_byte(word, '/');
    }
    return word;
}

static bool is_one_of(struct text word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (text_equals(base_name(word), *list))
            return true;
    return false;
}

/* From the last program of ours on, up to a pipe: what stands before it
 * ("sudo", "ip netns exec ns", "kubectl exec pod --") runs it. */
static struct text innermost(struct text line)
{
    struct text rest = text_until(&line, '|');
    struct text found = text_slice(NULL, 0);

    while (rest.length > 0) {
        struct text before = text_trim(rest);
        struct text word = text_word(&rest);

        if (word.length > 0 && is_one_of(word, tools))
            found = before;
    }
    return found;
}

static bool begins_as_command(struct text text)
{
    struct text word = text_word(&text);

    return is_one_of(word, tools) || is_one_of(word, wrappers);
}

/* "root@node1:~" or "[root@node1 ~]" -> node1. */
static struct text host_of(struct text prompt)
{
    ptrdiff_t at = text_find_byte(prompt, '@');
    size_t length = 0;

    if (at < 0)
        return text_slice(NULL, 0);
    prompt = text_from(prompt, (size_t)at + 1);
    while (length < prompt.length && prompt.bytes[length] != ':' &&
           prompt.bytes[length] != ' ' && prompt.bytes[length] != ']')
        length++;
    return text_first(prompt, length);
}

/* Up to the pipe: "ethtool -k eth0 | grep tx-" prints lines of ethtool. */
static struct text before_pipe(struct text command)
{
    ptrdiff_t at = text_find(command, " |");

    return at < 0 ? command : text_trim(text_first(command, (size_t)at));
}

/* A prompt ends with "# " or "$ " within its first 80 bytes. */
static bool take_prompt(struct text line, struct echo *echo)
{
    size_t most = line.length < 80 ? line.length : 80;

    for (size_t i = 0; i + 1 < most; i++) {
        struct text command = before_pipe(text_trim(text_from(line, i + 1)));
        bool is_sign = line.bytes[i] == '$' || line.bytes[i] == '#' ||
                       (line.bytes[i] == '+' && i == 0);

        if (!is_sign || line.bytes[i + 1] != ' ')
            continue;
        if (!begins_as_command(command))
            return false;
        echo->host = host_of(text_first(line, i));
        echo->command = innermost(command);
        return true;
    }
    return false;
}

static bool is_rule(char byte)
{
    return byte == '-' || byte == '=' || byte == '*' || byte == '#' ||
           byte == '>' || byte == '+' || byte == '`' || byte == '~';
}

/* "--- eth0", "=== ip addr ===", "*** Output of conntrack -S ***", "```". */
static bool take_separator(struct text line, struct echo *echo)
{
    size_t front = 0;

    while (front < line.length && is_rule(line.bytes[front]))
        front++;
    if (front < 3)
        return false;
    line = text_from(line, front);
    while (line.length > 0 && is_rule(line.bytes[line.length - 1]))
        line.length--;
    line = text_trim(line);
    text_skip(&line, "Output of ");
    if (begins_as_command(line))
        echo->command = innermost(line);
    else
        echo->title = line;
    return true;
}

bool command_take_echo(struct text trimmed, struct echo *echo)
{
    *echo = (struct echo){ .host = { NULL, 0 } };
    return take_separator(trimmed, echo) || take_prompt(trimmed, echo);
}

struct text command_squeeze(struct text command, char *buffer, size_t room)
{
    struct text rest = text_trim(command);
    struct text program = text_word(&rest);
    size_t folder_bytes = program.length - base_name(program).length;
    size_t used = 0;

    command = text_from(text_trim(command), folder_bytes);
    for (size_t i = 0; i < command.length && used < room; i++) {
        char byte = command.bytes[i];

        if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
            (byte >= 'A' && byte <= 'Z'))
            buffer[used++] = byte;
    }
    return text_slice(buffer, used);
}

struct text command_from_name(struct text name)
{
    static const char *const extensions[] = { ".txt",  ".log", ".out", ".md",
                                              ".json", ".gz",  NULL };

    for (size_t i = 0; extensions[i] != NULL; i++)
        if (text_ends(name, extensions[i]))
            name.length -= text_of(extensions[i]).length;
    return name;
}

static bool is_joint(char byte)
{
    return byte == '_' || byte == '-' || byte == ' ';
}

static struct text skip_joints(struct text text)
{
    size_t at = 0;

    while (at < text.length && is_joint(text.bytes[at]))
        at++;
    return text_from(text, at);
}

/* What follows the words in a command or file name, the rest unchanged. */
static bool skip_word(struct text *text, const char *word)
{
    struct text rest = *text;

    if (!text_skip(&rest, word) || rest.length == 0 || !is_joint(*rest.bytes))
        return false;
    *text = skip_joints(rest);
    return true;
}

/* One or two letters and a joint: the "k_" of "k_eth0". */
static struct text skip_flag(struct text text)
{
    for (size_t at = 1; at <= 2 && at < text.length; at++)
        if (is_joint(text.bytes[at]))
            return skip_joints(text_from(text, at));
    return text;
}

/* The last word of a typed command; a file name has no blanks. */
static struct text last_word(struct text text)
{
    struct text word = text;

    while (text.length > 0)
        word = text_word(&text);
    return word;
}

static struct text ethtool_interface(struct text options)
{
    options = skip_flag(skip_joints(options));
    if (text_find_byte(options, ' ') >= 0)
        options = last_word(options);
    return options.length > 2 ? options : text_slice(NULL, 0);
}

struct text command_interface(struct text command)
{
    ptrdiff_t at;

    command = text_trim(command);
    at = text_find(command, "ethtool");
    if (at >= 0)
        return ethtool_interface(text_from(command, (size_t)at + 7));
    at = text_find(command, "link");
    if (at < 0 || text_find(command, "ip") < 0)
        return text_slice(NULL, 0);
    command = text_from(command, (size_t)at + 4);
    if (command.length == 0 || !is_joint(*command.bytes))
        return text_slice(NULL, 0);
    command = skip_joints(command);
    while (skip_word(&command, "show") || skip_word(&command, "dev") ||
           skip_word(&command, "ls"))
        continue;
    return text_equals(command, "show") ? text_slice(NULL, 0) : command;
}
