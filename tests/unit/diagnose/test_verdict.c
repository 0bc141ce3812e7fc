/* From weighed causes to one verdict. */
#include "rule_fixture.h"

#include "store/rows.h"

static const struct embedded rules[] = {
    SIGN("a", ""),
    SIGN("b", ""),
    SIGN("c", ""),
    SIGN("d", ""),
    SIGN("gone", "-- needs: other\n"),
    /* strong and rival exclude each other: only one of them says so. */
    CAUSE("strong", "0", "a", "25", "excludes: [rival, weak]\n"),
    CAUSE("rival", "0", "b", "22", "absorbs: [symptom-of-rival]\n"),
    CAUSE("weak", "0", "c", "12", ""),
    CAUSE("symptom-of-rival", "0", "c", "14", ""),
    CAUSE("apart", "0", "d", "11",
          "same_node: it does\ncross_node: it does not\n"),
    RULES_END,
};

static enum cause_outcome outcome(const struct fixture *fixture, const char *id)
{
    return fixture_cause(fixture, id)->outcome;
}

static void one_cause_explains(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_run(&fixture, rules, "a");
    assert_int_equal(verdict->status, VERDICT_EXPLAINED);
    assert_int_equal(verdict->confidence, CONFIDENCE_CONFIRMED);
    assert_int_equal(verdict->cause_count, 1);
    assert_string_equal(verdict->causes[0]->id, "strong");
    assert_string_equal(verdict->summary, "It is strong.");
    assert_null(verdict->same_node);
    assert_ptr_equal(verdict->causes[0], &verdict->all_causes[0]);
    fixture_close(&fixture);
}

static void scope_comes_from_the_signs_else_from_the_case(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_run(&fixture, rules, "a");
    assert_string_equal(verdict->from_nodes[0], "from-a");
    assert_null(verdict->from_nodes[1]);
    assert_string_equal(verdict->to_nodes[0], "to-a");
    assert_string_equal(verdict->transports[0], "tcp");
    assert_string_equal(verdict->transports[1], "udp");
    assert_null(verdict->transports[2]);
    assert_string_equal(verdict->clients[0], "host");
    assert_int_equal(verdict->start_ns, 5);
    assert_int_equal(verdict->end_ns, 9);
    assert_true(verdict->fixed_ns == ABSENT);
    fixture_close(&fixture);

    fixture_run(&fixture, rules, "");
    assert_string_equal(verdict->from_nodes[0], "n2");
    assert_string_equal(verdict->from_nodes[1], "n3");
    assert_string_equal(verdict->to_nodes[0], "n1");
    assert_null(verdict->to_nodes[1]);
    fixture_close(&fixture);
}

static void close_rivals_are_undecided(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_run(&fixture, rules, "a b");
    assert_int_equal(verdict->status, VERDICT_UNDECIDED);
    assert_int_equal(verdict->confidence, CONFIDENCE_LIKELY);
    assert_int_equal(verdict->cause_count, 2);
    assert_string_equal(verdict->causes[0]->id, "strong");
    assert_string_equal(verdict->causes[1]->id, "rival");
    assert_int_equal(outcome(&fixture, "strong"), CAUSE_POSSIBLE);
    assert_string_equal(verdict->summary,
                        "10 of 40 DNS questions failed. The evidence does not "
                        "decide between: Cause strong (25 dB) or Cause rival "
                        "(22 dB).");
    assert_true(verdict->gap_count > 0);
    fixture_close(&fixture);
}

static void a_beaten_rival_is_ruled_out(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, rules, "a c");
    assert_int_equal(fixture.verdict.status, VERDICT_EXPLAINED);
    assert_int_equal(outcome(&fixture, "strong"), CAUSE_EXPLAINS);
    assert_int_equal(outcome(&fixture, "weak"), CAUSE_RULED_OUT);
    assert_string_equal(fixture_cause(&fixture, "weak")->ruled_out_by,
                        "Cause strong: this explains it");
    /* Nothing links it to strong: a fault of its own. */
    assert_int_equal(outcome(&fixture, "symptom-of-rival"), CAUSE_EXPLAINS);
    fixture_close(&fixture);
}

