/* Rule files with mistakes: each is told with its file and line. */
#include "rule_fixture.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct mistake {
    const char *text;
    int line;
    const char *problem; /* part of it */
};

struct first {
    size_t count;
    int line;
    char text[FAILURE_BYTES];
};

static void keep_first(void *context, const char *path, int line,
                       const char *text)
{
    struct first *first = context;

    assert_non_null(path);
    if (first->count++ > 0)
        return;
    first->line = line;
    snprintf(first->text, sizeof first->text, "%s", text);
}

static struct first read_one(const char *path, const char *text)
{
    const struct embedded files[] = {
        SIGN("a", ""),
        SIGN("b", ""),
        { path, text },
        RULES_END,
    };
    struct first first = { 0 };
    struct problems problems = { .put = keep_first, .context = &first };

    rules_destroy(rules_read(files, NULL, &problems));
    return first;
}

static void expect(const char *path, const struct mistake *mistake)
{
    struct first first = read_one(path, mistake->text);

    if (first.count == 0)
        fail_msg("no mistake in:\n%s", mistake->text);
    if (first.line != mistake->line ||
        strstr(first.text, mistake->problem) == NULL)
        fail_msg("'%s' in line %d, not '%s' in line %d, in:\n%s", first.text,
                 first.line, mistake->problem, mistake->line, mistake->text);
}

#define GOOD_SIGN "-- sign: x\n-- title: T\n-- says: {rows} rows\n"
#define SELECT    "SELECT ref, says FROM fact\n"

static const struct mistake sign_mistakes[] = {
    { "-- title: T\n-- says: s\n" SELECT, 1, "'sign' is missing" },
    { "-- sign: x\n-- says: s\n" SELECT, 1, "'title' is missing" },
    { "-- sign: x\n-- title:\n-- says: s\n" SELECT, 2, "'title' is missing" },
    { "-- sign: y\n-- title: T\n-- says: s\n" SELECT, 1, "named 'x.sql'" },
    { GOOD_SIGN "-- need: a\n" SELECT, 4, "unknown key 'need'" },
    { GOOD_SIGN "-- title: U\n" SELECT, 4, "'title' stands twice" },
    { "", 1, "'sign' is missing" },
};

static void sign_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sign_mistakes / sizeof sign_mistakes[0]; i++)
        expect("rules/signs/x.sql", &sign_mistakes[i]);
}

#define CAUSE_HEAD                                                 \
    "cause: x\ntitle: T\nsummary: S\nprior: -3\nprior_reason: R\n" \
    "requires: [a]\nfix: [f]\nverify: [v]\n"
#define SUPPORTS "supports:\n  - {sign: a, weight: 3, why: w}\n"

