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
                        "500 DNS questions were answered and 2 failed, which "
                        "is no more than noise.");
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
                        "cannot tell: \"Sign gone\", which bears on "
                        "\"Cause x\"");
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
        cmocka_unit_test(the_specific_absorbs_the_general),
        cmocka_unit_test(circles_of_absorption_end),
        cmocka_unit_test(nothing_failed_nothing_explains),
        cmocka_unit_test(an_empty_bundle_is_not_healthy),
        cmocka_unit_test(undetermined_says_what_to_collect),
        cmocka_unit_test(evidence_is_kept_to_a_bound_and_rows_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