static void what_is_absorbed_does_not_explain(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, rules, "b c");
    assert_int_equal(outcome(&fixture, "rival"), CAUSE_EXPLAINS);
    assert_int_equal(outcome(&fixture, "symptom-of-rival"), CAUSE_RULED_OUT);
    assert_string_equal(
        fixture_cause(&fixture, "symptom-of-rival")->ruled_out_by,
        "Cause rival: this explains it");
    fixture_close(&fixture);
}

static void independent_faults_are_two_causes(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_run(&fixture, rules, "a d");
    assert_int_equal(verdict->status, VERDICT_EXPLAINED);
    assert_int_equal(verdict->cause_count, 2);
    assert_int_equal(verdict->confidence, CONFIDENCE_LIKELY); /* the weakest */
    assert_string_equal(verdict->summary,
                        "It is strong. Besides: It is apart.");
    assert_string_equal(verdict->same_node, "it does");
    assert_string_equal(verdict->from_nodes[0], "from-a");
    assert_string_equal(verdict->from_nodes[1], "from-d");
    fixture_close(&fixture);
}

static const struct embedded neighbours[] = {
    SIGN("a", ""),
    SIGN("b", ""),
    CAUSE("proven", "0", "a", "25", ""),
    CAUSE("likely-too", "0", "b", "12", ""),
    CAUSE("proven-too", "0", "b", "21", ""),
    CAUSE("refused", "0", "b", "11", "explains: [losses, refusals]\n"),
    RULES_END,
};

static void see_at(struct fixture *fixture, const char *name, const char *node)
{
    char *sql = sqlite3_mprintf("INSERT INTO fact VALUES (%Q, 'f#1', 's', "
                                "'p', %Q, NULL, 1)",
                                name, node);

    fixture_execute(fixture, sql);
    sqlite3_free(sql);
}

static void judge_two(struct fixture *fixture, const char *first_node,
                      const char *second_node)
{
    fixture_open(fixture, neighbours);
    fixture_execute(fixture, something_failed);
    see_at(fixture, "a", first_node);
    see_at(fixture, "b", second_node);
    fixture_judge(fixture);
}

/* The failures at that node have a cause: what is only likely is not needed,
 * what is proven is there all the same, and so is what refuses. */
static void a_further_cause_explains_what_is_left_over(void **state)
{
    struct fixture fixture;

    (void)state;
    judge_two(&fixture, "n1", "n1");
    assert_int_equal(outcome(&fixture, "proven"), CAUSE_EXPLAINS);
    assert_int_equal(outcome(&fixture, "proven-too"), CAUSE_EXPLAINS);
    assert_int_equal(outcome(&fixture, "likely-too"), CAUSE_POSSIBLE);
    assert_int_equal(outcome(&fixture, "refused"), CAUSE_EXPLAINS);
    fixture_close(&fixture);

    judge_two(&fixture, "n1", "n2");
    assert_int_equal(outcome(&fixture, "proven-too"), CAUSE_EXPLAINS);
    assert_int_equal(outcome(&fixture, "likely-too"), CAUSE_POSSIBLE);
    fixture_close(&fixture);

    judge_two(&fixture, NULL, "n2");
    assert_int_equal(outcome(&fixture, "likely-too"), CAUSE_POSSIBLE);
    fixture_close(&fixture);

    judge_two(&fixture, "n1", NULL);
    assert_int_equal(outcome(&fixture, "likely-too"), CAUSE_EXPLAINS);
    fixture_close(&fixture);
}

static void each_cause_has_a_scope_of_its_own(void **state)
{
    struct fixture fixture;
    const struct scope *scope;

    (void)state;
    fixture_run(&fixture, rules, "a d");
    scope = &fixture_cause(&fixture, "strong")->scope;
    assert_string_equal(scope->from_nodes[0], "from-a");
    assert_null(scope->from_nodes[1]);
    assert_null(scope->transports[0]);
    scope = &fixture_cause(&fixture, "apart")->scope;
    assert_string_equal(scope->to_nodes[0], "to-d");
    assert_null(scope->to_nodes[1]);
    scope = &fixture_cause(&fixture, "weak")->scope;
    assert_null(scope->from_nodes[0]);
    fixture_close(&fixture);
}

