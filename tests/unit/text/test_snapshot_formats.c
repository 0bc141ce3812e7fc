/* Every row of every table of snapshot formats proves itself: its signature
 * picks it and no other row, and each sample yields exactly its rows. */
#include "snapshot_case.h"
#include "text/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef void format_fn(const struct format *format);

static void for_each_format(format_fn *check)
{
    const struct format_family *const *families = format_families();

    for (; *families != NULL; families++)
        for (size_t i = 0; i < (*families)->count; i++)
            check(&(*families)->formats[i]);
}

static void check_row(const struct format *format)
{
    assert_non_null(format->name);
    assert_non_null(format->defined_in);
    assert_non_null(format->source);
    assert_true(format->read_line != NULL || format->read_element != NULL);
    assert_null(format->signatures[FORMAT_SIGNATURES_MAX - 1]);
    assert_null(format->commands[sizeof format->commands / sizeof(char *) - 1]);
    /* What no line tells must be told by its command, and has no sample. */
    assert_true(format->samples[0].text != NULL || format->commands[0] != NULL);
}

static void rows_are_complete(void **state)
{
    (void)state;
    for_each_format(check_row);
}

/* A family that is declared and not listed would be a format never read. */
static void every_family_is_listed(void **state)
{
    FILE *header = fopen(SOURCE_FOLDER "/analyzer/text/formats.h", "r");
    size_t declared = 0;
    size_t listed = 0;
    char line[256];

    (void)state;
    assert_non_null(header);
    while (fgets(line, sizeof line, header) != NULL)
        declared += strstr(line, "extern const struct format_family") == line;
    fclose(header);
    while (format_families()[listed] != NULL)
        listed++;
    assert_true(declared > 0);
    assert_int_equal(declared, listed);
}

static struct text first_line(const char *sample)
{
    struct text rest = text_of(sample);
    struct text line = { NULL, 0 };

    (void)text_line(&rest, &line);
    return text_trim(line);
}

static const struct format *picked_by;
static const char *picking;
static int picked;

static void count_pick(const struct format *format)
{
    if (glob_matches_any(first_line(picking), format->signatures)) {
        picked++;
        if (format != picked_by)
            print_error("%s is also picked by the sample of %s\n", format->name,
                        picked_by->name);
    }
}

/* `ip addr` is `ip link` without a word; the earlier row wins. */
static bool may_share(const struct format *format)
{
    return strcmp(format->name, "ip link") == 0;
}

static void check_signature(const struct format *format)
{
    if (format->read_element != NULL)
        return;
    for (size_t i = 0; i < FORMAT_SAMPLES_MAX; i++) {
        if (format->samples[i].text == NULL)
            continue;
        picked_by = format;
        picking = format->samples[i].text;
        picked = 0;
        for_each_format(count_pick);
        assert_int_equal(picked, may_share(format) ? 2 : 1);
        assert_ptr_equal(format_by_line(first_line(picking)), format);
    }
}

static void signatures_pick_one_row(void **state)
{
    (void)state;
    for_each_format(check_signature);
}

/* The rows without what is the same in all of them. */
static void shorten(char *rows, const struct format *format)
{
    char source[128];

    snprintf(source, sizeof source, " source='%s'", format->source);
    case_without(rows, " evidence_id=1");
    case_without(rows, source);
    case_without(rows, " interface=''");
}

static void check_samples(const struct format *format)
{
    for (size_t i = 0; i < FORMAT_SAMPLES_MAX; i++) {
        const struct sample *sample = &format->samples[i];
        struct snapshot_case test;
        char clue[128];

        if (sample->text == NULL)
            continue;
        case_read(&test, "sample.txt", sample->text, strlen(sample->text));
        snprintf(clue, sizeof clue, "clue: name='format' value='%s'\n",
                 format->name);
        shorten(test.rows.text, format);
        assert_non_null(strstr(test.rows.text, clue));
        case_without(test.rows.text, clue);
        if (strcmp(test.rows.text, sample->reads) != 0)
            print_error("%s yields\n%s", format->name, test.rows.text);
        assert_string_equal(test.rows.text, sample->reads);
        assert_int_equal(test.status, READ_WHOLE);
        assert_in_range(test.bid, 80, 100);
        case_end(&test);
    }
}

static void samples_yield_their_rows(void **state)
{
    (void)state;
    for_each_format(check_samples);
}

static void check_carriage_returns(const struct format *format)
{
    for (size_t i = 0; i < FORMAT_SAMPLES_MAX; i++) {
        const char *text = format->samples[i].text;
        struct snapshot_case plain;
        struct snapshot_case dos;
        char *converted;
        size_t length = 0;

        if (text == NULL || format->read_element != NULL)
            continue;
        converted = malloc(strlen(text) * 2);
        for (; *text != '\0'; text++) {
            if (*text == '\n')
                converted[length++] = '\r';
            converted[length++] = *text;
        }
        text = format->samples[i].text;
        case_read(&plain, "sample.txt", text, strlen(text));
        case_read(&dos, "sample.txt", converted, length);
        assert_string_equal(plain.rows.text, dos.rows.text);
        case_end(&plain);
        case_end(&dos);
        free(converted);
    }
}

static void line_ends_of_dos_are_the_same(void **state)
{
    (void)state;
    for_each_format(check_carriage_returns);
}

static void check_prefixes(const struct format *format)
{
    for (size_t i = 0; i < FORMAT_SAMPLES_MAX; i++) {
        const char *text = format->samples[i].text;

        for (size_t n = 0; text != NULL && n <= strlen(text); n++) {
            struct snapshot_case test;

            case_read(&test, "sample.txt", text, n);
            assert_in_range(test.status, READ_WHOLE, READ_NOT_UNDERSTOOD);
            case_end(&test);
        }
    }
}

/* Lines reach the row functions in a buffer of the line reader's; here each
 * prefix of each line stands in an allocation of its exact size. */
static void check_line_prefixes(const struct format *format)
{
    static struct row_text rows;

    for (size_t i = 0; i < FORMAT_SAMPLES_MAX; i++) {
        struct text rest =
            text_of(format->samples[i].text ? format->samples[i].text : "");
        struct text line;
        struct arena arena;
        struct snapshot snapshot = { .sink = &rows.sink,
                                     .arena = &arena,
                                     .path = "sample",
                                     .format = format };

        if (format->read_line == NULL)
            continue;
        row_text_init(&rows);
        arena_init(&arena);
        snapshot.state = calloc(1, format->state_bytes + 1);
        while (text_line(&rest, &line)) {
            for (size_t n = 1; n <= line.length; n++) {
                char *exact = malloc(n);

                memcpy(exact, line.bytes, n);
                (void)format_by_line(text_slice(exact, n));
                (void)format->read_line(&snapshot, text_slice(exact, n));
                free(exact);
                arena_reset(&arena);
            }
        }
        if (format->end != NULL)
            format->end(&snapshot);
        free(snapshot.state);
        arena_deinit(&arena);
        row_text_deinit(&rows);
    }
}

static void every_prefix_is_safe(void **state)
{
    (void)state;
    for_each_format(check_prefixes);
    for_each_format(check_line_prefixes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_complete),
        cmocka_unit_test(every_family_is_listed),
        cmocka_unit_test(signatures_pick_one_row),
        cmocka_unit_test(samples_yield_their_rows),
        cmocka_unit_test(line_ends_of_dos_are_the_same),
        cmocka_unit_test(every_prefix_is_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
