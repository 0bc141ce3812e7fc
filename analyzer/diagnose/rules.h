/* The rules as they are written: signs (SQL) and causes (YAML), read from
 * what was compiled in and from folders, each named by its id.
 *
 * A folder holds signs/ID.sql and causes/ID.yaml; its rules are added, or
 * replace those of the same id. Nothing else is searched: the same program
 * and the same folders give the same answer on every host.
 *
 * A sign file is a block of comment lines, then one SELECT:
 *     -- sign: ID                 the name of the file
 *     -- title: a noun phrase
 *     -- group: NAME              optional
 *     -- needs: a, b              optional; names of v_available
 *     -- says: a sentence; {rows} and {column} come from its first row
 *     --   a line that starts so goes on with the line above
 * Other comment lines are for people. A cause file is described by the table
 * in cause_file.c; the columns of a sign by the one in sign.c. */
#pragma once

#include "base/embedded.h"
#include "base/failure.h"
#include "base/hash.h"
#include "base/memory.h"
#include "diagnose/problem.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    RULE_BYTES_MAX = 64 * 1024,
    RULES_MAX = 4096,
};

struct rule_file {
    const char *path; /* for people: "rules/signs/x.sql", "DIR/signs/x.sql" */
    const char *id;   /* the name of the file without its ending */
    const char *text;
    size_t text_bytes;
    bool is_sign;
    bool is_embedded;
    char sha256[SHA256_TEXT_BYTES];
};

struct id_list {
    const char *const *ids;
    size_t count;
    int line;
};

struct sign_rule {
    struct rule_file file;
    const char *id;
    const char *title;
    const char *group; /* "" if it has none */
    const char *says;
    struct id_list needs;
    int says_line;
};

struct weight_rule {
    const char *sign;
    double weight; /* positive, decibans */
    const char *why;
    const char *when;
    bool is_silence; /* counts when the sign is silent, not when it fired */
    int line;
};

struct weight_list {
    const struct weight_rule *items;
    size_t count;
};

struct cause_rule {
    struct rule_file file;
    const char *id;
    const char *title;
    const char *summary;
    const char *same_node;  /* NULL */
    const char *cross_node; /* NULL */
    double prior;
    const char *prior_reason;
    struct id_list requires;
    struct id_list explains; /* kinds of failures: see failure_kinds[] */
    struct weight_list supports;
    struct weight_list contradicts;
    struct id_list excludes;
    struct id_list absorbs;
    const char *component_from; /* NULL */
    int component_from_line;
    const char *ruled_out_says; /* NULL */
    const char *const *fix;     /* arrays end with NULL */
    const char *const *undo;
    const char *const *verify;
    const char *const *references;
    const char *const *false_positives;
};

struct rules {
    struct arena arena;
    struct sign_rule *signs; /* by id */
    size_t sign_count;
    struct cause_rule *causes; /* by id */
    size_t cause_count;
    /* As `sha256sum signs/ID.sql ... causes/ID.yaml ... | sha256sum` gives
     * it, the ids in order. */
    char sha256[SHA256_TEXT_BYTES];
};

/* The embedded rules and those of the folders (ends with NULL; may be NULL).
 * NULL and the first mistake if there is one. */
struct rules *rules_load(const char *const *directories,
                         struct failure *failure) MUST_CHECK;
/* As rules_load() with other rules in place of the embedded ones, telling
 * every mistake; what was read without one is there. Never NULL. */
struct rules *rules_read(const struct embedded *embedded,
                         const char *const *directories,
                         struct problems *problems) MUST_CHECK;
void rules_destroy(struct rules *rules);

/* Every mistake in the embedded rules and a folder's (NULL: only those),
 * including SQL that does not prepare against an empty case. False only if
 * the check itself could not be made. */
bool rules_check(const char *directory, struct problems *problems,
                 struct failure *failure) MUST_CHECK;

const struct sign_rule *rules_sign(const struct rules *rules, const char *id);
const struct cause_rule *rules_cause(const struct rules *rules, const char *id);