/* The lesser one absorbs the better one within 10 dB, and not beyond. */
static void the_specific_absorbs_the_general(void **state)
{
    static const struct embedded absorbing[] = {
        SIGN("a", ""),
        SIGN("b", ""),
        SIGN("c", ""),
        CAUSE("specific", "0", "a", "12", "absorbs: [general, obvious]\n"),
        CAUSE("general", "0", "b", "19", ""),
        CAUSE("obvious", "0", "c", "30", ""),
        RULES_END,
    };
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, absorbing, "a b c");
    assert_int_equal(outcome(&fixture, "specific"), CAUSE_EXPLAINS);
    assert_int_equal(outcome(&fixture, "general"), CAUSE_RULED_OUT);
    assert_int_equal(outcome(&fixture, "obvious"), CAUSE_EXPLAINS);
    fixture_close(&fixture);
}

static void circles_of_absorption_end(void **state)
{
    static const struct embedded circle[] = {
        SIGN("a", ""),
        CAUSE("x", "0", "a", "12", "absorbs: [y]\n"),
        CAUSE("y", "0", "a", "13", "absorbs: [z]\n"),
        CAUSE("z", "0", "a", "14", "absorbs: [x]\n"),
        RULES_END,
    };
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, circle, "a");
    assert_int_equal(fixture.verdict.status, VERDICT_EXPLAINED);
    assert_int_equal(outcome(&fixture, "z"), CAUSE_EXPLAINS);
    assert_int_equal(outcome(&fixture, "x"), CAUSE_RULED_OUT);
    fixture_close(&fixture);
}

static void nothing_failed_nothing_explains(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, "INSERT INTO v_wellbeing VALUES (500, 2, 0)");
    fixture_see(&fixture, "a");
    fixture_judge(&fixture);
    assert_int_equal(verdict->status, VERDICT_HEALTHY);
    assert_int_equal(verdict->cause_count, 0);
    assert_int_equal(outcome(&fixture, "strong"), CAUSE_POSSIBLE);
    assert_int_equal(fixture_cause(&fixture, "strong")->confidence,
                     CONFIDENCE_POSSIBLE);
    assert_string_equal(verdict->summary,
                        "500 DNS questions were answered and 2 failed (0.4 %), "
                        "which is no more than noise.");
    fixture_close(&fixture);
}

static void few_of_few_are_neither_noise_nor_a_fault(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, "INSERT INTO v_wellbeing VALUES (1, 1, 0)");
    fixture_judge(&fixture);
    assert_int_equal(verdict->status, VERDICT_UNDETERMINED);
    assert_string_equal(verdict->summary,
                        "1 of 2 DNS questions failed: too few to tell a fault "
                        "from chance.");
    assert_true(verdict->gap_count > 0);
    fixture_close(&fixture);

    fixture_open(&fixture, rules);
    fixture_execute(&fixture, "INSERT INTO v_wellbeing VALUES (1, 0, 0)");
    fixture_judge(&fixture);
    assert_int_equal(verdict->status, VERDICT_HEALTHY);
    assert_string_equal(verdict->summary,
                        "1 DNS question was answered and none failed.");
    fixture_close(&fixture);
}

static void healthy_is_not_said_of_when_nothing_was_captured(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, "INSERT INTO v_wellbeing VALUES (60, 0, 0);"
                              "INSERT INTO v_unseen_error VALUES (40, 1, 2)");
    fixture_judge(&fixture);
    assert_int_equal(fixture.verdict.status, VERDICT_HEALTHY);
    assert_string_equal(fixture.verdict.summary,
                        "60 DNS questions were answered and none failed while "
                        "captures ran; at other times DNS servers logged 40 "
                        "errors.");
    fixture_close(&fixture);
}

