/* Shell prompts in pasted text: who ran what.
 *
 * "[root@node1 ~]# dig ...", "root@node1:~# ...", "node1:~ # ...", "$ ...",
 * "/ # ...", "bash-5.1# ...", "+ ..." (set -x). Programs in front of the one
 * that matters are looked through: sudo, time, nsenter, and for the host they
 * name, `kubectl exec POD --` and `ssh HOST`. */
#pragma once

#include "base/text.h"

#include <stdbool.h>

enum {
    PROMPT_WORDS_MAX = 64,
};

struct prompt {
    struct text host;    /* empty if the prompt names none */
    struct text command; /* what follows it */
};

/* False if the line is no prompt with a command after it. */
bool prompt_parse(struct text line, struct prompt *prompt);

/* The words of one command; quotes are taken off at both ends. */
struct command {
    struct text words[PROMPT_WORDS_MAX];
    size_t word_count;
};

/* Takes one command off a line: up to ';', '&&', '||', '|' or a redirection.
 * False at the end. */
bool command_take(struct text *line, struct command *command);
/* Index of the first word that is a program of this name (with or without a
 * path), or word_count. */
size_t command_find(const struct command *command, const char *program);
/* The pod of `kubectl exec`, the host of `ssh`, if a word before `until` is
 * that; empty otherwise. */
struct text command_host(const struct command *command, size_t until);
/* The value of an option: "-n VALUE", "-nVALUE", "--namespace VALUE" or
 * "--namespace=VALUE". `option` includes the dashes. */
struct text command_option(const struct command *command, const char *option);
