/* The kubectl and command files of recorded incidents load, whole, and tell
 * the same story in each syntax. */
#include "objects_fixture.h"

#include <glob.h>

static const struct reader_under_test objects = { objects_bid, objects_read };
static const struct reader_under_test transcript = { transcript_bid,
                                                     transcript_read };

static bool find_files(const char *pattern, glob_t *found)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/bundles/%s", SHARED_FOLDER, pattern);
    if (glob(path, 0, NULL, found) == 0)
        return true;
    print_message("%s is absent: not tested\n", path);
    return false;
}

static char *read_text(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1 << 20);

    assert_non_null(file);
    assert_non_null(text);
    (void)!fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    return text;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        count++;
    return count;
}

static const struct kubectl_file {
    const char *pattern;
    const char *table;
    const char *counts; /* each occurrence in the file is a row ... */
    size_t more;        /* ... and so many more or less */
} kubectl_files[] = {
    { "*/kubectl/get-pods-A-o-wide.txt", "kube_object", "\n", 0 },
    { "*/kubectl/get-pods-A-o-json.json", "kube_object", "\"Pod\"", 1 },
    { "*/kubectl/get-nodes-o-wide.txt", "kube_object", "\n", 0 },
    { "*/kubectl/get-nodes-o-json.json", "kube_object", "\"Node\"", 1 },
    { "*/kubectl/get-svc-A-o-wide.txt", "kube_object", "\n", 0 },
};

static void check_kubectl_file(const struct kubectl_file *file,
                               const char *path)
{
    struct reading reading;
    char *text = read_text(path);

    assert_true(read_path(&objects, path, &reading));
    if (reading.status != READ_WHOLE || reading.bid < 90)
        print_error("%s: status %d, bid %d\n", path, (int)reading.status,
                    reading.bid);
    assert_int_equal(reading.status, READ_WHOLE);
    assert_true(reading.bid >= 90);
    assert_int_equal(row_text_count(&reading.rows, file->table) + 1,
                     count_of(text, file->counts) + file->more);
    reading_deinit(&reading);
    free(text);
}

static void test_kubectl_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kubectl_files / sizeof kubectl_files[0];
         i++) {
        glob_t found;

        if (!find_files(kubectl_files[i].pattern, &found))
            skip();
        for (size_t at = 0; at < found.gl_pathc; at++)
            check_kubectl_file(&kubectl_files[i], found.gl_pathv[at]);
        globfree(&found);
    }
}

/* A directive is a line indented by eight blanks that closes nothing. */
static void test_corefiles(void **state)
{
    glob_t found;

    (void)state;
    if (!find_files("*/kubectl/configmap-*.yaml", &found))
        skip();
    for (size_t at = 0; at < found.gl_pathc; at++) {
        struct reading reading;
        char *text = read_text(found.gl_pathv[at]);

        assert_true(read_path(&objects, found.gl_pathv[at], &reading));
        assert_int_equal(row_text_count(&reading.rows, "corefile"),
                         count_of(text, "\n        ") -
                             count_of(text, "\n         ") -
                             count_of(text, "\n        }"));
        reading_deinit(&reading);
        free(text);
    }
    globfree(&found);
}

/* No file of the folder is left for others, or read in part. */
static void test_every_kubectl_file(void **state)
{
    glob_t found;

    (void)state;
    if (!find_files("*/kubectl/*", &found))
        skip();
    for (size_t at = 0; at < found.gl_pathc; at++) {
        struct reading reading;
        int other;

        assert_true(read_path(&transcript, found.gl_pathv[at], &reading));
        other = reading.bid;
        reading_deinit(&reading);
        assert_true(read_path(&objects, found.gl_pathv[at], &reading));
        assert_true(reading.bid > other);
        assert_int_equal(reading.status, READ_WHOLE);
        assert_int_equal(row_text_count(&reading.rows, "anomaly"), 0);
        reading_deinit(&reading);
    }
    globfree(&found);
}

