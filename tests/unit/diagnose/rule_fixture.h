/* A database with the views that a verdict reads, as plain tables, and small
 * rules over a table of facts: what a sign sees is one INSERT. */
#pragma once

#include "diagnose/engine.h"
#include "diagnose/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

/* A sign that fires for each fact of its name. */
#define SIGN_TEXT(id, more)                                        \
    "-- sign: " id "\n-- title: Sign " id "\n" more "-- says: " id \
    " seen {rows} times at {component}\n"                          \
    "SELECT ref, says, component, from_node, to_node, n\n"         \
    "FROM fact WHERE name = '" id "' ORDER BY ref;\n"
#define SIGN(id, more)                                \
    {                                                 \
        "rules/signs/" id ".sql", SIGN_TEXT(id, more) \
    }
/* A cause that sign `sign` supports with `weight`. */
#define CAUSE_TEXT(id, prior, sign, weight, more)                     \
    "cause: " id "\ntitle: Cause " id "\nsummary: It is " id ".\n"    \
    "prior: " prior "\nprior_reason: made up\nrequires: [" sign "]\n" \
    "fix: [\"do " id "\"]\nverify: [look]\n" more                     \
    "supports:\n  - {sign: " sign ", weight: " weight ", why: because}\n"
#define CAUSE(id, prior, sign, weight, more)                                  \
    {                                                                         \
        "rules/causes/" id ".yaml", CAUSE_TEXT(id, prior, sign, weight, more) \
    }
#define RULES_END  \
    {              \
        NULL, NULL \
    }

static const char fixture_schema[] =
    "CREATE TABLE fact (name, ref, says, component, from_node, to_node, n);"
    "CREATE TABLE v_available (need, is_there, what, collect);"
    "INSERT INTO v_available VALUES ('thing', 1, 'A thing', 'get thing'),"
    " ('other', 0, 'Another thing', 'get other');"
    "CREATE TABLE v_symptom (symptom, title, failed, ref);"
    "CREATE TABLE v_wellbeing (answered, failed, logged_answers);"
    "CREATE TABLE v_unseen_error (errors, first_ns, last_ns);"
    "CREATE TABLE v_window (start_ns, end_ns, fixed_ns);"
    "CREATE TABLE v_gap (what, so, collect);"
    "CREATE TABLE v_evidence (path, kind, node, packets, facts, first_ns,"
    " taken_ns, taken_is);"
    "CREATE TABLE v_vantage (node, kind, name);"
    "CREATE TABLE v_address (owner, kind);"
    "CREATE TABLE v_failed (leg, client_node, server_node, transport,"
    " client_kind, asked_ns, failure);"
    "CREATE TABLE v_tunnel_link (node, interface);"
    "CREATE TABLE v_overlay_port (port);"
    "CREATE TABLE v_setting (interface);"
    "CREATE TABLE v_owner (address, kind, is_dns);";

/* Ten questions of forty failed. */
static const char something_failed[] =
    "INSERT INTO v_symptom VALUES ('lost', 'questions lost', 10, 'x#1');"
    "INSERT INTO v_wellbeing VALUES (30, 10, 0);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
    " WHERE i < 40) INSERT INTO v_failed"
    " SELECT 'x', 'n2', 'n1', 'udp', 'pod', i, 'query-lost' FROM n;"
    "INSERT INTO v_failed (leg, client_node, server_node, transport,"
    " client_kind, asked_ns) VALUES ('x', 'n3', 'n1', 'tcp', 'host', 1), ('x', "
    "'n3', 'n1', 'tcp', 'host', 6),"
    " ('x', 'n3', 'n1', 'tcp', 'host', 2), ('x', 'n9', 'n1', 'udp', 'pod', 3),"
    " ('x', NULL, 'n8', 'udp', 'pod', 4),"
    " ('client-to-cache', 'n4', 'n4', 'udp', 'external', 5);"
    "INSERT INTO v_window VALUES (5, 9, NULL);";

struct fixture {
    sqlite3 *database;
    struct arena arena;
    struct rules *rules;
    struct verdict verdict;
    struct failure failure;
};

static inline void fixture_execute(struct fixture *fixture, const char *sql)
{
    char *reason = NULL;

    if (sqlite3_exec(fixture->database, sql, NULL, NULL, &reason) != SQLITE_OK)
        fail_msg("%s", reason);
}

static inline void fixture_open(struct fixture *fixture,
                                const struct embedded *rules)
{
    struct problems problems = problems_into(&fixture->failure);

    assert_int_equal(sqlite3_open(":memory:", &fixture->database), SQLITE_OK);
    arena_init(&fixture->arena);
    fixture_execute(fixture, fixture_schema);
    fixture->rules = rules_read(rules, NULL, &problems);
    if (problems.count > 0)
        fail_msg("%s", fixture->failure.text);
}

static inline void fixture_close(struct fixture *fixture)
{
    rules_destroy(fixture->rules);
    arena_deinit(&fixture->arena);
    assert_int_equal(sqlite3_close(fixture->database), SQLITE_OK);
}

/* One more fact that the sign of this name sees. */
static inline void fixture_see(struct fixture *fixture, const char *name)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "INSERT INTO fact VALUES ('%s', 'file#%s', 'a piece', 'part of "
             "%s', 'from-%s', 'to-%s', 7)",
             name, name, name, name, name);
    fixture_execute(fixture, sql);
}

static inline void fixture_judge(struct fixture *fixture)
{
    if (!engine_verdict(fixture->database, fixture->rules, &fixture->arena,
                        &fixture->verdict, &fixture->failure))
        fail_msg("%s", fixture->failure.text);
}

/* Facts of the names in `seen`, separated by blanks, while something failed. */
static inline void fixture_run(struct fixture *fixture,
                               const struct embedded *rules, const char *seen)
{
    char copy[256];
    char *rest = copy;

    fixture_open(fixture, rules);
    fixture_execute(fixture, something_failed);
    snprintf(copy, sizeof copy, "%s", seen);
    for (char *name = strtok_r(copy, " ", &rest); name != NULL;
         name = strtok_r(NULL, " ", &rest))
        fixture_see(fixture, name);
    fixture_judge(fixture);
}

static inline const struct cause_result *fixture_cause(
    const struct fixture *fixture, const char *id)
{
    for (size_t i = 0; i < fixture->verdict.all_cause_count; i++)
        if (strcmp(fixture->verdict.all_causes[i].id, id) == 0)
            return &fixture->verdict.all_causes[i];
    fail_msg("no cause %s", id);
    return NULL;
}

static inline const struct sign_result *fixture_sign(
    const struct fixture *fixture, const char *id)
{
    for (size_t i = 0; i < fixture->verdict.sign_count; i++)
        if (strcmp(fixture->verdict.signs[i].id, id) == 0)
            return &fixture->verdict.signs[i];
    fail_msg("no sign %s", id);
    return NULL;
}
