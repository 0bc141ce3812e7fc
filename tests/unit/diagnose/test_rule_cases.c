/* The rules that are compiled in: none has a mistake, and each sign has a
 * case in which it fires and one in which it is silent. */
#include "diagnose/rule_case.h"
#include "diagnose/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void print_problem(void *context, const char *path, int line,
                          const char *text)
{
    (void)context;
    print_error("%s:%d: %s\n", path, line, text);
}

static void print_case(void *context, const char *sign, const char *name,
                       const char *problem)
{
    size_t *cases = context;

    (*cases)++;
    if (problem != NULL)
        print_error("%s %s: %s\n", sign, name, problem);
}

static void no_rule_has_a_mistake(void **state)
{
    struct problems problems = { .put = print_problem };
    struct failure failure = { "" };

    (void)state;
    if (!rules_check(NULL, &problems, &failure))
        fail_msg("%s", failure.text);
    assert_int_equal(problems.count, 0);
}

static void each_sign_fires_and_is_silent(void **state)
{
    struct failure failure = { "" };
    struct rules *rules = rules_load(NULL, &failure);
    size_t cases = 0;
    size_t wrong = 0;

    (void)state;
    if (rules == NULL)
        fail_msg("%s", failure.text);
    if (!rule_cases_run(rules, TESTS_FOLDER "/rules", print_case, &cases,
                        &wrong, &failure))
        fail_msg("%s", failure.text);
    assert_int_equal(wrong, 0);
    assert_true(rules->sign_count > 0);
    assert_int_equal(cases, 2 * rules->sign_count);
    rules_destroy(rules);
}

static void count_case(void *context, const char *sign, const char *name,
                       const char *problem)
{
    size_t *cases = context;

    (*cases)++;
    assert_non_null(sign);
    assert_non_null(name);
    assert_string_equal(problem, "there is no such case");
}

static void a_sign_without_cases_is_told(void **state)
{
    struct failure failure = { "" };
    struct rules *rules = rules_load(NULL, &failure);
    size_t cases = 0;
    size_t wrong = 0;

    (void)state;
    assert_non_null(rules);
    assert_true(rule_cases_run(rules, TESTS_FOLDER "/support", count_case,
                               &cases, &wrong, &failure));
    assert_int_equal(wrong, 2 * rules->sign_count);
    assert_false(rule_cases_run(rules, TESTS_FOLDER "/no such folder",
                                count_case, &cases, &wrong, &failure));
    rules_destroy(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_rule_has_a_mistake),
        cmocka_unit_test(each_sign_fires_and_is_silent),
        cmocka_unit_test(a_sign_without_cases_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
