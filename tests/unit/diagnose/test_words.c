/* Names in sentences and commands: they come from evidence. */
#include "rule_fixture.h"

#include "diagnose/fill.h"
#include "diagnose/names.h"

static const char *value_of(const void *context, struct text name)
{
    (void)context;
    return text_equals(name, "known")  ? "VALUE"
           : text_equals(name, "one")  ? "1"
           : text_equals(name, "many") ? "2+"
                                       : NULL;
}

static void braces_that_are_no_name_stay(void **state)
{
    static const char *const cases[][2] = {
        { "", "" },
        { "{known}", "VALUE" },
        { "a {known} b {known}", "a VALUE b VALUE" },
        { "{unknown}", "{unknown}" },
        { "-o jsonpath='{.items[*].status}' {known}",
          "-o jsonpath='{.items[*].status}' VALUE" },
        { "awk '{ print $1 }' {known", "awk '{ print $1 }' {known" },
        { "{{known}}", "{VALUE}" },
        { "{}", "{}" },
        { "}{known}{", "}VALUE{" },
        { "{one:packet} or {many:node pair}", "1 packet or 2+ node pairs" },
        { "{one:entry}, {many:entry}", "1 entry, 2+ entries" },
        { "{many:0} {many:} {:x}", "{many:0} {many:} {:x}" },
        { "{unknown:packet}", "{unknown}" },
    };
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(fill_sentence(&arena, cases[i][0], value_of, NULL),
                            cases[i][1]);
    arena_deinit(&arena);
}

static void names_are_few_and_in_order(void **state)
{
    struct arena arena;
    struct names names = { .arena = &arena };

    (void)state;
    arena_init(&arena);
    assert_null(names_list(&names)[0]);
    assert_string_equal(names_sentence(&arena, names_list(&names), "none"),
                        "none");
    names_add(&names, "c");
    names_add(&names, NULL);
    names_add(&names, "");
    names_add(&names, "a");
    names_add(&names, "c");
    names_add(&names, "b");
    assert_string_equal(names_sentence(&arena, names_list(&names), ""),
                        "a, b and c");
    for (int i = 0; i < 2 * NAMES_MAX; i++)
        names_add(&names, arena_format(&arena, "n%04d", i));
    assert_int_equal(names.count, NAMES_MAX);
    assert_null(names_list(&names)[NAMES_MAX]);
    arena_deinit(&arena);
}

static const struct embedded rules[] = {
    SIGN("a", ""),
    SIGN("b", ""),
    { "rules/causes/x.yaml",
      "cause: x\ntitle: X of {component}\n"
      "summary: It is {component} from {from_nodes} to {to_nodes}.\n"
      "prior: 0\nprior_reason: r\nrequires: [a, b]\ncomponent_from: a\n"
      "fix: [\"ethtool -K {component} tx off\", \"ping {ref}\"]\n"
      "verify: [\"{n} on {from_nodes}\"]\n"
      "supports:\n  - {sign: a, weight: 20, why: w}\n"
      "  - {sign: b, weight: 20, why: w}\n" },
    RULES_END,
};

static const struct cause_result *cause_with(struct fixture *fixture,
                                             const char *component,
                                             const char *ref)
{
    char *sql = sqlite3_mprintf("INSERT INTO fact VALUES ('a', %Q, 's', %Q, "
                                "'n1', NULL, 3)",
                                ref, component);

    fixture_open(fixture, rules);
    fixture_execute(fixture, something_failed);
    fixture_execute(fixture, sql);
    sqlite3_free(sql);
    fixture_judge(fixture);
    return fixture_cause(fixture, "x");
}

static void names_of_the_evidence_fill_in(void **state)
{
    struct fixture fixture;
    const struct cause_result *cause = cause_with(&fixture, "eth0", "f#1");

    (void)state;
    assert_string_equal(cause->component, "eth0");
    assert_string_equal(cause->title, "X of eth0");
    assert_string_equal(cause->summary, "It is eth0 from n1 to other nodes.");
    assert_string_equal(cause->fix[0], "ethtool -K eth0 tx off");
    assert_string_equal(cause->fix[1], "ping <ref>");
    assert_null(cause->fix[2]);
    assert_string_equal(cause->verify[0], "3 on n1");
    assert_string_equal(fixture.verdict.summary, cause->summary);
    fixture_close(&fixture);
}

/* A name from a bundle must not become a command of whoever pastes it. */
static void no_shell_acts_on_a_name(void **state)
{
    static const char *const hostile[] = {
        "eth0; reboot", "$(reboot)", "`reboot`",   "a\nreboot", "a|b",
        "a&b",          "a>b",       "--evil=yes", "'",         "\"",
        "a\\b",         "(a)",       "~root",      "*",         "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct fixture fixture;
        const struct cause_result *cause =
            cause_with(&fixture, hostile[i], "x");

        assert_string_equal(cause->fix[0], "ethtool -K <component> tx off");
        fixture_close(&fixture);
    }
}

static void the_first_supporting_sign_stands_in(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_run(&fixture, rules, "b");
    assert_string_equal(fixture_cause(&fixture, "x")->component, "part of b");
    assert_string_equal(fixture_cause(&fixture, "x")->verify[0], "7 on from-b");
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(braces_that_are_no_name_stay),
        cmocka_unit_test(names_are_few_and_in_order),
        cmocka_unit_test(names_of_the_evidence_fill_in),
        cmocka_unit_test(no_shell_acts_on_a_name),
        cmocka_unit_test(the_first_supporting_sign_stands_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