static const struct mistake cause_mistakes[] = {
    { "cause: [\n", 2, "not YAML" },
    { "\tx", 1, "not YAML" },
    { "", 0, "holds no YAML" },
    { "- a\n", 1, "is not a mapping" },
    { CAUSE_HEAD, 1, "'supports' is missing" },
    { CAUSE_HEAD SUPPORTS "tittle: T\n", 11, "unknown key 'tittle'" },
    { CAUSE_HEAD SUPPORTS "title: T\n", 11, "'title' stands twice" },
    { "cause: y\ntitle: T\nsummary: S\nprior: 1\nprior_reason: R\n"
      "requires: [a]\nfix: [f]\nverify: [v]\n" SUPPORTS,
      1, "named 'x.yaml'" },
    { "cause: x\ntitle: T\nsummary: S\nprior: many\nprior_reason: R\n"
      "requires: [a]\nfix: [f]\nverify: [v]\n" SUPPORTS,
      4, "is not a number" },
    { "cause: x\ntitle: T\nsummary: S\nprior: .inf\nprior_reason: R\n"
      "requires: [a]\nfix: [f]\nverify: [v]\n" SUPPORTS,
      4, "is not a number" },
    { "cause: x\ntitle: T\nsummary: S\nprior: 1e9\nprior_reason: R\n"
      "requires: [a]\nfix: [f]\nverify: [v]\n" SUPPORTS,
      4, "more than 100 decibans" },
    { "cause: x\ntitle: T\nsummary: S\nprior: 1\nprior_reason: R\n"
      "requires: []\nfix: [f]\nverify: [v]\n" SUPPORTS,
      6, "requires names no sign" },
    { "cause: x\ntitle: T\nsummary: S\nprior: 1\nprior_reason: R\n"
      "requires: [c]\nfix: [f]\nverify: [v]\n" SUPPORTS,
      6, "unknown sign 'c'" },
    { CAUSE_HEAD "supports:\n  - {sign: c, weight: 3, why: w}\n", 10,
      "unknown sign 'c'" },
    { CAUSE_HEAD "supports:\n  - {sign: a, weight: heavy, why: w}\n", 10,
      "is not a number" },
    { CAUSE_HEAD "supports:\n  - {sign: a, weight: -3, why: w}\n", 10,
      "not more than 0" },
    { CAUSE_HEAD "supports:\n  - {sign: a, weight: 3}\n", 10,
      "'why' is missing" },
    { CAUSE_HEAD "supports:\n  - sign: a\n    weight: 3\n    why: w\n"
                 "    when: never\n",
      13, "not fired or silent" },
    { CAUSE_HEAD "supports:\n  - {sign: a, weight: 3, why: w}\n"
                 "  - {sign: a, weight: 4, why: w}\n",
      11, "weighed twice" },
    { CAUSE_HEAD "supports: much\n", 9, "is not a list" },
    { CAUSE_HEAD "supports: [much]\n", 9, "is not a mapping" },
    { CAUSE_HEAD SUPPORTS "excludes: [x]\n", 11, "names itself" },
    { CAUSE_HEAD SUPPORTS "component_from: c\n", 11, "unknown sign 'c'" },
    { CAUSE_HEAD SUPPORTS "explains: [losses, floods]\n", 11,
      "explains 'floods'" },
    { CAUSE_HEAD SUPPORTS "undo: [[deep]]\n", 11, "is not a text" },
    { CAUSE_HEAD SUPPORTS "? [a]\n: b\n", 11, "is not a text" },
    { CAUSE_HEAD SUPPORTS "---\ncause: x\n", 12, "more than one document" },
};

static void cause_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cause_mistakes / sizeof cause_mistakes[0];
         i++)
        expect("rules/causes/x.yaml", &cause_mistakes[i]);
}

/* The SQL of a sign, against the views. */
static const struct mistake sql_mistakes[] = {
    { GOOD_SIGN SELECT "; SELECT 2", 5, "more than one statement" },
    { GOOD_SIGN "SELECT ref FROM fact\n", 4, "no column 'says'" },
    { GOOD_SIGN "\nSELECT ref, says,\n nothing\nFROM fact\n", 6, "nothing" },
    { GOOD_SIGN "SELECT ref, says\nFROM sqlite_schema\n", 4, "" },
    { GOOD_SIGN "SELECT 1 AS ref,\n2 AS says\nFROM sqlite_schema\n", 6,
      "may not read sqlite_schema" },
    { GOOD_SIGN "SELECT 1 AS ref,\n random() AS says\n", 5,
      "may not call random" },
    { GOOD_SIGN "PRAGMA user_version\n", 4, "pragma" },
    { GOOD_SIGN, 1, "holds no SELECT" },
    { "-- sign: x\n-- title: T\n-- says: {rows} of {m}\n" SELECT, 3,
      "names {m}" },
    { "-- sign: x\n-- title: T\n-- needs: thing, unheard\n-- says: s\n" SELECT,
      3, "needs 'unheard'" },
};

static void sql_is_checked_before_a_rule_runs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sql_mistakes / sizeof sql_mistakes[0]; i++) {
        const struct embedded files[] = {
            SIGN("a", ""),
            { "rules/signs/x.sql", sql_mistakes[i].text },
            RULES_END,
        };
        struct fixture fixture;
        char start[64];

        fixture_open(&fixture, files);
        fixture_see(&fixture, "a");
        fixture.failure.text[0] = '\0';
        assert_false(engine_verdict(fixture.database, fixture.rules,
                                    &fixture.arena, &fixture.verdict,
                                    &fixture.failure));
        snprintf(start, sizeof start,
                 "rules/signs/x.sql:%d: ", sql_mistakes[i].line);
        if (strncmp(fixture.failure.text, start, strlen(start)) != 0 ||
            strstr(fixture.failure.text, sql_mistakes[i].problem) == NULL)
            fail_msg("'%s', not '%s%s'", fixture.failure.text, start,
                     sql_mistakes[i].problem);
        assert_null(fixture.verdict.signs);
        fixture_close(&fixture);
    }
}

