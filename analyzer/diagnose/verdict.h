/* What the rules found: signs, causes, one verdict.
 *
 * All texts may hold bytes of the evidence: a renderer escapes them.
 *
 * A sign is one SELECT whose rows are the evidence (rules/signs/NAME.sql). A
 * cause (rules/causes/ID.yaml) weighs signs in decibans, 10 log10 of a
 * likelihood ratio. Signs of one group count once: the largest weight.
 * The report renders this struct and nothing else knows how it came about. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum sign_outcome {
    SIGN_FIRED,         /* it has rows */
    SIGN_SILENT,        /* its evidence is there, and says nothing of it */
    SIGN_NOT_TESTABLE,  /* evidence that it needs is missing */
    SIGN_NOT_EVALUATED, /* a limit stopped it: no finding either way */
};

struct sign_evidence {
    const char *ref;  /* "path#frame", "path:line" or "path" */
    const char *says; /* one line about this piece */
};

struct sign_value {
    const char *column;
    const char *value; /* "" for NULL */
};

struct sign_result {
    const char *id;
    const char *title;
    const char *group;  /* "" if it has none */
    const char *sha256; /* of the rule text */
    enum sign_outcome outcome;
    const char *missing; /* SIGN_NOT_TESTABLE: what it needs;
                            SIGN_NOT_EVALUATED: what stopped it */
    const char *collect; /* and the command that collects it; NULL */
    const char *says;    /* filled-in sentence, for SIGN_FIRED */
    int64_t rows;
    bool is_cut; /* there were more rows than are counted */
    const struct sign_evidence *evidence; /* at most SIGN_EVIDENCE_MAX */
    size_t evidence_count;
    const char *component; /* first row's component column, or NULL */
    const struct sign_value *first_row; /* all its columns */
    size_t first_row_count;
    /* Distinct values over all rows, in order; arrays end with NULL. */
    const char *const *from_nodes;
    const char *const *to_nodes;
    const char *const *transports;
    const char *const *clients;
};

enum {
    SIGN_EVIDENCE_MAX = 8,
};

struct weighed_sign {
    const struct sign_result *sign;
    double weight;    /* decibans, as the cause has it */
    bool is_counted;  /* false: another of its group weighs more */
    const char *why;  /* the cause's reason for the weight */
    bool is_support;  /* of a missing sign: it would speak for the cause */
    bool is_silence;  /* counts because the sign stayed silent */
    const char *says; /* the sign's sentence, or for a silence the cause's */
};

enum cause_outcome {
    CAUSE_EXPLAINS,
    CAUSE_POSSIBLE,
    CAUSE_RULED_OUT,
    CAUSE_NOT_TESTABLE,
};

enum confidence {
    CONFIDENCE_NONE,
    CONFIDENCE_POSSIBLE,
    CONFIDENCE_LIKELY,
    CONFIDENCE_CONFIRMED,
};

/* Whom a fault hits; arrays end with NULL. */
struct scope {
    const char *const *from_nodes;
    const char *const *to_nodes;
    const char *const *transports;
    const char *const *clients;
};

struct cause_result {
    const char *id;
    const char *title;
    const char *summary;      /* one sentence a person would say */
    const char *same_node;    /* why it works there; NULL */
    const char *cross_node;   /* why it fails there; NULL */
    const char *component;    /* "NIC of node2"; NULL */
    const char *ruled_out_by; /* one sentence, for CAUSE_RULED_OUT; NULL */
    struct scope scope;       /* by its supporting signs, NULL lists never */
    double score;             /* decibans with the prior */
    enum confidence confidence;
    enum cause_outcome outcome;
    double prior; /* decibans */
    const char *prior_reason;
    const char *sha256;                  /* of the rule text */
    const struct weighed_sign *supports; /* in the cause's order */
    size_t supports_count;
    const struct weighed_sign *contradicts;
    size_t contradicts_count;
    const struct weighed_sign *missing; /* not testable, not evaluated */
    size_t missing_count;
    const char *const *fix; /* arrays end with NULL */
    const char *const *undo;
    const char *const *verify;
    const char *const *references;
    const char *const *false_positives;
};