/* "FIELD='...'" of a row. */
static void copy_field(const char *line, const char *field, char to[128])
{
    const char *at = strstr(line, field);
    const char *end = strchr(line, '\n');

    to[0] = '\0';
    if (at == NULL || (end != NULL && at > end))
        return;
    snprintf(to, 128, "%.*s", (int)strcspn(at + strlen(field), "'"),
             at + strlen(field));
}

/* Each pod, node or service of one reading is in the other. */
static void check_contained(const struct reading *one,
                            const struct reading *other)
{
    for (const char *at = one->rows.text; at != NULL && *at != '\0';) {
        const char *end = strchr(at, '\n');
        char name[128];
        char node[128];
        char address[128];
        char parts[3][160];

        if (strncmp(at, "kube_object:", 12) == 0) {
            copy_field(at, " name='", name);
            copy_field(at, " node='", node);
            copy_field(at, " address='", address);
            snprintf(parts[0], sizeof parts[0], " name='%s'", name);
            snprintf(parts[1], sizeof parts[1], "%s", node);
            snprintf(parts[2], sizeof parts[2], " address='%s'", address);
            assert_true(
                row_text_has(&other->rows, parts[0], parts[1], parts[2], NULL));
        }
        at = end == NULL ? NULL : end + 1;
    }
}

static void check_pair(const char *table, const char *json)
{
    struct reading one;
    struct reading other;

    assert_true(read_path(&objects, table, &one));
    assert_true(read_path(&objects, json, &other));
    assert_int_equal(row_text_count(&one.rows, "kube_object"),
                     row_text_count(&other.rows, "kube_object"));
    check_contained(&one, &other);
    check_contained(&other, &one);
    reading_deinit(&one);
    reading_deinit(&other);
}

static void test_table_and_json_agree(void **state)
{
    static const char *const pairs[][2] = {
        { "*/kubectl/get-pods-A-o-wide.txt",
          "*/kubectl/get-pods-A-o-json.json" },
        { "*/kubectl/get-nodes-o-wide.txt", "*/kubectl/get-nodes-o-json.json" },
    };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        glob_t first;
        glob_t second;

        if (!find_files(pairs[i][0], &first) ||
            !find_files(pairs[i][1], &second))
            skip();
        assert_int_equal(first.gl_pathc, second.gl_pathc);
        for (size_t at = 0; at < first.gl_pathc; at++)
            check_pair(first.gl_pathv[at], second.gl_pathv[at]);
        globfree(&first);
        globfree(&second);
    }
}

/* A prompt is a probe; getent asked twice in one line. */
static void check_transcript(const char *path)
{
    struct reading reading;
    struct reading other;
    char *text = read_text(path);
    size_t expected = count_of(text, "# dig ") + count_of(text, "; getent ") +
                      count_of(text, "$ getent ");

    assert_true(read_path(&transcript, path, &reading));
    assert_true(read_path(&objects, path, &other));
    if (reading.bid <= other.bid ||
        row_text_count(&reading.rows, "probe") != expected ||
        strstr(reading.rows.text, "result='unknown'") != NULL)
        print_error("%s: bids %d and %d, %zu expected\n%s", path, reading.bid,
                    other.bid, expected, reading.rows.text);
    assert_true(reading.bid > other.bid);
    assert_int_equal(reading.status, READ_WHOLE);
    assert_int_equal(row_text_count(&reading.rows, "probe"), expected);
    assert_null(strstr(reading.rows.text, "result='unknown'"));
    reading_deinit(&reading);
    reading_deinit(&other);
    free(text);
}

static void test_transcripts(void **state)
{
    glob_t found;

    (void)state;
    if (!find_files("*/commands/*/*", &found))
        skip();
    for (size_t at = 0; at < found.gl_pathc; at++)
        check_transcript(found.gl_pathv[at]);
    globfree(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kubectl_files),
        cmocka_unit_test(test_corefiles),
        cmocka_unit_test(test_every_kubectl_file),
        cmocka_unit_test(test_table_and_json_agree),
        cmocka_unit_test(test_transcripts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