/* Where no cause says how, the sentence about the failures does. */
static void damage_without_a_cause_is_told(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, something_failed);
    fixture_execute(&fixture, "UPDATE v_failed SET failure = 'query-damaged'"
                              " WHERE asked_ns <= 3 AND client_node = 'n2'");
    fixture_judge(&fixture);
    assert_int_equal(verdict->status, VERDICT_UNDETERMINED);
    assert_string_equal(verdict->summary,
                        "10 of 40 DNS questions failed, 3 of them by a packet "
                        "with a wrong checksum, and no known cause explains "
                        "them well enough.");
    fixture_close(&fixture);
}

/* Captures of nowhere, and an overlay with a port of its own. */
static void what_to_collect_fits_the_bundle(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, something_failed);
    fixture_execute(&fixture,
                    "INSERT INTO v_evidence VALUES"
                    " ('x.pcap', 'capture', NULL, 40, 40, 1, NULL, NULL);"
                    "INSERT INTO v_gap VALUES ('w', 's',"
                    " 'see udp port 4789 or udp port 8472 (on n1)');"
                    "INSERT INTO v_overlay_port VALUES (6081)");
    fixture_judge(&fixture);
    assert_string_equal(verdict->gaps[0].collect, "see udp port 6081 (on n1)");
    assert_string_equal(verdict->gaps[1].what,
                        "No capture whose node is known");
    assert_non_null(
        strstr(verdict->gaps[1].collect, "port 53 or udp port 6081 (named"));
    fixture_close(&fixture);

    fixture_open(&fixture, rules);
    fixture_execute(&fixture, something_failed);
    fixture_execute(&fixture, "INSERT INTO v_gap VALUES ('w', 's',"
                              " 'udp port 4789 or udp port 8472');"
                              "INSERT INTO v_overlay_port VALUES (8472)");
    fixture_judge(&fixture);
    assert_string_equal(verdict->gaps[0].collect,
                        "udp port 4789 or udp port 8472");
    fixture_close(&fixture);
}

static void an_empty_bundle_is_not_healthy(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, "INSERT INTO v_wellbeing VALUES (0, 0, 0);"
                              "INSERT INTO v_gap VALUES ('w', 's', 'c')");
    fixture_judge(&fixture);
    assert_int_equal(fixture.verdict.status, VERDICT_UNDETERMINED);
    assert_int_equal(fixture.verdict.confidence, CONFIDENCE_NONE);
    assert_string_equal(fixture.verdict.gaps[0].what, "w");
    fixture_close(&fixture);
}

static void undetermined_says_what_to_collect(void **state)
{
    static const struct embedded blind[] = {
        SIGN("gone", "-- needs: other\n"),
        CAUSE("x", "0", "gone", "25", ""),
        RULES_END,
    };
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_run(&fixture, blind, "gone");
    assert_int_equal(verdict->status, VERDICT_UNDETERMINED);
    assert_string_equal(verdict->summary,
                        "10 of 40 DNS questions failed, and no known cause "
                        "explains them well enough.");
    assert_int_equal(verdict->gap_count, 1);
    assert_string_equal(verdict->gaps[0].what, "Another thing");
    assert_string_equal(verdict->gaps[0].collect, "get other");
    assert_string_equal(verdict->gaps[0].so,
                        "cannot tell whether \"Sign gone\" is so, which bears "
                        "on \"Cause x\"");
    fixture_close(&fixture);
}

/* The sign that is missing would speak for it; the one that would speak
 * against it makes nobody surer. */
static void what_is_only_likely_says_why(void **state)
{
    static const struct embedded unsure[] = {
        SIGN("a", ""),
        SIGN("gone", "-- needs: other\n"),
        SIGN("lost", "-- needs: elsewhere\n"),
        { "rules/causes/z.yaml",
          CAUSE_TEXT("z", "-10", "a", "25",
                     "contradicts:\n  - {sign: lost, weight: 5, why: "
                     "w}\n") "  - {sign: gone, weight: 9, why: w}\n" },
        RULES_END,
    };
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_open(&fixture, unsure);
    fixture_execute(&fixture, something_failed);
    fixture_execute(&fixture, "INSERT INTO v_available VALUES "
                              "('elsewhere', 0, 'A third thing', 'get it')");
    fixture_see(&fixture, "a");
    fixture_judge(&fixture);
    assert_int_equal(verdict->status, VERDICT_EXPLAINED);
    assert_int_equal(verdict->confidence, CONFIDENCE_LIKELY);
    assert_int_equal(verdict->gap_count, 1);
    assert_string_equal(verdict->gaps[0].what, "Another thing");
    fixture_close(&fixture);
}

