#include "text/prompt.h"

#include <string.h>

enum {
    PROMPT_BYTES_MAX = 120,
};

/* Signs between a prompt and its command, the longest first. */
static const char *const signs[] = { "]$ ", "]# ", "$ ", "# ", "> ", "% " };

static bool is_one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte) != NULL;
}

static bool is_shell_name(struct text word)
{
    return text_starts(word, "bash-") || text_starts(word, "sh-") ||
           text_equals(word, "bash") || text_equals(word, "sh") ||
           text_equals(word, "PS");
}

static bool is_host_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
           byte == '_';
}

static struct text host_bytes(struct text text)
{
    size_t length = 0;

    while (length < text.length && is_host_byte(text.bytes[length]))
        length++;
    return text_first(text, length);
}

/* "[root@node1 ~", "root@node1:~", "node1:/root", "netshoot", "~". */
static struct text host_of(struct text prefix)
{
    ptrdiff_t at = text_find_byte(prefix, '@');
    struct text host;

    if (at >= 0)
        return host_bytes(text_from(prefix, (size_t)at + 1));
    (void)text_skip(&prefix, "[");
    host = host_bytes(prefix);
    if (is_shell_name(host))
        return text_slice(NULL, 0);
    return host;
}

/* What may stand before the sign: nothing, or words of a prompt. Prose with
 * a '#' in it has more of them. */
static bool is_prefix(struct text prefix)
{
    struct text rest = prefix;
    int words = 0;

    for (size_t i = 0; i < prefix.length; i++)
        if (!is_host_byte(prefix.bytes[i]) &&
            !is_one_of(prefix.bytes[i], "@[]():~/ "))
            return false;
    while (text_word(&rest).length > 0)
        words++;
    return words <= 2;
}

bool prompt_parse(struct text line, struct prompt *prompt)
{
    struct text head = text_first(line, PROMPT_BYTES_MAX);

    *prompt = (struct prompt){ 0 };
    if (text_starts(line, "+ ")) {
        prompt->command = text_trim(text_from(line, 2));
        return prompt->command.length > 0;
    }
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        ptrdiff_t at = text_find(head, signs[i]);

        if (at < 0 || !is_prefix(text_first(line, (size_t)at)))
            continue;
        prompt->host = host_of(text_first(line, (size_t)at));
        prompt->command =
            text_trim(text_from(line, (size_t)at + strlen(signs[i])));
        return prompt->command.length > 0;
    }
    return false;
}

static bool is_end_of_command(struct text rest)
{
    return rest.bytes[0] == ';' || rest.bytes[0] == '|' ||
           rest.bytes[0] == '>' || text_starts(rest, "&&") ||
           text_starts(rest, "2>");
}

/* A word ends at a blank or a separator, both outside quotes. */
static struct text take_word(struct text *rest)
{
    struct text word = *rest;
    char quote = '\0';
    size_t length = 0;

    for (; length < rest->length; length++) {
        char byte = rest->bytes[length];

        if (quote != '\0')
            quote = byte == quote ? '\0' : quote;
        else if (byte == '"' || byte == '\'')
            quote = byte;
        else if (is_one_of(byte, " \t\r;|"))
            break;
    }
    word = text_first(word, length);
    *rest = text_from(*rest, length);
    if (word.length >= 2 && is_one_of(word.bytes[0], "\"'") &&
        word.bytes[word.length - 1] == word.bytes[0])
        word = text_first(text_from(word, 1), word.length - 2);
    return word;
}

static void skip_separators(struct text *line)
{
    while (line->length > 0 && is_one_of(line->bytes[0], " \t\r;|&"))
        *line = text_from(*line, 1);
}

bool command_take(struct text *line, struct command *command)
{
    command->word_count = 0;
    skip_separators(line);
    while (line->length > 0) {
        *line = text_trim(*line);
        if (line->length == 0 || is_end_of_command(*line))
            break;
        if (command->word_count == PROMPT_WORDS_MAX)
            (void)take_word(line);
        else
            command->words[command->word_count++] = take_word(line);
    }
    /* A redirection's target is no command. */
    if (line->length > 0 && text_find_byte(text_first(*line, 2), '>') >= 0) {
        ptrdiff_t next = text_find_byte(*line, ';');

        *line = next < 0 ? text_from(*line, line->length)
                         : text_from(*line, (size_t)next);
    }
    return command->word_count > 0;
}

size_t command_find(const struct command *command, const char *program)
{
    for (size_t i = 0; i < command->word_count; i++) {
        struct text word = command->words[i];
        size_t length = strlen(program);

        if (text_equals(word, program))
            return i;
        if (word.length > length && text_ends(word, program) &&
            word.bytes[word.length - length - 1] == '/')
            return i;
    }
    return command->word_count;
}

/* Options that take a value in their next word. */
static bool takes_value(struct text word)
{
    static const char *const options[] = {
        "-n", "--namespace", "-c", "--container", "--context", "--kubeconfig",
        "-p", "-i",          "-l", "-o",          "-F",
    };

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (text_equals(word, options[i]))
            return true;
    return false;
}

static struct text first_operand(const struct command *command, size_t from,
                                 size_t until)
{
    for (size_t i = from; i < until; i++) {
        struct text word = command->words[i];

        /* kubectl's -i is --stdin and takes none; ssh's takes a file. */
        if (takes_value(word) &&
            !(text_equals(word, "-i") && from > 0 &&
              text_equals(command->words[from - 1], "exec")))
            i++;
        else if (!text_starts(word, "-"))
            return word;
    }
    return text_slice(NULL, 0);
}

struct text command_host(const struct command *command, size_t until)
{
    size_t exec = command_find(command, "exec");
    size_t ssh = command_find(command, "ssh");
    struct text host = { 0 };
    ptrdiff_t at;

    if (exec < until)
        host = first_operand(command, exec + 1, until);
    else if (ssh < until)
        host = first_operand(command, ssh + 1, until);
    at = text_find_byte(host, '@');
    if (at >= 0)
        host = text_from(host, (size_t)at + 1);
    at = text_find_byte(host, '/'); /* pod/NAME, deploy/NAME */
    return at >= 0 ? text_from(host, (size_t)at + 1) : host;
}

struct text command_option(const struct command *command, const char *option)
{
    size_t length = strlen(option);

    for (size_t i = 0; i < command->word_count; i++) {
        struct text word = command->words[i];

        if (text_equals(word, option))
            return i + 1 < command->word_count ? command->words[i + 1]
                                               : text_slice(NULL, 0);
        if (!text_starts(word, option))
            continue;
        word = text_from(word, length);
        if (text_skip(&word, "="))
            return word;
        if (length == 2 && option[1] != '-')
            return word;
    }
    return text_slice(NULL, 0);
}
