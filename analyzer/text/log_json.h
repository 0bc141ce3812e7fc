/* A JSON object on one line, member by member: no tree, no recursion.
 *
 * Log shippers write one object a line. Only names, kinds and the raw text of
 * values are told; whoever wants a string decodes it. Malformed text ends the
 * walk. */
#pragma once

#include "base/text.h"

struct json_member {
    struct text name;  /* raw: names that need escapes are none of ours */
    char kind;         /* '"' string, '{', '[', or '0' for everything else */
    struct text value; /* raw; a string without its quotes */
};

/* Takes the opening brace. False if it is not an object that also ends. */
bool json_enter(struct text *rest);
/* The next member, false after the last. */
bool json_next(struct text *rest, struct json_member *member);
/* Writes the decoded string, at most raw.length bytes; returns how many. */
size_t json_decode(struct text raw, char *to);
/* The same of an array of byte values: journald's form of what is not UTF-8.
 * Never more than raw.length bytes. */
size_t json_decode_bytes(struct text raw, char *to);