static void nothing_missing_is_told_as_well(void **state)
{
    static const struct embedded unsure[] = {
        SIGN("a", ""),
        CAUSE("x", "-10", "a", "25", ""),
        RULES_END,
    };
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, unsure, "a");
    assert_int_equal(fixture.verdict.confidence, CONFIDENCE_LIKELY);
    assert_int_equal(fixture.verdict.gap_count, 1);
    fixture_close(&fixture);

    fixture_run(&fixture, rules, "a");
    assert_int_equal(fixture.verdict.confidence, CONFIDENCE_CONFIRMED);
    assert_int_equal(fixture.verdict.gap_count, 0);
    fixture_close(&fixture);
}

static void judge_healthy(struct fixture *fixture, const char *sql)
{
    fixture_open(fixture, rules);
    fixture_execute(
        fixture,
        "INSERT INTO v_wellbeing VALUES (500, 2, 0);"
        "INSERT INTO v_failed VALUES ('x', 'n2', 'n1', 'udp', 'pod', 5, NULL);"
        "INSERT INTO v_window VALUES (5, 9, NULL);"
        "INSERT INTO v_evidence VALUES"
        " ('x.pcap', 'capture', 'n1', 40, 40, 1, NULL, NULL);"
        "INSERT INTO v_vantage (node) VALUES ('n1')");
    fixture_execute(fixture, sql);
    fixture_judge(fixture);
    assert_int_equal(fixture->verdict.status, VERDICT_HEALTHY);
    assert_null(fixture->verdict.from_nodes[0]);
    assert_true(fixture->verdict.start_ns == ABSENT);
}

static void healthy_says_where_nobody_looked(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    judge_healthy(&fixture, "INSERT INTO v_address VALUES ('n1', 'node'),"
                            " ('n2', 'node'), ('n3', 'node'), ('p', 'pod')");
    assert_int_equal(verdict->gap_count, 1);
    assert_string_equal(verdict->gaps[0].what, "No capture at n2 and n3");
    fixture_close(&fixture);

    judge_healthy(&fixture, "");
    assert_string_equal(verdict->gaps[0].what, "No capture but at n1");
    fixture_close(&fixture);

    judge_healthy(&fixture, "INSERT INTO v_address VALUES ('n2', 'node');"
                            "INSERT INTO v_vantage (node) VALUES ('n2')");
    assert_int_equal(verdict->gap_count, 0);
    fixture_close(&fixture);

    judge_healthy(&fixture, "UPDATE v_vantage SET node = NULL;"
                            "UPDATE v_evidence SET node = NULL");
    assert_string_equal(verdict->gaps[0].what,
                        "No capture whose node is known");
    fixture_close(&fixture);
}

static void files_without_a_time_are_told(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, something_failed);
    fixture_execute(&fixture, "INSERT INTO v_evidence VALUES"
                              " ('a.log', 'log', 'n1', 0, 5, NULL, NULL, NULL),"
                              " ('b.log', 'log', 'n1', 0, 5, 7, NULL, NULL),"
                              " ('c', 'snapshot', 'n1', 0, 5, 7, 7, 'mtime'),"
                              " ('d', 'snapshot', 'n1', 0, 5, 7, 7, 'stated'),"
                              " ('e', 'snapshot', 'n1', 0, 0, 7, 7, 'mtime'),"
                              " ('f', 'objects', 'n1', 0, 5, 7, 7, 'mtime')");
    fixture_see(&fixture, "d");
    fixture_judge(&fixture);
    assert_int_equal(verdict->confidence, CONFIDENCE_LIKELY);
    assert_int_equal(verdict->gap_count, 1);
    assert_string_equal(verdict->gaps[0].what,
                        "No time in 2 files (the first: a.log)");
    fixture_close(&fixture);

    /* Nobody asks any more. */
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, something_failed);
    fixture_execute(&fixture,
                    "INSERT INTO v_evidence VALUES"
                    " ('a.log', 'log', 'n1', 0, 5, NULL, NULL, NULL)");
    fixture_see(&fixture, "a");
    fixture_judge(&fixture);
    assert_int_equal(verdict->gap_count, 0);
    fixture_close(&fixture);
}