enum verdict_status {
    VERDICT_EXPLAINED,
    VERDICT_UNDECIDED,
    VERDICT_UNDETERMINED,
    VERDICT_HEALTHY,
};

struct gap {
    const char *what;    /* "No capture at node2's NIC" */
    const char *so;      /* "cannot tell ... from ..." */
    const char *collect; /* a command */
};

/* A kind of failure beyond noise. */
struct symptom {
    const char *symptom;
    const char *title;
    int64_t failed;
    const char *ref;
};

struct verdict {
    enum verdict_status status;
    enum confidence confidence;
    const char *summary;
    const char *same_node;
    const char *cross_node;
    const struct cause_result *const *causes; /* the ones that explain, or
                                                 that remain if undecided */
    size_t cause_count;
    const char *const *from_nodes; /* scope; arrays end with NULL */
    const char *const *to_nodes;
    const char *const *transports;
    const char *const *clients;
    int64_t start_ns; /* of the failures; ABSENT */
    int64_t end_ns;
    int64_t fixed_ns; /* ABSENT: not fixed inside the bundle */
    const struct cause_result *all_causes; /* by score, then id */
    size_t all_cause_count;
    const struct sign_result *signs; /* by id */
    size_t sign_count;
    const struct gap *gaps;
    size_t gap_count;
    const struct symptom *symptoms;
    size_t symptom_count;
    int64_t answered; /* exchanges */
    int64_t failed;
    int64_t damaged;        /* of these, by a packet with a wrong checksum */
    int64_t logged_answers; /* questions that logs show answered */
    int64_t unseen_errors;  /* that logs hold from when nothing was captured */
    int64_t captures;       /* files that hold packets, printed ones too */
    const char *const *watched_nodes; /* a capture is from there */
    const char *const *unwatched_nodes;
    const char *tunnel_device; /* by which nodes reach each other; NULL */
    const char *tunnel_port;   /* UDP, of the overlay; NULL */
    const char *uplink;        /* if all nodes have the same; NULL */
    const char *dns_service;   /* its address; NULL */
    int64_t undated; /* files of which nothing says when they are from */
    const char *first_undated; /* path of one; NULL */
    const char *rules_sha256;  /* over all rules, in order of their ids */
};

struct rules;

/* Runs all rules over a correlated case. What *verdict points to lives in
 * the arena and in the rules. False if the case cannot be read or a rule is
 * wrong (its file and line are in the failure): then no rule has run.
 *
 * Beside what the rules query, it reads these views of store/views_*.sql:
 *   v_available(need, is_there, what, collect)   evidence that rules need
 *   v_symptom(symptom, title, failed, ref)       one row a kind of failure
 *                                                beyond noise
 *   v_unseen_error(errors, first_ns, last_ns)  one row, or none: errors that
 *       logs hold from when nothing was captured, if nothing captured failed
 *   v_wellbeing(answered, failed, logged_answers)  one row: exchanges, and
 *                                                answered questions of logs
 *   v_failed                                     exchanges that failed: when,
 *                                                of whom
 *   v_window(start_ns, end_ns, fixed_ns)         one row, NULL: not known
 *   v_gap(what, so, collect)                     evidence that would help
 *   v_overlay_port(port)                         the overlay's UDP ports
 *   v_evidence, v_vantage, v_address             what there is, from where
 *
 * How a verdict comes about:
 *   no symptom, something answered     healthy; no cause explains anything
 *   no symptom, nothing answered       undetermined
 *   else causes are looked at that are likely and whose `requires` fired,
 *   the best first:
 *   - one that another absorbs waits for it, unless it beats the other by
 *     10 dB (then it is more than the other's consequence);
 *   - the best explains; if it and another exclude each other and 5 dB or
 *     less lie between them, the verdict is undecided between them;
 *   - what an explaining cause absorbs, or excludes and beats by 10 dB, is
 *     ruled out;
 *   - what is left and likely explains too, a fault of its own, if it is
 *     confirmed or explains failures that the causes before it leave over:
 *     of another kind (`explains`), or at nodes that those do not name.
 *   none explains                      undetermined */
bool verdict_make(struct store *store, const struct rules *rules,
                  struct arena *arena, struct verdict *verdict,
                  struct failure *failure) MUST_CHECK;
