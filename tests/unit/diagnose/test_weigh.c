/* The arithmetic of one cause. */
#include "rule_fixture.h"

#include "diagnose/weigh.h"

static const struct embedded rules[] = {
    SIGN("a", "-- needs: thing\n"),
    SIGN("b", "-- group: g\n"),
    SIGN("c", "-- group: g\n"),
    SIGN("d", "-- group: h\n"),
    SIGN("e", "-- group: h\n"),
    SIGN("missing", "-- needs: thing, other\n"),
    { "rules/causes/x.yaml", "cause: x\n"
                             "title: X\n"
                             "summary: It is x.\n"
                             "prior: -5\n"
                             "prior_reason: rare\n"
                             "requires: [a, missing]\n"
                             "fix: [do]\n"
                             "verify: [look]\n"
                             "supports:\n"
                             "  - {sign: a, weight: 12, why: wa}\n"
                             "  - {sign: b, weight: 4, why: wb}\n"
                             "  - {sign: c, weight: 6.5, why: wc}\n"
                             "  - {sign: missing, weight: 9, why: wm}\n"
                             "contradicts:\n"
                             "  - {sign: d, weight: 7, why: wd}\n"
                             "  - {sign: e, weight: 7, why: we}\n"
                             "  - {sign: missing, weight: 9, why: wm}\n"
                             "  - {sign: a, weight: 8, why: was,"
                             " when: silent}\n" },
    RULES_END,
};

static double score_of(const char *seen, struct fixture *fixture)
{
    fixture_run(fixture, rules, seen);
    return fixture_cause(fixture, "x")->score;
}

static void score_is_prior_and_what_was_seen(void **state)
{
    static const struct {
        const char *seen;
        double score;
    } cases[] = {
        { "", -13 },       /* the prior and a's silence */
        { "a", 7 },        /* -5 + 12 */
        { "a b", 11 },     /* + 4 */
        { "a b c", 13.5 }, /* b and c are one group: the larger */
        { "a d", 0 },      /* - 7 */
        { "a d e", 0 },    /* one group on the other side too */
        { "a a a", 7 },    /* rows do not weigh, signs do */
        { "a b c d e", 6.5 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture fixture;
        double score = score_of(cases[i].seen, &fixture);

        if (score < cases[i].score || score > cases[i].score)
            fail_msg("'%s' gives %g, not %g", cases[i].seen, score,
                     cases[i].score);
        fixture_close(&fixture);
    }
}

static void only_the_largest_of_a_group_is_counted(void **state)
{
    struct fixture fixture;
    const struct cause_result *cause;

    (void)state;
    fixture_run(&fixture, rules, "a b c d e");
    cause = fixture_cause(&fixture, "x");
    assert_int_equal(cause->supports_count, 3);
    assert_true(cause->supports[0].is_counted);
    assert_string_equal(cause->supports[1].sign->id, "b");
    assert_false(cause->supports[1].is_counted);
    assert_true(cause->supports[2].is_counted);
    assert_int_equal(cause->contradicts_count, 2);
    assert_true(cause->contradicts[0].is_counted); /* equal: the first */
    assert_false(cause->contradicts[1].is_counted);
    fixture_close(&fixture);
}

static void untestable_signs_are_missing_once(void **state)
{
    struct fixture fixture;
    const struct cause_result *cause;

    (void)state;
    fixture_run(&fixture, rules, "a missing");
    cause = fixture_cause(&fixture, "x");
    assert_int_equal(cause->missing_count, 1);
    assert_string_equal(cause->missing[0].sign->id, "missing");
    assert_string_equal(cause->missing[0].sign->missing, "Another thing");
    assert_string_equal(cause->missing[0].sign->collect, "get other");
    assert_int_equal(cause->missing[0].sign->outcome, SIGN_NOT_TESTABLE);
    assert_int_equal(cause->missing[0].sign->rows, 0);
    fixture_close(&fixture);
}

static void silence_speaks_with_the_words_of_the_cause(void **state)
{
    struct fixture fixture;
    const struct cause_result *cause;

    (void)state;
    fixture_run(&fixture, rules, "b");
    cause = fixture_cause(&fixture, "x");
    assert_int_equal(cause->contradicts_count, 1);
    assert_true(cause->contradicts[0].is_silence);
    assert_string_equal(cause->contradicts[0].says, "was");
    assert_string_equal(cause->supports[0].says, "b seen 1 times at part of b");
    fixture_close(&fixture);
}

static void confidence_has_three_thresholds(void **state)
{
    (void)state;
    assert_int_equal(weigh_confidence(20, true), CONFIDENCE_CONFIRMED);
    assert_int_equal(weigh_confidence(19.9, true), CONFIDENCE_LIKELY);
    assert_int_equal(weigh_confidence(10, true), CONFIDENCE_LIKELY);
    assert_int_equal(weigh_confidence(9.9, true), CONFIDENCE_POSSIBLE);
    assert_int_equal(weigh_confidence(3, true), CONFIDENCE_POSSIBLE);
    assert_int_equal(weigh_confidence(2.9, true), CONFIDENCE_NONE);
    assert_int_equal(weigh_confidence(50, false), CONFIDENCE_POSSIBLE);
}

/* 25 decibans from a sign that the cause does not require. */
static void without_what_it_requires_it_stays_possible(void **state)
{
    static const struct embedded needy[] = {
        SIGN("a", ""),
        SIGN("b", ""),
        CAUSE("x", "0", "a", "5", "contradicts: []\n"),
        { "rules/causes/y.yaml",
          CAUSE_TEXT("y", "0", "a", "5",
                     "") "  - {sign: b, weight: 25, why: much}\n" },
        RULES_END,
    };
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, needy, "b");
    assert_int_equal(fixture_cause(&fixture, "y")->confidence,
                     CONFIDENCE_POSSIBLE);
    assert_int_equal(fixture_cause(&fixture, "y")->outcome, CAUSE_POSSIBLE);
    assert_int_equal(fixture.verdict.status, VERDICT_UNDETERMINED);
    fixture_close(&fixture);
}