static void no_capture_is_not_an_empty_one(void **state)
{
    struct fixture fixture;
    const struct verdict *verdict = &fixture.verdict;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture, "INSERT INTO v_wellbeing VALUES (0, 0, 1)");
    fixture_judge(&fixture);
    assert_string_equal(verdict->summary,
                        "There is no capture; the logs hold 1 answered "
                        "question and no error: nothing can be said of "
                        "packets that never reached a DNS server.");
    fixture_execute(&fixture, "INSERT INTO v_evidence (packets) VALUES (3)");
    fixture_judge(&fixture);
    assert_non_null(strstr(verdict->summary, "captures show no DNS traffic"));
    fixture_close(&fixture);
}

static void evidence_is_kept_to_a_bound_and_rows_are_counted(void **state)
{
    struct fixture fixture;
    const struct sign_result *sign;

    (void)state;
    fixture_open(&fixture, rules);
    fixture_execute(&fixture,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                    "FROM n WHERE i < 20) INSERT INTO fact SELECT 'a', "
                    "'f#' || (100 + i), printf('%.*c', 2000, 'x'), 'p', "
                    "'n' || (i % 3), NULL, i FROM n");
    fixture_judge(&fixture);
    sign = fixture_sign(&fixture, "a");
    assert_int_equal(sign->outcome, SIGN_FIRED);
    assert_int_equal(sign->rows, 20);
    assert_int_equal(sign->evidence_count, SIGN_EVIDENCE_MAX);
    assert_string_equal(sign->evidence[0].ref, "f#101");
    assert_int_equal(strlen(sign->evidence[0].says), SIGN_TEXT_BYTES);
    assert_string_equal(sign->says, "a seen 20 times at p");
    assert_string_equal(sign->from_nodes[0], "n0");
    assert_string_equal(sign->from_nodes[2], "n2");
    assert_null(sign->from_nodes[3]);
    assert_null(sign->to_nodes[0]);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_cause_explains),
        cmocka_unit_test(scope_comes_from_the_signs_else_from_the_case),
        cmocka_unit_test(close_rivals_are_undecided),
        cmocka_unit_test(a_beaten_rival_is_ruled_out),
        cmocka_unit_test(what_is_absorbed_does_not_explain),
        cmocka_unit_test(independent_faults_are_two_causes),
        cmocka_unit_test(a_further_cause_explains_what_is_left_over),
        cmocka_unit_test(each_cause_has_a_scope_of_its_own),
        cmocka_unit_test(what_is_only_likely_says_why),
        cmocka_unit_test(nothing_missing_is_told_as_well),
        cmocka_unit_test(healthy_says_where_nobody_looked),
        cmocka_unit_test(files_without_a_time_are_told),
        cmocka_unit_test(no_capture_is_not_an_empty_one),
        cmocka_unit_test(the_specific_absorbs_the_general),
        cmocka_unit_test(circles_of_absorption_end),
        cmocka_unit_test(nothing_failed_nothing_explains),
        cmocka_unit_test(few_of_few_are_neither_noise_nor_a_fault),
        cmocka_unit_test(healthy_is_not_said_of_when_nothing_was_captured),
        cmocka_unit_test(damage_without_a_cause_is_told),
        cmocka_unit_test(what_to_collect_fits_the_bundle),
        cmocka_unit_test(an_empty_bundle_is_not_healthy),
        cmocka_unit_test(undetermined_says_what_to_collect),
        cmocka_unit_test(evidence_is_kept_to_a_bound_and_rows_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