static void headers_continue_and_hold_comments(void **state)
{
    static const struct embedded files[] = {
        { "rules/signs/x.sql",
          "-- sign: x\n"
          "-- title: A title\n"
          "--   in two lines\n"
          "-- Whoever reads this: it is for people.\n"
          "--   And so is this.\n"
          "-- needs: thing,\n"
          "--   other\n"
          "--\n"
          "-- says: first\n"
          "--   second {n}\n"
          "SELECT ref, says, n FROM fact -- says: not this\n" },
        RULES_END,
    };
    struct fixture fixture;
    const struct sign_rule *sign;

    (void)state;
    fixture_open(&fixture, files);
    sign = rules_sign(fixture.rules, "x");
    assert_string_equal(sign->title, "A title in two lines");
    assert_string_equal(sign->says, "first second {n}");
    assert_int_equal(sign->needs.count, 2);
    assert_string_equal(sign->needs.ids[1], "other");
    assert_string_equal(sign->group, "");
    fixture_close(&fixture);
}

/* Each prefix in an allocation of its exact size. */
static void every_prefix(void **state)
{
    static const char sign[] = SIGN_TEXT("a", "-- group: g\n-- needs: thing\n");
    static const char cause[] =
        CAUSE_TEXT("x", "-3.5", "a", "4", "absorbs: [y]\nundo: [{a: b}]\n");
    static const struct {
        const char *path;
        const char *text;
    } samples[] = {
        { "rules/signs/a.sql", sign },
        { "rules/causes/x.yaml", cause },
    };

    (void)state;
    for (size_t s = 0; s < 2; s++)
        for (size_t length = 0; length < strlen(samples[s].text); length++) {
            char *prefix = malloc(length + 1);
            const struct embedded files[] = {
                { samples[s].path, prefix },
                RULES_END,
            };
            struct first first = { 0 };
            struct problems problems = { .put = keep_first, .context = &first };

            memcpy(prefix, samples[s].text, length);
            prefix[length] = '\0';
            rules_destroy(rules_read(files, NULL, &problems));
            free(prefix);
            /* A sign is whole before its SQL is; the SQL comes later. */
            if (s == 1)
                assert_true(first.count > 0);
        }
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_folder_adds_and_replaces(void **state)
{
    static const struct embedded files[] = {
        SIGN("a", ""),
        SIGN("b", ""),
        RULES_END,
    };
    char folder[] = "/tmp/wirecause-rules-XXXXXX";
    const char *folders[] = { folder, NULL };
    char path[256];
    struct failure failure = { "" };
    struct problems problems = problems_into(&failure);
    struct rules *before = rules_read(files, NULL, &problems);
    struct rules *after;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/signs", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file(path, "b.sql", SIGN_TEXT("b", "-- group: new\n"));
    write_file(path, "c.sql", SIGN_TEXT("c", ""));
    write_file(path, "README", "not a rule");
    after = rules_read(files, folders, &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(after->sign_count, 3);
    assert_string_equal(rules_sign(after, "b")->group, "new");
    assert_false(rules_sign(after, "b")->file.is_embedded);
    assert_true(rules_sign(after, "a")->file.is_embedded);
    assert_string_not_equal(before->sha256, after->sha256);
    assert_string_equal(rules_sign(before, "a")->file.sha256,
                        rules_sign(after, "a")->file.sha256);
    rules_destroy(after);

    write_file(path, "Bad Name.sql", "");
    rules_destroy(rules_read(files, folders, &problems));
    assert_non_null(strstr(failure.text, "an id is made of"));
    rules_destroy(before);
    snprintf(path, sizeof path, "rm -r '%s'", folder);
    assert_int_equal(system(path), 0);

    problems = problems_into(&failure);
    rules_destroy(rules_read(files, folders, &problems));
    assert_non_null(strstr(failure.text, "holds neither"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sign_headers),
        cmocka_unit_test(cause_files),
        cmocka_unit_test(sql_is_checked_before_a_rule_runs),
        cmocka_unit_test(headers_continue_and_hold_comments),
        cmocka_unit_test(every_prefix),
        cmocka_unit_test(a_folder_adds_and_replaces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