static void outcomes_without_a_judge(void **state)
{
    static const struct embedded outcomes[] = {
        SIGN("a", ""),
        SIGN("b", ""),
        SIGN("gone", "-- needs: other\n"),
        /* Its only sign cannot be tested. */
        CAUSE("blind", "-20", "gone", "5", ""),
        /* The same, but something speaks against it. */
        CAUSE("blind-not-dumb", "-4", "gone", "5",
              "contradicts: [{sign: b, weight: 9, why: no}]\n"),
        /* Looked for and not there; the prior does the rest. */
        CAUSE("absent", "-12", "a", "5", ""),
        /* As low, but what it requires could not be looked for. */
        { "rules/causes/rare.yaml",
          "cause: rare\ntitle: R\nsummary: R.\nprior: -12\n"
          "prior_reason: r\nrequires: [gone]\nfix: [f]\nverify: [v]\n"
          "supports:\n  - {sign: gone, weight: 9, why: w}\n"
          "  - {sign: a, weight: 9, why: w}\n" },
        RULES_END,
    };
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, outcomes, "b");
    assert_int_equal(fixture_cause(&fixture, "blind")->outcome,
                     CAUSE_NOT_TESTABLE);
    assert_int_equal(fixture_cause(&fixture, "blind-not-dumb")->outcome,
                     CAUSE_RULED_OUT);
    assert_string_equal(fixture_cause(&fixture, "blind-not-dumb")->ruled_out_by,
                        "b seen 1 times at part of b");
    assert_int_equal(fixture_cause(&fixture, "absent")->outcome,
                     CAUSE_RULED_OUT);
    assert_string_equal(fixture_cause(&fixture, "absent")->ruled_out_by,
                        "The evidence does not show: Sign a");
    assert_int_equal(fixture_cause(&fixture, "rare")->outcome, CAUSE_POSSIBLE);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(score_is_prior_and_what_was_seen),
        cmocka_unit_test(only_the_largest_of_a_group_is_counted),
        cmocka_unit_test(untestable_signs_are_missing_once),
        cmocka_unit_test(silence_speaks_with_the_words_of_the_cause),
        cmocka_unit_test(confidence_has_three_thresholds),
        cmocka_unit_test(without_what_it_requires_it_stays_possible),
        cmocka_unit_test(outcomes_without_a_judge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
