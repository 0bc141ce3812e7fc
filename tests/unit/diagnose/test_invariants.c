/* What a verdict must not depend on. */
#include "rule_fixture.h"

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

static const struct cause_result *same_cause(const struct fixture *fixture,
                                             const struct cause_result *cause)
{
    return fixture_cause(fixture, cause->id);
}

/* The same rules, from the last to the first and from the middle on. */
static void the_order_of_rule_files_does_not_matter(void **state)
{
    enum {
        COUNT = sizeof rules / sizeof rules[0] - 1
    };
    struct embedded orders[2][COUNT + 1] = { { RULES_END } };
    struct fixture first;
    struct fixture other;

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        orders[0][i] = rules[COUNT - 1 - i];
        orders[1][i] = rules[(i * 7 + 4) % COUNT];
    }
    fixture_run(&first, rules, "a b c d");
    for (size_t order = 0; order < 2; order++) {
        fixture_run(&other, orders[order], "d c b a");
        assert_int_equal(other.verdict.status, first.verdict.status);
        assert_int_equal(other.verdict.confidence, first.verdict.confidence);
        assert_string_equal(other.verdict.summary, first.verdict.summary);
        assert_string_equal(other.verdict.rules_sha256,
                            first.verdict.rules_sha256);
        for (size_t i = 0; i < first.verdict.all_cause_count; i++) {
            const struct cause_result *cause = &first.verdict.all_causes[i];
            const struct cause_result *same = same_cause(&other, cause);

            assert_string_equal(other.verdict.all_causes[i].id, cause->id);
            assert_int_equal(same->outcome, cause->outcome);
            assert_true(same->score == cause->score);
        }
        fixture_close(&other);
    }
    fixture_close(&first);
}

/* Facts that no sign of a cause asks for leave it as it was. */
static void what_is_irrelevant_makes_nothing_surer(void **state)
{
    static const char *const seen[] = { "", "a", "b", "c", "a b" };
    struct fixture without;
    struct fixture with;

    (void)state;
    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++) {
        char more[32];

        snprintf(more, sizeof more, "%s d noise", seen[i]);
        fixture_run(&without, rules, seen[i]);
        fixture_run(&with, rules, more);
        for (size_t k = 0; k < without.verdict.all_cause_count; k++) {
            const struct cause_result *cause = &without.verdict.all_causes[k];

            if (strcmp(cause->id, "apart") == 0)
                continue;
            assert_true(same_cause(&with, cause)->score == cause->score);
            assert_true(same_cause(&with, cause)->confidence <=
                        cause->confidence);
        }
        fixture_close(&without);
        fixture_close(&with);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rule_files_does_not_matter),
        cmocka_unit_test(what_is_irrelevant_makes_nothing_surer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
